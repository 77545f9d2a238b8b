package dev.wattline.report.checks;

import java.util.List;

/**
 * One session as its template shows it.
 *
 * @param anchor of its section
 * @param level what checks and audit say together, as a word
 * @param tone the colour of that word: {@code pass}, {@code suspect} or {@code fail}
 * @param why the same in a line
 * @param round whose rules were used, and why
 * @param metric the metric and notes on it, a line each; empty where none was computed
 * @param overview the power of the testing phase, an {@code svg} element; empty where there is no log
 * @param audit what our own audit found
 */
public record CheckedSession(
        String anchor,
        String session,
        String level,
        String tone,
        String why,
        String round,
        List<String> metric,
        String overview,
        List<Check> checks,
        List<Found> audit) {

    /**
     * An official check.
     *
     * @param tone {@code pass}, {@code warn} or {@code fail}; {@code warn} too where only the tools' sources are unknown
     */
    public record Check(
            String name, String verdict, String tone, boolean passed, String message, List<Found> findings) {}

    /**
     * A finding.
     *
     * @param open whether it is seen without a click
     * @param traces the power around it
     */
    public record Found(
            String id, String severity, String message, boolean open, List<Entry> entries, List<Trace> traces) {}

    /** A line of a finding. */
    public record Entry(String name, String value) {}

    /** A drawing, an {@code svg} element, and what it shows. */
    public record Trace(String svg, String caption) {}
}
