package dev.wattline.compliance.sample;

import java.util.Locale;
import java.util.Optional;

/** LoadGen's power window lies in its phase, and the samples cover it. Times are s since the epoch, on one clock. */
public final class PowerWindowRule {
    /** Longest time at an end of the window without a sample, s. */
    public static final double MAX_EDGE_SECONDS = GapRule.MAX_INTERVAL.toMillis() / 1e3;

    private PowerWindowRule() {}

    /** By how much the window begins before its phase or ends after it, if it does. */
    public static Optional<SampleFault> inPhase(
            double windowBegin, double windowEnd, double phaseBegin, double phaseEnd) {
        double early = phaseBegin - windowBegin;
        double late = windowEnd - phaseEnd;
        if (early <= 0 && late <= 0) {
            return Optional.empty();
        }
        double off = early > 0 ? early : late;
        return Optional.of(new SampleFault(
                "loadgen-clock",
                String.format(Locale.ROOT, "LoadGen's power window lies %.3f s outside the phase", off),
                off));
    }

    /** How much of the window lies before the first sample or after the last one, if it is too much. */
    public static Optional<SampleFault> covered(
            double windowBegin, double windowEnd, double firstSample, double lastSample) {
        double late = firstSample - windowBegin;
        double early = windowEnd - lastSample;
        if (late <= MAX_EDGE_SECONDS && early <= MAX_EDGE_SECONDS) {
            return Optional.empty();
        }
        return Optional.of(new SampleFault(
                "window-uncovered",
                "the samples do not cover LoadGen's power window",
                Math.max(late, 0) + Math.max(early, 0)));
    }
}
