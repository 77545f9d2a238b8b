package dev.wattline.bench.physics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few runs of each attack; {@code bench/run attacks} has more. */
class AttackTest {
    private static final int RUNS = 3;
    private static final long SEED = 20261129;

    @TempDir
    private Path folder;

    @Test
    void whatIsStatedHoldsWhereAssumptionsAreBroken() throws IOException {
        Map<Attack, ServerCoverage> found = new EnumMap<>(Attack.class);
        List<String> misses = new ArrayList<>();
        for (Attack kind : Attack.values()) {
            ServerCoverage coverage = new ServerCoverage(folder);
            for (long seed = SEED; seed < SEED + RUNS; seed++) {
                coverage.attack(kind, seed);
            }
            found.put(kind, coverage);
            coverage.misses().forEach(miss -> misses.add(kind + ": " + miss));
        }
        String all = String.join("\n", misses);

        assertThat(inside(found, kind -> true, "runs without a crash")).as(all).isEqualTo(100);
        assertThat(inside(found, kind -> true, "wall energy, given phases"))
                .as(all)
                .isGreaterThan(97);
        assertThat(inside(found, kind -> true, "wall energy, found phases"))
                .as(all)
                .isGreaterThan(97);
        assertThat(inside(found, kind -> true, "card energy, calibrated"))
                .as(all)
                .isGreaterThan(92);
        assertThat(inside(found, kind -> true, "sum of the cards, calibrated"))
                .as(all)
                .isGreaterThan(92);
        // Cards outside of the population are outside of what is assumed of them, unless the analyzer tells.
        assertThat(inside(found, kind -> kind != Attack.CARDS_OUT_OF_RANGE, "card energy, population"))
                .as(all)
                .isGreaterThan(88);
        assertThat(inside(found, kind -> true, "lag, average fields")).as(all).isGreaterThan(90);
        assertThat(inside(found, kind -> true, "lag, other fields")).as(all).isGreaterThan(90);
    }

    private static double inside(Map<Attack, ServerCoverage> found, Predicate<Attack> kinds, String statement) {
        double held = 0;
        double made = 0;
        for (Map.Entry<Attack, ServerCoverage> one : found.entrySet()) {
            ServerCoverage.Share share = one.getValue().totals().get(statement);
            if (share != null && share.count() > 0 && kinds.test(one.getKey())) {
                held += share.insidePct() / 100 * share.count();
                made += share.count();
            }
        }
        return 100 * held / made;
    }
}
