package dev.wattline.analysis.calibration;

import java.util.List;
import java.util.Map;

/**
 * Power at the wall over a time, inferred from what the machine tells.
 *
 * @param seconds the time's length
 * @param watts estimate of the mean
 * @param sigmaW its standard uncertainty
 * @param method what it rests on, such as {@code gpu+rapl+redfish}
 * @param termsW what the uncertainty is made of, by name, each a standard deviation in W; of the first estimate where two
 *     were joined
 * @param told what a user is to know of it, a sentence each
 * @param contradicts whether two ways to it exclude each other
 * @param promise whether it rests on sessions of two days
 */
public record WallPrediction(
        double seconds,
        double watts,
        double sigmaW,
        String method,
        Map<String, Double> termsW,
        List<String> told,
        boolean contradicts,
        boolean promise) {
    private static final double K95 = 1.96;
    private static final double HIGH_PCT = 2;
    private static final double MEDIUM_PCT = 5;
    private static final double LEAST_S = 60;

    public WallPrediction {
        termsW = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(termsW));
        told = List.copyOf(told);
    }

    /** The same with more to be told, and wider by a temperature this many degrees outside of what was calibrated. */
    public WallPrediction with(Cooling.Changes changes) {
        double more = Assumed.DEGREE_SHARE * changes.outsideC() * watts;
        java.util.Map<String, Double> terms = new java.util.LinkedHashMap<>(termsW);
        if (more > 0) {
            terms.put("temperature", more);
        }
        List<String> all = new java.util.ArrayList<>(told);
        all.addAll(changes.told());
        return new WallPrediction(seconds, watts, Math.hypot(sigmaW, more), method, terms, all, contradicts, promise);
    }

    /** Half of the 95 % interval in W. */
    public double halfWidthW() {
        return K95 * sigmaW;
    }

    public double halfWidthPct() {
        return 100 * halfWidthW() / watts;
    }

    public double joules() {
        return watts * seconds;
    }

    public double halfWidthJ() {
        return halfWidthW() * seconds;
    }

    /** {@code High}, {@code Medium} or {@code Low}, and in words why. */
    public String confidence() {
        double half = halfWidthPct();
        if (contradicts) {
            return "Low: the ways to it contradict each other";
        }
        if (half > MEDIUM_PCT) {
            return String.format(java.util.Locale.ROOT, "Low: its interval is ±%.1f %%", half);
        }
        if (half > HIGH_PCT) {
            return String.format(java.util.Locale.ROOT, "Medium: its interval is ±%.1f %%", half);
        }
        if (!promise) {
            return "Medium: day-to-day change is assumed, not measured, as all sessions are of one day";
        }
        return seconds < LEAST_S
                ? "Medium: it is shorter than 60 s"
                : String.format(java.util.Locale.ROOT, "High: calibrated on two days, ±%.1f %%", half);
    }
}
