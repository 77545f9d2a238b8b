package dev.wattline.report.page;

import java.util.List;

/**
 * A part of the page: what it says in words, drawn, and as tables.
 *
 * @param id its anchor
 * @param title its heading
 * @param lead what is to be seen in it, or why there is nothing
 * @param figures what is drawn
 * @param tables the numbers
 * @param sources keys of the {@link Provenance} of its figures
 */
public record Section(
        String id, String title, String lead, List<Figure> figures, List<Table> tables, List<String> sources) {}
