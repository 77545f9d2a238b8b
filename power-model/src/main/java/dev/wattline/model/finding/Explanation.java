package dev.wattline.model.finding;

/**
 * What a finding of one id means.
 *
 * @param title the rule in a few words
 * @param cause what usually causes it
 * @param remedy what to do
 */
public record Explanation(String id, String title, String cause, String remedy) {}
