package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleReadingsTest {
    private static final long BEGIN_MS = Instant.parse("2026-01-20T10:00:00Z").toEpochMilli();

    @TempDir
    private Path folder;

    private static Series series(String scope, String field) {
        return new Series("GPU-1", "GH200", scope, field, "W", Kind.AVERAGE, 0.01, 0, null, 1000.0);
    }

    private TelemetryMeta log(String gpuWatts, String moduleWatts) throws IOException {
        List<String> rows =
                new ArrayList<>(List.of("timestamp, index, uuid, power.draw [W], module.power.draw.average [W]"));
        for (int s = 0; s <= 60; s++) {
            rows.add(String.format(
                    Locale.ROOT,
                    "2026/01/20 10:%02d:%02d.000, 0, GPU-1, %s, %s",
                    s / 60,
                    s % 60,
                    gpuWatts,
                    moduleWatts));
        }
        Files.write(folder.resolve(TelemetryMeta.LOG), rows);
        return new TelemetryMeta(
                "testing",
                "UTC",
                null,
                null,
                "580",
                List.of(new Card(0, "GPU-1", "GH200")),
                List.of(),
                1000,
                null,
                null,
                List.of(),
                Map.of(),
                List.of(),
                List.of(new Source(
                        "nvidia-smi",
                        TelemetryMeta.LOG,
                        StampClock.SOURCE_LOCAL,
                        "580",
                        1000,
                        List.of(),
                        List.of(series("gpu", "power.draw"), series("module", "module.power.draw.average")),
                        Map.of(),
                        List.of())));
    }

    private EnergyStatement over(TelemetryMeta meta) {
        return EnergyStatement.of(folder, meta, BEGIN_MS + 5_000, BEGIN_MS + 55_000);
    }

    private static ScopeEnergy of(EnergyStatement statement, String scope) {
        return statement.energies().stream()
                .filter(one -> one.scope().equals(scope))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSuperchipsPowerIsAScopeOfItsOwnBesideItsGpus() throws IOException {
        EnergyStatement statement = over(log("300.00", "620.00"));

        assertThat(of(statement, "module").energyJ()).isCloseTo(50 * 620, within(1.0));
        assertThat(of(statement, "module").source()).isEqualTo("nvidia-smi");
        assertThat(of(statement, "gpu").energyJ()).isBetween(50 * 250.0, 50 * 350.0);
        assertThat(statement.verdicts()).extracting(CrossVerdict::what).contains("gpu within module (nvidia-smi)");
    }

    @Test
    void whereTheGpusFieldIsNoNumberTheModulesIsNotTakenForIt() throws IOException {
        EnergyStatement statement = over(log("[N/A]", "620.00"));

        assertThat(of(statement, "module").energyJ()).isCloseTo(50 * 620, within(1.0));
        assertThat(of(statement, "gpu").isKnown()).isFalse();
    }
}
