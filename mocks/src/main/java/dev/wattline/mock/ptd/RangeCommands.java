package dev.wattline.mock.ptd;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code RR} and {@code SR}. */
final class RangeCommands {
    private final DeviceProfile profile;
    private final Instrument instrument;
    private final Meter meter;
    private final boolean realTiming;

    RangeCommands(DeviceProfile profile, Instrument instrument, Meter meter, boolean realTiming) {
        this.profile = profile;
        this.instrument = instrument;
        this.meter = meter;
        this.realTiming = realTiming;
    }

    /** {@code RR}, {@code RR,<channel>}, {@code RR,*}; amps come first in the record. */
    void read(List<String> args, ReplyPath path) {
        if (args.size() > 1) {
            path.reply(Errors.PARAMETERS);
            return;
        }
        String which = args.isEmpty() ? "" : args.get(0);
        if (which.equals("*")) {
            StringBuilder all = new StringBuilder("Ranges");
            if (profile.type().multichannel()) {
                all.append(record(0)); // the virtual sum channel
            }
            IntStream.range(0, instrument.channels()).forEach(channel -> all.append(record(channel)));
            path.reply(all.toString());
            return;
        }
        Optional<Integer> channel = which.isEmpty() ? Optional.of(0) : channel(which);
        path.reply(channel.map(index -> "Ranges" + record(index)).orElse(Errors.CHANNEL));
    }

    /** {@code SR,<V|A>,<Auto|number>[,<channel>]}; without a channel all are set. */
    void set(List<String> args, ReplyPath path) {
        if (args.size() < 2 || args.size() > 3) {
            path.reply(Errors.PARAMETERS);
            return;
        }
        String letter = args.get(0).toUpperCase(Locale.ROOT);
        if (!letter.equals("V") && !letter.equals("A")) {
            path.reply(Errors.PARAMETER);
            return;
        }
        if (meter.running()) {
            path.reply(Errors.BUSY);
            return;
        }
        List<Integer> channels =
                IntStream.range(0, instrument.channels()).boxed().toList();
        if (args.size() == 3 && !args.get(2).equals("*")) {
            Optional<Integer> channel = channel(args.get(2));
            if (channel.isEmpty()) {
                path.reply(Errors.CHANNEL);
                return;
            }
            channels = List.of(channel.get());
        }
        boolean volts = letter.equals("V");
        Optional<Instrument.Range> range = range(volts, args.get(1));
        if (range.isEmpty()) {
            path.reply(Errors.PARAMETER);
            return;
        }
        change(volts, range.get(), channels, path);
    }

    private void change(boolean volts, Instrument.Range range, List<Integer> channels, ReplyPath path) {
        Duration line = realTiming ? profile.rangeLine(range.auto()) : Duration.ZERO;
        Duration whole = realTiming ? profile.rangeChange(volts, range.auto()) : Duration.ZERO;
        path.after(line, () -> {
            lines(volts, range, channels, path);
            path.after(whole.minus(line), () -> {
                instrument.set(volts, range, channels);
                path.reply(volts ? "Range V changed" : "Range A changed");
            });
        });
    }

    private void lines(boolean volts, Instrument.Range range, List<Integer> channels, ReplyPath path) {
        String value = Quadruple.number(range.value());
        if (range.auto()) {
            path.log(volts ? "Volt range set to Auto" : "Ampere range set to Auto");
        } else if (profile.channelRangeLines()) {
            for (int channel : channels) {
                // The real one prints the unit A behind volts too.
                path.log((volts ? "Voltage" : "Amp") + " range for channel " + (channel + 1) + ", physical channel "
                        + (channel + 1) + ", set to " + value + "A");
            }
        } else {
            path.log(volts ? "Volt range set to " + value + "V" : "Amp range set to " + value + "A");
        }
    }

    private Optional<Instrument.Range> range(boolean volts, String text) {
        if (text.equalsIgnoreCase("Auto")) {
            return Optional.of(new Instrument.Range(true, 0));
        }
        try {
            double value = Double.parseDouble(text);
            return value > 0
                    ? instrument.rangeFor(volts, value).map(range -> new Instrument.Range(false, range))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<Integer> channel(String text) {
        try {
            int channel = Integer.parseInt(text);
            return channel >= 1 && channel <= instrument.channels() ? Optional.of(channel - 1) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private String record(int channel) {
        return "," + instrument.amps(channel).text() + ","
                + instrument.volts(channel).text();
    }
}
