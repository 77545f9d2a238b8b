package dev.wattline.report.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.campaign.engine.CampaignCells;
import dev.wattline.campaign.engine.CampaignLine;
import dev.wattline.campaign.engine.CampaignState;
import dev.wattline.campaign.engine.JournalEntry;
import dev.wattline.campaign.plan.BaselineComparison;
import dev.wattline.campaign.plan.CampaignLimits;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.RetryPolicy;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import dev.wattline.campaign.plan.RunOrder;
import dev.wattline.campaign.report.RunTable;
import dev.wattline.records.index.IndexFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignPageTest {
    private static final Instant T0 = Instant.parse("2026-11-28T20:00:00Z");

    @TempDir
    private Path folder;

    /** Two settings of a workload, five blocks; a session of the second is given up with a text that is markup. */
    private String page(int repeats) {
        Map<Cell, Integer> all = new LinkedHashMap<>();
        for (String boost : List.of("on", "off")) {
            for (String cap : List.of("500", "700")) {
                Map<String, String> settings = new LinkedHashMap<>();
                settings.put("powercap", cap);
                settings.put("boost", boost);
                all.put(new Cell("bert-offline", new TreeMap<>(Map.of("gpus", "8")), settings), repeats);
            }
        }
        CampaignPlan plan = new CampaignPlan(
                Path.of("plan.yaml"),
                "efficiency",
                CampaignPlan.Kind.PROFILE,
                CampaignPlan.Order.RANDOM_BLOCKS,
                Optional.of(7L),
                List.of("workload", "gpus", "powercap", "boost"),
                all,
                List.of(),
                RetryPolicy.USUAL,
                CampaignLimits.NONE,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                List.of(new BaselineComparison("boost", "on"), new BaselineComparison("powercap", "700")),
                List.of("metric.value", "energyJ"));
        Map<String, Cell> byKey = new HashMap<>();
        all.keySet().forEach(cell -> byKey.put(cell.key(), cell));
        List<CellRepeat> order = RunOrder.of(plan, 7);
        Random random = new Random(5);
        List<JournalEntry> lines = new ArrayList<>();
        List<String> index = new ArrayList<>();
        for (CellRepeat what : order) {
            Cell cell = Objects.requireNonNull(byKey.get(what.cell()));
            String session = "s-" + what.cell() + "-" + what.repeat();
            lines.add(new JournalEntry(T0, new CampaignLine.Attempt(what, 1, "boot")));
            boolean failed = what.equals(order.get(3));
            lines.add(new JournalEntry(
                    T0,
                    failed
                            ? new CampaignLine.Verdict(Optional.of(Cause.GATE), "", "<b>too warm</b>")
                            : new CampaignLine.Verdict(Optional.empty(), session, "")));
            double watts = (cell.settings().containsValue("off") ? 4100 : 5200)
                    * (cell.settings().containsValue("500") ? 0.9 : 1)
                    * (1 + 0.004 * random.nextGaussian());
            index.add("{\"v\":1,\"session\":\"" + session + "\",\"metric\":{\"value\":" + watts + "},\"energyJ\":"
                    + watts * 605 + ",\"power\":{\"mean\":" + watts + ",\"drift\":"
                    + (cell.settings().containsValue("off") ? "-0.0125" : "0.003") + "}}");
        }
        lines.add(new JournalEntry(T0, new CampaignLine.Defined("workload bert-offline", "a", true)));
        new IndexFile(folder).append(index.iterator());
        CampaignCells cells = new CampaignCells(
                "efficiency", 7, order, byKey, List.of(), RetryPolicy.USUAL, CampaignLimits.NONE, Optional.empty());
        CampaignState state = CampaignState.of(order, RetryPolicy.USUAL, lines);
        RunTable table = RunTable.of(cells, state, new IndexFile(folder).file(), plan.metrics());
        return CampaignPage.html(plan, cells, state, table, "Written by a test.");
    }

    @Test
    void cellsComparisonsFailuresAndSessionsAreThere() {
        String html = page(5);

        assertThat(html)
                .contains("19 of 20 sessions are valid", "id=\"metric-1\"", "id=\"comparisons-2\"", "id=\"failures\"")
                .contains("bert-offline gpus=8 powercap=500 boost=off")
                .contains("workload bert-offline")
                .contains("too warm", "id=\"drift\"")
                .containsPattern("powercap=700 boost=off</th><td[^>]*>5</td><td[^>]*>\u22121.3 %</td>")
                .doesNotContain("<b>too warm", ">NaN", " NaN");
        assertThat(html.split("<svg", -1))
                .as("two metrics, each with means and comparisons")
                .hasSize(5);
    }

    @Test
    void oneSessionACellHasNoInterval() {
        String html = page(1);

        assertThat(html).contains("3 of 4 sessions are valid").doesNotContain(">NaN", " NaN");
    }
}
