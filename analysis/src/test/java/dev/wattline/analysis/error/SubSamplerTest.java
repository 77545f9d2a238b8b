package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.result.SubSampling;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.sensor.PeriodDetector;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.series.PollStats;
import dev.wattline.analysis.series.PowerSeries;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubSamplerTest {
    private static final int WINDOW_MS = 60_000;
    private static final CardCalibrations.Entry FULL =
            new CardCalibrations.Entry(null, null, null, null, null, 100, 100, 0);

    private static PowerSeries every(int stepMs, LongToDoubleFunction watts) {
        PowerSeries series = new PowerSeries();
        for (int ms = 0; ms <= WINDOW_MS; ms += stepMs) {
            series.add(1_000_000 + ms, (int) Math.round(1000 * watts.applyAsDouble(ms)));
        }
        return series;
    }

    private static List<SubSampling> curve(PowerSeries series, CardCalibrations.@Nullable Entry sensor) {
        return curve(series, sensor, WINDOW_MS);
    }

    private static List<SubSampling> curve(PowerSeries series, CardCalibrations.@Nullable Entry sensor, int windowMs) {
        double poll = PollStats.of(series).medianMs();
        SensorModel model = SensorModel.resolve(
                sensor, PeriodDetector.detect(series, poll, List.of()), Optional.empty(), "power.draw");
        Readings readings = Readings.of(series, model, poll, 0);
        return new SubSampler(List.of(series), List.of(readings), 1_000_000, 1_000_000 + windowMs, 0).curve();
    }

    private static SubSampling at(List<SubSampling> curve, double rateHz) {
        return curve.stream().filter(one -> one.rateHz() == rateHz).findFirst().orElseThrow();
    }

    @Test
    void aLoadInStepWithTheSlowerPollsScattersAsItsPhasesDo() {
        // 100 and 300 W in turn for half a second each: polls once a second see one of the two only.
        PowerSeries square = every(100, ms -> ms % 1000 < 500 ? 300 : 100);

        SubSampling once = at(curve(square, FULL), 1);

        assertThat(once.source()).isEqualTo("thinned");
        assertThat(once.phases()).isEqualTo(10);
        assertThat(once.rangePct().low()).isBetween(-50.5, -49.5);
        assertThat(once.rangePct().high()).isBetween(49.5, 50.5);
        assertThat(once.sdPct()).isBetween(50.0, 54.0);
        assertThat(once.biasPct()).isBetween(-0.5, 0.5);
    }

    @Test
    void aSteadyLoadDoesNotScatterAtAnyRate() {
        for (SubSampling one : curve(every(100, ms -> 200), FULL)) {
            assertThat(one.sdPct()).as("at %s Hz", one.rateHz()).isZero();
        }
    }

    @Test
    void ratesThatTheLogDoesNotReachArePredicted() {
        List<SubSampling> curve = curve(every(100, ms -> ms % 1700 < 800 ? 300 : 100), FULL);

        assertThat(at(curve, 50).source()).isEqualTo("predicted");
        assertThat(at(curve, 50).sdPct()).as("all of the time is seen").isZero();
        assertThat(at(curve, 1).sdPct()).isGreaterThan(at(curve, 50).sdPct());
    }

    @Test
    void whereTheWindowIsNotKnownNothingIsPredicted() {
        SubSampling fast = at(curve(every(1000, ms -> ms % 1700 < 800 ? 300 : 100), null), 50);

        assertThat(fast.source()).isEqualTo("unknown");
        assertThat(fast.sdPct()).isNaN();
    }

    @Test
    void ratesWithFewerThanFivePollsInTheWindowAreLeftOut() {
        assertThat(curve(every(100, ms -> 200), FULL, 8_000))
                .extracting(SubSampling::rateHz)
                .startsWith(1.0);
    }
}
