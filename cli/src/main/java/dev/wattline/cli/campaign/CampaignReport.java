package dev.wattline.cli.campaign;

import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.OpenAttempt;
import dev.wattline.campaign.engine.Standing;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.report.CellComparison;
import dev.wattline.campaign.report.RunTable;
import dev.wattline.cli.terminal.TextTable;
import dev.wattline.compliance.Decimals;
import dev.wattline.ledger.out.CsvOutput;
import dev.wattline.records.query.GroupStatistics;
import dev.wattline.records.query.OrderTrend;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** A campaign's state and run table as text and CSV. */
final class CampaignReport {
    private final CampaignPlan plan;
    private final CampaignCells cells;
    private final CampaignState state;
    private final RunTable table;

    CampaignReport(CampaignPlan plan, CampaignCells cells, CampaignState state, RunTable table) {
        this.plan = plan;
        this.cells = cells;
        this.state = state;
        this.table = table;
    }

    /** Where it stands, and what went wrong. */
    void status(Consumer<String> out) {
        out.accept("campaign " + plan.name() + (plan.isInformal() ? " (informal)" : "") + ": "
                + state.count(Standing.Status.VALID) + " of "
                + cells.order().size() + " sessions are valid, " + state.count(Standing.Status.FAILED) + " given up, "
                + state.count(Standing.Status.TODO) + " to do"
                + state.open()
                        .map(attempt -> "; now " + cells.shown(attempt.what()) + ", attempt " + attempt.number())
                        .orElse(""));
        state.paused().ifPresent(why -> out.accept("paused: " + why));
        if (state.history().aborted()) {
            out.accept("aborted");
        }
        if (!state.history().accepted().isEmpty()) {
            out.accept("changed while it was under way, and accepted: "
                    + String.join(", ", state.history().accepted()));
        }
        if (state.isDone()) {
            out.accept("done");
        }
        state.standings().forEach((what, standing) -> {
            if (!standing.why().isEmpty()) {
                boolean goesOn =
                        state.open().map(OpenAttempt::what).filter(what::equals).isPresent();
                out.accept((standing.status() == Standing.Status.FAILED ? "given up: " : "last attempt failed: ")
                        + cells.shown(what) + ", attempt " + (standing.attempts() - (goesOn ? 1 : 0)) + ": "
                        + standing.last().map(CampaignReport::word).orElse("") + ": " + standing.why());
            }
        });
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Run table, statistics of the cells, comparisons. */
    void print(Consumer<String> out) {
        if (plan.isInformal()) {
            out.accept(
                    "informal: measured by this machine's own sources, without an analyzer; no submission can be made"
                            + " of it");
        }
        List<String> head = new ArrayList<>(List.of("cell", "repeat", "state", "session"));
        head.add("attempts");
        head.addAll(table.metrics());
        List<List<String>> rows = new ArrayList<>(List.of(head));
        for (RunTable.Row row : table.rows()) {
            List<String> words = new ArrayList<>(List.of(
                    row.cell().shown(),
                    String.valueOf(row.what().repeat()),
                    word(row.standing().status()),
                    row.standing().session().isEmpty() ? "-" : row.standing().session(),
                    row.standing().attempts() + (row.standing().gateTimeout() ? "g" : "")));
            for (int i = 0; i < table.metrics().size(); i++) {
                words.add(shown(row.values()[i]) + (row.farOff()[i] ? "!" : ""));
            }
            rows.add(words);
        }
        TextTable.print(rows, 4, out);
        if (!state.history().accepted().isEmpty()) {
            out.accept("changed while the campaign was under way, and accepted: "
                    + String.join(", ", state.history().accepted()));
        }
        out.accept("!: more than 3.5 robust standard deviations from the cell's median; it counts all the same."
                + " g: a gate did not open in time");
        for (int metric = 0; metric < table.metrics().size(); metric++) {
            out.accept("");
            statistics(metric, out);
            compare(metric, out);
            trend(metric, out);
        }
        drifts(out);
    }

    private void drifts(Consumer<String> out) {
        List<List<String>> rows =
                new ArrayList<>(List.of(List.of("cell", "n", "power, last minute to first", "least", "greatest")));
        table.drifts().forEach((cell, shares) -> {
            GroupStatistics of = GroupStatistics.of(shares);
            rows.add(List.of(
                    cell.shown(),
                    String.valueOf(of.number()),
                    signed(of.median()),
                    signed(of.least()),
                    signed(of.greatest())));
        });
        if (rows.size() > 1) {
            out.accept("");
            TextTable.print(rows, 1, out);
        }
    }

    private void statistics(int metric, Consumer<String> out) {
        List<List<String>> rows = new ArrayList<>(List.of(List.of(
                "cell",
                "n",
                "mean " + table.metrics().get(metric),
                "95 %",
                "instrument +-",
                "together",
                "sd %",
                "least",
                "greatest",
                "far off",
                "n for 1 %")));
        table.values(metric).forEach((cell, values) -> {
            GroupStatistics of = GroupStatistics.of(values);
            double instrument = table.halfWidth(metric, cell);
            rows.add(List.of(
                    cell.shown(),
                    String.valueOf(of.number()),
                    shown(of.mean()),
                    Double.isNaN(of.low()) ? "-" : shown(of.low()) + " to " + shown(of.high()),
                    Double.isNaN(instrument) ? "-" : Decimals.significant(instrument, 2),
                    together(of, instrument),
                    Double.isNaN(of.variation()) ? "-" : Decimals.significant(of.variation() * 100, 2),
                    shown(of.least()),
                    shown(of.greatest()),
                    of.flagged() == 0
                            ? "0"
                            : of.flagged() + ", mean without " + shown(table.withoutFarOff(metric, cell)),
                    of.neededFor(0.01) == 0 ? "-" : String.valueOf(of.neededFor(0.01))));
        });
        TextTable.print(rows, 1, out);
    }

    private static String together(GroupStatistics of, double instrument) {
        double half = of.halfWidthWith(instrument);
        return Double.isNaN(half) ? "-" : shown(of.mean() - half) + " to " + shown(of.mean() + half);
    }

    private void compare(int metric, Consumer<String> out) {
        List<CellComparison> all = CellComparison.of(plan, table, metric);
        if (all.isEmpty()) {
            return;
        }
        List<List<String>> rows = new ArrayList<>(List.of(List.of(
                "cell", table.metrics().get(metric) + " against", "change", "95 %", "p", "n", "n there", "pairs")));
        for (CellComparison one : all) {
            rows.add(List.of(
                    one.cell().shown(),
                    one.by() + "=" + one.baseline(),
                    signed(one.change().change()),
                    Double.isNaN(one.change().low())
                            ? "-"
                            : signed(one.change().low()) + " to "
                                    + signed(one.change().high()),
                    probability(one.probability()),
                    String.valueOf(one.number()),
                    String.valueOf(one.baselineNumber()),
                    one.pairs() == 0 ? "-" : String.valueOf(one.pairs())));
        }
        TextTable.print(rows, 2, out);
    }

    private void trend(int metric, Consumer<String> out) {
        OrderTrend trend = table.trend(metric);
        if (!Double.isNaN(trend.correlation())) {
            out.accept("with the order of measuring: rank correlation " + Decimals.significant(trend.correlation(), 2)
                    + ", p " + probability(trend.probability()) + ", n " + trend.number()
                    + (trend.isDrift() ? ": the machine or the instrument drifted" : ""));
        }
    }

    private static String probability(double value) {
        return Double.isNaN(value) ? "-" : value < 0.0001 ? "< 0.0001" : Decimals.significant(value, 2);
    }

    private static String signed(double share) {
        return Double.isNaN(share) ? "-" : (share >= 0 ? "+" : "") + Decimals.percent(share, 2);
    }

    private static String shown(double value) {
        return Double.isNaN(value) ? "-" : Decimals.significant(value, 6);
    }

    /** The run table with a column for each factor. */
    String csv() {
        List<String> factors = new ArrayList<>();
        cells.byKey()
                .values()
                .forEach(cell -> cell.factors().keySet().stream()
                        .filter(name -> !factors.contains(name))
                        .forEach(factors::add));
        factors.sort(null);
        List<String> head = new ArrayList<>(List.of("order", "cell"));
        head.addAll(factors);
        head.addAll(List.of("repeat", "state", "attempts", "cause", "why", "session", "gateTimeout", "farOff", "kind"));
        head.addAll(table.metrics());
        table.metrics().forEach(metric -> head.add(metric + " +-"));
        StringWriter text = new StringWriter();
        try (CsvOutput out = new CsvOutput(text, head.toArray(new String[0]))) {
            int order = 0;
            for (RunTable.Row row : table.rows()) {
                order++;
                List<Object> values = new ArrayList<>(List.of(order, row.what().cell()));
                factors.forEach(name -> values.add(
                        Objects.requireNonNullElse(row.cell().factors().get(name), "")));
                boolean far = false;
                for (boolean one : row.farOff()) {
                    far |= one;
                }
                values.addAll(List.of(
                        row.what().repeat(),
                        word(row.standing().status()),
                        row.standing().attempts(),
                        row.standing().last().map(CampaignReport::word).orElse(""),
                        row.standing().why(),
                        row.standing().session(),
                        row.standing().gateTimeout(),
                        far,
                        word(plan.kind())));
                add(values, row.values());
                add(values, row.halfWidths());
                out.row(values.toArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void add(List<Object> row, double[] values) {
        for (double value : values) {
            row.add(Double.isNaN(value) ? "" : String.valueOf(value));
        }
    }
}
