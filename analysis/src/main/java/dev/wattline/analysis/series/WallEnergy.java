package dev.wattline.analysis.series;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.stats.Stats;

/**
 * The analyzer's energy over a window, the one figure of it for all outputs. Values that lie wholly inside count as they
 * are. Of a value that an end of the window cuts, only the mean over its second is known: the part inside is taken to lie
 * between that value and its neighbour further inside, in the middle of the two.
 *
 * <p>The interval at 95 % is {@code bound + sqrt((t k s)² sum of f (1 - f) L² + (r E)²)}: {@code bound} half of the
 * distance between each cut value and its neighbour, times its time inside, added up, since both ends of a phase may err
 * alike; s the scatter of the values inside from one to the next, as which power varies within the cut second of length L,
 * of which the share f lies inside; k = 1.5, for a load that repeats about as fast as the analyzer's values varies more
 * within them than between them; r = 0.1 % for the analyzer's own error.
 *
 * @param joules energy in J over the covered time
 * @param coveredS seconds of the window that the log covers, holes and errors left out
 * @param halfWidthJ half-width of the 95 % interval in J; NaN if nothing is covered
 */
public record WallEnergy(double joules, double coveredS, double halfWidthJ) {
    private static final double READING_SHARE = 0.001; // reading error of an approved analyzer, generously
    private static final double WITHIN_A_VALUE = 1.5;
    private static final int FEW = 3;

    /** Whether any of the window is covered. */
    public boolean isKnown() {
        return coveredS > 0;
    }

    /** Mean power in W over the covered time; NaN if nothing is covered. */
    public double meanW() {
        return joules / coveredS;
    }

    /** 95 % interval of the energy in J. */
    public Interval intervalJ() {
        return isKnown() ? Interval.around(joules, halfWidthJ) : Interval.NONE;
    }

    /** 95 % interval of the mean power in W. */
    public Interval intervalW() {
        return isKnown() ? intervalJ().times(1 / coveredS) : Interval.NONE;
    }

    /** The energy between two times in ms since the epoch. */
    static WallEnergy over(WallSeries wall, double fromMs, double toMs) {
        double joules = 0;
        double covered = 0;
        double bound = 0;
        double shares = 0; // sum of f (1 - f) L²
        int first = wall.indexEndingAfter(fromMs);
        int last = first;
        for (int i = first; i < wall.size() && wall.startMs(i) < toMs; i++) {
            last = i;
            double length = (Math.min(wall.endMs(i), toMs) - Math.max(wall.startMs(i), fromMs)) * 1e-3;
            if (!wall.isGood(i) || !(length > 0)) {
                continue;
            }
            double value = wall.watts(i);
            double seconds = (wall.endMs(i) - wall.startMs(i)) * 1e-3;
            double other = value;
            if (length < seconds) {
                other = neighbour(wall, i, wall.startMs(i) < fromMs, wall.endMs(i) > toMs);
                shares += length * (seconds - length);
            } else if (!wall.isSingle(i) && wall.isGood(i - 1)) {
                // A value is missing before it: it may stand for its own second only.
                bound += (length - wall.medianMs() * 1e-3) * Math.abs(value - wall.watts(i - 1));
            }
            joules += (value + other) / 2 * length;
            bound += Math.abs(value - other) / 2 * length;
            covered += length;
        }
        double half = covered > 0
                ? bound
                        + Math.hypot(
                                scatter(wall, first, last, fromMs, toMs) * Math.sqrt(shares), READING_SHARE * joules)
                : Double.NaN;
        return new WallEnergy(joules, covered, half);
    }

    /** The value beside a cut one on the side of the window; where both ends cut it, the neighbour that differs more. */
    private static double neighbour(WallSeries wall, int cut, boolean atStart, boolean atEnd) {
        double value = wall.watts(cut);
        double other = value;
        for (int beside : new int[] {atEnd ? cut - 1 : cut, atStart ? cut + 1 : cut}) {
            boolean there = beside >= 0 && beside < wall.size() && wall.isGood(beside);
            if (there && Math.abs(wall.watts(beside) - value) > Math.abs(other - value)) {
                other = wall.watts(beside);
            }
        }
        return other;
    }

    /** t k s of the values wholly inside; where those are few, of those that the window touches and beside it. */
    private static double scatter(WallSeries wall, int first, int last, double fromMs, double toMs) {
        int from = first;
        int to = last;
        while (from <= to && wall.startMs(from) < fromMs) {
            from++;
        }
        while (to >= from && wall.endMs(to) > toMs) {
            to--;
        }
        if (to - from + 1 < FEW) {
            from = Math.max(0, first - 1);
            to = Math.min(wall.size() - 1, last + 1);
        }
        double squares = 0;
        int pairs = 0;
        for (int i = from + 1; i <= to; i++) {
            if (wall.isSingle(i) && wall.isGood(i - 1)) {
                squares += Math.pow(wall.watts(i) - wall.watts(i - 1), 2);
                pairs++;
            }
        }
        return pairs == 0 ? 0 : Stats.t95(Math.max(2, pairs)) * WITHIN_A_VALUE * Math.sqrt(squares / 2 / pairs);
    }
}
