package dev.wattline.analysis.powerlog;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether rows that no column tells apart are of one device or of several that are read one after another: then short
 * intervals and long ones alternate, a round is over sooner than the next begins, and each has as many rows as the others.
 *
 * @param size rows in a round; 1 for one device
 * @param consistent whether each round has that many, the last one apart, which may be cut
 * @param odd rounds that have another number of rows
 * @param gapMs intervals from this many ms on are between rounds
 */
public record PollRounds(int size, boolean consistent, int odd, long gapMs) {
    /** One device. */
    public static final PollRounds SINGLE = new PollRounds(1, true, 0, 0);

    private static final double LEAST_RATIO = 3; // of the least long interval to the greatest short one
    private static final double MOST = 0.5; // of the rounds: fewer of one size are no rounds but stalls

    /** The rounds of rows at these times in ms, in the order of the log. */
    public static PollRounds of(long[] times) {
        long gap = gap(times);
        if (gap < 0) {
            return SINGLE;
        }
        Map<Integer, Integer> sizes = new HashMap<>();
        int rounds = 0;
        int longer = 0; // rounds that take longer than the time between two: a device that stalled between its rows
        int first = 0;
        for (int i = 1; i <= times.length; i++) {
            boolean last = i == times.length;
            if (last || interval(times, i) >= gap) {
                if (!last) {
                    sizes.merge(i - first, 1, Integer::sum);
                    rounds++;
                }
                longer += times[i - 1] - times[first] > gap ? 1 : 0;
                first = last ? first : i;
            }
        }
        int usual = sizes.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(1);
        int odd = rounds - sizes.getOrDefault(usual, 0) + (times.length - first > usual ? 1 : 0);
        if (usual == 1 || longer > 0 || rounds - odd <= MOST * rounds) {
            return SINGLE;
        }
        return new PollRounds(usual, odd == 0, odd, gap);
    }

    /** The least interval between rounds: where the sorted intervals make their greatest step; -1 if they make none. */
    private static long gap(long[] times) {
        if (times.length < 3) {
            return -1;
        }
        long[] sorted = new long[times.length - 1];
        for (int i = 1; i < times.length; i++) {
            sorted[i - 1] = interval(times, i);
        }
        Arrays.sort(sorted);
        long gap = -1;
        double greatest = LEAST_RATIO;
        for (int i = 1; i < sorted.length; i++) {
            double ratio = (sorted[i] + 1.0) / (sorted[i - 1] + 1.0);
            if (ratio >= greatest) {
                greatest = ratio;
                gap = sorted[i];
            }
        }
        return gap;
    }

    /** A step back is a long interval, too: no card is read before the one before it. */
    private static long interval(long[] times, int i) {
        return Math.abs(times[i] - times[i - 1]);
    }
}
