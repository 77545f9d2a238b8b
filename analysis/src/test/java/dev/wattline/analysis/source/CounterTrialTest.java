package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.source.CounterTruth.Verdict;
import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.simulation.SimulatedSensor;
import dev.wattline.simulation.SimulatedSensor.Polling;
import dev.wattline.simulation.StepLoad;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Cards with an energy counter and a power sensor whose gains, delays and faults are known. */
class CounterTrialTest {
    private static final long EPOCH_MS = 1_767_261_600_000L;

    /** A card, how long it is looked at, and how often its counter is read. */
    private record Bench(
            SplittableRandom random,
            StepLoad load,
            SimulatedSensor sensor,
            double seconds,
            double readS,
            List<Double> lateMs) {
        static Bench of(int seed, double seconds, double readS) {
            SplittableRandom random = new SplittableRandom(seed);
            double idle = 40 + 40 * random.nextDouble();
            double top = 250 + 450 * random.nextDouble();
            StepLoad.Builder load = new StepLoad.Builder(0);
            while (load.nowMs() < 1e3 * seconds) {
                load.level(idle + (top - idle) * random.nextDouble(), 200 + 40_000 * Math.pow(random.nextDouble(), 3));
            }
            SimulatedSensor sensor = new SimulatedSensor(
                    100,
                    1000,
                    30 * random.nextDouble(),
                    0.993 + 0.035 * random.nextGaussian(),
                    -1.7 + 3 * random.nextGaussian(),
                    100 * random.nextDouble());
            return new Bench(random, load.build(), sensor, seconds, readS, new ArrayList<>());
        }

        double fromMs() {
            return 2000;
        }

        CardSamples samples(String name) {
            PowerSeries series = new PowerSeries();
            sensor.poll(load, Polling.every(100), fromMs(), 1e3 * seconds, EPOCH_MS, random)
                    .into(series, PowerSeries::add);
            return new CardSamples("nvidia-smi", "GPU-1", name, series, 0.55, 1, 1);
        }

        /**
         * The counter by an engine that reads it each second, its joules made of the energy up to a time.
         *
         * @param joules of a time in ms
         */
        Track counter(double lagMs, DoubleUnaryOperator joules) {
            Track track =
                    new Track("nvml", new Series("GPU-1", "", "gpu", "energy", "mJ", Kind.COUNTER, 1, 0, 1000.0, null));
            double update = 20 + 80 * random.nextDouble();
            double phase = 1000 * random.nextDouble();
            for (double at = fromMs(); at <= 1e3 * seconds; at += 1e3 * readS) {
                double called = at + 30 * random.nextDouble();
                double engine = phase + 1000 * Math.floor((called - phase) / 1000) + 5 * random.nextDouble();
                double shown = update * Math.floor(Math.min(engine, called) / update) - lagMs;
                lateMs.add(called - shown);
                if (track.size() == 0) {
                    track.clock(EPOCH_MS / 1e3, 0);
                }
                track.add(called / 1e3, 1e9 + Math.rint(1e3 * joules.applyAsDouble(shown)));
            }
            return track;
        }

        /** By a gain relative to the card's samples, and watts more. */
        CounterTruth truth(double relative, double moreW, double lagMs) {
            return CounterTrial.of(counter(lagMs, linear(relative, moreW)), samples("NVIDIA H100 80GB HBM3"));
        }

        DoubleUnaryOperator linear(double relative, double moreW) {
            double gain = relative * sensor.gain();
            double offset = relative * sensor.offsetW() + moreW;
            return ms -> gain * load.energyTo(ms) + offset * ms / 1e3;
        }
    }

