package dev.wattline.analysis.error;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What holes of a log may hide. Over the time of a hole the mean power is taken to lie between the readings beside it, off
 * by no more than it ever was in a stretch of that length with like readings beside it, wherever the log has such stretches;
 * where it has none, anywhere between the least reading of all of the log and the card's power limit, or where that is not
 * known the greatest reading. For one thread.
 */
final class HoleBound {
    private static final int MAX_STRETCHES = 4000; // looked at for one length of hole
    private static final int LEAST_STRETCHES = 20;
    private static final double LIKE = 0.1; // of the log's range: so alike are the readings beside two stretches
    private static final double HOLE_FREE = 1.25; // of a stretch's steps

    private final Readings readings;
    private final double[] sums; // of the readings before each
    private final double lowest;
    private final double highest;
    private final double range;
    private final Map<Integer, Stretches> byLength = new HashMap<>();

    /**
     * @param limitW the card's power limit as reported, in W; NaN where it is not known
     */
    HoleBound(Readings readings, double limitW) {
        this.readings = readings;
        this.sums = new double[readings.size() + 1];
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (int i = 0; i < readings.size(); i++) {
            double watts = readings.watts(i);
            sums[i + 1] = sums[i] + watts;
            low = Math.min(low, watts);
            high = Math.max(high, watts);
        }
        this.lowest = low;
        this.highest = limitW > high ? limitW : high;
        this.range = high - low;
    }

    /**
     * How far the mean over a hole may lie from a level, in W.
     *
     * @param lengthMs the hole's length in ms
     * @param before the last reading before it in W; NaN where there is none
     * @param after the first behind it in W; NaN where there is none
     */
    double farthest(double lengthMs, double before, double after, double levelW) {
        if (Double.isNaN(before) || Double.isNaN(after)) {
            return Math.max(highest - levelW, levelW - lowest);
        }
        int steps = (int) Math.min(readings.size(), Math.max(2, Math.round(lengthMs / readings.stepMs())));
        double middle = (before + after) / 2;
        double seen = byLength.computeIfAbsent(steps, this::stretches).most(Math.abs(before - after) + LIKE * range);
        double most = Math.max(highest - middle, middle - lowest);
        return Math.abs(middle - levelW) + (Double.isNaN(seen) ? most : Math.min(seen, most));
    }

    /** Hole-free stretches of one length: how unlike their ends are, rising, and the largest deviation up to each. */
    @SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
    private record Stretches(double[] unlike, double[] deviation) {
        /** The largest deviation of those whose ends differ by no more than this; NaN if there are too few. */
        double most(double difference) {
            int found = Arrays.binarySearch(unlike, Math.nextUp(difference));
            int count = found >= 0 ? found : -found - 1;
            return count < LEAST_STRETCHES ? Double.NaN : deviation[count - 1];
        }
    }

    private Stretches stretches(int steps) {
        int stride = Math.max(1, (readings.size() - steps) / MAX_STRETCHES);
        double[][] found = new double[Math.max(0, (readings.size() - steps) / stride + 1)][];
        int n = 0;
        double longest = HOLE_FREE * steps * readings.stepMs();
        for (int i = 0; i + steps < readings.size(); i += stride) {
            if (readings.centreMs(i + steps) - readings.centreMs(i) <= longest) {
                double ends = (readings.watts(i) + readings.watts(i + steps)) / 2;
                double inside = (sums[i + steps] - sums[i + 1]) / (steps - 1);
                double unlike = Math.abs(readings.watts(i) - readings.watts(i + steps));
                found[n++] = new double[] {unlike, Math.abs(inside - ends)};
            }
        }
        double[][] sorted = Arrays.copyOf(found, n);
        Arrays.sort(sorted, (one, other) -> Double.compare(one[0], other[0]));
        double[] unlike = new double[n];
        double[] deviation = new double[n];
        for (int i = 0; i < n; i++) {
            unlike[i] = sorted[i][0];
            deviation[i] = Math.max(sorted[i][1], i == 0 ? 0 : deviation[i - 1]);
        }
        return new Stretches(unlike, deviation);
    }
}
