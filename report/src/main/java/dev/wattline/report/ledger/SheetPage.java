package dev.wattline.report.ledger;

import dev.wattline.charts.BarChart;
import dev.wattline.report.page.Assets;
import dev.wattline.report.page.Document;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.PageRenderer;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sheet of results as a page: what was measured of each phase, drawn, and all columns as tables. */
public final class SheetPage {
    private static final int MOST_DRAWN = 60;

    private SheetPage() {}

    /**
     * Power of a result by phase, W; null where it is not known.
     *
     * @param assumed whether one of the three is an assumption; it is not drawn then
     */
    public record Range(
            String name,
            @Nullable Double idle,
            @Nullable Double average,
            @Nullable Double peak,
            boolean assumed) {

        private boolean drawable() {
            return idle != null && average != null && peak != null && average > 0 && !assumed;
        }
    }

    /**
     * The page.
     *
     * @param input what the sheet is of
     * @param rows all values, in the order of the columns
     */
    public static String html(
            String input,
            List<String> columns,
            List<List<@Nullable Object>> rows,
            List<String> briefColumns,
            List<List<@Nullable Object>> briefRows,
            List<Range> ranges,
            List<String> notices,
            String footer) {
        List<LedgerPage.Part> parts = new ArrayList<>();
        List<Range> drawable = ranges.stream().filter(Range::drawable).toList();
        BarChart chart = new BarChart("share of the mean power in the window, %");
        drawable.stream().limit(MOST_DRAWN).forEach(range -> interval(chart, range));
        parts.add(part(new Section(
                "phases",
                "Power by phase",
                drawable.isEmpty()
                        ? "No result has measured phases."
                        : "From the idle power before the window to the peak in it; the dot is the mean in the window."
                                + (drawable.size() > MOST_DRAWN ? " The first " + MOST_DRAWN + " are drawn." : ""),
                drawable.isEmpty()
                        ? List.of()
                        : List.of(Figure.Drawing.of("Idle, mean and peak", "as shares of the mean", chart)),
                List.of(table("Results: " + rows.size(), briefColumns, briefRows, true)),
                List.of())));
        parts.add(part(new Section(
                "all",
                "All columns",
                "What was not measured is empty; a value whose confidence is low was assumed.",
                List.of(),
                List.of(table("Results: " + rows.size(), columns, rows, false)),
                List.of())));
        return new PageRenderer()
                .render(
                        "ledger.jte",
                        new LedgerPage(
                                new Document("Power by phase", "Ledger: sheet", input, "", "", Assets.plain(), footer),
                                rows.size() + " results, " + drawable.size() + " with measured phases",
                                "Power before, in and after LoadGen's window by the analyzer's log of each session.",
                                List.of(),
                                notices,
                                parts));
    }

    private static LedgerPage.Part part(Section section) {
        return new LedgerPage.Part(section, List.of());
    }

    private static void interval(BarChart chart, Range range) {
        double idle = share(range.idle(), range.average());
        double peak = share(range.peak(), range.average());
        chart.interval(
                range.name(),
                100,
                idle,
                peak,
                Numbers.digits(idle, 3) + " … " + Numbers.digits(peak, 4) + " % of "
                        + Numbers.watts(range.average() == null ? Double.NaN : range.average()));
    }

    private static double share(@Nullable Double watts, @Nullable Double of) {
        return watts == null || of == null ? Double.NaN : 100 * watts / of;
    }

    private static Table table(String caption, List<String> columns, List<List<@Nullable Object>> rows, boolean open) {
        List<Table.Column> heads = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            int at = column;
            boolean numbers = rows.stream().anyMatch(row -> row.get(at) instanceof Number);
            heads.add(new Table.Column(columns.get(column), numbers));
        }
        return new Table(
                caption,
                heads,
                rows.stream()
                        .map(row -> row.stream().map(SheetPage::text).toList())
                        .toList(),
                open);
    }

    private static String text(@Nullable Object value) {
        return value instanceof Number number
                ? FiguresPage.number(number.doubleValue())
                : value == null ? "" : value.toString();
    }
}
