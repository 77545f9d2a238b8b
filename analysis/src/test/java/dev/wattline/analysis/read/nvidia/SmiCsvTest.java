package dev.wattline.analysis.read.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.PowerSeries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmiCsvTest {
    private static final String HEADER = "timestamp, power.draw [W]\n";

    private static PowerLog read(String text, @Nullable String zone) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ZoneId id = zone == null ? null : ZoneId.of(zone);
        return SmiCsv.parse("test.csv", new ByteArrayInputStream(bytes), LogInput.Options.all(id));
    }

    private static PowerSeries only(PowerLog log) {
        return Objects.requireNonNull(log.devices().get(0).series("power.draw"));
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
        PowerLog log = read(HEADER + "2023/07/08 19:28:27.236, " + cell + "\n", "UTC");

        assertThat(only(log).milliwatts(0)).isEqualTo(milliwatts);
        assertThat(log.counts().missing()).isEmpty();
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
        PowerLog log = read(
                HEADER + "2023/07/08 19:28:27.236, 50.00 W\n2023/07/08 19:28:28.236, " + cell
                        + "\n2023/07/08 19:28:29.236, 51.00 W\n",
                "UTC");

        assertThat(log.counts().missing()).containsExactlyEntriesOf(java.util.Map.of(cell, 1L));
        assertThat(only(log).size()).isEqualTo(2);
        assertThat(log.counts().rows()).isEqualTo(3);
    }

    @Test
    void countsAnEmptyCell() throws IOException {
        PowerLog log = read(HEADER + "2023/07/08 19:28:27.236, 1 W\n2023/07/08 19:28:27.336,\n", "UTC");

        assertThat(log.counts().missing()).containsEntry("(empty)", 1L);
    }

    @Test
    void tellsGpusApartByTheBestKeyInTheHeader() throws IOException {
        PowerLog log = read("""
                timestamp, index, uuid, name, pci.bus_id, power.draw [W], utilization.gpu [%]
                2024/07/17 02:44:27.357, 0, GPU-a, NVIDIA A100, 00000000:01:00.0, 72.08 W, 3 %
                2024/07/17 02:44:27.357, 1, GPU-b, NVIDIA H100, 00000000:02:00.0, 71.75 W, 5 %
                2024/07/17 02:44:28.357, 0, GPU-a, NVIDIA A100, 00000000:01:00.0, 73.08 W, 7 %
                """, "UTC");

        assertThat(log.devices()).extracting(DeviceLog::key).containsExactly("GPU-a", "GPU-b");
        assertThat(log.devices()).extracting(DeviceLog::name).containsExactly("NVIDIA A100", "NVIDIA H100");
        assertThat(log.devices()).extracting(DeviceLog::index).containsExactly(0, 1);
        assertThat(log.devices().get(0).changes("power.draw")).isEqualTo(1);
        assertThat(log.devices().get(0).utilisation().range()).isEqualTo(4);
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

        PowerLog log = read(text.toString(), "UTC");

        assertThat(log.devices()).hasSize(2);
        assertThat(log.devices().get(1).key()).isEqualTo(second);
        assertThat(log.counts().duplicates() + log.counts().sameTime()).isZero();
    }

    @Test
    void readsWindowsLineEndsAByteOrderMarkAndALastLineWithoutEnd() throws IOException {
        PowerLog log = read(
                "\uFEFFtimestamp, power.draw [W]\r\n2023/07/08 19:28:27.236, 46.19 W\r\n2023/07/08 19:28:28.236, 47.19 W",
                "UTC");

        assertThat(only(log).size()).isEqualTo(2);
        assertThat(only(log).watts(1)).isEqualTo(47.19);
        assertThat(log.counts().malformed()).isZero();
    }

    @Test
    void countsWhatIsNoRowAndShowsTheFirstOfThem() throws IOException {
        PowerLog log = read(
                HEADER + "2023/07/08 19:28:27.236, 46.19 W\nUnable to determine the device handle\n2023/07/08 19:28\n"
                        + "2023/13/08 19:28:27.236, 46.19 W\n\n" + HEADER + "2023/07/08 19:28:29.236, 48 W\n",
                "UTC");

        assertThat(log.counts().rows()).isEqualTo(2);
        assertThat(log.counts().malformed()).isEqualTo(3);
        assertThat(log.counts().examples()).hasSize(3);
        assertThat(log.counts().examples().get(0)).contains("line 3", "Unable to determine");
    }

    @Test
    void dropsARepeatedRowAndOfTwoAtOneTimeKeepsTheLast() throws IOException {
        PowerLog log = read(
                HEADER + "2023/07/08 19:28:27.236, 46 W\n2023/07/08 19:28:27.236, 46 W\n"
                        + "2023/07/08 19:28:28.236, 47 W\n2023/07/08 19:28:28.236, 48 W\n"
                        + "2023/07/08 19:28:28.236, [N/A]\n",
                "UTC");

        assertThat(log.counts().duplicates()).isEqualTo(1);
        assertThat(log.counts().sameTime()).isEqualTo(2);
        assertThat(only(log).size()).isEqualTo(2);
        assertThat(only(log).watts(1)).isEqualTo(48);
    }

    @Test
    void bringsRowsThatCameLateIntoTheOrderOfTime() throws IOException {
        PowerLog log = read(
                HEADER + "2023/07/08 19:28:27.000, 1 W\n2023/07/08 19:28:29.000, 3 W\n2023/07/08 19:28:28.000, 2 W\n"
                        + "2023/07/08 19:28:29.000, 3 W\n2023/07/08 19:28:30.000, 4 W\n",
                "UTC");

        assertThat(log.counts().outOfOrder()).isEqualTo(1);
        assertThat(log.counts().duplicates()).isEqualTo(1);
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
        PowerLog log = read(HEADER + stamp + ", 1 W\n", zone);

        assertThat(only(log).timeMs(0)).isEqualTo(Instant.parse(utc).toEpochMilli());
        assertThat(log.clock().utc()).isTrue();
    }

    @Test
    void goesOnThroughTheHourThatLocalTimeHasTwice() throws IOException {
        PowerLog log = read(
                HEADER + "2023/10/29 01:58:00.000, 1 W\n2023/10/29 01:59:59.000, 2 W\n2023/10/29 01:00:00.000, 3 W\n"
                        + "2023/10/29 01:59:00.000, 4 W\n2023/10/29 02:00:00.000, 5 W\n",
                "Europe/London");

        PowerSeries series = only(log);
        assertThat(log.clock().folds()).isEqualTo(1);
        assertThat(log.clock().ambiguousHour()).isTrue();
        assertThat(series.timeMs(0))
                .isEqualTo(Instant.parse("2023-10-29T00:58:00Z").toEpochMilli());
        assertThat(series.timeMs(2))
                .isEqualTo(Instant.parse("2023-10-29T01:00:00Z").toEpochMilli());
        assertThat(series.timeMs(4))
                .isEqualTo(Instant.parse("2023-10-29T02:00:00Z").toEpochMilli());
        assertThat(log.counts().outOfOrder()).isZero();
    }

    @Test
    void takesTheHourOutWithoutAZoneToo() throws IOException {
        PowerLog log = read(
                HEADER + "2023/10/29 01:59:59.000, 2 W\n2023/10/29 01:00:00.000, 3 W\n2023/10/29 01:00:01.000, 3 W\n",
                null);

        PowerSeries series = only(log);
        assertThat(series.timeMs(1) - series.timeMs(0)).isEqualTo(1000);
        assertThat(log.clock().folds()).isEqualTo(1);
        assertThat(log.clock().utc()).isFalse();
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
}
