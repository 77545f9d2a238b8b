package dev.wattline.compliance.sample;

import dev.wattline.model.PowerSample;
import dev.wattline.model.SplRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A row that was merged from several analyzers holds values of the same second. (The reference merges by line number, so
 * that analyzers that started apart stay apart.) Unlike the other rules it needs the row's parts.
 */
public final class MergeRule {
    /** Largest difference in time between the parts of a row, s. */
    public static final double MAX_SKEW_SECONDS = 0.5;

    /**
     * The samples that a merged row was made of; none of a row that was not merged.
     *
     * @throws IllegalArgumentException if a part is no row
     */
    public static List<PowerSample> parts(String row) {
        return row.indexOf(",Analyzer1,") < 0
                ? List.of()
                : SplRow.analyzers(row).stream().map(SplRow::parse).toList();
    }

    /** Looks at the parts of the next merged row: what is wrong with it, if anything. */
    public Optional<SampleFault> next(List<PowerSample> parts) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (PowerSample part : parts) {
            earliest = Math.min(earliest, part.at().toEpochMilli());
            latest = Math.max(latest, part.at().toEpochMilli());
        }
        double skew = (latest - earliest) / 1e3;
        if (parts.size() < 2 || skew <= MAX_SKEW_SECONDS) {
            return Optional.empty();
        }
        return Optional.of(new SampleFault(
                "merge-skew",
                String.format(
                        Locale.ROOT, "a row adds values of %d analyzers that are %.3f s apart", parts.size(), skew),
                skew));
    }
}
