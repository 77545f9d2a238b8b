package dev.wattline.report.ledger;

import dev.wattline.charts.ChartFile;
import dev.wattline.ledger.figure.FigureContent;
import dev.wattline.ledger.figure.PaperFigure;
import dev.wattline.ledger.figure.PaperFigure.Side;
import dev.wattline.report.page.Assets;
import dev.wattline.report.page.Document;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.PageRenderer;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paper's figures as drawings and as one page. */
public final class FiguresPage {
    private static final int DIGITS = 6;
    private static final int MANY_ROWS = 12;

    private FiguresPage() {}

    /** The sides of a figure that hold something, by what they are called. */
    private static Map<String, Side> sides(PaperFigure figure) {
        Map<String, Side> sides = new LinkedHashMap<>();
        put(sides, "As published", figure.published());
        put(sides, "Strict", figure.strict());
        put(sides, "From the raw logs alone", figure.logs());
        return sides;
    }

    private static void put(Map<String, Side> sides, String name, @Nullable Side side) {
        if (side != null) {
            sides.put(name, side);
        }
    }

    /** A figure as the text of an SVG file: its sides one below another, definition and counts as its caption. */
    public static String svg(PaperFigure figure) {
        FigureCharts charts = new FigureCharts(figure);
        ChartFile file = new ChartFile();
        StringBuilder caption = new StringBuilder(figure.definition());
        sides(figure).forEach((name, side) -> {
            file.add(name, charts.chart(side));
            caption.append(' ').append(name).append(": ").append(side.counts()).append('.');
        });
        return file.svg("Figure " + figure.id() + ". " + figure.title(), caption.toString());
    }

    /**
     * All figures as a page.
     *
     * @param files of each figure by its id: names of the files beside the page
     * @param inputs what they were computed from
     * @param notices what could not be read or drawn
     */
    public static String html(
            List<PaperFigure> figures,
            Map<String, List<String>> files,
            List<String> inputs,
            List<String> notices,
            String footer) {
        List<LedgerPage.Part> parts = figures.stream()
                .map(figure -> new LedgerPage.Part(section(figure), files.getOrDefault(figure.id(), List.of())))
                .toList();
        long differences = figures.stream()
                .mapToLong(figure -> figure.differences().size())
                .sum();
        return new PageRenderer()
                .render(
                        "ledger.jte",
                        new LedgerPage(
                                new Document(
                                        "Figures of the MLPerf Power paper",
                                        "Ledger: figures",
                                        "The MLPerf Power paper, recomputed",
                                        String.join(", ", inputs),
                                        "",
                                        Assets.plain(),
                                        footer),
                                figures.size() + " figures, " + differences + " values that differ",
                                "Each figure as the paper plots it, and strictly: by the definition that the paper"
                                        + " states, without the mistakes in its data. What differs stands below with its"
                                        + " cause.",
                                List.of(),
                                notices,
                                parts));
    }

    private static Section section(PaperFigure figure) {
        FigureCharts charts = new FigureCharts(figure);
        List<Figure> drawings = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        if (!figure.differences().isEmpty()) {
            tables.add(new Table(
                    "What differs, and why: " + figure.differences().size() + " rows",
                    Table.columns("Row", "#As published", "#Strict", "Why"),
                    figure.differences().stream()
                            .map(difference -> List.of(
                                    difference.row(),
                                    number(difference.published()),
                                    number(difference.strict()),
                                    difference.why()))
                            .toList(),
                    figure.differences().size() <= MANY_ROWS));
        }
        sides(figure).forEach((name, side) -> {
            drawings.add(
                    Figure.Drawing.of(name, side.counts() + ". " + String.join(" ", side.notes()), charts.chart(side)));
            tables.add(FigureTables.of(name, side.content()));
            if (!side.dropped().isEmpty()) {
                tables.add(new Table(
                        name + ", passed over: " + side.dropped().size(),
                        Table.columns("Row", "Reason"),
                        side.dropped().stream()
                                .map(dropped -> List.of(dropped.row(), dropped.reason()))
                                .toList(),
                        false));
            }
        });
        return new Section(
                "figure-" + figure.id(),
                "Figure " + figure.id() + ". " + figure.title(),
                figure.definition(),
                drawings,
                tables,
                List.of());
    }

    static String number(@Nullable Double value) {
        if (value == null) {
            return Numbers.NONE;
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e6) {
            return Numbers.fixed(value, 0);
        }
        return size > 0 && size < 1e-3
                ? String.format(java.util.Locale.ROOT, "%." + (DIGITS - 1) + "e", value)
                : Numbers.digits(value, DIGITS);
    }

    /** Whether anything of a figure can be drawn. */
    public static boolean drawable(PaperFigure figure) {
        return sides(figure).values().stream().map(Side::content).anyMatch(FiguresPage::hasValues);
    }

    private static boolean hasValues(FigureContent content) {
        return !FigureTables.of("", content).rows().isEmpty();
    }
}
