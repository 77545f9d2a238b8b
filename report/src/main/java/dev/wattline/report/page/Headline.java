package dev.wattline.report.page;

/**
 * The sentence at the top.
 *
 * @param statement the finding
 * @param interval how sure it is; empty where there is nothing to say
 * @param because why, or why there is no finding; empty where there is nothing to say
 * @param missing what the session lacks and how to get it, and whether its data are made; empty where there is nothing to say
 */
public record Headline(String statement, String interval, String because, String missing) {}
