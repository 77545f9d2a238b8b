package dev.wattline.analysis.report.page;

/**
 * What the page carries along so that it needs nothing else.
 *
 * @param style all style sheets
 * @param script all scripts
 * @param scriptHash what the page's content security policy allows to run, {@code sha256-...}
 * @param licence of the plotting library
 */
public record Assets(String style, String script, String scriptHash, String licence) {}
