package dev.wattline.compliance.peaks;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.compliance.facts.Window;
import dev.wattline.compliance.sample.PeakTally;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.DeviceType;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The greatest readings of a phase.
 *
 * @param span from the first row to the last
 * @param rows number of samples
 * @param risen by how much of itself the power of the first 90 % of the window was exceeded in the rest; 0 if it was not,
 *     NaN if it is not known
 * @param analyzers in the order of the director's configuration
 */
public record PhasePeaks(Phase phase, Duration span, long rows, double risen, List<AnalyzerPeaks> analyzers) {
    /** What the director multiplies the greatest current of ranging with before it asks for a range; volts are taken as they are. */
    public static final double HEAD_ROOM = 1.1;

    /** The part of ranging at whose end power should not rise any more. */
    public static final double LAST_PART = 0.1;

    private static final String SUM = "sum";

    public PhasePeaks {
        analyzers = List.copyOf(analyzers);
    }

    /**
     * One analyzer's.
     *
     * @param model what PTDaemon calls it; empty if the session does not tell
     * @param instrument model and serial number by which the instrument calls itself; empty if it is not told
     * @param columns the only channel, or each channel and then their sum
     */
    public record AnalyzerPeaks(String model, String instrument, List<ChannelPeak> columns) {
        public AnalyzerPeaks {
            columns = List.copyOf(columns);
        }

        /** How to call it: as it calls itself, else as PTDaemon does. */
        public String name() {
            return !instrument.isEmpty() ? instrument : model.isEmpty() ? "unknown analyzer" : model;
        }
    }

    /**
     * One channel's, or the sum's.
     *
     * @param name {@code channel 1} or {@code sum}
     * @param volts greatest voltage, V; NaN if none was measured, which a sum need not be
     * @param amps greatest current, A; NaN as above
     * @param watts greatest power, W
     * @param wattsAt when that was first read, since the log's first row
     * @param voltRange the analyzer's range for the voltage, V; empty for a sum and where no step is known
     * @param ampRange the analyzer's range for the current with {@link #HEAD_ROOM}, A; empty as above
     */
    public record ChannelPeak(
            String name,
            double volts,
            double amps,
            double watts,
            Duration wattsAt,
            Optional<Double> voltRange,
            Optional<Double> ampRange) {
        /** Whether it is the sum of an analyzer's channels, which has no range of its own. */
        public boolean isSum() {
            return name.equals(SUM);
        }

        /** What the current range must cover, A. */
        public double wantedAmps() {
            return amps * HEAD_ROOM;
        }

        /** Which part of the current range the greatest current leaves free: 0.26 for 26 %; empty without a range. */
        public Optional<Double> headRoom() {
            return ampRange.map(range -> 1 - amps / range);
        }
    }

    /**
     * Reads them.
     *
     * @throws dev.wattline.compliance.python.PyError if the power log is not there
     * @throws IOException if it cannot be read
     */
    public static PhasePeaks of(SessionFacts facts, Phase phase) throws IOException {
        SplFacts spl = facts.spl(phase);
        List<AnalyzerIdentity> identities = facts.identities();
        List<AnalyzerPeaks> analyzers = new ArrayList<>();
        for (List<PeakTally> columns : spl.peaks()) {
            int number = analyzers.size();
            analyzers.add(analyzer(
                    number < identities.size() ? Optional.of(identities.get(number)) : Optional.empty(),
                    columns,
                    spl.firstMicros()));
        }
        return new PhasePeaks(phase, micros(spl.lastMicros() - spl.firstMicros()), spl.rows(), risen(spl), analyzers);
    }

    private static double risen(SplFacts spl) {
        Window window = spl.window();
        return window == null
                ? Double.NaN
                : spl.rising()
                        .excessSince(window.endMicros()
                                - Math.round((window.endMicros() - window.beginMicros()) * LAST_PART));
    }

    private static AnalyzerPeaks analyzer(
            Optional<AnalyzerIdentity> identity, List<PeakTally> tallies, long firstMicros) {
        String model = identity.map(AnalyzerIdentity::model).orElse("");
        Optional<DeviceType> type = DeviceType.called(model);
        List<ChannelPeak> columns = new ArrayList<>();
        if (tallies.size() == 1) {
            columns.add(channel("channel 1", tallies.get(0), type, firstMicros));
        } else {
            for (int channel = 1; channel < tallies.size(); channel++) {
                columns.add(channel("channel " + channel, tallies.get(channel), type, firstMicros));
            }
            columns.add(channel(SUM, tallies.get(0), Optional.empty(), firstMicros));
        }
        return new AnalyzerPeaks(
                model, identity.map(one -> called(one.instrument())).orElse(""), columns);
    }

    private static ChannelPeak channel(String name, PeakTally tally, Optional<DeviceType> type, long firstMicros) {
        return new ChannelPeak(
                name,
                tally.volts(),
                tally.amps(),
                tally.watts(),
                micros(tally.wattsMicros() - firstMicros),
                type.flatMap(known -> DeviceType.rangeFor(tally.volts(), known.voltRanges())),
                type.flatMap(known -> DeviceType.rangeFor(tally.amps() * HEAD_ROOM, known.ampRanges())));
    }

    private static Duration micros(long micros) {
        return Duration.ofMillis(micros / 1000);
    }

    /** Model and serial number out of {@code maker;model;serial;firmware}. */
    private static String called(String instrument) {
        String[] parts = instrument.split(";", -1);
        return parts.length < 3 ? "" : (parts[1].strip() + " " + parts[2].strip()).strip();
    }
}
