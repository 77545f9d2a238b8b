package dev.wattline.campaign.plan;

/**
 * A comparison that the report makes: of each value of a factor with one of them, where all other factors are alike.
 *
 * @param by the factor's name
 * @param baseline the value that the others are held against
 */
public record BaselineComparison(String by, String baseline) {}
