package dev.wattline.mock.ptd;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code Go}, {@code Timed}, {@code Stop}, {@code Mark}, {@code Reset} and the {@code RL} family. */
final class MeasurementCommands {
    /** The instruments' own interval, and their shortest. */
    static final int DEFAULT_INTERVAL_MILLIS = 1000;

    private final DeviceProfile profile;
    private final Meter meter;
    private final SampleRecorder recorder;
    private final boolean dc;
    private final double speed;

    MeasurementCommands(DeviceProfile profile, Meter meter, SampleRecorder recorder, boolean dc, double speed) {
        this.profile = profile;
        this.meter = meter;
        this.recorder = recorder;
        this.dc = dc;
        this.speed = speed;
    }

    /** {@code Go,<interval ms>,<ramp-up samples>[,<mark>]}. */
    void go(List<String> args, ReplyPath path) {
        if (args.size() < 2 || args.size() > 3) {
            path.reply(Errors.PARAMETERS);
            return;
        }
        OptionalInt interval = interval(args.get(0));
        OptionalInt rampUp = number(args.get(1));
        if (interval.isEmpty() || rampUp.isEmpty()) {
            path.reply(Errors.PARAMETER);
            return;
        }
        String mark = args.size() == 3 && !args.get(2).isEmpty() ? args.get(2) : Meter.NO_MARK;
        path.log("Go command received");
        if (meter.running()) {
            path.reply(Errors.RUNNING);
            return;
        }
        path.log("Go with mark '" + mark + "'");
        path.reply("Starting untimed measurement, maximum " + Meter.MAX_SAMPLES + " samples at " + interval.getAsInt()
                + "ms with " + rampUp.getAsInt() + " rampup samples");
        meter.start(interval.getAsInt(), rampUp.getAsInt(), mark, Meter.MAX_SAMPLES);
    }

    /** {@code Timed,<samples>,<interval ms>,<ramp-up ms>}: ends by itself. */
    void timed(List<String> args, ReplyPath path) {
        if (args.size() != 3) {
            path.reply(Errors.PARAMETERS);
            return;
        }
        OptionalInt samples = number(args.get(0));
        OptionalInt interval = interval(args.get(1));
        OptionalInt rampUpMillis = number(args.get(2));
        if (samples.isEmpty() || samples.getAsInt() == 0 || interval.isEmpty() || rampUpMillis.isEmpty()) {
            path.reply(Errors.PARAMETER);
            return;
        }
        if (meter.running()) {
            path.reply(Errors.RUNNING);
            return;
        }
        int every = interval.getAsInt();
        int rampUp = (rampUpMillis.getAsInt() + every - 1) / every;
        path.reply("Starting timed measurement, " + samples.getAsInt() + " samples at " + every + "ms with " + rampUp
                + " rampup samples");
        meter.start(every, rampUp, Meter.NO_MARK, samples.getAsInt());
    }

    void stop(ReplyPath path) {
        path.log("Stop command received");
        path.reply(meter.stop() ? "Stopping untimed measurement" : Errors.NOT_RUNNING);
    }

    void mark(List<String> args, ReplyPath path) {
        if (args.size() != 1) {
            path.reply(Errors.PARAMETERS);
            return;
        }
        path.reply(meter.mark(args.get(0)) ? "Mark changed" : "Error: no measurement running");
    }

    void reset(ReplyPath path) {
        meter.reset();
        path.reply("Reset complete");
    }

    /**
     * {@code RL[,<n>|,*[,<channel>|,*]]} of an AC device. A single-channel device knows no channels, and a DC device
     * none of this: there the rows are read by {@code DC-RL}.
     */
    void readLast(List<String> args, ReplyPath path) {
        if (dc) {
            path.reply(Errors.UNKNOWN_COMMAND);
        } else if (args.size() > (profile.type().multichannel() ? 2 : 1)) {
            path.reply(Errors.PARAMETERS);
        } else {
            boolean channels = args.size() == 2;
            if (channels && !args.get(1).equals("*")) {
                path.reply(Errors.CHANNEL); // rows of one channel alone: nothing is known of them
                return;
            }
            rows(args.isEmpty() ? "*" : args.get(0), channels, path);
        }
    }

    /** {@code DC-RL}: the rows of a DC device, in the same form. */
    void readLastDc(List<String> args, ReplyPath path) {
        if (!dc) {
            path.reply(Errors.UNKNOWN_COMMAND);
        } else if (!args.isEmpty()) {
            path.reply(Errors.PARAMETERS);
        } else {
            rows("*", profile.type().multichannel(), path);
        }
    }

    private void rows(String count, boolean channels, ReplyPath path) {
        Optional<Integer> wanted = Optional.empty();
        if (!count.equals("*")) {
            OptionalInt number = number(count);
            if (number.isEmpty() || number.getAsInt() == 0) {
                path.reply(Errors.PARAMETER);
                return;
            }
            wanted = Optional.of(number.getAsInt());
            if (recorder.unread() == 0 && meter.running()) {
                int rows = number.getAsInt();
                Duration interval = Duration.ofNanos(Math.round(DEFAULT_INTERVAL_MILLIS * 1e6 / speed));
                path.when(() -> recorder.unread() > 0, interval, () -> send(rows, channels, path));
                return;
            }
        }
        send(wanted.orElse(recorder.unread()), channels, path);
    }

    private void send(int count, boolean channels, ReplyPath path) {
        if (recorder.unread() == 0) {
            path.reply(Errors.NO_UNREAD);
        } else if (recorder.unread() < count) {
            path.reply(Errors.TOO_FEW_UNREAD);
        } else {
            String header = "Last " + count + " samples"
                    + (channels ? " from sum channel and channels 1 - " + profile.rowChannels() : "");
            path.send(RowChunks.of(header, rowsFor(count, channels)));
        }
    }

    private List<String> rowsFor(int count, boolean channels) {
        List<String> rows = recorder.takeUnread(count);
        if (channels || !profile.type().multichannel()) {
            return rows;
        }
        return rows.stream().map(MeasurementCommands::sumOnly).toList();
    }

    private static String sumOnly(String row) {
        int second = row.indexOf(",Watts,", row.indexOf(",Watts,") + 1);
        return second < 0 ? row : row.substring(0, second);
    }

    /** 0 is the device's own interval; below that it cannot measure. */
    private static OptionalInt interval(String text) {
        OptionalInt millis = number(text);
        if (millis.isPresent() && millis.getAsInt() == 0) {
            return OptionalInt.of(DEFAULT_INTERVAL_MILLIS);
        }
        return millis.stream().filter(value -> value >= DEFAULT_INTERVAL_MILLIS).findFirst();
    }

    private static OptionalInt number(String text) {
        try {
            int value = Integer.parseInt(text);
            return value >= 0 ? OptionalInt.of(value) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
