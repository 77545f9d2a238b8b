package dev.wattline.analysis;

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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The two logs of a simulated run of two GPUs on files: 200 s of load between 40 s of idle, the SUT two hours east of UTC
 * and 1.5 s ahead.
 *
 * @param spl the analyzer's log
 * @param smi the nvidia-smi log
 * @param trueJ energy of both GPUs over the load in J
 * @param startMs begin of the load in ms since the epoch, UTC
 * @param endMs end of it
 */
public record SimulatedRun(Path spl, Path smi, double trueJ, long startMs, long endMs) {
    /** Gain of both cards. */
    public static final double GAIN = 0.95;

    /** Offset of both cards in W. */
    public static final double OFFSET_W = 1.5;

    /** How far the SUT's clock is ahead in s. */
    public static final double LAG_S = 1.5;

    private static final double LOAD_MS = 200_000;
    private static final double IDLE_MS = 40_000;
    private static final long ZONE_MS = 2 * 3_600_000;
    private static final long EPOCH_MS = Instant.parse("2024-07-17T09:44:00Z").toEpochMilli();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Simulates a run and writes its logs, {@code spl.txt} and {@code nvidia-smi.csv}. */
    public static SimulatedRun write(Path folder, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<StepLoad> loads = new ArrayList<>();
        List<PowerSeries> gpus = new ArrayList<>();
        double joules = 0;
        for (int g = 0; g < 2; g++) {
            StepLoad load = StepLoad.Shape.LLM.between(LOAD_MS, IDLE_MS, random);
            loads.add(load);
            joules += load.energyTo(LOAD_MS) - load.energyTo(0);
            gpus.add(new SimulatedSensor(100, 1000, 0, GAIN, OFFSET_W, 100 * random.nextDouble())
                    .poll(
                            load,
                            SimulatedSensor.Polling.every(1000),
                            -IDLE_MS + 1500,
                            LOAD_MS + IDLE_MS - 1500,
                            EPOCH_MS + ZONE_MS + Math.round(1000 * LAG_S),
                            random)
                    .into(new PowerSeries(), PowerSeries::add));
        }
        StringBuilder spl = new StringBuilder();
        for (double end = -IDLE_MS + 1000; end <= LOAD_MS + IDLE_MS; end += 1000) {
            double watts = 250;
            for (StepLoad load : loads) {
                watts += load.mean(end - 1000, end) / 0.94;
            }
            watts += 4 * (random.nextDouble() - 0.5);
            Instant at = Instant.ofEpochMilli(EPOCH_MS + Math.round(end));
            spl.append(SplRow.format(new PowerSample(at, new Reading(watts, 230, 5, 0.96), "simulated", List.of())))
                    .append('\n');
        }
        StringBuilder smi = new StringBuilder("timestamp, uuid, power.draw.average [W]\n");
        int rows = Math.min(gpus.get(0).size(), gpus.get(1).size());
        for (int i = 0; i < rows; i++) {
            for (int g = 0; g < 2; g++) {
                PowerSeries gpu = gpus.get(g);
                smi.append(String.format(
                        Locale.ROOT,
                        "%s, GPU-%d, %.2f W%n",
                        STAMP.format(Instant.ofEpochMilli(gpu.timeMs(i))),
                        g,
                        gpu.watts(i)));
            }
        }
        return new SimulatedRun(
                Files.writeString(folder.resolve("spl.txt"), spl),
                Files.writeString(folder.resolve("nvidia-smi.csv"), smi),
                joules,
                EPOCH_MS,
                EPOCH_MS + Math.round(LOAD_MS));
    }
}
