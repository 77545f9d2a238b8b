package dev.wattline.analysis.calibration;

import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Mean power at the wall over a time, by a controller whose readings are means over a window, some seconds late. Each reading
 * whose window lies wholly inside stands for the power at its window's middle, the first and the last also for what lies
 * before and behind: readings that reach beyond the ends would mix in what was drawn before, which is idle for a load.
 *
 * @param watts the mean; NaN where there is none
 * @param variance of it, by the ends, by what lies between the windows, and by the readings' own noise, in W^2
 */
record NodeWindow(double watts, double variance) {
    private static final double SLACK_S = 1; // what window and delay are uncertain by
    private static final double NEAR_S = 10; // of an end, beyond one and a half windows
    private static final double SHORT_S = 120; // a time whose ends may be like any part of it
    private static final NodeWindow NONE = new NodeWindow(Double.NaN, Double.NaN);

    static NodeWindow of(NodeModel model, NodeReadings all, double from, double to) {
        NodeReadings readings = all.renewed();
        double window = model.windowS();
        double late = model.delayS() + window / 2;
        int[] used = IntStream.range(0, readings.atS().length)
                .filter(i ->
                        readings.atS()[i] >= from + model.delayS() + window && readings.atS()[i] <= to + model.delayS())
                .toArray();
        int n = used.length;
        if (n < 3 || to - from < window) {
            return NONE;
        }
        double[] middle =
                Arrays.stream(used).mapToDouble(i -> readings.atS()[i] - late).toArray();
        double[] watts = Arrays.stream(used)
                .mapToDouble(i -> model.wall(readings.watts()[i]))
                .toArray();
        double before = middle[0] - from;
        double behind = to - middle[n - 1];
        double energy = before * watts[0] + behind * watts[n - 1];
        double steps = 0; // sum of (change x time)^2
        double changes = 0;
        for (int k = 1; k < n; k++) {
            double seconds = middle[k] - middle[k - 1];
            energy += seconds * (watts[k] + watts[k - 1]) / 2;
            steps += sq((watts[k] - watts[k - 1]) * seconds);
            changes += sq(watts[k] - watts[k - 1]) / (n - 1);
        }
        double length = to - from;
        // What is hidden at the ends is like what lies near them, the less so the shorter the time is.
        double spread = Stats.variance(watts);
        double reach = 1.5 * window + NEAR_S;
        double first = nearEnd(watts, middle, from, from + reach, spread, length);
        double last = nearEnd(watts, middle, middle[n - 1] - reach, middle[n - 1], spread, length);
        double variance = (first * sq(unsure(before, window)) + last * sq(unsure(behind, window))) / sq(length);
        double between = Math.max(0, 1 - window * n / length); // of the time, that no window holds
        // A step between two readings may be anywhere between them; power that jumps at each of them does so unseen
        // too.
        double jumps = spread > 0 ? Math.min(1, changes / (2 * spread)) : 0;
        double noise = model.residualSdW() / model.slope(Stats.mean(watts));
        variance += steps * between * (1.0 / 12 + jumps * 5 / 12) / sq(length) + sq(noise) / n;
        return new NodeWindow(energy / length, variance);
    }

    /**
     * For how long the power at an end is not told, in s: beyond the window all of it, and within it what its shape hides,
     * a standard deviation of the window over the root of 12.
     */
    private static double unsure(double reach, double window) {
        return Math.max(0, reach - window / 2) + window / Math.sqrt(12) + SLACK_S;
    }

    boolean isEmpty() {
        return Double.isNaN(watts);
    }

    /** Variance of the power near an end, between what the readings there show and what all of them show. */
    private static double nearEnd(
            double[] watts, double[] middle, double from, double to, double spread, double length) {
        double[] near = IntStream.range(0, watts.length)
                .filter(k -> middle[k] >= from && middle[k] <= to)
                .mapToDouble(k -> watts[k])
                .toArray();
        double own = near.length < 2 ? spread : Stats.variance(near);
        return own + Math.max(0, spread - own) * Math.min(1, sq(SHORT_S / length));
    }

    private static double sq(double value) {
        return value * value;
    }
}
