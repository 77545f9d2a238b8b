package dev.wattline.bench.captures;

import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.simulation.SimulatedSensor;
import dev.wattline.simulation.StepLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A fast nvidia-smi log of one card beside a shunt meter at 1 kHz.
 *
 * @param meter the meter's log
 * @param meterStartMs what is added to its times
 * @param truth the sensor
 * @param lengthMs length of the load in ms
 * @param trueJ energy over the load in J
 * @param kind sensor, polling and load in words
 */
record SensorCase(
        Path smi,
        Path meter,
        ZoneId zone,
        double meterStartMs,
        SimulatedSensor truth,
        double lengthMs,
        double trueJ,
        String kind) {
    private static final double IDLE_MS = 4000;

    private record Kind(double periodMs, double windowMs, double pollMs) {}

    private static final Kind[] KINDS = {
        new Kind(100, 100, 8),
        new Kind(100, 1000, 8),
        new Kind(101.2, 25, 12),
        new Kind(20.04, 10, 5),
        new Kind(100, 50, 20)
    };

    private static final StepLoad.Shape[] SHAPES = {
        StepLoad.Shape.LLM, StepLoad.Shape.BURSTS, StepLoad.Shape.SQUARE_270, StepLoad.Shape.SQUARE_1300
    };

    static SensorCase write(Path folder, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Kind kind = KINDS[random.nextInt(KINDS.length)];
        double length = 20_000 + 20_000 * random.nextDouble();
        StepLoad.Shape shape = SHAPES[random.nextInt(SHAPES.length)];
        StepLoad load = shape.between(length, IDLE_MS, random);
        SimulatedSensor sensor = new SimulatedSensor(
                kind.periodMs * (1 + 0.002 * (random.nextDouble() - 0.5)),
                kind.windowMs * (1 + 0.1 * (random.nextDouble() - 0.5)),
                Math.min(5, kind.periodMs / 4) * random.nextDouble(),
                0.9 + 0.15 * random.nextDouble(),
                16 * (random.nextDouble() - 0.5),
                kind.periodMs * random.nextDouble());
        long epoch = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli() + random.nextLong(2L * 365 * 86_400_000);
        ZoneId zone = ZoneId.of("Europe/London");
        PowerSeries log = sensor.poll(
                        load,
                        SimulatedSensor.Polling.every(kind.pollMs),
                        -IDLE_MS + 1500,
                        length + IDLE_MS - 500,
                        epoch,
                        random)
                .into(new PowerSeries(), PowerSeries::add);
        Path smi = Files.writeString(
                folder.resolve("nvidia-smi.csv"),
                LogForm.random("power.draw.instant", random, false).text(List.of(log), zone, "NVIDIA GPU", random));
        StringBuilder meter = new StringBuilder("t_ms,watts_total\n");
        for (double ms = -IDLE_MS; ms < length + IDLE_MS; ms++) {
            meter.append(String.format(Locale.ROOT, "%.1f,%.3f\n", ms, load.mean(ms - 0.5, ms + 0.5)));
        }
        return new SensorCase(
                smi,
                Files.writeString(folder.resolve("meter.csv"), meter),
                zone,
                (double) epoch,
                sensor,
                length,
                load.energyTo(length) - load.energyTo(0),
                String.format(
                        Locale.ROOT,
                        "%s, T %.0f W %.0f, every %.0f ms",
                        shape,
                        kind.periodMs,
                        kind.windowMs,
                        kind.pollMs));
    }
}
