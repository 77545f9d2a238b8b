package dev.wattline.campaign.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.campaign.engine.SimulatedLab.Fault;
import dev.wattline.campaign.plan.CampaignLimits;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.campaign.plan.RebootPolicy;
import dev.wattline.campaign.plan.RetryPolicy;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import dev.wattline.campaign.plan.RunOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A campaign whose processes are killed ends as one that nobody disturbs: the same cells in the same order and final states.
 * More seeds: {@code -Dwattline.campaign.seeds=10000}.
 */
class CampaignSimulationTest {
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int SEEDS = Integer.getInteger("wattline.campaign.seeds", 300);
    private static final int REBOOTS = 3;
    private static final RetryPolicy PATIENT = new RetryPolicy(
            Map.of(Cause.INTERRUPTED, 100_000, Cause.NOT_STARTED, 100_000), Duration.ofMinutes(1), 1000);

    private static CampaignCells cells(int caps, int repeats, long seed) {
        Map<Cell, Integer> all = new LinkedHashMap<>();
        for (String boost : List.of("on", "off")) {
            for (int i = 0; i < caps; i++) {
                String cap = i == 3 ? "bad" : String.valueOf(400 + 50 * i);
                Map<String, String> settings = new LinkedHashMap<>();
                settings.put("boost", boost);
                settings.put("cap", cap);
                all.put(new Cell("sgemm", new TreeMap<>(Map.of("n", "64")), settings), repeats);
            }
        }
        CampaignPlan plan = new CampaignPlan(
                Path.of("plan.yaml"),
                "night",
                CampaignPlan.Kind.PROFILE,
                CampaignPlan.Order.RANDOM_BLOCKS,
                Optional.of(seed),
                List.of("boost", "cap"),
                all,
                List.of(),
                PATIENT,
                CampaignLimits.NONE,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                List.of(),
                List.of());
        Map<String, Cell> byKey = new HashMap<>();
        all.keySet().forEach(cell -> byKey.put(cell.key(), cell));
        return new CampaignCells(
                "night",
                seed,
                RunOrder.of(plan, seed),
                byKey,
                List.of(
                        new Gate.Rest(Duration.ofSeconds(30)),
                        new Gate.WarmUp(Optional.empty(), Duration.ofMinutes(5)),
                        new Gate.Cooldown(
                                "gpu.temp",
                                Optional.of(45.0),
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(5),
                                Gate.OnTimeout.MEASURE)),
                PATIENT,
                CampaignLimits.NONE,
                Optional.of(new RebootPolicy(Optional.of(5), Optional.empty(), REBOOTS)));
    }

    /** Final states and causes by cell repeat, in the order in which they became final. */
    private static List<String> outcome(CampaignCells cells, List<JournalEntry> entries) {
        List<String> all = new ArrayList<>();
        Set<CellRepeat> seen = new HashSet<>();
        CampaignState state = CampaignState.initial(cells.order(), cells.policy());
        for (JournalEntry entry : entries) {
            state = state.after(entry);
            state.standings().forEach((what, standing) -> {
                if (standing.isFinal() && seen.add(what)) {
                    all.add(what + " " + standing.status()
                            + standing.last().map(cause -> " " + cause).orElse(""));
                }
            });
        }
        return all;
    }

    private static List<String> undisturbed(CampaignCells cells) {
        SimulatedLab lab = new SimulatedLab(cells, moment -> null);
        CampaignState state = lab.untilDone();
        assertThat(state.count(Standing.Status.VALID) + state.count(Standing.Status.FAILED))
                .isEqualTo(cells.order().size());
        return outcome(cells, lab.entries());
    }

    @Test
    void eachCellComesToItsEnd() {
        CampaignCells cells = cells(4, 3, 7);
        List<String> outcome = undisturbed(cells);

        assertThat(outcome).hasSize(24);
        assertThat(outcome.stream().map(line -> line.replaceFirst(" .*", "")))
                .as("in the order that was made at the beginning")
                .containsExactlyElementsOf(
                        cells.order().stream().map(CellRepeat::toString).toList());
        SimulatedLab lab = new SimulatedLab(cells, moment -> null);
        lab.untilDone();
        assertThat(lab.boots()).isEqualTo(1 + REBOOTS);
        assertThat(outcome.stream().filter(line -> line.endsWith("FAILED PREPARATION")))
                .as("a setting that cannot be set")
                .hasSize(6);
        assertThat(outcome).anyMatch(line -> line.endsWith("VALID")).anyMatch(line -> line.endsWith("FAILED WORKLOAD"));
    }

    /** At each moment once: between any two lines, within each, and while settings are applied and restored. */
    @ParameterizedTest
    @ValueSource(strings = {"KILL", "REBOOT", "STOP", "KILL_AND_CLOCK_AHEAD", "KILL_AND_CLOCK_BACK"})
    void aKillAtAnyMomentChangesNothing(String name) {
        Fault fault = Fault.valueOf(name);
        CampaignCells cells = cells(4, 1, 3);
        List<String> expected = undisturbed(cells);
        int[] moments = {0};
        new SimulatedLab(cells, moment -> {
                    moments[0]++;
                    return null;
                })
                .untilDone();
        assertThat(moments[0]).isGreaterThan(300);

        for (int at = 0; at < moments[0]; at++) {
            int[] left = {at};
            SimulatedLab lab = new SimulatedLab(cells, moment -> left[0]-- == 0 ? fault : null);
            lab.untilDone();
            assertThat(outcome(cells, lab.entries()))
                    .as("%s at moment %d", fault, at)
                    .isEqualTo(expected);
        }
    }

    @Test
    void killsAtRandomMomentsChangeNothing() {
        int kills = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            CampaignCells cells = cells(2 + random.nextInt(4), 1 + random.nextInt(2), seed);
            List<String> expected = undisturbed(cells);
            int often = 15 + random.nextInt(200);
            int[] left = {200};
            SimulatedLab lab = new SimulatedLab(cells, moment -> {
                if (left[0] == 0 || random.nextInt(often) > 0) {
                    return null;
                }
                left[0]--;
                return FAULTS.get(random.nextInt(FAULTS.size()));
            });

            lab.untilDone();

            assertThat(lab.entries().stream()
                            .filter(entry -> entry.line() instanceof CampaignLine.Rebooting)
                            .count())
                    .as("started anew, seed %d", seed)
                    .isLessThanOrEqualTo(REBOOTS);
            assertThat(outcome(cells, lab.entries())).as("seed %d", seed).isEqualTo(expected);
            kills += lab.kills();
        }
        assertThat(kills).isGreaterThan(10 * SEEDS);
    }
}
