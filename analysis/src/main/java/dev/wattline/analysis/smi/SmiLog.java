package dev.wattline.analysis.smi;

import dev.wattline.analysis.series.AnalysisInputException;
import java.util.ArrayList;
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
 * @param missingFrom line of the first such cell, by its text
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
        Map<String, Long> missingFrom,
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

    /** What a user is to be told of rows and cells that say nothing, a sentence each. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        if (malformed > 0) {
            complaints.add(
                    "Malformed rows in the nvidia-smi log: " + malformed + " (" + String.join("; ", examples) + ").");
        }
        if (!missing.isEmpty()) {
            List<String> cells = new ArrayList<>();
            missing.forEach((text, count) ->
                    cells.add(count + " of '" + text + "' (first in line " + missingFrom.get(text) + ")"));
            complaints.add("Power cells without a number: " + String.join(", ", cells) + ".");
        }
        return complaints;
    }

    /**
     * Why there is no power over time in this log.
     *
     * @param source names it
     * @param columns the power columns that were looked at
     */
    public AnalysisInputException withoutReadings(String source, String columns) {
        if (rows == 0 && malformed == 0) {
            return new AnalysisInputException(
                    source + ": holds a header and no row",
                    "nvidia-smi may have failed at once: look at what it wrote to its standard error.");
        }
        if (rows == 0) {
            return new AnalysisInputException(
                    source + ": none of its " + malformed + " lines is a row of an nvidia-smi log; " + examples.get(0),
                    "Give the file as nvidia-smi --format=csv wrote it.");
        }
        if (missing.isEmpty()) {
            return new AnalysisInputException(
                    source + ": holds a single reading of each GPU, which is no power over time",
                    "Log with -lms, such as every 1000 ms.");
        }
        return new AnalysisInputException(
                source + ": no GPU has readings of " + columns + ". " + String.join(" ", complaints()),
                "Log another power field: the card may not support this one.");
    }
}
