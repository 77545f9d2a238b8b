package dev.wattline.sut.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Card;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a POSIX shell's")
class TelemetryTest {
    private static final String[] H100 = {"NVIDIA H100 PCIe", "NVIDIA H100 PCIe"};

    @TempDir
    private Path folder;

    private final List<String> problems = new ArrayList<>();
    private final Telemetry telemetry = new Telemetry(TimeSource.system(), ZoneId.of("Europe/London"), problems::add);

    @Test
    void recordsALogAndWhatIsToBeKnownAboutIt() throws Exception {
        Path smi = FakeSmi.write(folder, H100, "71.50", ":");
        assertThat(telemetry.prepare(options(smi, 20))).get().asString().contains("2 GPU(s), driver 535.54.03");
        Path target = folder.resolve("telemetry/testing");

        telemetry.start(Phase.TESTING, target);
        awaitRows(target, 10);
        telemetry.stop();
        telemetry.finish(new ClockOffset(1.5, 0.25));

        assertThat(problems).isEmpty();
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("nvidia-smi.csv", "meta.json");
        TelemetryMeta meta = TelemetryMetaJson.read(target.resolve("meta.json"));
        assertThat(meta.phase()).isEqualTo("testing");
        assertThat(meta.zone()).isEqualTo("Europe/London");
        assertThat(meta.clockOffsetMs()).isEqualTo(1.5);
        assertThat(meta.clockOffsetUncertaintyMs()).isEqualTo(0.25);
        assertThat(meta.cards())
                .containsExactly(
                        new Card(0, "GPU-00000000", "NVIDIA H100 PCIe"),
                        new Card(1, "GPU-00000001", "NVIDIA H100 PCIe"));
        assertThat(meta.driver()).isEqualTo("535.54.03");
        assertThat(meta.fields()).startsWith("timestamp", "index", "uuid").contains("power.draw");
        assertThat(meta.command()).contains("--format=csv,nounits", "-lms", "20");
        assertThat(meta.intervalMs()).isEqualTo(20);
        assertThat(meta.startedAt()).isBefore(meta.endedAt());
        assertThat(meta.sources()).singleElement().satisfies(source -> {
            assertThat(source.name()).isEqualTo("nvidia-smi");
            assertThat(source.log()).isEqualTo("nvidia-smi.csv");
            assertThat(source.clock()).isEqualTo(TelemetryMeta.StampClock.SOURCE_LOCAL);
            assertThat(source.series())
                    .extracting(
                            TelemetryMeta.Series::entity, TelemetryMeta.Series::quantity, TelemetryMeta.Series::kind)
                    .contains(
                            tuple("GPU-00000001", "power.draw", TelemetryMeta.Kind.SAMPLE),
                            tuple("GPU-00000000", "power.draw.average", TelemetryMeta.Kind.AVERAGE));
        });
        long rows = Files.readAllLines(target.resolve("nvidia-smi.csv")).stream()
                .filter(line -> line.contains("GPU-"))
                .count();
        assertThat(meta.cost().get("rows")).isEqualTo((double) rows);
        assertThat(meta.cost().get("samples")).isBetween(rows / 2.0 - 1, rows / 2.0 + 1);
        assertThat(meta.cost())
                .containsKeys("cpuSeconds", "cpuPercentOfOneCore", "intervalMedianMs", "intervalMaxMs", "jitterP99Ms");
    }

    @Test
    void aMachineWithoutTheProgramIsToldAndMeasuredAllTheSame() {
        assertThat(telemetry.prepare(new TelemetryOptions("no-such-smi", Optional.empty())))
                .isEmpty();
        telemetry.start(Phase.RANGING, folder.resolve("t"));
        telemetry.stop();
        telemetry.finish(ClockOffset.UNKNOWN);

        assertThat(problems).singleElement().asString().contains("there is no program 'no-such-smi'");
        assertThat(folder.resolve("t")).doesNotExist();
    }

    @Test
    void aProgramThatFailsIsToldWithItsWords() throws IOException {
        Path smi = FakeSmi.write(folder, new String[0], "1", ":");
        Files.writeString(
                smi, Files.readString(smi).replace("rows() {", "rows() { echo 'No devices were found'; exit 6"));

        assertThat(telemetry.prepare(options(smi, 20))).isEmpty();

        assertThat(problems).singleElement().asString().contains("exit status 6", "No devices were found");
    }

    @Test
    void aChildThatEndsTooSoonIsTold() throws Exception {
        Path smi = FakeSmi.write(folder, H100, "71.50", "echo 'GPU is lost' >&2; exit 15");
        assertThat(telemetry.prepare(options(smi, 20))).isPresent();
        Path target = folder.resolve("t");

        telemetry.start(Phase.RANGING, target);
        await().until(() -> Files.size(target.resolve("nvidia-smi.err")) > 0);
        await().until(() -> ProcessHandle.current()
                .descendants()
                .noneMatch(child -> child.info().commandLine().orElse("").contains("-lms")));
        telemetry.stop();
        telemetry.finish(ClockOffset.UNKNOWN);

        assertThat(problems)
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("GPU is lost"))
                .anySatisfy(problem -> assertThat(problem).contains("exit status 15"));
        assertThat(TelemetryMetaJson.read(target.resolve("meta.json")).problems())
                .hasSize(2);
    }

    private static TelemetryOptions options(Path smi, int millis) {
        return new TelemetryOptions(smi.toString(), Optional.of(Duration.ofMillis(millis)));
    }

    private static void awaitRows(Path target, int rows) {
        Path log = target.resolve("nvidia-smi.csv");
        await().atMost(TestDeadlines.seconds(20))
                .until(() -> Files.exists(log) && Files.readAllLines(log).size() > rows);
    }
}
