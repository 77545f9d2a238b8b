package dev.wattline.campaign.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import dev.wattline.records.index.IndexFile;
import dev.wattline.records.query.GroupStatistics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTableTest {
    private static final Instant T0 = Instant.parse("2026-11-28T20:00:00Z");
    private static final Cell ON = new Cell("bert", new TreeMap<>(), Map.of("boost", "on"));
    private static final Cell OFF = new Cell("bert", new TreeMap<>(), Map.of("boost", "off"));
    private static final double[] WATTS_ON = {100, 101, 99, 100.5, 99.5, 140};
    private static final double[] WATTS_OFF = {90, 91, 89};

    @TempDir
    private Path folder;

    private RunTable table;

    @BeforeEach
    void measure() {
        List<CellRepeat> order = new ArrayList<>();
        List<JournalEntry> lines = new ArrayList<>();
        List<String> index = new ArrayList<>();
        add(ON, WATTS_ON, order, lines, index);
        add(OFF, WATTS_OFF, order, lines, index);
        order.add(new CellRepeat(OFF.key(), 4)); // to do
        new IndexFile(folder).append(index.iterator());
        CampaignCells cells = new CampaignCells(
                "night",
                1,
                order,
                Map.of(ON.key(), ON, OFF.key(), OFF),
                List.of(),
                RetryPolicy.USUAL,
                CampaignLimits.NONE,
                Optional.empty());
        table = RunTable.of(
                cells,
                CampaignState.of(order, RetryPolicy.USUAL, lines),
                new IndexFile(folder).file(),
                List.of("metric.value"));
    }

    private static void add(
            Cell cell, double[] watts, List<CellRepeat> order, List<JournalEntry> lines, List<String> index) {
        for (int i = 0; i < watts.length; i++) {
            CellRepeat what = new CellRepeat(cell.key(), i + 1);
            String session = "s-" + cell.key() + i;
            order.add(what);
            lines.add(new JournalEntry(T0, new CampaignLine.Attempt(what, 1, "boot")));
            lines.add(new JournalEntry(T0, new CampaignLine.Verdict(Optional.empty(), session, "")));
            index.add("{\"v\":1,\"session\":\"" + session + "\",\"metric\":{\"value\":" + watts[i] + ",\"lo\":"
                    + (watts[i] - 1.5) + ",\"hi\":" + (watts[i] + 1.5) + "}}");
        }
    }

    @Test
    void aValueThatIsFarOffIsMarkedAndCounts() {
        List<RunTable.Row> rows = table.rows();

        assertThat(rows).hasSize(10);
        assertThat(rows.stream().filter(row -> row.farOff()[0]).map(row -> row.values()[0]))
                .containsExactly(140.0);
        assertThat(table.values(0).get(ON)).containsExactly(WATTS_ON);
        assertThat(rows.get(9).values()[0]).as("not measured yet").isNaN();
    }

    /** More sessions do not make the instrument better. */
    @Test
    void whatTheInstrumentMayBeOffByIsToldBesideTheScatter() {
        assertThat(table.rows().get(0).halfWidths()[0]).isCloseTo(1.5, within(1e-9));
        assertThat(table.halfWidth(0, OFF)).isCloseTo(1.5, within(1e-9));
        GroupStatistics of = GroupStatistics.of(WATTS_OFF);
        assertThat(of.halfWidthWith(table.halfWidth(0, OFF)))
                .isCloseTo(Math.hypot(2.4841, 1.5), within(1e-3)); // t(0.975, 2) * 1 / sqrt(3)
        assertThat(table.halfWidth(0, new Cell("other", new TreeMap<>(), Map.of())))
                .isNaN();
    }

    @Test
    void cellsThatDifferInOneFactorAreCompared() {
        List<CellComparison> all = CellComparison.of(plan(CampaignPlan.Order.RANDOM), table, 0);

        assertThat(all).singleElement().satisfies(one -> {
            assertThat(one.value()).isEqualTo("on");
            assertThat(one.pairs()).isZero();
            assertThat(one.number()).isEqualTo(6);
            assertThat(one.baselineNumber()).isEqualTo(3);
            assertThat(one.change().change()).isCloseTo(0.175, within(0.01));
            assertThat(one.change().low()).isLessThan(0.1);
            assertThat(one.probability()).isEqualTo(one.change().probability());
        });
    }

    @Test
    void theSessionsOfABlockArePairs() {
        List<CellComparison> all = CellComparison.of(plan(CampaignPlan.Order.RANDOM_BLOCKS), table, 0);

        assertThat(all).singleElement().satisfies(one -> {
            assertThat(one.pairs()).isEqualTo(3);
            assertThat(one.change().change()).isCloseTo(0.1111, within(0.001));
            assertThat(one.change().low()).isGreaterThan(0.1);
        });
    }

    /** R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"). */
    @Test
    void theProbabilitiesOfAFamilyAreHolms() {
        assertThat(CellComparison.holm(new double[] {0.01, 0.04, Double.NaN, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, Double.NaN, 0.06, 0.02}, within(1e-12));
    }

    private static CampaignPlan plan(CampaignPlan.Order order) {
        return new CampaignPlan(
                Path.of("plan.yaml"),
                "night",
                CampaignPlan.Kind.PROFILE,
                order,
                Optional.empty(),
                List.of("boost"),
                Map.of(),
                List.of(),
                RetryPolicy.USUAL,
                CampaignLimits.NONE,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                List.of(new BaselineComparison("boost", "off")),
                List.of("metric.value"));
    }
}
