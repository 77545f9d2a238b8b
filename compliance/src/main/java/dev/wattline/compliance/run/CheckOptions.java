package dev.wattline.compliance.run;

import org.jspecify.annotations.Nullable;

/**
 * What to do with each session.
 *
 * @param round the name of the round to judge by, or null for what the session itself says
 * @param scenario the scenario that the result is submitted as, or null for what its folders and logs say
 * @param audit whether to look for what the official checker lets pass, and to compute the metric
 */
public record CheckOptions(@Nullable String round, @Nullable String scenario, boolean audit) {}
