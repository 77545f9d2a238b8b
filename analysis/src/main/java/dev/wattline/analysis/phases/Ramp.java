package dev.wattline.analysis.phases;

/**
 * The slope of a change between two levels, 10 to 90 % of the step. What samples it cannot be faster than one of them, so
 * it is a lower bound of the true slope.
 */
public final class Ramp {
    private static final double LOWER = 0.1;
    private static final double UPPER = 0.9;
    private static final double MIN_STEP_SHARE = 0.05;

    private Ramp() {}

    /**
     * Slope in W/s, signed; NaN if the step is below 5 % of the higher level, or the signal is not known there.
     *
     * @param timesMs middle of each value in ms
     * @param watts the values
     * @param atMs where the change lies
     * @param before level before it in W
     * @param after level behind it in W
     * @param reachMs how far around it to look
     */
    public static double slope(
            double[] timesMs, double[] watts, double atMs, double before, double after, double reachMs) {
        double step = after - before;
        if (!(Math.abs(step) > MIN_STEP_SHARE * Math.max(before, after))) {
            return Double.NaN;
        }
        double leaves = Double.NaN; // last time it is still near the old level
        double arrives = Double.NaN; // first time behind that it is near the new one
        for (int i = 0; i < timesMs.length && timesMs[i] <= atMs + reachMs; i++) {
            if (timesMs[i] < atMs - reachMs || Double.isNaN(watts[i])) {
                continue;
            }
            double share = (watts[i] - before) / step;
            if (share <= LOWER && (Double.isNaN(arrives) || timesMs[i] <= atMs)) {
                leaves = crossing(timesMs, watts, i, before + LOWER * step);
                arrives = Double.NaN;
            } else if (share >= UPPER && Double.isNaN(arrives) && !Double.isNaN(leaves)) {
                arrives = i == 0 ? timesMs[i] : crossing(timesMs, watts, i - 1, before + UPPER * step);
            }
        }
        double seconds = (arrives - leaves) / 1e3;
        return seconds > 0 ? (UPPER - LOWER) * step / seconds : Double.NaN;
    }

    /** Where the signal passes a value between a point and the next one. */
    private static double crossing(double[] timesMs, double[] watts, int i, double value) {
        if (i + 1 >= timesMs.length || watts[i + 1] == watts[i] || Double.isNaN(watts[i + 1])) {
            return timesMs[i];
        }
        double share = Math.max(0, Math.min(1, (value - watts[i]) / (watts[i + 1] - watts[i])));
        return timesMs[i] + share * (timesMs[i + 1] - timesMs[i]);
    }
}
