package dev.wattline.director.session;

import dev.wattline.compliance.sample.PowerWindowRule;
import dev.wattline.compliance.sample.SampleFault;
import dev.wattline.director.config.LiveCheck;
import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.TimeSource;
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
final class LoadgenWindowCheck {
    private static final double CLOCKS_APART = ClockDifference.LIMIT_MILLIS / 1e3;
    private static final int MEASURING = 1; // the phase's mark from which on all analyzers measured
    private static final int STOPPED = 2;

    /** When every analyzer had begun to take samples, and when the first had taken its last, s since the epoch. */
    private record Sampled(double first, double last) {}

    private final Map<Phase, Sampled> sampled = new EnumMap<>(Phase.class);

    /** Remembers when samples were taken. */
    void measured(Phase phase, List<Measured> measured) {
        double first = Double.NEGATIVE_INFINITY;
        double last = Double.POSITIVE_INFINITY;
        for (Measured one : measured) {
            int rows = one.rows().size();
            if (rows > 0) {
                first = Math.max(first, seconds(one.rows().sample(0)));
                last = Math.min(last, seconds(one.rows().sample(rows - 1)));
            }
        }
        sampled.put(phase, new Sampled(first, last));
    }

    private static double seconds(PowerSample sample) {
        return sample.at().toEpochMilli() / 1e3;
    }

    /**
     * What is wrong with the window, if anything.
     *
     * @param marks the phase's, on this machine's clock
     */
    Optional<LiveFault> check(LoadgenWindow window, List<PhaseMark> marks, Instant now) {
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
                .or(() -> PowerWindowRule.covered(
                        begin, end, samples.first() - CLOCKS_APART, samples.last() + CLOCKS_APART));
        return fault.map(found -> new LiveFault(
                LiveCheck.LOADGEN_WINDOW,
                found.id(),
                now,
                window.phase().word() + ": " + found.message() + ": " + window.begin() + " to " + window.end()));
    }
}
