package dev.wattline.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.bench.demo.SimulatedDemo.Outcome;
import dev.wattline.cli.demo.DemoPlan;
import dev.wattline.cli.demo.DemoTruth;
import dev.wattline.mock.signal.SignalSpec;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDemoTest {
    private static final int SECONDS = 15;
    private static final int RUNS = 30;

    @TempDir
    private Path folder;

    /** The benchmark has a hundred. */
    @Test
    void theTrueErrorOfDemosLiesInTheirIntervals() throws IOException {
        SimulatedDemo demo = new SimulatedDemo(folder, SignalSpec.parse(DemoPlan.signal(SECONDS)));
        int inside = 0;
        int compared = 0;
        for (long seed = 1; seed <= RUNS; seed++) {
            Outcome outcome = demo.run(SECONDS, seed);
            // Gain and offset of the demo's cards alone make about this much.
            assertThat(outcome.truth().pct()).as("seed " + seed).isBetween(-6.5, -4.7);
            assertThat(outcome.stated().ci95Pct().halfWidth())
                    .as("seed " + seed)
                    .isBetween(0.5, 8.0);
            inside += outcome.holds() ? 1 : 0;
            compared += outcome.compared() ? 1 : 0;
        }
        assertThat(inside).isGreaterThanOrEqualTo((int) Math.ceil(0.93 * RUNS));
        assertThat(compared).as("runs that show the residual").isGreaterThan(RUNS / 2);
    }

    @Test
    void aSeedGivesTheSameRunAgain() throws IOException {
        SimulatedDemo demo = new SimulatedDemo(folder, SignalSpec.parse(DemoPlan.signal(SECONDS)));

        Outcome first = demo.run(SECONDS, 7);
        demo.run(SECONDS, 8);

        assertThat(demo.run(SECONDS, 7)).isEqualTo(first);
    }

    /** A truth that the interval cannot hold would be seen: the cards' gain taken for 1 and exact. */
    @Test
    void aWrongIntervalWouldBeSeen() throws IOException {
        Outcome outcome = new SimulatedDemo(folder, SignalSpec.parse("constant,watts=635")).run(SECONDS, 1);

        assertThat(outcome.holds()).isTrue();
        assertThat(new Outcome(outcome.stated(), new DemoTruth(2), outcome.compared()).holds())
                .isFalse();
    }
}
