package dev.wattline.mock.ptd;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds what a command line asks for and answers it. */
final class Commands {
    private final Identity identity;
    private final Meter meter;
    private final SampleRecorder recorder;
    private final RangeCommands ranges;
    private final MeasurementCommands measurement;

    Commands(
            Identity identity,
            Meter meter,
            SampleRecorder recorder,
            RangeCommands ranges,
            MeasurementCommands measurement) {
        this.identity = identity;
        this.meter = meter;
        this.recorder = recorder;
        this.ranges = ranges;
        this.measurement = measurement;
    }

    void execute(Command command, ReplyPath path) {
        List<String> args = command.args();
        switch (command.name()) {
            case "Hello" -> path.reply("Hello, PTDaemon here!");
            case "Identify" -> path.reply(identity.record());
            case "RR" -> ranges.read(args, path);
            case "SR" -> ranges.set(args, path);
            case "Go" -> measurement.go(args, path);
            case "Timed" -> measurement.timed(args, path);
            case "Stop" -> measurement.stop(path);
            case "Mark" -> measurement.mark(args, path);
            case "Reset" -> measurement.reset(path);
            case "RL" -> measurement.readLast(args, path);
            case "DC-RL" -> measurement.readLastDc(args, path);
            case "Watts" -> statistics(MeasuredQuantity.WATTS, args, path);
            case "Volts" -> statistics(MeasuredQuantity.VOLTS, args, path);
            case "Amps" -> statistics(MeasuredQuantity.AMPS, args, path);
            case "PF" -> statistics(MeasuredQuantity.PF, args, path);
            case "Uncertainty" -> uncertainty(args, path);
            case "R*" -> path.reply(current());
            default -> path.reply(Errors.UNKNOWN_COMMAND);
        }
    }

    /** Bare: the sum or only channel; with a number that channel; with {@code *} all groups, the sum first. */
    private void statistics(MeasuredQuantity quantity, List<String> args, ReplyPath path) {
        Statistics statistics = recorder.statistics();
        Optional<List<Integer>> groups = groups(args, statistics);
        if (groups.isEmpty()) {
            path.reply(args.size() > 1 ? Errors.PARAMETERS : Errors.CHANNEL);
            return;
        }
        StringBuilder reply = new StringBuilder(quantity.word());
        groups.get()
                .forEach(group ->
                        reply.append(',').append(statistics.of(quantity, group).fields()));
        path.reply(reply.toString());
    }

    private void uncertainty(List<String> args, ReplyPath path) {
        Statistics statistics = recorder.statistics();
        Optional<List<Integer>> groups = groups(args, statistics);
        if (groups.isEmpty()) {
            path.reply(args.size() > 1 ? Errors.PARAMETERS : Errors.CHANNEL);
            return;
        }
        StringBuilder reply = new StringBuilder("Uncertainty");
        groups.get()
                .forEach(group ->
                        reply.append(',').append(statistics.uncertainty(group).fields()));
        path.reply(reply.toString());
    }

    private static Optional<List<Integer>> groups(List<String> args, Statistics statistics) {
        if (args.isEmpty()) {
            return Optional.of(List.of(0));
        }
        if (args.size() > 1) {
            return Optional.empty();
        }
        if (args.get(0).equals("*")) {
            return Optional.of(IntStream.range(0, statistics.groups()).boxed().toList());
        }
        try {
            int channel = Integer.parseInt(args.get(0));
            int only = statistics.groups() == 1 && channel == 1 ? 0 : channel;
            return channel >= 1 && only < statistics.groups() ? Optional.of(List.of(only)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private String current() {
        StringBuilder reply = new StringBuilder();
        meter.current().sum().appendTo(reply);
        return reply.substring(1);
    }
}
