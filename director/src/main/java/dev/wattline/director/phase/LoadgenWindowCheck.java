package dev.wattline.director.phase;

import dev.wattline.compliance.sample.PowerWindowRule;
import dev.wattline.compliance.sample.SampleFault;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.TimeSource;
import dev.wattline.model.finding.Finding;
import dev.wattline.protocol.live.LoadgenWindow;
import dev.wattline.protocol.time.ClockDifference;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether LoadGen's power window, as the runner found it in LoadGen's log, lies in the phase that was measured and is
 * covered by its samples. Both sides' clocks may be as far apart as their check allows. For the session's thread.
 */
public final class LoadgenWindowCheck {
    /** The finding of a window in which nothing was measured. */
    public static final String NO_SAMPLE = "window-empty";

    private static final double CLOCKS_APART = ClockDifference.LIMIT_MILLIS / 1e3;
    private static final double TOLERATED = CLOCKS_APART + PowerWindowRule.MAX_EDGE_SECONDS;
    private static final int MEASURING = 1; // the phase's mark from which on all analyzers measured
    private static final int STOPPED = 2;

    /**
     * When samples were taken.
     *
     * @param first when every analyzer had begun to take samples, s since the epoch
     * @param last when the first of them had taken its last, s since the epoch
     * @param stamps of each analyzer, in order
     */
    private record Sampled(double first, double last, List<List<Instant>> stamps) {
        /** Whether an analyzer has no sample between these times. */
        boolean lacksAny(double begin, double end) {
            return stamps.stream()
                    .anyMatch(times -> times.stream()
                            .mapToDouble(TimeSource::epochSeconds)
                            .noneMatch(at -> at >= begin && at <= end));
        }
    }

    private final Map<Phase, Sampled> sampled = new EnumMap<>(Phase.class);

    /** Remembers when samples were taken. */
    public void measured(Phase phase, List<Measured> measured) {
        double first = Double.NEGATIVE_INFINITY;
        double last = Double.POSITIVE_INFINITY;
        for (Measured one : measured) {
            int rows = one.rows().size();
            if (rows > 0) {
                first = Math.max(first, seconds(one.rows().sample(0)));
                last = Math.min(last, seconds(one.rows().sample(rows - 1)));
            }
        }
        List<List<Instant>> stamps =
                measured.stream().map(one -> SampleTimes.stamps(one.rows())).toList();
        sampled.put(phase, new Sampled(first, last, stamps));
    }

    private static double seconds(PowerSample sample) {
        return sample.at().toEpochMilli() / 1e3;
    }

    /**
     * What is wrong with the window, if anything.
     *
     * @param marks the phase's, on this machine's clock
     */
    public Optional<Finding> check(LoadgenWindow window, List<PhaseMark> marks, Instant now) {
        Sampled samples = sampled.get(window.phase());
        if (marks.size() <= STOPPED || samples == null) {
            return Optional.empty(); // the phase failed, and said why
        }
        double begin = TimeSource.epochSeconds(window.begin());
        double end = TimeSource.epochSeconds(window.end());
        Optional<SampleFault> fault = PowerWindowRule.inPhase(
                        begin,
                        end,
                        marks.get(MEASURING).epochSeconds() - CLOCKS_APART,
                        marks.get(STOPPED).epochSeconds() + CLOCKS_APART)
                .or(() -> samples.lacksAny(begin - TOLERATED, end + TOLERATED)
                        ? Optional.of(new SampleFault(
                                NO_SAMPLE, "not one sample lies in LoadGen's power window", end - begin))
                        : Optional.empty())
                .or(() -> PowerWindowRule.covered(
                        begin, end, samples.first() - CLOCKS_APART, samples.last() + CLOCKS_APART));
        return fault.map(found -> Finding.warning(
                        found.id(),
                        window.phase().word() + ": " + found.message() + ": " + window.begin() + " to " + window.end())
                .when(now));
    }
}
