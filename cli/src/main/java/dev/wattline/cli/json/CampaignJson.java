package dev.wattline.cli.json;

import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.Standing;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.report.CellComparison;
import dev.wattline.campaign.report.EstimatedTime.Source;
import dev.wattline.campaign.report.RunTable;
import dev.wattline.records.query.GroupStatistics;
import dev.wattline.records.query.OrderTrend;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code wattline campaign} prints as JSON; what is not known is null. */
public final class CampaignJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CampaignJson() {}

    /** What a campaign comes to before it runs. */
    public static String preview(CampaignPlan plan, Duration time, Map<Source, Integer> sources) {
        ObjectNode all = MAPPER.createObjectNode();
        all.put("campaign", plan.name())
                .put("cells", plan.cells().size())
                .put("sessions", plan.sessions())
                .put("seconds", time.toSeconds())
                .put("sessionsOfUnknownTime", sources.getOrDefault(Source.UNKNOWN, 0))
                .put("kind", kind(plan));
        ObjectNode by = all.putObject("sessionsByTimesOf");
        by.put("cell", sources.getOrDefault(Source.MEASURED, 0))
                .put("workload", sources.getOrDefault(Source.SIMILAR, 0))
                .put("expect", sources.getOrDefault(Source.EXPECTED, 0));
        return MAPPER.writeValueAsString(all);
    }

    /** Where a campaign stands; with statistics, what it came to. */
    public static String of(
            CampaignPlan plan, CampaignCells cells, CampaignState state, RunTable table, boolean statistics) {
        ObjectNode all = MAPPER.createObjectNode();
        all.put("campaign", plan.name())
                .put("kind", kind(plan))
                .put("seed", cells.seed())
                .put("sessions", cells.order().size())
                .put("valid", state.count(Standing.Status.VALID))
                .put("givenUp", state.count(Standing.Status.FAILED))
                .put("toDo", state.count(Standing.Status.TODO))
                .put("done", state.isDone())
                .put("aborted", state.history().aborted())
                .put("paused", state.paused().orElse(null));
        ArrayNode accepted = all.putArray("acceptedChanges");
        state.history().accepted().forEach(accepted::add);
        ArrayNode rows = all.putArray("runs");
        for (RunTable.Row row : table.rows()) {
            ObjectNode one = rows.addObject();
            one.put("cell", row.what().cell());
            ObjectNode factors = one.putObject("factors");
            row.cell().factors().forEach(factors::put);
            one.put("repeat", row.what().repeat())
                    .put("state", row.standing().status().name().toLowerCase(Locale.ROOT))
                    .put("attempts", row.standing().attempts())
                    .put("cause", row.standing().last().map(Enum::name).orElse(null))
                    .put("why", row.standing().why())
                    .put("session", row.standing().session())
                    .put("gateTimeout", row.standing().gateTimeout());
            ObjectNode values = one.putObject("values");
            ObjectNode halves = one.putObject("halfWidths95");
            ArrayNode far = one.putArray("farOff");
            for (int i = 0; i < table.metrics().size(); i++) {
                values.put(table.metrics().get(i), known(row.values()[i]));
                halves.put(table.metrics().get(i), known(row.halfWidths()[i]));
                if (row.farOff()[i]) {
                    far.add(table.metrics().get(i));
                }
            }
        }
        if (statistics) {
            statistics(all, plan, table);
        }
        return MAPPER.writeValueAsString(all);
    }

    private static void statistics(ObjectNode all, CampaignPlan plan, RunTable table) {
        ArrayNode cells = all.putArray("cells");
        ArrayNode comparisons = all.putArray("comparisons");
        ArrayNode trends = all.putArray("trends");
        for (int i = 0; i < table.metrics().size(); i++) {
            String metric = table.metrics().get(i);
            int number = i;
            table.values(i).forEach((cell, values) -> {
                GroupStatistics of = GroupStatistics.of(values);
                cells.addObject()
                        .put("cell", cell.key())
                        .put("metric", metric)
                        .put("n", of.number())
                        .put("mean", known(of.mean()))
                        .put("sd", known(of.sd()))
                        .put("low", known(of.low()))
                        .put("high", known(of.high()))
                        .put("halfWidthOfInstrument", known(table.halfWidth(number, cell)))
                        .put("halfWidthTogether", known(of.halfWidthWith(table.halfWidth(number, cell))))
                        .put("farOff", of.flagged())
                        .put("meanWithoutFarOff", known(table.withoutFarOff(number, cell)))
                        .put("neededForOnePercent", of.neededFor(0.01) == 0 ? null : (Integer) of.neededFor(0.01));
            });
            for (CellComparison one : CellComparison.of(plan, table, i)) {
                comparisons
                        .addObject()
                        .put("cell", one.cell().key())
                        .put("metric", metric)
                        .put("by", one.by())
                        .put("value", one.value())
                        .put("baseline", one.baseline())
                        .put("change", known(one.change().change()))
                        .put("low", known(one.change().low()))
                        .put("high", known(one.change().high()))
                        .put("p", known(one.probability()))
                        .put("n", one.number())
                        .put("baselineN", one.baselineNumber())
                        .put("pairs", one.pairs());
            }
            OrderTrend trend = table.trend(i);
            trends.addObject()
                    .put("metric", metric)
                    .put("correlation", known(trend.correlation()))
                    .put("p", known(trend.probability()))
                    .put("n", trend.number())
                    .put("drift", trend.isDrift());
        }
    }

    private static String kind(CampaignPlan plan) {
        return plan.kind().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
