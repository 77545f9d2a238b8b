package dev.wattline.analysis.report.page;

import java.util.List;

/**
 * The whole page.
 *
 * @param title of the document
 * @param session name of the session or of the logs
 * @param measured when it was measured and how long the logs are
 * @param headline what a reader takes away
 * @param tiles the main figures
 * @param notices what a reader must know before believing a figure
 * @param sections the parts in the order of reading
 * @param provenance where each figure comes from
 * @param traceJson the series to draw; safe inside a script element
 * @param assets style and scripts
 * @param footer who wrote the page and when
 */
public record Page(
        String title,
        String session,
        String measured,
        Headline headline,
        List<Tile> tiles,
        List<String> notices,
        List<Section> sections,
        List<Provenance> provenance,
        String traceJson,
        Assets assets,
        String footer) {}
