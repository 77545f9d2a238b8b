package dev.wattline.mock.smi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.mock.signal.SquareWave;
import dev.wattline.mock.smi.PowerSensor.Parameters;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PowerSensorTest {
    private static final Offset<Double> ROUNDED = Offset.offset(0.0051);

    @Test
    void standsStillBetweenUpdates() {
        PowerSensor sensor = sensor(new SquareWave(100, 300, 1, 0.5), 0.1, 0.025, 0);

        double first = sensor.read(0.101);

        assertThat(sensor.read(0.199)).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "0.150, 300", // update at 0.1 averages over 0.075..0.1, all high
        "0.650, 100", // update at 0.6, all low
        "0.550, 300", // update at 0.5 averages over 0.475..0.5
        "1.050, 100" // update at 1.0 averages over 0.975..1.0, before the next rise
    })
    void averagesOverTheWindowBeforeTheUpdate(double at, double watts) {
        assertThat(sensor(new SquareWave(100, 300, 1, 0.5), 0.1, 0.025, 0).read(at))
                .isCloseTo(watts, ROUNDED);
    }

    @Test
    void aWindowOverAnEdgeSeesBothLevelsInTheirShare() {
        // The update at 0.5 averages over 0.4 to 0.5 less the delay of 0.02: 0.38 to 0.48, of which 0.05 are low.
        PowerSensor sensor = sensor(new SquareWave(100, 300, 0.86, 0.5), 0.1, 0.1, 0.02);

        assertThat(sensor.read(0.51)).isCloseTo(200, ROUNDED);
    }

    @Test
    void gainOffsetAndQuantumAreApplied() {
        PowerSensor sensor =
                new PowerSensor(new SquareWave(100, 300, 2, 1), new Parameters(0.1, 0.1, 0, 0.03, 0.95, -3.456, 0.01));

        assertThat(sensor.read(5)).isCloseTo(281.54, Offset.offset(1e-9));
    }

    @Test
    void aLoadInStepWithTheSensorIsMisreadAsTheSensorsPhaseSays() {
        // A quarter of the time is seen: a load of the same period shows its high or its low level only.
        SquareWave load = new SquareWave(100, 300, 0.1, 0.5);

        assertThat(sensor(load, 0.1, 0.025, 0.055).read(7.3)).isCloseTo(300, ROUNDED);
        assertThat(sensor(load, 0.1, 0.025, 0.01).read(7.3)).isCloseTo(100, ROUNDED);
        assertThat(load.meanWatts(0, 7.3)).isCloseTo(200, Offset.offset(0.5));
    }

    private static PowerSensor sensor(SquareWave load, double period, double window, double delay) {
        return new PowerSensor(load, new Parameters(period, window, delay, 0, 1, 0, 0.01));
    }
}
