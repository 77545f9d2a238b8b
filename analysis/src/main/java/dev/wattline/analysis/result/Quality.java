package dev.wattline.analysis.result;

import java.util.List;
import java.util.Map;

/**
 * How good the nvidia-smi log is.
 *
 * @param rows data rows read
 * @param malformed rows that are no rows of this log: a cut line, a broken time stamp
 * @param missing power cells without a number, counted by their text
 * @param duplicates rows with the time and power of another, dropped
 * @param sameTime rows with the time of another but a different power; the last one counts
 * @param outOfOrder rows older than the one before them, of the same GPU
 * @param gaps intervals longer than 2.5 times the median
 * @param gapSeconds their total length in s
 * @param pollMedianMs median interval between rows of one GPU in ms
 * @param pollP99Ms its 99th percentile in ms
 * @param pollMaxMs the longest interval in ms
 * @param stuck whether a power column hardly changes although the load does
 * @param stuckGpus the GPUs this holds for
 */
public record Quality(
        long rows,
        long malformed,
        Map<String, Long> missing,
        long duplicates,
        long sameTime,
        long outOfOrder,
        long gaps,
        double gapSeconds,
        double pollMedianMs,
        double pollP99Ms,
        double pollMaxMs,
        boolean stuck,
        List<String> stuckGpus) {
    /** No nvidia-smi log at all. */
    public static final Quality NONE =
            new Quality(0, 0, Map.of(), 0, 0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, false, List.of());
}
