package dev.wattline.report.page;

/**
 * What every page has around its content.
 *
 * @param title of the browser's window
 * @param kind what page this is, in a word or two
 * @param name what it is about: a session, a folder
 * @param detail a line below the name; may be empty
 * @param seriesJson the series that the page's script plots, safe inside a script element; empty for none
 * @param assets style and script
 * @param footer who wrote the page and when
 */
public record Document(
        String title, String kind, String name, String detail, String seriesJson, Assets assets, String footer) {}
