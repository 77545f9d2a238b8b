package dev.wattline.analysis.smi;

import java.util.List;
import java.util.Map;

/**
 * An nvidia-smi log, read.
 *
 * @param gpus the GPUs in the order of their first rows
 * @param fields power fields in the order of the header, whether they hold numbers or not
 * @param rows data rows
 * @param malformed rows that are none of this log
 * @param examples the first malformed rows, with their line numbers and what is wrong
 * @param missing power cells without a number, by their text
 * @param duplicates rows dropped as repetitions
 * @param sameTime rows at the time of another with a different power
 * @param outOfOrder rows older than the one before
 * @param utc whether times are UTC; else they are local time as if it were UTC
 * @param ambiguousHour whether stamps came from the hour that local time has twice when summer time ends
 * @param folds how often local time went back by that hour
 * @param bytes size in bytes
 */
public record SmiLog(
        List<GpuLog> gpus,
        List<String> fields,
        long rows,
        long malformed,
        List<String> examples,
        Map<String, Long> missing,
        long duplicates,
        long sameTime,
        long outOfOrder,
        boolean utc,
        boolean ambiguousHour,
        int folds,
        long bytes) {
    public SmiLog {
        gpus = List.copyOf(gpus);
    }
}
