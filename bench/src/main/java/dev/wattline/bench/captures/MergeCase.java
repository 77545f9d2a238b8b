package dev.wattline.bench.captures;

import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import dev.wattline.simulation.SimulatedSensor;
import dev.wattline.simulation.StepLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * An analyzer's log and an nvidia-smi log of one run of some GPUs, with all that makes them hard to merge: an unknown
 * zone, a clock that is off, cards with gains and offsets of their own, polls that come late or not at all. The system
 * draws a base, the GPUs' power over the supply's efficiency, and a CPU and fans that follow the GPUs.
 *
 * @param smiZone zone of the stamps
 * @param clockErrorS how far the SUT's clock is ahead
 * @param window of the sensors in ms
 * @param seesAll whether a window reaches from one reading to the next
 * @param phases the true phases
 * @param trueJ energy by phase and GPU in J
 * @param calibrations what is known of the cards
 * @param zoneChanges whether summer time begins or ends during the run
 * @param slope watts at the wall for a watt of the GPUs
 * @param kind sensors, polling and load in words
 */
record MergeCase(
        Path spl,
        Path smi,
        ZoneId smiZone,
        double clockErrorS,
        double window,
        boolean seesAll,
        List<GivenPhase> phases,
        List<double[]> trueJ,
        CardCalibrations calibrations,
        boolean zoneChanges,
        double slope,
        String kind) {
    private static final String[] ZONES = {
        "America/Los_Angeles",
        "Asia/Kolkata",
        "Europe/London",
        "Asia/Tokyo",
        "UTC",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Adelaide",
        "America/St_Johns",
        "Europe/Berlin"
    };
    private static final double EFFICIENCY = 0.94;
    private static final double BASE_W = 460;
    private static final double CPU_W = 60;
    private static final double FAN_SHARE = 0.03;
    private static final double MOST_W = 400;
    private static final double GRAIN_MS = 20;

    private record Sensor(String field, String card, double periodMs, double windowMs, double pollMs) {}

    private static final Sensor[] SENSORS = {
        new Sensor("power.draw.average", "NVIDIA H100 80GB HBM3", 100, 1000, 1000),
        new Sensor("power.draw", "NVIDIA GeForce RTX 3090", 100, 1000, 1000),
        new Sensor("power.draw", "NVIDIA A100-SXM4-80GB", 101.2, 25, 1000),
        new Sensor("power.draw.instant", "NVIDIA A100-SXM4-80GB", 101.2, 25, 30),
        new Sensor("power.draw.instant", "NVIDIA L40S", 100, 100, 100),
        new Sensor("power.draw.average", "NVIDIA H100 80GB HBM3", 100, 1000, 100)
    };

    private static final class Course {
        private final List<String> names =
                new ArrayList<>(List.of("idle", "launch", "model_load", "warm_up", "steady"));
        private final double[] lengthsMs = new double[7];
        private final double[] levels = {74, 110, 130, 300, 0, 130, 74};

        Course(SplittableRandom random) {
            names.add("cleanup");
            names.add("idle_after");
            double[] least = {40, 8, 50, 15, 150, 10, 40};
            double[] more = {20, 6, 40, 15, 150, 10, 20};
            for (int i = 0; i < lengthsMs.length; i++) {
                lengthsMs[i] = 1000 * (least[i] + Math.floor(more[i] * random.nextDouble()));
            }
        }

        StepLoad load(StepLoad.Shape shape, SplittableRandom random) {
            StepLoad.Builder load = new StepLoad.Builder(0);
            RandomGenerator normal = random;
            for (int phase = 0; phase < lengthsMs.length; phase++) {
                StepLoad steady = levels[phase] > 0 ? null : shape.between(lengthsMs[phase], 10, random);
                for (double t = 0; t < lengthsMs[phase]; t += GRAIN_MS) {
                    double level = steady == null
                            ? levels[phase] * (1 + 0.01 * normal.nextGaussian())
                            : steady.mean(t, t + GRAIN_MS);
                    load.level(level, GRAIN_MS);
                }
            }
            return load.build();
        }
    }

    /** Writes a case into a folder; the same seed gives the same case. */
    static MergeCase write(Path folder, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Sensor sensor = SENSORS[random.nextInt(SENSORS.length)];
        ZoneId zone = ZoneId.of(ZONES[random.nextInt(ZONES.length)]);
        long epoch = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() + random.nextLong(2L * 365 * 86_400_000);
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.ofEpochMilli(epoch));
        boolean changes = change != null && random.nextInt(6) == 0;
        if (change != null && changes) {
            epoch = change.getInstant().toEpochMilli() - random.nextLong(300_000);
        }
        double clock = 100 * (random.nextDouble() - 0.5);
        Course course = new Course(random);
        StepLoad.Shape shape = StepLoad.Shape.GENERAL.get(random.nextInt(StepLoad.Shape.GENERAL.size()));
        int gpus = 1 + random.nextInt(8);
        LogForm form = LogForm.random(sensor.field, random, true);
        RandomGenerator normal = random;
        List<StepLoad> loads = new ArrayList<>();
        List<PowerSeries> logs = new ArrayList<>();
        List<CardCalibrations.Entry> entries = new ArrayList<>();
        double total = 0;
        for (double length : course.lengthsMs) {
            total += length;
        }
        for (int g = 0; g < gpus; g++) {
            StepLoad load = course.load(shape, random);
            double gain = 0.993 + 0.035 * Math.max(-2.5, Math.min(2.5, normal.nextGaussian()));
            double offset = -1.7 + 4 * normal.nextGaussian();
            loads.add(load);
            logs.add(new SimulatedSensor(
                            sensor.periodMs, sensor.windowMs, 0, gain, offset, sensor.periodMs * random.nextDouble())
                    .poll(
                            load,
                            SimulatedSensor.Polling.every(sensor.pollMs),
                            1500 + 300 * random.nextDouble(),
                            total - 1500,
                            epoch + Math.round(1000 * clock),
                            random)
                    .into(new PowerSeries(), PowerSeries::add));
            entries.add(new CardCalibrations.Entry(
                    form.keyOf(g),
                    null,
                    null,
                    null,
                    new Calibration(gain, 0.005, offset, 1, false),
                    Double.NaN,
                    Double.NaN,
                    0));
        }
        Path smi = Files.writeString(folder.resolve("nvidia-smi.csv"), form.text(logs, zone, sensor.card, random));
        Path spl = Files.writeString(folder.resolve("spl.txt"), analyzer(loads, total, epoch, random));
        List<GivenPhase> phases = new ArrayList<>();
        List<double[]> joules = new ArrayList<>();
        double at = 0;
        for (int p = 0; p < course.names.size(); p++) {
            double end = at + course.lengthsMs[p];
            phases.add(new GivenPhase(course.names.get(p), epoch + at, epoch + end));
            double[] each = new double[gpus];
            for (int g = 0; g < gpus; g++) {
                each[g] = loads.get(g).energyTo(end) - loads.get(g).energyTo(at);
            }
            joules.add(each);
            at = end;
        }
        return new MergeCase(
                spl,
                smi,
                zone,
                clock,
                sensor.windowMs,
                sensor.windowMs >= Math.max(sensor.periodMs, sensor.pollMs),
                phases,
                joules,
                new CardCalibrations("known", false, entries),
                changes,
                1 / EFFICIENCY + CPU_W / (MOST_W * gpus) + FAN_SHARE,
                String.format(
                        Locale.ROOT,
                        "%s, %d GPUs, T %.0f W %.0f, every %.0f ms",
                        shape,
                        gpus,
                        sensor.periodMs,
                        sensor.windowMs,
                        sensor.pollMs));
    }

    private static String analyzer(List<StepLoad> loads, double totalMs, long epoch, SplittableRandom random) {
        StringBuilder spl = new StringBuilder();
        double most = MOST_W * loads.size();
        for (double end = 1000 + 700 * random.nextDouble(); end <= totalMs; end += 1000) {
            double gpus = 0;
            for (StepLoad load : loads) {
                gpus += load.mean(end - 1000, end);
            }
            double watts = BASE_W + gpus / EFFICIENCY + CPU_W * gpus / most + FAN_SHARE * gpus;
            watts *= 1 + 0.001 * (random.nextDouble() - 0.5);
            spl.append(SplRow.format(new PowerSample(
                            Instant.ofEpochMilli(epoch + Math.round(end)),
                            new Reading(watts, 230, watts / 230, 0.98),
                            "made_testing",
                            List.of())))
                    .append('\n');
        }
        return spl.toString();
    }
}
