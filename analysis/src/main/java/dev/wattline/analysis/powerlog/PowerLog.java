package dev.wattline.analysis.powerlog;

import dev.wattline.analysis.series.AnalysisInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A power log, read, whatever its form.
 *
 * @param origin where it comes from, and what its watts are of
 * @param devices the devices in the order of their first rows
 * @param fields power fields in the order of the log, whether they hold numbers or not; the one to prefer comes first
 *     where the form has no better rule
 * @param counts rows and cells that were read, and that were not
 * @param clock what its times are
 */
public record PowerLog(Origin origin, List<DeviceLog> devices, List<String> fields, Counts counts, Clock clock) {

    /**
     * Where a log comes from.
     *
     * @param form the form it was recognised by, in words
     * @param scope what its watts are of
     * @param counters the fields that were energy counters: their readings are the mean power since the reading before
     * @param notes what a user is to know of how it was read, a sentence each
     * @param bytes size in bytes
     */
    public record Origin(String form, Scope scope, Set<String> counters, List<String> notes, long bytes) {
        public Origin {
            counters = Set.copyOf(counters);
            notes = List.copyOf(notes);
        }
    }

    /**
     * What was counted.
     *
     * @param rows data rows
     * @param malformed rows that are none of this log
     * @param examples the first malformed rows, with their line numbers and what is wrong
     * @param missing power cells without a number, by their text
     * @param missingFrom line of the first such cell, by its text
     * @param duplicates rows dropped as repetitions
     * @param sameTime rows at the time of another with a different power
     * @param outOfOrder rows older than the one before
     */
    public record Counts(
            long rows,
            long malformed,
            List<String> examples,
            Map<String, Long> missing,
            Map<String, Long> missingFrom,
            long duplicates,
            long sameTime,
            long outOfOrder) {}

    /**
     * What a log's times are.
     *
     * @param utc whether they are UTC; else they are local time as if it were UTC
     * @param own whether the log itself says so: epoch times, or a zone beside each
     * @param ambiguousHour whether stamps came from the hour that local time has twice when summer time ends
     * @param folds how often local time went back by that hour
     */
    public record Clock(boolean utc, boolean own, boolean ambiguousHour, int folds) {}

    public PowerLog {
        devices = List.copyOf(devices);
        fields = List.copyOf(fields);
    }

    /** What the log is, such as {@code nvidia-smi CSV: the power of 8 GPUs}. */
    public String description() {
        int count = devices.size();
        String what = count == 1
                ? "a " + origin.scope().word()
                : count + " " + origin.scope().word() + "s";
        return origin.form() + ": the power of " + what;
    }

    /** What a user is to be told of rows and cells that say nothing, and of how the log was read; a sentence each. */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>(origin.notes());
        if (counts.malformed() > 0) {
            complaints.add("Malformed rows in the " + origin.form() + " log: " + counts.malformed() + " ("
                    + String.join("; ", counts.examples()) + ").");
        }
        if (!counts.missing().isEmpty()) {
            List<String> cells = new ArrayList<>();
            counts.missing()
                    .forEach((text, count) -> cells.add(count + " of '" + text + "' (first in line "
                            + counts.missingFrom().get(text) + ")"));
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
        if (counts.rows() == 0 && counts.malformed() == 0) {
            return new AnalysisInputException(
                    source + ": holds a header and no row",
                    "nvidia-smi may have failed at once: look at what it wrote to its standard error.");
        }
        if (counts.rows() == 0) {
            return new AnalysisInputException(
                    source + ": none of its " + counts.malformed() + " lines is a row of its form, " + origin.form()
                            + "; " + counts.examples().get(0),
                    "Give the file as the tool wrote it.");
        }
        if (counts.missing().isEmpty()) {
            return new AnalysisInputException(
                    source + ": holds a single reading of each "
                            + origin.scope().word() + ", which is no power over time",
                    "Log with -lms, such as every 1000 ms.");
        }
        return new AnalysisInputException(
                source + ": no " + origin.scope().word() + " has readings of " + columns + ". "
                        + String.join(" ", complaints()),
                "Log another power field: the card may not support this one.");
    }
}
