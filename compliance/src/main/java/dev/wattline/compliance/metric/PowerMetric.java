package dev.wattline.compliance.metric;

import dev.wattline.model.Rounding;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
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
 * @param ci95 interval of what the metric stands for, the power or energy over exactly the window, in {@code unit}: the
 *     analyzer's uncertainty, and what the samples that the window's ends cut may hide
 * @param samples number of samples that count
 * @param efficiencies what the result makes of a joule: first what the submission checker prints, then what else the log
 *     tells; empty if LoadGen's result is not known
 * @param inferred what the same run gives for the other scenarios that it may count for, where nothing but LoadGen's log
 *     tells the scenario
 * @param notes how it was computed where that is not plain, and what is missing
 * @param doubts why the value cannot be taken as it is: errors that the audit found, rules that guard it and did not run
 */
public record PowerMetric(
        @Nullable Double value,
        @Nullable String unit,
        String scenario,
        @Nullable Double averageWatts,
        @Nullable Double energyJoules,
        @Nullable Interval ci95,
        long samples,
        List<Efficiency> efficiencies,
        List<Inferred> inferred,
        List<Finding> notes,
        List<Finding> doubts) {

    public PowerMetric {
        efficiencies = List.copyOf(efficiencies);
        inferred = List.copyOf(inferred);
        notes = List.copyOf(notes);
        doubts = List.copyOf(doubts);
    }

    /** No metric, and why. */
    public static PowerMetric none(String why) {
        return new PowerMetric(
                null, null, "", null, null, null, 0, List.of(), List.of(), List.of(unknown(why)), List.of());
    }

    static Finding unknown(String why) {
        return Finding.of("metric-unknown", why);
    }

    /** The notes, a sentence each. */
    public List<String> noteTexts() {
        return notes.stream().map(Finding::message).toList();
    }

    /** The doubts, a clause each. */
    public List<String> doubtTexts() {
        return doubts.stream()
                .map(doubt -> doubt.severity() == Severity.ERROR
                        ? "audit error " + doubt.id() + ": " + doubt.message()
                        : doubt.message())
                .toList();
    }

    /** The same with what is to be said against it. */
    public PowerMetric doubted(List<Finding> why) {
        return new PowerMetric(
                value, unit, scenario, averageWatts, energyJoules, ci95, samples, efficiencies, inferred, notes, why);
    }

    /** Whether there is nothing to be said against it. */
    public boolean clean() {
        return doubts.isEmpty();
    }

    /** The efficiency that the submission checker prints, in the unit of the first of {@link #efficiencies}; null if none. */
    public @Nullable Double efficiency() {
        return efficiencies.isEmpty() ? null : efficiencies.get(0).value();
    }

    /** Half the width of the interval, in the metric's unit; NaN if not known. */
    public double halfWidth() {
        return ci95 == null ? Double.NaN : (ci95.high() - ci95.low()) / 2;
    }

    /** The same as a share of the metric, which its mean power, energy and efficiency have too; NaN if not known. */
    public double relativeHalfWidth() {
        return value == null ? Double.NaN : halfWidth() / Math.abs(value);
    }

    /** A finite figure of this metric that is not in its unit, with the digits that the interval carries. */
    public String rounded(double figure) {
        return Rounding.within(figure, Math.abs(figure) * relativeHalfWidth());
    }

    /**
     * What a joule gives.
     *
     * @param unit {@code samples/J}, {@code queries/J} or {@code tokens/J}
     */
    public record Efficiency(double value, String unit) {}

    /** The metric of a result that is inferred from this run. */
    public record Inferred(String scenario, double value, String unit) {}

    /** From one value to another. */
    public record Interval(double low, double high) {}
}
