package dev.wattline.analysis.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.simulation.SimulatedSensor;
import dev.wattline.simulation.SimulatedSensor.Polling;
import dev.wattline.simulation.StepLoad;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnergyMethodsTest {
    private static final long EPOCH_MS = 1_700_000_000_000L;
    private static final double LOAD_MS = 20_000;

    /** 70 W, then 400 W for the load, then 70 W again. */
    private static final StepLoad STEP = new StepLoad.Builder(-10_000)
            .level(70, 10_000)
            .level(400, LOAD_MS)
            .level(70, 10_000)
            .build();

    private static PowerSeries log(double windowMs, double pollMs, double stalls) {
        return new SimulatedSensor(100, windowMs, 0, 1, 0, 37)
                .poll(
                        STEP,
                        new Polling(pollMs, 0.1 * pollMs, stalls, 60),
                        -9_000,
                        LOAD_MS + 9_000,
                        EPOCH_MS,
                        new SplittableRandom(1))
                .into(new PowerSeries(), PowerSeries::add);
    }

    private static double errorPct(double joules) {
        return 100 * (joules / 8000 - 1);
    }

    @ParameterizedTest
    @CsvSource({"100, 10", "1000, 10", "25, 20", "1000, 1000"})
    void readingsMovedToWhatTheySawGiveTheEnergyOfAStep(double windowMs, double pollMs) {
        EnergyComparison found = new EnergyMethods(log(windowMs, pollMs, 0), 100, windowMs, 0, pollMs)
                .over(EPOCH_MS, EPOCH_MS + LOAD_MS);

        // Both edges of the step are smeared over the window, half of it outside of the load.
        double smeared = 100 * 330 * (windowMs / 8 + pollMs / 6 + 60) * 2 / 1e3 / 8000;
        assertThat(errorPct(found.shiftedJ())).isBetween(-smeared, 0.3);
        assertThat(found.valid()).isTrue();
        assertThat(found.gapS()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"100, true", "1000, false"})
    void theGuardBandGivesItWhateverTheDelay(double windowMs, boolean usable) {
        EnergyComparison found =
                new EnergyMethods(log(windowMs, 10, 0.02), 100, windowMs, 0, 10).over(EPOCH_MS, EPOCH_MS + LOAD_MS);

        assertThat(errorPct(found.guardJ())).isCloseTo(0, within(0.05));
        // Under a 1 s window a slow fall of power could not be told from the window: the bound of the bias is cautious.
        assertThat(found.guardUsable()).isEqualTo(usable);
    }

    @Test
    void plainMethodsReadAStepLateUnderAOneSecondWindow() {
        EnergyComparison found =
                new EnergyMethods(log(1000, 10, 0), 100, 1000, 0, 10).over(EPOCH_MS, EPOCH_MS + LOAD_MS);

        // The rise costs half a window and half a period; the fall lies behind the interval.
        double expected = -100 * 330 * 0.55 / 8000;
        assertThat(errorPct(found.trapezoidJ())).isCloseTo(expected, within(0.3));
        assertThat(errorPct(found.zohJ())).isCloseTo(expected, within(0.3));
        assertThat(errorPct(found.meanJ())).isCloseTo(expected, within(0.3));
    }

    @Test
    void aHoleInTheLogIsReportedAndMakesTheEnergyInvalid() {
        PowerSeries whole = log(100, 10, 0);
        PowerSeries holed = new PowerSeries();
        for (int i = 0; i < whole.size(); i++) {
            long t = whole.timeMs(i) - EPOCH_MS;
            if (t < 5000 || t > 7000) {
                holed.add(whole.timeMs(i), whole.milliwatts(i));
            }
        }

        EnergyComparison found = new EnergyMethods(holed, 100, 100, 0, 10).over(EPOCH_MS, EPOCH_MS + LOAD_MS);

        assertThat(found.gapS()).isCloseTo(2, within(0.05));
        assertThat(found.gapJ()).isCloseTo(800, within(20.0));
        assertThat(found.valid()).isFalse();
    }

    @Test
    void calibrationTakesTheOffsetOffAndDividesTheGainOut() {
        assertThat(EnergyComparison.calibrated(0.95 * 1000 + 2 * 10, 10, 0.95, 2))
                .isCloseTo(1000, within(1e-9));
    }
}
