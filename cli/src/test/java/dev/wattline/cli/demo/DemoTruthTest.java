package dev.wattline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.result.Interval;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.mock.signal.SignalSpec;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DemoTruthTest {
    private final DemoCards cards = new DemoCards();

    @Test
    void liesInsideOrOutsideOfTheIntervalWithoutSlack() {
        DemoTruth truth = DemoTruth.of(950, 1000);

        assertThat(truth.pct()).isCloseTo(-5, within(1e-9));
        assertThat(truth.against(new Interval(-6, -4)))
                .isEqualTo("true error (known from the mock): 5.00 % low, inside the interval");
        assertThat(truth.against(new Interval(-4.99, -3))).endsWith("outside the interval");
        assertThat(truth.isIn(Interval.NONE)).isFalse();
    }

    /** 190 W for 1 s and 390 W for 1 s, of which 90 W are not the cards'. */
    @Test
    void isIntegratedFromTheSignalOverExactlyTheWindow() {
        assertThat(cards.trueEnergyJ(SignalSpec.parse("cycle,steps=190x1/390x1"), 0.5, 2.25)
                        .orElseThrow())
                .isCloseTo((0.5 * 100 + 300 + 0.25 * 100) * DemoCards.EFFICIENCY, within(1e-9));
    }

    /** Cycle and CPU load both repeat with the workload: phases that begin anywhere hold the same energy. */
    @Test
    void theDefaultSignalRepeatsWithTheWorkload() {
        assertThat(DemoPlan.signal(15))
                .isEqualTo("server,gpus=440x2.25/560x0.75/500x3/380x0.75/580x4.5/460x0.75/560x3,base=100,cpu=40,"
                        + "cpu-period=3.75,fans=0.03,delay=20");
        SignalModel signal = SignalSpec.parse(DemoPlan.signal(7));
        double whole = signal.meanWatts(0, 7);
        for (double begin : new double[] {0.3, 2.2, 6.9, 1234.5}) {
            assertThat(signal.meanWatts(begin, begin + 7)).isCloseTo(whole, within(1e-3));
        }
    }

    /** The GPUs' own power is in the signal: all else, and what the supply loses, is known there. */
    @Test
    void theTruthOfTheDefaultSignalIsTheIntegralOfItsGpusOverTheWindow() {
        assertThat(cards.trueEnergyJ(SignalSpec.parse(DemoPlan.signal(20)), 1, 24.5)
                        .orElseThrow())
                .isCloseTo(
                        2 * 440
                                + 560
                                + 4 * 500
                                + 380
                                + 6 * 580
                                + 460
                                + 4 * 560 // 1 to 20 s
                                + 3 * 440
                                + 560
                                + 0.5 * 500, // the cycle begins anew
                        within(1e-6));
    }

    /** The mock's cards draw nothing there, but do not take from other moments. */
    @Test
    void aSignalBelowThePowerOfAllElseHasNone() {
        assertThat(cards.trueEnergyJ(SignalSpec.parse("cycle,steps=60x1/390x1"), 0.5, 2.25))
                .isEqualTo(OptionalDouble.empty());
    }

    @Test
    void aLoadThatIsNoFunctionOfTimeHasNone() {
        assertThat(cards.trueEnergyJ(SignalSpec.parse("cpu"), 0, 1)).isEqualTo(OptionalDouble.empty());
    }
}
