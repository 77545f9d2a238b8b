package dev.wattline.compliance.metric;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The official power metric of a session's testing phase. What cannot be computed is null, and a note says why.
 *
 * @param value the metric in {@code unit}
 * @param unit {@code W}, {@code mJ/query}, {@code J/query} or {@code J/sample}, as the round has it
 * @param scenario the scenario that it is computed for
 * @param averageWatts mean power over the samples in the power window, W
 * @param energyJoules mean power times the length of the power window, J
 * @param ci95 lower and upper end of the interval that the analyzer's uncertainty gives the metric, in {@code unit}
 * @param samples number of samples that count
 * @param efficiency samples or queries per second and watt, or per joule
 * @param inferred what the same run gives for the other scenarios that it may count for, where nothing but LoadGen's log
 *     tells the scenario
 * @param notes how it was computed where that is not plain, and what is missing
 */
public record PowerMetric(
        @Nullable Double value,
        @Nullable String unit,
        String scenario,
        @Nullable Double averageWatts,
        @Nullable Double energyJoules,
        @Nullable Interval ci95,
        long samples,
        @Nullable Double efficiency,
        List<Inferred> inferred,
        List<String> notes) {

    public PowerMetric {
        inferred = List.copyOf(inferred);
        notes = List.copyOf(notes);
    }

    /** No metric, and why. */
    public static PowerMetric none(String why) {
        return new PowerMetric(null, null, "", null, null, null, 0, null, List.of(), List.of(why));
    }

    /** The metric of a result that is inferred from this run. */
    public record Inferred(String scenario, double value, String unit) {}

    /** From one value to another. */
    public record Interval(double low, double high) {}
}
