package dev.wattline.report.campaign;

import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.Standing;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.report.CellComparison;
import dev.wattline.campaign.report.RunTable;
import dev.wattline.charts.BarChart;
import dev.wattline.records.query.GroupStatistics;
import dev.wattline.records.query.OrderTrend;
import dev.wattline.report.ledger.LedgerPage;
import dev.wattline.report.page.Assets;
import dev.wattline.report.page.Document;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.PageRenderer;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A campaign as a page: what its cells came to by metric, what was compared, what failed, and all its sessions. */
public final class CampaignPage {
    private static final int DIGITS = 5;
    private static final double PERCENT = 100;
    private static final double ONE_PERCENT = 0.01;
    private static final double LEAST_PROBABILITY = 0.0001;

    private final CampaignPlan plan;
    private final CampaignCells cells;
    private final CampaignState state;
    private final RunTable table;

    private CampaignPage(CampaignPlan plan, CampaignCells cells, CampaignState state, RunTable table) {
        this.plan = plan;
        this.cells = cells;
        this.state = state;
        this.table = table;
    }

    /**
     * The page.
     *
     * @param footer who wrote it
     */
    public static String html(
            CampaignPlan plan, CampaignCells cells, CampaignState state, RunTable table, String footer) {
        return new CampaignPage(plan, cells, state, table).html(footer);
    }

    private String html(String footer) {
        List<LedgerPage.Part> parts = new ArrayList<>();
        for (int metric = 0; metric < table.metrics().size(); metric++) {
            parts.add(part(means(metric)));
            List<CellComparison> comparisons = CellComparison.of(plan, table, metric);
            if (!comparisons.isEmpty()) {
                parts.add(part(comparisons(metric, comparisons)));
            }
        }
        if (!table.drifts().isEmpty()) {
            parts.add(part(drifts()));
        }
        parts.add(part(failures()));
        parts.add(part(sessions()));
        int valid = state.count(Standing.Status.VALID);
        int failed = state.count(Standing.Status.FAILED);
        return new PageRenderer()
                .render(
                        "ledger.jte",
                        new LedgerPage(
                                new Document(
                                        "Campaign " + plan.name(),
                                        "Campaign",
                                        plan.name(),
                                        detail(),
                                        "",
                                        Assets.plain(),
                                        footer),
                                valid + " of " + cells.order().size() + " sessions are valid",
                                standing(),
                                List.of(
                                        count("Cells", cells.byKey().size(), "", ""),
                                        count("Valid", valid, "sessions that count", "good"),
                                        count("Given up", failed, "after all tries", failed > 0 ? "bad" : ""),
                                        count("To do", state.count(Standing.Status.TODO), "", ""),
                                        count("Attempts", attempts(), "of all sessions", "")),
                                notices(),
                                parts));
    }

    private static LedgerPage.Part part(Section section) {
        return new LedgerPage.Part(section, List.of());
    }

    private static LedgerPage.Count count(String label, int value, String note, String tone) {
        return new LedgerPage.Count(label, String.valueOf(value), note, tone);
    }

