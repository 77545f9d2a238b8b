package dev.wattline.mock.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.mock.InvalidOptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            constant,watts=150                         | 7    | 150
            ramp,from=100,to=300,seconds=60            | 0    | 100
            ramp,from=100,to=300,seconds=60            | 30   | 200
            ramp,from=100,to=300,seconds=60            | 90   | 300
            square,low=100,high=300,period=2,duty=0.5  | 0.9  | 300
            square,low=100,high=300,period=2,duty=0.5  | 1.1  | 100
            square,low=100,high=300,period=2,duty=0.25 | 2.4  | 300
            phases,steps=100x10/300x20/50x1            | 9.9  | 100
            phases,steps=100x10/300x20/50x1            | 10   | 300
            phases,steps=100x10/300x20/50x1            | 99   | 50
            cycle,steps=100x10/300x20                  | 39.9 | 100
            cycle,steps=100x10/300x20                  | 40   | 300
            cycle,steps=100x10/300x20                  | -1   | 300
            """)
    void hasTheWattsOfItsDescription(String spec, double seconds, double watts) {
        assertThat(SignalSpec.parse(spec).wattsAt(seconds)).isCloseTo(watts, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sine",
                "constant,watts",
                "constant,watts=-1",
                "constant,watts=x",
                "constant,volts=3",
                "ramp,seconds=0",
                "square,duty=2",
                "square,period=NaN",
                "phases,steps=100",
                "phases,steps=axb",
                "cycle,steps=100x0",
                "server,gpus=100x0",
                "server,fans=2",
                "server,peak=0.1",
                "server,cpu-period=0"
            })
    void refusesWhatIsNoSignal(String spec) {
        assertThatThrownBy(() -> SignalSpec.parse(spec))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageStartingWith("signal '" + spec + "'");
    }

    @RepeatedTest(20)
    void meanOfASquareWaveIsThatOfManyMoments(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        SplittableRandom random = new SplittableRandom(seed);
        SquareWave wave = new SquareWave(100, 300, 0.01 + 3 * random.nextDouble(), random.nextDouble());
        double from = 100 * random.nextDouble();
        double to = from + 0.5 + random.nextDouble();
        double sum = 0;
        int moments = 200_000;
        for (int i = 0; i < moments; i++) {
            sum += wave.wattsAt(from + (i + 0.5) * (to - from) / moments);
        }
        assertThat(wave.meanWatts(from, to)).as("seed %d", seed).isCloseTo(sum / moments, within(0.3));
    }

    @Test
    void meanOfASlowSignalIsItsIntegral() {
        assertThat(new RampSignal(0, 100, 100).meanWatts(10, 11)).isCloseTo(10.5, within(1e-9));
    }

    @Test
    void noiseHasItsSigmaAndRepeatsWithItsSeed() {
        NoisySignal noisy = new NoisySignal(new ConstantSignal(200), 3, 42);
        double squares = 0;
        int readings = 20_000;
        for (int i = 0; i < readings; i++) {
            double deviation = noisy.meanWatts(i, i + 1) - 200;
            squares += deviation * deviation;
        }
        assertThat(Math.sqrt(squares / readings)).isCloseTo(3, within(0.1));
        assertThat(noisy.wattsAt(5)).isEqualTo(new NoisySignal(new ConstantSignal(200), 3, 42).wattsAt(5));
        assertThat(noisy.wattsAt(5)).isNotEqualTo(new NoisySignal(new ConstantSignal(200), 3, 43).wattsAt(5));
    }

    @Test
    void cpuLoadFollowsTheCounters(@TempDir Path folder) throws IOException {
        Path stat = folder.resolve("stat");
        Files.writeString(stat, "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 1 1 1 1\n");
        CpuLoadSignal signal = new CpuLoadSignal(60, 140, new CpuMeter.ProcStat(stat));
        Files.writeString(stat, "cpu  150 0 125 875 50 0 0 0 50 0\n"); // 75 busy and 125 idle jiffies later
        assertThat(signal.wattsAt(1)).isCloseTo(60 + 140 * 75.0 / 200, within(1e-9));
        assertThat(signal.wattsAt(2)).as("no time has passed").isCloseTo(60 + 140 * 75.0 / 200, within(1e-9));
    }

    @Test
    void sensorsThatAskForTheSameTimeSeeTheSameLoad() {
        double[] load = {0, 0.5, 1, 0};
        int[] looks = {0};
        CpuLoadSignal signal = new CpuLoadSignal(0, 100, () -> load[looks[0]++]);
        signal.meanWatts(0, 1); // the first look
        assertThat(signal.meanWatts(1, 2)).isCloseTo(50, within(1e-9));
        assertThat(signal.meanWatts(1, 2)).as("another sensor").isCloseTo(50, within(1e-9));
        assertThat(signal.meanWatts(1, 2.01)).as("a moment later").isCloseTo(50, within(1e-9));
        assertThat(signal.meanWatts(2, 3)).isCloseTo(100, within(1e-9));
        assertThat(signal.meanWatts(1, 3)).as("a longer window").isCloseTo(75, within(1e-9));
        assertThat(signal.meanWatts(1.5, 2.5)).as("a delayed one").isCloseTo(75, within(1e-9));
        assertThat(looks[0]).isEqualTo(3);
    }

    @Test
    void aShiftedSignalHasBeenGoingOn() {
        SignalModel shifted = new ShiftedSignal(SignalSpec.parse("phases,steps=100x10/300x20/50x1"), 8);
        assertThat(shifted.wattsAt(0)).isEqualTo(100);
        assertThat(shifted.wattsAt(2)).isEqualTo(300);
        assertThat(shifted.meanWatts(1, 5)).isCloseTo(250, within(1e-9));
    }

    @RepeatedTest(10)
    void meanOfPhasesIsThatOfManyMoments(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        SplittableRandom random = new SplittableRandom(seed);
        SignalModel phases = SignalSpec.parse("phases,steps=100x1/300x0.02/50x0.5/200x1");
        double from = -1 + 3 * random.nextDouble();
        double to = from + 0.01 + 3 * random.nextDouble();
        double sum = 0;
        int moments = 200_000;
        for (int i = 0; i < moments; i++) {
            sum += phases.wattsAt(from + (i + 0.5) * (to - from) / moments);
        }
        assertThat(phases.meanWatts(from, to)).as("seed %d", seed).isCloseTo(sum / moments, within(0.3));
    }

    @Test
    void cpuLoadOfThisMachineIsAShare() {
        assertThat(CpuMeter.system().utilisation()).isBetween(0.0, 1.0);
        assertThat(new CpuMeter.Jvm().utilisation()).isBetween(0.0, 1.0);
    }

    @Test
    void aCycleIsIntegratedExactlyOverAnyStretch() {
        SignalModel cycle = SignalSpec.parse("cycle,steps=100x1/300x0.5");

        assertThat(cycle.meanWatts(0.75, 3.25)).isCloseTo((25 + 150 + 100 + 150 + 25) / 2.5, within(1e-9));
        assertThat(cycle.meanWatts(-0.5, 0.25)).isCloseTo((150 + 25) / 0.75, within(1e-9));
    }

    @Test
    void aServersWallIsItsLoadThroughTheSupply() {
        SignalModel still = SignalSpec.parse("server,gpus=500x10,base=200,fans=0.04,delay=30,peak=0.94,rated=1440");

        // 200 + 500 + 20 W are half of the rating, where the curve is at its best but for the 0.8 points of its idle
        // loss.
        assertThat(still.wattsAt(77)).isCloseTo(720 / (0.94 - 0.004 / 0.5), within(1e-9));
        assertThat(still.meanWatts(3, 4)).isCloseTo(still.wattsAt(77), within(1e-9));
        assertThat(still.ofCards(90, 0.9).meanWatts(3, 4)).isCloseTo(500, within(1e-9));
    }

    @Test
    void aServersFansFollowLateAndItsMeansAreExact() {
        SignalModel server = SignalSpec.parse(
                "server,gpus=300x7/1200x11/500x0.0506,base=250,cpu=80,cpu-period=5,fans=0.05,delay=6,rated=2600");
        for (double[] window : new double[][] {{0, 18.0506}, {6.9, 7.1}, {-3, 40}, {12.2, 12.21}}) {
            double sum = 0;
            int moments = 200_000;
            for (int i = 0; i < moments; i++) {
                sum += server.wattsAt(window[0] + (i + 0.5) * (window[1] - window[0]) / moments);
            }

            assertThat(server.meanWatts(window[0], window[1])).isCloseTo(sum / moments, within(0.05));
        }
        // Right behind the step up the fans are still where they were: less than a second's share of what they gain.
        double before = server.wattsAt(7.001);
        double after = server.wattsAt(7.401);
        double later = server.wattsAt(17.4);
        assertThat(after - before).isBetween(1.0, 8.0);
        assertThat(later - before).isGreaterThan(20);
    }

    @Test
    void aServersFansObeyTheirEquation() {
        CyclicSignal gpus = new CyclicSignal(List.of(new PhasedSignal.Step(300, 7), new PhasedSignal.Step(1200, 11)));
        double followed = gpus.lowPass(100, 20);
        double step = 1e-4;
        for (double at = 100; at < 140; at += step) {
            followed += (gpus.wattsAt(at + step / 2) - followed) * step / 20;
        }

        assertThat(gpus.lowPass(140, 20)).isCloseTo(followed, within(0.05));
        assertThat(gpus.lowPass(118, 20)).isCloseTo(gpus.lowPass(100, 20), within(1e-9));
    }

    @Test
    void noiseAndShiftKeepWhatIsKnownOfTheCards() {
        SignalModel server = SignalSpec.parse("server,gpus=300x7/1200x11");

        assertThat(new ShiftedSignal(server, 8).ofCards(0, 1).wattsAt(0)).isEqualTo(1200);
        assertThat(new NoisySignal(server, 0, 1).ofCards(0, 1).wattsAt(1)).isEqualTo(300);
    }
}
