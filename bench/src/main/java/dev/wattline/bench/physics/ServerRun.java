package dev.wattline.bench.physics;

import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import dev.wattline.simulation.StepLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The two logs of one run of a {@link SimulatedServer}, and the truth of it.
 *
 * @param seed what it was made from
 * @param spl the analyzer's log
 * @param smi the nvidia-smi log
 * @param epochMs the run's begin in ms since the epoch, UTC
 * @param zone the SUT's zone
 * @param clock the SUT's clock
 * @param sensor the cards' sensor
 * @param load what the cards run in the steady phase
 * @param phases the phases
 * @param gpus true power of each card over ms from the begin
 * @param server the server
 * @param calibrations what a meter would have told of the cards
 * @param faulty whether polls are missing or a card fails
 */
public record ServerRun(
        long seed,
        Path spl,
        Path smi,
        long epochMs,
        ZoneOffset zone,
        SutClock clock,
        SensorKind sensor,
        Load load,
        List<GivenPhase> phases,
        List<StepLoad> gpus,
        SimulatedServer server,
        CardCalibrations calibrations,
        boolean faulty) {
    /** Name of the phase under load. */
    public static final String STEADY = "steady";

    private static final List<String> NAMES =
            List.of("idle", "launch", "model_load", "warm_up", STEADY, "cleanup", "idle_after");
    private static final double[] LEVELS_W = {74, 110, 130, 300, Double.NaN, 130, 74};
    private static final double[] CPU_W = {60, 140, 200, 120, 110, 150, 60};
    private static final double[] LEAST_S = {40, 8, 50, 15, Double.NaN, 10, 40};
    private static final double[] MORE_S = {20, 6, 40, 15, 0, 10, 20};
    private static final double MOST_W = 400;
    private static final double LEAST_W = 100;
    private static final double IDLE_AROUND_MS = 10;
    private static final double GRAIN_MS = 20;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT);

    /**
     * What a run is made of.
     *
     * @param sensor the cards' sensor
     * @param load what they run
     * @param steadyS length of the steady phase in s
     * @param faults whether polls go missing and cards fail
     * @param attack what it does beside to break an assumption
     */
    public record Plan(SensorKind sensor, Load load, double steadyS, boolean faults, Attack attack) {}

    /**
     * What the cards run in the steady phase.
     *
     * @param name its name
     * @param shape its course; null for a square wave
     * @param periodMs period of the square wave in ms
     * @param duty share of the period that it spends at the upper level
     */
    public record Load(String name, StepLoad.@Nullable Shape shape, double periodMs, double duty) {
        /** A course. */
        public static Load of(StepLoad.Shape shape) {
            return new Load(shape.name(), shape, Double.NaN, Double.NaN);
        }

        /** A square wave in step, or nearly, with updates, polls or the analyzer's seconds, or a simple ratio of these. */
        public static Load inStep(SensorKind sensor, SplittableRandom random) {
            double[] clocks = {sensor.periodMs(), sensor.pollMs(), 1000};
            double[] ratios = {1, 0.5, 2, 1.5, 1 / 3.0};
            double[] off = {0, 0.001, 0.01};
            double period = clocks[random.nextInt(clocks.length)]
                    * ratios[random.nextInt(ratios.length)]
                    * (1 + off[random.nextInt(off.length)] * (2 * random.nextDouble() - 1));
            return new Load("IN_STEP", null, Math.max(2 * GRAIN_MS, period), 0.1 + 0.8 * random.nextDouble());
        }

        /** A square wave that repeats exactly, in step with the sensor's updates or up to 3 % off. */
        public static Load nearUpdates(double periodMs, SplittableRandom random) {
            double off = switch (random.nextInt(3)) {
                case 0 -> 0;
                case 1 -> 0.01 * (random.nextDouble() - 0.5);
                default -> 0.06 * (random.nextDouble() - 0.5);
            };
            return new Load("NEAR_T", null, periodMs * (1 + off), 0.5);
        }

        StepLoad between(double lengthMs, SplittableRandom random) {
            if (shape != null) {
                return shape.between(lengthMs, IDLE_AROUND_MS, random);
            }
            StepLoad.Builder load = new StepLoad.Builder(-IDLE_AROUND_MS).level(70, IDLE_AROUND_MS);
            while (load.nowMs() + periodMs < lengthMs) {
                load.level(MOST_W, periodMs * duty).level(LEAST_W, periodMs * (1 - duty));
            }
            return load.level(MOST_W, Math.max(0, lengthMs - load.nowMs()))
                    .level(70, IDLE_AROUND_MS)
                    .build();
        }
    }

    /** Simulates a run and writes its logs into a folder; the same seed gives the same run. */
    public static ServerRun write(Path folder, Plan plan, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        double[] lengths = new double[NAMES.size()];
        double[] ends = new double[lengths.length];
        for (int i = 0; i < lengths.length; i++) {
            boolean steady = NAMES.get(i).equals(STEADY);
            // Not in step with the analyzer's seconds: a phase begins when it begins.
            lengths[i] = steady ? 1000 * plan.steadyS() : 1000 * (LEAST_S[i] + MORE_S[i] * random.nextDouble());
            ends[i] = lengths[i] + (i == 0 ? 0 : ends[i - 1]);
        }
        int count = 1 + random.nextInt(8);
        List<StepLoad> gpus = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            gpus.add(load(plan, lengths, random));
        }
        SimulatedServer.Rest rest = new SimulatedServer.Rest(
                200 + 300 * random.nextDouble(),
                CPU_W,
                random.nextInt(3) == 0 ? 0 : 20 + 60 * random.nextDouble(),
                5 + 35 * random.nextDouble(),
                plan.attack() == Attack.TIED_FOLLOWERS ? 0.05 + 0.15 * random.nextDouble() : 0);
        SimulatedServer server =
                SimulatedServer.of(gpus, ends, rest, SimulatedServer.Fans.random(random), MOST_W, random);
        long epoch = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() + random.nextLong(2L * 365 * 86_400_000);
        ZoneOffset zone = ZoneOffset.ofTotalSeconds(900 * (random.nextInt(97) - 48));
        SutClock clock = plan.attack() == Attack.CLOCK
                ? SutClock.unsteady(server.lengthMs(), random)
                : SutClock.random(server.lengthMs(), random);
        List<CardCalibrations.Entry> entries = new ArrayList<>();
        LogFaults faults = plan.faults()
                ? LogFaults.random(count, server.lengthMs(), random)
                : LogFaults.of(plan.attack(), ends, count, random);
        String smi = smi(plan, gpus, server.lengthMs(), epoch, zone, clock, faults, entries, random);
        List<GivenPhase> phases = new ArrayList<>();
        for (int i = 0; i < lengths.length; i++) {
            phases.add(new GivenPhase(NAMES.get(i), epoch + ends[i] - lengths[i], epoch + ends[i]));
        }
        return new ServerRun(
                seed,
                Files.writeString(folder.resolve("spl.txt"), spl(server, epoch, random)),
                Files.writeString(folder.resolve("nvidia-smi.csv"), smi),
                epoch,
                zone,
                clock,
                plan.sensor(),
                plan.load(),
                phases,
                gpus,
                server,
                new CardCalibrations("known", false, entries),
                faults.any());
    }

    private static StepLoad load(Plan plan, double[] lengths, SplittableRandom random) {
        RandomGenerator normal = random;
        StepLoad.Builder load = new StepLoad.Builder(0);
        for (int phase = 0; phase < lengths.length; phase++) {
            StepLoad steady = Double.isNaN(LEVELS_W[phase]) ? plan.load().between(lengths[phase], random) : null;
            for (double t = 0; t < lengths[phase]; t += GRAIN_MS) {
                double length = Math.min(GRAIN_MS, lengths[phase] - t);
                load.level(
                        steady == null
                                ? LEVELS_W[phase] * (1 + 0.01 * normal.nextGaussian())
                                : steady.mean(t, t + length),
                        length);
            }
        }
        return load.build();
    }

    private static String smi(
            Plan plan,
            List<StepLoad> gpus,
            double lengthMs,
            long epoch,
            ZoneOffset zone,
            SutClock clock,
            LogFaults faults,
            List<CardCalibrations.Entry> entries,
            SplittableRandom random) {
        RandomGenerator normal = random;
        SensorKind sensor = plan.sensor();
        double[] gain = new double[gpus.size()];
        double[] offset = new double[gpus.size()];
        double[] phase = new double[gpus.size()];
        double[] held = new double[gpus.size()];
        for (int g = 0; g < gpus.size(); g++) {
            gain[g] = 0.993 + 0.035 * normal.nextGaussian();
            offset[g] = -1.7 + 7.2 * normal.nextGaussian();
            if (plan.attack() == Attack.CARDS_OUT_OF_RANGE) {
                gain[g] = 1 + (random.nextBoolean() ? 1 : -1) * (0.1 + 0.05 * random.nextDouble());
                offset[g] = (random.nextBoolean() ? 1 : -1) * (20 + 10 * random.nextDouble());
            }
            phase[g] = sensor.periodMs() * random.nextDouble();
            held[g] = Double.NaN;
            // What a meter tells of a card is itself off by about a sigma.
            Calibration known = new Calibration(
                    gain[g] + 0.005 * normal.nextGaussian(), 0.005, offset[g] + normal.nextGaussian(), 1, false);
            entries.add(new CardCalibrations.Entry(key(g), null, null, null, known, Double.NaN, Double.NaN, 0));
        }
        double jitter = Math.min(0.3 * sensor.pollMs(), 12);
        StringBuilder text = new StringBuilder("timestamp, uuid, name, " + sensor.field() + " [W]\n");
        String[] keys = IntStream.range(0, gpus.size()).mapToObj(ServerRun::key).toArray(String[]::new);
        long last = Long.MIN_VALUE;
        double due = 1500 + 300 * random.nextDouble();
        for (; due < lengthMs - 1500; due += sensor.pollMs()) {
            double at = due + jitter * (random.nextDouble() - 0.5);
            if (random.nextDouble() < 0.02) {
                at += 60 * (0.5 + random.nextDouble());
                due = Math.max(due, at - sensor.pollMs());
            }
            long stamp = epoch + zone.getTotalSeconds() * 1000L + Math.round(at + clock.errorMs(at));
            if (stamp <= last || faults.isSilent(at) || random.nextDouble() < faults.missing()) {
                continue;
            }
            last = stamp;
            String time = STAMP.format(Instant.ofEpochMilli(stamp).atOffset(ZoneOffset.UTC));
            for (int g = 0; g < gpus.size(); g++) {
                double update = phase[g] + sensor.periodMs() * Math.floor((at - phase[g]) / sensor.periodMs());
                double watts = gain[g] * gpus.get(g).mean(update - sensor.windowMs(), update) + offset[g];
                held[g] = faults.hasFailed(g, at) && !Double.isNaN(held[g]) ? held[g] : watts;
                if (faults.lacks(g, at)) {
                    continue;
                }
                text.append(time)
                        .append(", ")
                        .append(keys[g])
                        .append(", ")
                        .append(sensor.card())
                        .append(", ");
                appendHundredths(text, held[g]);
                text.append(" W\n");
            }
        }
        return text.toString();
    }

    private static void appendHundredths(StringBuilder text, double value) {
        long hundredths = Math.round(100 * Math.max(0, value));
        text.append(hundredths / 100).append('.');
        text.append((char) ('0' + hundredths / 10 % 10)).append((char) ('0' + hundredths % 10));
    }

    /** What the log calls a card. */
    static String key(int gpu) {
        return String.format(Locale.ROOT, "GPU-%08x-0000-4000-8000-00000000000%x", 0xabc0 + gpu, gpu);
    }

    private static String spl(SimulatedServer server, long epoch, SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        double before = 1000 * random.nextDouble();
        for (double due = before + 1000; due <= server.lengthMs(); due += 1000) {
            double end = Math.rint(due + 6 * (random.nextDouble() - 0.5));
            double watts = server.mean(before, end) * (1 + 0.001 * (random.nextDouble() - 0.5));
            text.append(SplRow.format(new PowerSample(
                            Instant.ofEpochMilli(epoch + Math.round(end)),
                            new Reading(watts, 230, watts / 230, 0.98),
                            "made_testing",
                            List.of())))
                    .append('\n');
            before = end;
        }
        return text.toString();
    }

    /** Energy at the wall in J between two times in ms since the epoch. */
    public double wallJ(double fromMs, double toMs) {
        return server.energyTo(toMs - epochMs) - server.energyTo(fromMs - epochMs);
    }

    /** Energy of a card in J between two times in ms since the epoch. */
    public double gpuJ(int gpu, double fromMs, double toMs) {
        return gpus.get(gpu).energyTo(toMs - epochMs) - gpus.get(gpu).energyTo(fromMs - epochMs);
    }

    /** How far the SUT's clock was ahead on average, in s. */
    public double aheadS() {
        return clock.meanErrorS(0, server.lengthMs());
    }
}
