package dev.wattline.report.page;

/**
 * One main figure.
 *
 * @param label what it is
 * @param value its value, or a dash
 * @param unit its unit; empty for a word
 * @param note what it covers, or why there is none
 * @param tone {@code good}, {@code warn}, {@code bad} or empty
 * @param source key of its {@link Provenance}
 * @param doubt what checks and audit say where that touches the figure: {@code suspect} or {@code fail}; else empty
 */
public record Tile(String label, String value, String unit, String note, String tone, String source, String doubt) {}
