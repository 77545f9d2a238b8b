package dev.wattline.bench.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few runs of what {@code bench/run coverage} has many of. */
class ServerCoverageTest {
    private static final int RUNS = 40;
    private static final long SEED = 612_000;

    @TempDir
    private Path folder;

    @Test
    void whatIsStatedOfServersHolds() throws IOException {
        ServerCoverage coverage = new ServerCoverage(folder);
        for (long seed = SEED; seed < SEED + RUNS; seed++) {
            coverage.run(seed, "", false);
        }
        String all = String.join("\n", coverage.misses());

        coverage.statements().forEach((name, share) -> {
            // A card's gain is drawn once and is in all of its statements: few runs scatter.
            boolean drawn = name.contains("population");
            assertThat(share.count() == 0 ? 100 : share.insidePct())
                    .as(name + " of " + share.count() + "\n" + all)
                    .isGreaterThanOrEqualTo(drawn ? 90 : 94);
        });
        assertThat(coverage.totals().get("runs without a crash"))
                .extracting(ServerCoverage.Share::insidePct)
                .isEqualTo(100.0);
    }

    @Test
    void chanceIsThatOfIndependentStatements() {
        assertThat(ServerCoverage.belowByChance(1, 0.9)).isCloseTo(0.05, within(1e-12));
        assertThat(ServerCoverage.belowByChance(9, 0.9)).isCloseTo(1 - Math.pow(0.95, 9), within(1e-12));
        assertThat(ServerCoverage.belowByChance(10, 0.9))
                .isCloseTo(1 - Math.pow(0.95, 10) - 10 * 0.05 * Math.pow(0.95, 9), within(1e-12));
    }
}
