package dev.wattline.analysis.report;

import dev.wattline.analysis.result.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the compliance checks say of the session, for the report. The caller fills it, because the analysis knows nothing
 * of the rules.
 *
 * @param verdict {@code pass}, {@code warn}, {@code fail} or {@code crash}
 * @param round the round whose rules were used, such as {@code v5.1}
 * @param roundReason why this round
 * @param checks each official check
 * @param findings what our own audit found
 * @param metric the official metric; null where it was not computed
 */
public record VerdictSummary(
        String verdict,
        String round,
        String roundReason,
        List<Check> checks,
        List<Note> findings,
        @Nullable Metric metric) {
    public VerdictSummary {
        checks = List.copyOf(checks);
        findings = List.copyOf(findings);
    }

    /**
     * One official check.
     *
     * @param name its official name
     * @param verdict {@code pass}, {@code warn} or {@code fail}
     * @param message the official text; empty on a pass
     */
    public record Check(String name, String verdict, String message) {}

    /**
     * One finding of the audit.
     *
     * @param id its name
     * @param severity how grave it is
     * @param message what was found
     * @param place file and line; empty where no file is concerned
     */
    public record Note(String id, String severity, String message, String place) {}

    /**
     * The official metric; what could not be computed is NaN.
     *
     * @param value in {@code unit}
     * @param unit such as {@code W} or {@code mJ/query}; empty where unknown
     * @param scenario it is computed for
     * @param averageWatts mean power in the power window, W
     * @param energyJ energy in the power window, J
     * @param ci95 interval of the value that the analyzer's uncertainty gives
     * @param samples how many samples count
     * @param efficiency samples or queries per second and watt, or per joule
     * @param notes how it was computed, and what is missing
     */
    public record Metric(
            double value,
            String unit,
            String scenario,
            double averageWatts,
            double energyJ,
            Interval ci95,
            long samples,
            double efficiency,
            List<String> notes) {
        public Metric {
            notes = List.copyOf(notes);
        }
    }

    /** How many checks passed, with or without warnings. */
    public long passed() {
        return checks.stream().filter(check -> !check.verdict().equals("fail")).count();
    }
}
