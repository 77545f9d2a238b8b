package dev.wattline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.result.Interval;
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

    @Test
    void thePhasesOfTheDefaultSignalAddUpToTheWorkload() {
        assertThat(DemoPlan.signal(15)).isEqualTo("cycle,steps=560x3/660x3/600x3/700x6");
        assertThat(DemoPlan.signal(7)).isEqualTo("cycle,steps=560x1.4/660x1.4/600x1.4/700x2.8");
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
