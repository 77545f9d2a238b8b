package dev.wattline.analysis.smi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.PowerSeries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmiReaderTest {
    private static final String HEADER = "timestamp, power.draw [W]\n";

    private static SmiLog read(String text, @Nullable String zone) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ZoneId id = zone == null ? null : ZoneId.of(zone);
        return SmiReader.read("test.csv", new ByteArrayInputStream(bytes), id, List.of(), Long.MAX_VALUE);
    }

    private static PowerSeries only(SmiLog log) {
        return Objects.requireNonNull(log.gpus().get(0).series("power.draw"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "46.19 W|46190",
                "46.19|46190",
                "46|46000",
                "0.00 W|0",
                "1234.5 W|1234500",
                "99.999 W|99999",
                "7.1234|7123"
            })
    void readsAPowerInEveryForm(String cell, int milliwatts) throws IOException {
        SmiLog log = read(HEADER + "2023/07/08 19:28:27.236, " + cell + "\n", "UTC");

        assertThat(only(log).milliwatts(0)).isEqualTo(milliwatts);
        assertThat(log.missing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "[N/A]",
        "N/A",
        "[Not Supported]",
        "[Unknown Error]",
        "[GPU requires reset]",
        "[Insufficient Permissions]",
        "46.19.2 W",
        "-5 W",
        "W",
        "4 6 W"
    })
    void countsACellWithoutANumberByItsTextAndTakesNoZero(String cell) throws IOException {
        SmiLog log = read(
                HEADER + "2023/07/08 19:28:27.236, 50.00 W\n2023/07/08 19:28:28.236, " + cell
                        + "\n2023/07/08 19:28:29.236, 51.00 W\n",
                "UTC");

        assertThat(log.missing()).containsExactlyEntriesOf(java.util.Map.of(cell, 1L));
        assertThat(only(log).size()).isEqualTo(2);
        assertThat(log.rows()).isEqualTo(3);
    }

    @Test
    void countsAnEmptyCell() throws IOException {
        SmiLog log = read(HEADER + "2023/07/08 19:28:27.236, 1 W\n2023/07/08 19:28:27.336,\n", "UTC");

        assertThat(log.missing()).containsEntry("(empty)", 1L);
    }

    @Test
    void tellsGpusApartByTheBestKeyInTheHeader() throws IOException {
        SmiLog log = read("""
                timestamp, index, uuid, name, pci.bus_id, power.draw [W], utilization.gpu [%]
                2024/07/17 02:44:27.357, 0, GPU-a, NVIDIA A100, 00000000:01:00.0, 72.08 W, 3 %
                2024/07/17 02:44:27.357, 1, GPU-b, NVIDIA H100, 00000000:02:00.0, 71.75 W, 5 %
                2024/07/17 02:44:28.357, 0, GPU-a, NVIDIA A100, 00000000:01:00.0, 73.08 W, 7 %
                """, "UTC");

        assertThat(log.gpus()).extracting(GpuLog::key).containsExactly("GPU-a", "GPU-b");
        assertThat(log.gpus()).extracting(GpuLog::name).containsExactly("NVIDIA A100", "NVIDIA H100");
        assertThat(log.gpus()).extracting(GpuLog::index).containsExactly(0, 1);
        assertThat(log.gpus().get(0).changes("power.draw")).isEqualTo(1);
        assertThat(log.gpus().get(0).utilisation().range()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uuid, pci.bus_id, index|GPU-b",
                "gpu_uuid, pci.bus_id, index|GPU-b",
                "pci.bus_id, index|00000000:02:00.0",
                "gpu_bus_id, index|00000000:02:00.0",
                "index|1"
            })
    void tellsGpusApartByWhatTheLogHas(String columns, String second) throws IOException {
        StringBuilder text = new StringBuilder("timestamp, " + columns + ", power.draw\n");
        for (int gpu = 0; gpu < 2; gpu++) {
            text.append("2024/07/17 02:44:27.357");
            for (String column : columns.split(", ")) {
                String id = column.endsWith("uuid")
                        ? List.of("GPU-a", "GPU-b").get(gpu)
                        : column.endsWith("bus_id") ? "00000000:0" + (gpu + 1) + ":00.0" : Integer.toString(gpu);
                text.append(", ").append(id);
            }
            text.append(", 7").append(gpu).append('\n');
        }

        SmiLog log = read(text.toString(), "UTC");

        assertThat(log.gpus()).hasSize(2);
        assertThat(log.gpus().get(1).key()).isEqualTo(second);
        assertThat(log.duplicates() + log.sameTime()).isZero();
    }

    @Test
    void readsWindowsLineEndsAByteOrderMarkAndALastLineWithoutEnd() throws IOException {
        SmiLog log = read(
                "\uFEFFtimestamp, power.draw [W]\r\n2023/07/08 19:28:27.236, 46.19 W\r\n2023/07/08 19:28:28.236, 47.19 W",
                "UTC");

        assertThat(only(log).size()).isEqualTo(2);
        assertThat(only(log).watts(1)).isEqualTo(47.19);
        assertThat(log.malformed()).isZero();
    }

    @Test
    void countsWhatIsNoRowAndShowsTheFirstOfThem() throws IOException {
        SmiLog log = read(
                HEADER + "2023/07/08 19:28:27.236, 46.19 W\nUnable to determine the device handle\n2023/07/08 19:28\n"
                        + "2023/13/08 19:28:27.236, 46.19 W\n\n" + HEADER + "2023/07/08 19:28:29.236, 48 W\n",
                "UTC");

        assertThat(log.rows()).isEqualTo(2);
        assertThat(log.malformed()).isEqualTo(3);
        assertThat(log.examples()).hasSize(3);
        assertThat(log.examples().get(0)).contains("line 3", "Unable to determine");
    }

    @Test
    void dropsARepeatedRowAndOfTwoAtOneTimeKeepsTheLast() throws IOException {
        SmiLog log = read(
                HEADER + "2023/07/08 19:28:27.236, 46 W\n2023/07/08 19:28:27.236, 46 W\n"
                        + "2023/07/08 19:28:28.236, 47 W\n2023/07/08 19:28:28.236, 48 W\n"
                        + "2023/07/08 19:28:28.236, [N/A]\n",
                "UTC");

        assertThat(log.duplicates()).isEqualTo(1);
        assertThat(log.sameTime()).isEqualTo(2);
        assertThat(only(log).size()).isEqualTo(2);
        assertThat(only(log).watts(1)).isEqualTo(48);
    }

    @Test
    void bringsRowsThatCameLateIntoTheOrderOfTime() throws IOException {
        SmiLog log = read(
                HEADER + "2023/07/08 19:28:27.000, 1 W\n2023/07/08 19:28:29.000, 3 W\n2023/07/08 19:28:28.000, 2 W\n"
                        + "2023/07/08 19:28:29.000, 3 W\n2023/07/08 19:28:30.000, 4 W\n",
                "UTC");

        assertThat(log.outOfOrder()).isEqualTo(1);
        assertThat(log.duplicates()).isEqualTo(1);
        PowerSeries series = only(log);
        assertThat(series.size()).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            assertThat(series.watts(i)).isEqualTo(i + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/London, 2023/07/08 19:28:27.236, 2023-07-08T18:28:27.236Z",
        "Europe/London, 2023/01/08 19:28:27.236, 2023-01-08T19:28:27.236Z",
        "America/Los_Angeles, 2024/07/17 02:44:27.357, 2024-07-17T09:44:27.357Z",
        "Asia/Kolkata, 2024/07/17 02:44:27.357, 2024-07-16T21:14:27.357Z",
        "UTC, 2024/02/29 23:59:59.999, 2024-02-29T23:59:59.999Z",
        "UTC, 2024-02-29T23:59:59, 2024-02-29T23:59:59Z"
    })
    void convertsLocalTime(String zone, String stamp, String utc) throws IOException {
        SmiLog log = read(HEADER + stamp + ", 1 W\n", zone);

        assertThat(only(log).timeMs(0)).isEqualTo(Instant.parse(utc).toEpochMilli());
        assertThat(log.utc()).isTrue();
    }

    @Test
    void goesOnThroughTheHourThatLocalTimeHasTwice() throws IOException {
        SmiLog log = read(
                HEADER + "2023/10/29 01:58:00.000, 1 W\n2023/10/29 01:59:59.000, 2 W\n2023/10/29 01:00:00.000, 3 W\n"
                        + "2023/10/29 01:59:00.000, 4 W\n2023/10/29 02:00:00.000, 5 W\n",
                "Europe/London");

        PowerSeries series = only(log);
        assertThat(log.folds()).isEqualTo(1);
        assertThat(log.ambiguousHour()).isTrue();
        assertThat(series.timeMs(0))
                .isEqualTo(Instant.parse("2023-10-29T00:58:00Z").toEpochMilli());
        assertThat(series.timeMs(2))
                .isEqualTo(Instant.parse("2023-10-29T01:00:00Z").toEpochMilli());
        assertThat(series.timeMs(4))
                .isEqualTo(Instant.parse("2023-10-29T02:00:00Z").toEpochMilli());
        assertThat(log.outOfOrder()).isZero();
    }

    @Test
    void takesTheHourOutWithoutAZoneToo() throws IOException {
        SmiLog log = read(
                HEADER + "2023/10/29 01:59:59.000, 2 W\n2023/10/29 01:00:00.000, 3 W\n2023/10/29 01:00:01.000, 3 W\n",
                null);

        PowerSeries series = only(log);
        assertThat(series.timeMs(1) - series.timeMs(0)).isEqualTo(1000);
        assertThat(log.folds()).isEqualTo(1);
        assertThat(log.utc()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023/07/08 19:28:27.236, 46.19 W|timestamp",
                "timestamp, utilization.gpu [%]|no power column",
                "nothing at all|timestamp"
            })
    void saysWhatIsWrongWithAFileThatIsNoLog(String firstLine, String words) {
        assertThatThrownBy(() -> read(firstLine + "\n1, 2\n", "UTC"))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("test.csv")
                .hasMessageContaining(words);
    }

    @Test
    void recognisesPowerShellsEncoding() {
        byte[] bytes = (HEADER + "2023/07/08 19:28:27.236, 1 W\n").getBytes(StandardCharsets.UTF_16LE);
        byte[] marked = new byte[bytes.length + 2];
        marked[0] = (byte) 0xff;
        marked[1] = (byte) 0xfe;
        System.arraycopy(bytes, 0, marked, 2, bytes.length);

        assertThatThrownBy(() ->
                        SmiReader.read("test.csv", new ByteArrayInputStream(marked), null, List.of(), Long.MAX_VALUE))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("UTF-16");
    }

    @Test
    void aFileThatIsNoTextDoesNotReachTheTerminalAsItIs(@TempDir Path folder) throws IOException {
        Path file =
                Files.write(folder.resolve("log.csv"), new byte[] {27, '[', '3', '1', 'm', 7, 0, 'x', '\n', 'y', '\n'});

        assertThatThrownBy(() -> SmiReader.read(file, null, List.of()))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("expected the header")
                .hasMessageContaining("got '?[31m??x'");
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> SmiReader.read(folder.resolve("none.csv"), null, List.of()))
                .hasMessageEndingWith("none.csv: cannot be read: there is no such file or folder");
    }
}
