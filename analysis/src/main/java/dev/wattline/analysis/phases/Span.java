package dev.wattline.analysis.phases;

/**
 * A phase of the run.
 *
 * @param name its label
 * @param startMs begin in ms since the epoch
 * @param endMs end in ms since the epoch
 * @param source {@code given}, {@code loadgen} or {@code detected}
 * @param confidence {@code High}, {@code Medium} or {@code Low}
 * @param evidence why it has this label
 */
public record Span(String name, double startMs, double endMs, String source, String confidence, String evidence) {

    Span named(String other, String level, String why) {
        return new Span(other, startMs, endMs, source, level, why);
    }

    /** Length in s. */
    public double seconds() {
        return (endMs - startMs) / 1e3;
    }
}
