package dev.wattline.report.page;

/**
 * Where a figure comes from.
 *
 * @param key its anchor
 * @param quantity what it is
 * @param value its value as printed, or a dash
 * @param file the files it was computed from
 * @param method how, in words
 * @param formula the formula's name, and the formula where it fits a line
 */
public record Provenance(String key, String quantity, String value, String file, String method, String formula) {}