    private static Map<Verdict, Integer> count(int seeds, IntFunction<CounterTruth> of) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (int seed = 0; seed < seeds; seed++) {
            counts.merge(of.apply(seed).verdict(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void theGainsIntervalHoldsTheTruthWhateverTheGain() {
        int inside = 0;
        int lags = 0;
        int all = 600;
        for (int seed = 0; seed < all; seed++) {
            double seconds = 120 + 30 * (seed % 30);
            Bench bench = Bench.of(seed, seconds, seed % 2 == 0 ? 10 : 1);
            double gain = 0.5 + bench.random().nextDouble();
            double lagMs = 300 * bench.random().nextDouble();
            CounterTruth truth = bench.truth(gain, 0, lagMs);
            inside += Math.abs(truth.gain() - gain) <= truth.gainHalf() ? 1 : 0;
            double late = bench.lateMs().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .average()
                                    .orElseThrow()
                            / 1e3
                    - bench.sensor().delayMs() / 1e3;
            lags += Math.abs(truth.lagS() - late) <= truth.lagHalfS() + 0.02 ? 1 : 0;
        }

        assertThat(inside).isGreaterThanOrEqualTo((int) (0.93 * all));
        assertThat(lags).isGreaterThanOrEqualTo((int) (0.93 * all));
    }

    @Test
    void aSoundCounterNeverContradicts() {
        Map<Verdict, Integer> counts = count(600, seed -> {
            Bench bench = Bench.of(seed, 60 + 40 * (seed % 30), seed % 2 == 0 ? 10 : 1);
            return bench.truth(1, 0, 150 * bench.random().nextDouble());
        });

        assertThat(counts).containsOnlyKeys(Verdict.AGREES, Verdict.CANNOT_SAY);
        assertThat(counts.get(Verdict.AGREES)).isGreaterThan(200);
    }

    @Test
    void aCounterWithAnotherGainIsScaledAndNothingWorse() {
        Map<Verdict, Integer> counts = count(
                200, seed -> Bench.of(seed, 1200, seed % 2 == 0 ? 10 : 1).truth(seed % 3 == 0 ? 0.5 : 1.1, 0, 80));

        assertThat(counts).containsOnlyKeys(Verdict.SCALED, Verdict.CANNOT_SAY);
        assertThat(counts.get(Verdict.SCALED)).isGreaterThan(180);
    }

    @Test
    void aLateCounterLags() {
        Map<Verdict, Integer> counts =
                count(100, seed -> Bench.of(seed, 1200, 1).truth(1, 0, 2500));

        assertThat(counts.getOrDefault(Verdict.LAGS, 0)).isGreaterThan(90);
    }

    @Test
    void aCounterThatStandsStillIsStuck() {
        Map<Verdict, Integer> counts = count(100, seed -> {
            Bench bench = Bench.of(seed, 300, seed % 2 == 0 ? 10 : 1);
            DoubleUnaryOperator sound = bench.linear(1, 0);
            double stops = 1e3 * (100 + 150 * bench.random().nextDouble());
            return CounterTrial.of(
                    bench.counter(0, ms -> sound.applyAsDouble(Math.min(ms, stops))),
                    bench.samples("NVIDIA H100 80GB HBM3"));
        });

        assertThat(counts).containsOnlyKeys(Verdict.STUCK);
    }

    @Test
    void anEngineThatPausesAndMakesGoodIsNotStuck() {
        Bench bench = Bench.of(3, 300, 1);
        DoubleUnaryOperator sound = bench.linear(1, 0);
        CounterTruth truth = CounterTrial.of(
                bench.counter(0, ms -> sound.applyAsDouble(ms > 100_000 && ms < 108_000 ? 100_000 : ms)),
                bench.samples("NVIDIA H100 80GB HBM3"));

        assertThat(truth.verdict()).isIn(Verdict.AGREES, Verdict.CANNOT_SAY);
    }

    @Test
    void aSuperchipsCounterOfTheWholeModuleIsTold() {
        Map<Verdict, Integer> counts = count(100, seed -> {
            Bench bench = Bench.of(seed, 900, seed % 2 == 0 ? 10 : 1);
            return CounterTrial.of(bench.counter(50, bench.linear(1.3, 120)), bench.samples("NVIDIA GH200 480GB"));
        });

        assertThat(counts.getOrDefault(Verdict.MODULE, 0)).isGreaterThan(95);
    }

    @Test
    void aCounterOfWhichNoGainMakesTheSamplesContradicts() {
        Map<Verdict, Integer> counts = count(100, seed -> {
            Bench bench = Bench.of(seed, 900, seed % 2 == 0 ? 10 : 1);
            DoubleUnaryOperator sound = bench.linear(1, 0);
            // It misses two thirds of every other minute.
            return CounterTrial.of(
                    bench.counter(0, ms -> sound.applyAsDouble(ms) - 0.66 * lost(sound, ms)),
                    bench.samples("NVIDIA H100 80GB HBM3"));
        });

        assertThat(counts.getOrDefault(Verdict.CONTRADICTS, 0)).isGreaterThan(95);
    }

    private static double lost(DoubleUnaryOperator sound, double ms) {
        double lost = 0;
        for (double from = 0; from < ms; from += 120_000) {
            lost += sound.applyAsDouble(Math.min(ms, from + 60_000)) - sound.applyAsDouble(from);
        }
        return lost;
    }

    @Test
    void anIdleCardThatShowsLittleMoreThanHalfContradicts() {
        Map<Verdict, Integer> counts = count(100, seed -> {
            Bench bench = Bench.of(seed, 300, 10);
            StepLoad idle = new StepLoad.Builder(0).level(65, 1e6).build();
            Bench still = new Bench(bench.random(), idle, bench.sensor(), 300, 1, new ArrayList<>());
            return CounterTrial.of(still.counter(0, still.linear(1, -28)), still.samples("NVIDIA H100 80GB HBM3"));
        });

        assertThat(counts.getOrDefault(Verdict.CONTRADICTS, 0)).isGreaterThan(95); // else a sensor's offset explains it
    }

    @Test
    void samplesThatMissMostOfTheTimeAccuseNoCounter() {
        Bench bench = Bench.of(1, 900, 1);
        CardSamples all = bench.samples("NVIDIA A100-SXM4-40GB");
        CardSamples part = new CardSamples(all.source(), all.entity(), all.name(), all.series(), 0.063, 0.025, 0.25);

        CounterTruth truth = CounterTrial.of(bench.counter(0, bench.linear(1.4, 0)), part);

        assertThat(truth.verdict()).isEqualTo(Verdict.CANNOT_SAY);
        assertThat(truth.why()).contains("do not see all of the time");
    }

    @Test
    void tooShortATimeTellsNothing() {
        assertThat(Bench.of(1, 15, 1).truth(1, 0, 0).verdict()).isEqualTo(Verdict.CANNOT_SAY);
    }
}
