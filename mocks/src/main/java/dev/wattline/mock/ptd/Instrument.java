package dev.wattline.mock.ptd;

import dev.wattline.mock.MockException;
import dev.wattline.model.DeviceType;
import dev.wattline.model.IoErrors;
import dev.wattline.model.RangeSetting;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/**
 * The range settings of the imagined analyzer, one pair a channel. Like those of a real instrument they outlive the
 * PTDaemon that set them, if there is a file to keep them in; it is replaced in one step at each change.
 */
final class Instrument {

    /**
     * @param auto whether the instrument chooses the range itself
     * @param value the range in use, A or V
     */
    record Range(boolean auto, double value) {
        String text() {
            return (auto ? "1," : "0,") + Quadruple.number(value);
        }
    }

    private final DeviceType type;
    private final Optional<Path> file;
    private final Range[] amps;
    private final Range[] volts;
    private int starts = 1; // of a mock with this state, this one included

    private Instrument(DeviceType type, int channels, Optional<Path> file, Range amps, Range volts) {
        this.type = type;
        this.file = file;
        this.amps = new Range[channels];
        this.volts = new Range[channels];
        Arrays.fill(this.amps, amps);
        Arrays.fill(this.volts, volts);
    }

    /**
     * The instrument as its last user left it, or as given if it has no past.
     *
     * @throws MockException if the state cannot be read or written, or an initial range is none of the device's
     */
    static Instrument open(
            DeviceType type, int channels, Optional<Path> file, RangeSetting initialAmps, RangeSetting initialVolts) {
        Instrument instrument = new Instrument(
                type,
                channels,
                file,
                initial("current", initialAmps, 5, type.ampRanges()),
                initial("voltage", initialVolts, 300, type.voltRanges()));
        if (file.isPresent()) {
            if (Files.exists(file.get())) {
                instrument.load(file.get());
            }
            instrument.store();
        }
        return instrument;
    }

    private static Range initial(String what, RangeSetting setting, double usual, List<Double> ranges) {
        if (setting instanceof RangeSetting.Fixed fixed) {
            return choose(fixed.value(), ranges)
                    .map(range -> new Range(false, range))
                    .orElseThrow(() -> new MockException(
                            "the device has no " + what + " range that covers " + fixed, "Its ranges: " + ranges));
        }
        return new Range(true, choose(usual, ranges).orElse(usual));
    }

    private static Optional<Double> choose(double value, List<Double> ranges) {
        return ranges.isEmpty() ? Optional.of(value) : DeviceType.rangeFor(value, ranges);
    }

    int channels() {
        return amps.length;
    }

    int starts() {
        return starts;
    }

    Range amps(int channel) {
        return amps[channel];
    }

    Range volts(int channel) {
        return volts[channel];
    }

    /** Whether nothing changes a channel's ranges by itself, so that its uncertainty can be told. */
    boolean fixed(int channel) {
        return !amps[channel].auto() && !volts[channel].auto();
    }

    /** The range that would be chosen for a value: the smallest that covers it. */
    Optional<Double> rangeFor(boolean forVolts, double value) {
        return choose(value, forVolts ? type.voltRanges() : type.ampRanges());
    }

    /** Sets the range of these channels (from 0) and keeps it. */
    void set(boolean setVolts, Range range, List<Integer> channels) {
        Range[] ranges = setVolts ? volts : amps;
        for (int channel : channels) {
            // Automatic ranging starts from the range in use.
            ranges[channel] = range.auto() ? new Range(true, ranges[channel].value()) : range;
        }
        store();
    }

    /** What automatic ranging does before a reading; returns whether a range changed. */
    boolean follow(int channel, double voltsNow, double ampsNow) {
        Range oldVolts = volts[channel];
        Range oldAmps = amps[channel];
        volts[channel] = followed(oldVolts, voltsNow, type.voltRanges());
        amps[channel] = followed(oldAmps, ampsNow, type.ampRanges());
        return !oldVolts.equals(volts[channel]) || !oldAmps.equals(amps[channel]);
    }

    private static Range followed(Range range, double value, List<Double> ranges) {
        if (!range.auto() || ranges.isEmpty()) {
            return range;
        }
        return new Range(true, DeviceType.rangeFor(value, ranges).orElse(ranges.get(ranges.size() - 1)));
    }

    private void load(Path from) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(from)));
            starts = Integer.parseInt(properties.getProperty("starts", "0")) + 1;
            for (int channel = 0; channel < channels(); channel++) {
                amps[channel] = range(properties, "amps." + (channel + 1), amps[channel]);
                volts[channel] = range(properties, "volts." + (channel + 1), volts[channel]);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new MockException(
                    "cannot read the instrument's state from " + from + ": "
                            + (e instanceof IOException trouble ? IoErrors.of(trouble) : e.getMessage()),
                    "Delete the file to start with a fresh instrument.",
                    e);
        }
    }

    private static Range range(Properties properties, String key, Range otherwise) {
        String text = properties.getProperty(key);
        if (text == null) {
            return otherwise;
        }
        String[] parts = text.strip().split(" ");
        if (parts.length != 2 || !(parts[0].equals("auto") || parts[0].equals("fixed"))) {
            throw new IllegalArgumentException(
                    key + ": expected 'auto <range>' or 'fixed <range>', got '" + text + "'");
        }
        return new Range(parts[0].equals("auto"), Double.parseDouble(parts[1]));
    }

    private void store() {
        if (file.isEmpty()) {
            return;
        }
        Path target = file.get();
        StringBuilder text = new StringBuilder("# State of a Wattline mock instrument\nstarts = ").append(starts);
        for (int channel = 0; channel < channels(); channel++) {
            text.append(line("amps", channel, amps[channel])).append(line("volts", channel, volts[channel]));
        }
        try {
            Path folder = target.toAbsolutePath().getParent();
            Path fresh = Files.createTempFile(folder, target.getFileName().toString(), ".new");
            Files.writeString(fresh, text.append('\n'), StandardCharsets.UTF_8);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MockException(
                    "cannot write the instrument's state to " + target + ": " + IoErrors.of(e),
                    "Its folder must exist and be writable.",
                    e);
        }
    }

    private static String line(String quantity, int channel, Range range) {
        return String.format(
                Locale.ROOT, "\n%s.%d = %s %f", quantity, channel + 1, range.auto() ? "auto" : "fixed", range.value());
    }
}
