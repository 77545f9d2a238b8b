package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.source.CounterTruth.Verdict;
import dev.wattline.analysis.source.json.InformalJson;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Card;
import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.files.TelemetryMeta.StampClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CounterInStatementTest {
    private static final Instant BEGIN = Instant.parse("2026-01-20T10:00:00Z");
    private static final int SECONDS = 400;

    @TempDir
    private Path folder;

    private static double watts(int second) {
        return second / 25 % 2 == 0 ? 90 : 430;
    }

    /** nvidia-smi and a counter of a gain, of a card that is idle and busy by turns. */
    private EnergyStatement statement(double gain) throws IOException {
        List<String> samples = new ArrayList<>(List.of("timestamp, index, uuid, power.draw.average [W]"));
        List<String> readings =
                new ArrayList<>(List.of("utc_ms,mono_ns,source,entity,scope,quantity,value,unit,status"));
        double joules = 5_000;
        double before = watts(0);
        for (int s = 0; s <= SECONDS; s++) {
            // The mean over the second that ends.
            samples.add(
                    String.format(Locale.ROOT, "2026/01/20 10:%02d:%02d.000, 0, GPU-1, %.2f", s / 60, s % 60, before));
            readings.add(String.format(
                    Locale.ROOT,
                    "%d,%d,nvml,GPU-1,gpu,energy,%.0f,mJ,ok",
                    BEGIN.toEpochMilli() + 1000L * s,
                    7_000_000_000L + 1_000_000_000L * s,
                    1e3 * joules));
            before = watts(s);
            joules += gain * before;
        }
        Files.write(folder.resolve(TelemetryMeta.LOG), samples);
        Files.write(folder.resolve("nvml.csv"), readings);
        Series power = new Series(
                "GPU-1", "NVIDIA H100", "gpu", "power.draw.average", "W", Kind.AVERAGE, 0.01, 0, 100.0, 1000.0);
        Series energy = new Series("GPU-1", "NVIDIA H100", "gpu", "energy", "mJ", Kind.COUNTER, 1, 0, 100.0, null);
        TelemetryMeta meta = new TelemetryMeta(
                "testing",
                "UTC",
                null,
                null,
                "580",
                List.of(new Card(0, "GPU-1", "NVIDIA H100")),
                List.of(),
                1000,
                null,
                null,
                List.of(),
                Map.of(),
                List.of(),
                List.of(
                        source("nvidia-smi", TelemetryMeta.LOG, StampClock.SOURCE_LOCAL, power),
                        source("nvml", "nvml.csv", StampClock.RUNNER_UTC, energy)));
        long begin = BEGIN.toEpochMilli();
        return EnergyStatement.of(folder, meta, begin + 10_000, begin + 1000L * SECONDS - 10_000);
    }

    private static Source source(String name, String log, StampClock clock, Series series) {
        return new Source(name, log, clock, "580", 1000, List.of(), List.of(series), Map.of(), List.of());
    }

    @Test
    void aSoundCounterAgrees() throws IOException {
        EnergyStatement statement = statement(1);

        assertThat(statement.counters()).singleElement().satisfies(counter -> {
            assertThat(counter.verdict()).as(counter.why()).isEqualTo(Verdict.AGREES);
            assertThat(counter.gain()).isCloseTo(1, within(0.01));
        });
        assertThat(statement.verdicts())
                .filteredOn(verdict -> verdict.what().contains("(GPU-1, agrees)"))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(CrossVerdict.Outcome.CONSISTENT));
    }

    @Test
    void oneOfAnotherGainIsToldInTheResultAndItsFile() throws IOException {
        EnergyStatement statement = statement(1.12);

        Path file = folder.resolve(InformalJson.FILE);
        InformalJson.write(
                file,
                new InformalJson.Informal(
                        new InformalJson.Ran(List.of("load"), 0, BEGIN, BEGIN, List.of(), OptionalDouble.empty()),
                        statement));
        EnergyStatement read = InformalJson.read(file).statement();

        assertThat(read.counters()).singleElement().satisfies(counter -> {
            assertThat(counter.verdict()).as(counter.why()).isEqualTo(Verdict.SCALED);
            assertThat(counter.gain()).isCloseTo(1.12, within(0.01));
        });
        assertThat(read.verdicts())
                .filteredOn(verdict -> verdict.what().contains("(GPU-1, scaled)"))
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.why()).contains("gain 1.12"));
    }
}
