package dev.wattline.files.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.files.SessionFilesException;
import dev.wattline.files.TelemetryMeta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryMetaJsonTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBack() {
        TelemetryMeta meta = new TelemetryMeta(
                "testing",
                "Europe/London",
                -12.5,
                0.4,
                "550.54.15",
                List.of(new TelemetryMeta.Card(0, "GPU-1", "NVIDIA H100 PCIe")),
                List.of("timestamp", "power.draw"),
                1000,
                Instant.parse("2024-07-17T09:44:23.305Z"),
                null,
                List.of("nvidia-smi", "-lms", "1000"),
                Map.of("cpuSeconds", 0.7),
                List.of("rapl: it went back"),
                List.of(new TelemetryMeta.Source(
                        "rapl",
                        "rapl.csv",
                        TelemetryMeta.StampClock.RUNNER_UTC,
                        "",
                        1000,
                        List.of("/sys/class/powercap/intel-rapl:0/energy_uj"),
                        List.of(new TelemetryMeta.Series(
                                "package-0",
                                "",
                                "package",
                                "energy",
                                "uJ",
                                TelemetryMeta.Kind.COUNTER,
                                61,
                                262_143_328_850.0,
                                1.0,
                                null)),
                        Map.of("calls", 12.0),
                        List.of("it went back"))));
        Path file = folder.resolve(TelemetryMeta.FILE);

        TelemetryMetaJson.write(file, meta);

        assertThat(TelemetryMetaJson.read(file)).isEqualTo(meta);
    }

    @Test
    void anAbsentKeyIsNotKnown() throws IOException {
        Path file = Files.writeString(folder.resolve(TelemetryMeta.FILE), "{\"schema\":\"wattline-telemetry/1\"}");

        TelemetryMeta meta = TelemetryMetaJson.read(file);

        assertThat(meta.clockOffsetMs()).isNull();
        assertThat(meta.zone()).isEmpty();
        assertThat(meta.cards()).isEmpty();
        assertThat(meta.sources()).isEmpty();
    }

    @Test
    void anotherFormatIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve(TelemetryMeta.FILE), "{\"schema\":\"other/9\"}");

        assertThatThrownBy(() -> TelemetryMetaJson.read(file))
                .isInstanceOf(SessionFilesException.class)
                .hasMessageContaining("other/9");
    }
}