    private String detail() {
        return word(plan.kind()) + " sessions, order " + word(plan.order()) + ", seed " + cells.seed();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String standing() {
        return state.history().aborted()
                ? "The campaign was aborted."
                : state.paused()
                        .map(why -> "The campaign is paused: " + why)
                        .orElse(state.isDone() ? "The campaign is done." : "The campaign is not done yet.");
    }

    private int attempts() {
        return state.standings().values().stream().mapToInt(Standing::attempts).sum();
    }

    private List<String> notices() {
        List<String> all = new ArrayList<>();
        if (plan.isInformal()) {
            all.add("Informal: measured by the machine's own sources, without an analyzer; no submission can be made"
                    + " of it.");
        }
        if (!state.history().accepted().isEmpty()) {
            all.add("Changed while the campaign was under way, and accepted: "
                    + String.join(", ", state.history().accepted()) + ".");
        }
        for (int metric = 0; metric < table.metrics().size(); metric++) {
            if (table.trend(metric).isDrift()) {
                all.add(table.metrics().get(metric)
                        + " drifted with the order of measuring, beside what the cells differ by.");
            }
        }
        long gates = state.standings().values().stream()
                .filter(Standing::gateTimeout)
                .count();
        if (gates > 0) {
            all.add("Of " + gates + " sessions a gate did not open in time; they are marked gate-timeout.");
        }
        return all;
    }

    private Section means(int metric) {
        String name = table.metrics().get(metric);
        BarChart chart = new BarChart(name);
        List<List<String>> rows = new ArrayList<>();
        boolean drawn = false;
        for (Map.Entry<Cell, double[]> entry : table.values(metric).entrySet()) {
            GroupStatistics of = GroupStatistics.of(entry.getValue());
            String cell = entry.getKey().shown();
            if (of.number() > 0) {
                drawn = true;
                chart.interval(
                        cell,
                        of.mean(),
                        Double.isNaN(of.low()) ? of.mean() : of.low(),
                        Double.isNaN(of.high()) ? of.mean() : of.high(),
                        digits(of.mean()) + ", n " + of.number());
            }
            int needed = of.neededFor(ONE_PERCENT);
            double instrument = table.halfWidth(metric, entry.getKey());
            double together = of.halfWidthWith(instrument);
            rows.add(List.of(
                    cell,
                    String.valueOf(of.number()),
                    digits(of.mean()),
                    between(digits(of.low()), digits(of.high()), of.low()),
                    Numbers.digits(instrument, 2),
                    between(digits(of.mean() - together), digits(of.mean() + together), together),
                    Numbers.digits(PERCENT * of.variation(), 2),
                    digits(of.least()),
                    digits(of.greatest()),
                    String.valueOf(of.flagged()),
                    of.flagged() == 0 ? Numbers.NONE : digits(table.withoutFarOff(metric, entry.getKey())),
                    needed == 0 ? Numbers.NONE : String.valueOf(needed)));
        }
        return new Section(
                "metric-" + (metric + 1),
                name,
                "Means of the valid sessions of each cell with their 95 % intervals by Student's t, which know the"
                        + " scatter between sessions alone; what the instrument itself may be off by stands beside them,"
                        + " and both together, in quadrature. " + trend(metric),
                drawn ? List.of(Figure.Drawing.of("Means", "by cell, with 95 % intervals", chart)) : List.of(),
                List.of(new Table(
                        "Cells: " + rows.size(),
                        Table.columns(
                                "Cell",
                                "#n",
                                "#Mean",
                                "#95 %",
                                "#Instrument ±",
                                "#Together",
                                "#sd, %",
                                "#Least",
                                "#Greatest",
                                "#Far off",
                                "#Mean without",
                                "#n for 1 %"),
                        rows,
                        true)),
                List.of());
    }

    /** What changed within the sessions, where there is no other session to compare with. */
    private Section drifts() {
        List<List<String>> rows = new ArrayList<>();
        table.drifts().forEach((cell, shares) -> {
            GroupStatistics of = GroupStatistics.of(shares);
            rows.add(List.of(
                    cell.shown(),
                    String.valueOf(of.number()),
                    Numbers.signedPercent(PERCENT * of.median()),
                    Numbers.signedPercent(PERCENT * of.least()),
                    Numbers.signedPercent(PERCENT * of.greatest())));
        });
        return new Section(
                "drift",
                "Within a session",
                "By how much mean power of the power window's last minute differs from that of its first: a machine that was"
                        + " not warm yet, or a load that is not even. Windows shorter than two minutes have none.",
                List.of(),
                List.of(new Table(
                        "Cells: " + rows.size(),
                        Table.columns("Cell", "#n", "#Median", "#Least", "#Greatest"),
                        rows,
                        true)),
                List.of());
    }

    private String trend(int metric) {
        OrderTrend trend = table.trend(metric);
        return Double.isNaN(trend.correlation())
                ? "Too few sessions to tell whether it drifted with the order of measuring."
                : "Rank correlation with the order of measuring: " + Numbers.digits(trend.correlation(), 2) + ", p "
                        + probability(trend.probability()) + ", n " + trend.number() + ".";
    }

    private Section comparisons(int metric, List<CellComparison> all) {
        BarChart chart = new BarChart("change of " + table.metrics().get(metric) + ", %");
        List<List<String>> rows = new ArrayList<>();
        for (CellComparison one : all) {
            double change = PERCENT * one.change().change();
            double low = PERCENT * one.change().low();
            double high = PERCENT * one.change().high();
            String against = one.by() + " " + one.value() + " against " + one.baseline();
            if (!Double.isNaN(change)) {
                chart.interval(
                        one.cell().shown(),
                        change,
                        Double.isNaN(low) ? change : low,
                        Double.isNaN(high) ? change : high,
                        signed(change) + " % against " + one.by() + "=" + one.baseline());
            }
            rows.add(List.of(
                    one.cell().shown(),
                    against,
                    signed(change),
                    between(signed(low), signed(high), low),
                    probability(one.probability()),
                    String.valueOf(one.number()),
                    String.valueOf(one.baselineNumber()),
                    one.pairs() == 0 ? Numbers.NONE : String.valueOf(one.pairs())));
        }
        return new Section(
                "comparisons-" + (metric + 1),
                table.metrics().get(metric) + ": comparisons",
                "Ratios of geometric means between cells that differ in one factor alone, with their 95 % intervals: by"
                        + " pairs of a block where there are pairs, else by Welch's test. p is after Holm over these "
                        + all.size() + "; the intervals are of each by itself.",
                List.of(Figure.Drawing.of("Changes", "in per cent, with 95 % intervals", chart)),
                List.of(new Table(
                        "Comparisons: " + rows.size(),
                        Table.columns("Cell", "By", "#Change, %", "#95 %", "#p", "#n", "#n there", "#Pairs"),
                        rows,
                        true)),
                List.of());
    }

    private Section failures() {
        List<List<String>> rows = new ArrayList<>();
        state.standings().forEach((what, standing) -> {
            if (!standing.why().isEmpty()) {
                rows.add(List.of(
                        cells.shown(what),
                        standing.status() == Standing.Status.FAILED ? "given up" : "to be tried again",
                        String.valueOf(standing.attempts()),
                        standing.last().map(CampaignPage::word).orElse(""),
                        standing.why()));
            }
        });
        return new Section(
                "failures",
                "What failed",
                rows.isEmpty() ? "Nothing is given up or waits for another try." : "The last attempt of each.",
                List.of(),
                rows.isEmpty()
                        ? List.of()
                        : List.of(new Table(
                                "Sessions: " + rows.size(),
                                Table.columns("Session", "State", "#Attempts", "Cause", "Why"),
                                rows,
                                true)),
                List.of());
    }

    private Section sessions() {
        List<Table.Column> columns =
                new ArrayList<>(Table.columns("#Order", "Cell", "#Repeat", "State", "#Attempts", "Marks", "Session"));
        table.metrics().forEach(metric -> columns.add(new Table.Column(metric, true)));
        List<List<String>> rows = new ArrayList<>();
        for (RunTable.Row row : table.rows()) {
            List<String> words = new ArrayList<>(List.of(
                    String.valueOf(rows.size() + 1),
                    row.cell().shown(),
                    String.valueOf(row.what().repeat()),
                    word(row.standing().status()),
                    String.valueOf(row.standing().attempts()),
                    marks(row),
                    row.standing().session()));
            for (double value : row.values()) {
                words.add(digits(value));
            }
            rows.add(words);
        }
        return new Section(
                "sessions",
                "All sessions",
                "In the order in which they are measured. Far off: more than 3.5 robust standard deviations from the"
                        + " cell's median; such a value counts all the same.",
                List.of(),
                List.of(new Table("Sessions: " + rows.size(), columns, rows, rows.size() <= 100)),
                List.of());
    }

    private static String marks(RunTable.Row row) {
        List<String> all = new ArrayList<>();
        if (row.standing().gateTimeout()) {
            all.add("gate-timeout");
        }
        for (boolean far : row.farOff()) {
            if (far && !all.contains("far off")) {
                all.add("far off");
            }
        }
        return String.join(", ", all);
    }

    private static String digits(double value) {
        return Numbers.digits(value, DIGITS);
    }

    private static String signed(double percent) {
        return Double.isNaN(percent) ? Numbers.NONE : (percent > 0 ? "+" : "") + Numbers.digits(percent, 3);
    }

    private static String between(String low, String high, double known) {
        return Double.isNaN(known) ? Numbers.NONE : low + " … " + high;
    }

    private static String probability(double value) {
        return Double.isNaN(value) ? Numbers.NONE : value < LEAST_PROBABILITY ? "< 0.0001" : Numbers.digits(value, 2);
    }
}
