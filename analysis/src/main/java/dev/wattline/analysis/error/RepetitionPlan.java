package dev.wattline.analysis.error;

import dev.wattline.analysis.result.Repetitions;
import java.util.Map;
import java.util.TreeMap;

/** How often to repeat a run so that its sampling error averages out: {@code N >= (1.96 CV / target)^2}. */
public final class RepetitionPlan {
    private static final int[] TARGETS_PCT = {5, 2, 1};
    private static final double Z95 = 1.96;
    private static final double MOST = 1e9;

    private RepetitionPlan() {}

    /**
     * @param cvPct SD of one run's sampling error in percent; NaN if there is none
     * @param cvWorstPct the same under the worst periodic load
     * @param periodMs update period in ms; NaN if not known
     */
    public static Repetitions of(double cvPct, double cvWorstPct, double periodMs) {
        String delay = Double.isNaN(periodMs)
                ? "a random delay between 0 and the sensor's update period"
                : String.format(java.util.Locale.ROOT, "a uniform random delay between 0 and %.0f ms", periodMs);
        String advice = "Start each repetition after " + delay
                + ", else a load in step with the sensor gives the same error every time.";
        return new Repetitions(cvPct, needed(cvPct), cvWorstPct, needed(cvWorstPct), advice);
    }

    private static Map<String, Integer> needed(double cvPct) {
        Map<String, Integer> needed = new TreeMap<>();
        if (!Double.isNaN(cvPct)) {
            for (int target : TARGETS_PCT) {
                double n = Math.ceil(Math.pow(Z95 * cvPct / target, 2));
                needed.put(Integer.toString(target), (int) Math.max(1, Math.min(MOST, n)));
            }
        }
        return needed;
    }
}
