package dev.wattline.analysis.report.page;

/**
 * One main figure.
 *
 * @param label what it is
 * @param value its value, or a dash
 * @param unit its unit; empty for a word
 * @param note what it covers, or why there is none
 * @param tone {@code good}, {@code warn}, {@code bad} or empty
 * @param source key of its {@link Provenance}
 */
public record Tile(String label, String value, String unit, String note, String tone, String source) {}
