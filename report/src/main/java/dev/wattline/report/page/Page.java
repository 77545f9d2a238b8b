package dev.wattline.report.page;

import dev.wattline.compliance.run.OverallVerdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of a session.
 *
 * @param document what is around it
 * @param verdict what checks and audit say together; null where there is no session
 * @param doubt the verdict's level where it touches the figures: {@code suspect}, {@code made data} or
 *     {@code fail}; else empty
 * @param tone the verdict's colour: {@code pass}, {@code suspect} or {@code fail}; empty where there is none
 * @param headline what a reader takes away
 * @param tiles the main figures
 * @param notices what a reader must know before believing a figure
 * @param sections the parts in the order of reading
 * @param provenance where each figure comes from
 */
public record Page(
        Document document,
        @Nullable OverallVerdict verdict,
        String doubt,
        String tone,
        Headline headline,
        List<Tile> tiles,
        List<String> notices,
        List<Section> sections,
        List<Provenance> provenance) {}
