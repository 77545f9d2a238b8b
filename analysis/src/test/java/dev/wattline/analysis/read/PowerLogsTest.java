package dev.wattline.analysis.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each form that people have, recognised by what it holds and read with the right watts, times, devices and scope. */
class PowerLogsTest {
    @TempDir
    private Path folder;

    private PowerLog read(String text, String... columns) throws IOException {
        return PowerLogs.read(
                Files.writeString(folder.resolve("log"), text),
                LogInput.Options.all(null).withColumns(List.of(columns)));
    }

    private static PowerSeries series(PowerLog log, int device, String field) {
        return Objects.requireNonNull(log.devices().get(device).series(field), field);
    }

    private static Instant at(PowerSeries series, int reading) {
        return Instant.ofEpochMilli(series.timeMs(reading));
    }

    /** Real logs: file, form, scope, devices, readings of the first, its first reading in mW, and whether times are UTC. */
    @ParameterizedTest
    @CsvSource({
        "01_epoch_wide_GPU0_GPU1.csv, table of power, GPU, 2, power.draw, 199975, true",
        "02_ipmi_nodes_wide.csv, table of power, NODE, 2, node.power, 2492000, false",
        "04_tegrastats_orin_nano.log, tegrastats, MODULE, 1, VDD_IN, 5542, false",
        "06_smi_units_constant.csv, nvidia-smi CSV, GPU, 1, power.draw, 46190, false",
        "09_ns_epoch_power.csv, table of power, GPU, 1, power.draw, 13220, true",
        "10_mllog_node_power.txt, MLPerf Training node power, NODE, 1, power_reading, 2844000, true",
        "11_smi_table.log, nvidia-smi's table, GPU, 2, power.draw, 29000, false",
        "12_smi_units_1Hz.csv, nvidia-smi CSV, GPU, 1, power.draw, 20130, false",
        "14_iso_utc_power_draw_W.csv, table of power, GPU, 1, power.draw, 5200, true",
        "15_nanogpt_power_W_8gpu.csv, table of power, GPU, 2, power.draw, 387260, true",
        "16_flame_20Hz.csv, nvidia-smi CSV, GPU, 1, power.draw, 22890, false",
        "18_dmon_DT.log, nvidia-smi dmon, GPU, 1, power.draw, 54000, false",
        "21_smi_noheader_units.csv, nvidia-smi CSV, GPU, 2, power.draw, 62130, false",
        "22_smi_q_d_POWER.log, nvidia-smi -q, GPU, 1, power.draw.average, 13440, false",
        "23_h100_vllm_units.csv, nvidia-smi CSV, GPU, 2, power.draw, 154880, false",
        "24_shell_stamped_iso_ns.csv, nvidia-smi CSV, GPU, 1, power.draw, 41200, true",
        "25_pandas_power_w.csv, table of power, GPU, 1, power.draw, 61100, false",
        "27_name_only_8gpu.csv, nvidia-smi CSV, GPU, 8, power.draw, 100130, false",
        "28_utf16_powershell.csv, nvidia-smi CSV, GPU, 1, power.draw, 33090, false",
        "29_semicolon_locale.csv, nvidia-smi CSV, GPU, 1, power.draw, 33090, false",
        "30_name_no_key.csv, nvidia-smi CSV, GPU, 1, power.draw, 20130, false",
        "30_name_with_index.csv, nvidia-smi CSV, GPU, 1, power.draw, 20130, false"
    })
    void whatPeopleHaveIsRead(
            String file, String form, Scope scope, int devices, String field, int milliwatts, boolean utc) {
        PowerLog log = PowerLogs.read(SharedData.orSkip("telemetry/" + file), LogInput.Options.all(null));

        assertThat(log.origin().form()).isEqualTo(form);
        assertThat(log.origin().scope()).isEqualTo(scope);
        assertThat(log.devices()).hasSize(devices);
        assertThat(series(log, 0, field).milliwatts(0)).isEqualTo(milliwatts);
        assertThat(log.clock().utc()).isEqualTo(utc);
        // Two of the files end within a row.
        assertThat(log.counts().malformed())
                .as(() -> log.counts().examples().toString())
                .isEqualTo(file.matches("2[89]_.*") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "03_jetson_power_w.csv, no GPU draws",
        "07_samples_without_time.csv, have no time",
        "08_job_output.txt, have no time",
        "17_dmon_no_time.log, have no time",
        "19_dcgmi_dmon.log, have no time",
        "26_codecarbon_emissions.csv, a row a run"
    })
    void whatIsNoPowerOverTimeIsRefusedWithTheReason(String file, String reason) {
        Path log = SharedData.orSkip("telemetry/" + file);

        assertThatThrownBy(() -> PowerLogs.read(log, LogInput.Options.all(null)))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(reason);
    }

    @Test
    void cardsOfOneNameAreToldApartByTheirOrderWithinARound() {
        PowerLog log = PowerLogs.read(SharedData.orSkip("telemetry/27_name_only_8gpu.csv"), LogInput.Options.all(null));

        PowerSeries first = series(log, 0, "power.draw");
        for (int card = 1; card < 8; card++) {
            PowerSeries series = series(log, card, "power.draw");
            assertThat(series.size()).isEqualTo(first.size());
            for (int i = 0; i < series.size(); i++) {
                // The log was made so: card k reads 5 k W more than the first, up to 1 W of noise.
                assertThat(series.watts(i) - first.watts(i)).isBetween(5.0 * card - 1, 5.0 * card + 1);
            }
        }
        assertThat(log.devices()).extracting(DeviceLog::name).containsOnly("NVIDIA H100 80GB HBM3");
        assertThat(log.origin().notes()).anyMatch(note -> note.contains("order"));
    }

    @Test
    void roundsOfOtherSizesAreRefused() {
        StringBuilder text = new StringBuilder("timestamp, name, power.draw [W]\n");
        for (int round = 0; round < 20; round++) {
            for (int card = 0; card < (round == 7 ? 3 : 4); card++) {
                text.append(
                        String.format("2025/09/24 03:48:%02d.00%d, NVIDIA L4, %d.00 W\n", round, card, 30 + 5 * card));
            }
        }

        assertThatThrownBy(() -> read(text.toString()))
                .hasMessageContaining("1 of the rounds")
                .hasMessageContaining("cannot be told");
    }

    @Test
    void cardsWithoutAnyKeyAreNotMixedIntoOne() throws IOException {
        StringBuilder text = new StringBuilder("timestamp, power.draw [W]\n");
        for (int round = 0; round < 20; round++) {
            text.append(String.format("2025/09/24 03:48:%02d.000, 50.00 W\n", round));
            text.append(String.format("2025/09/24 03:48:%02d.002, 90.00 W\n", round));
        }

        PowerLog log = read(text.toString());

        assertThat(log.devices()).hasSize(2);
        assertThat(series(log, 1, "power.draw").milliwatts(19)).isEqualTo(90_000);
    }

    @Test
    void cardsOfDifferentNamesThatTakeTurnsAreToldApartByThem() throws IOException {
        PowerLog log = read("""
                timestamp, name, power.draw [W]
                2025/09/24 03:48:00.000, NVIDIA L4, 30 W
                2025/09/24 03:48:00.500, NVIDIA A10, 60 W
                2025/09/24 03:48:01.000, NVIDIA L4, 31 W
                2025/09/24 03:48:01.500, NVIDIA A10, 61 W
                """);

        assertThat(log.devices()).extracting(DeviceLog::key).containsExactly("NVIDIA L4", "NVIDIA A10");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2025-09-24T03:48:33.493Z|2025-09-24T03:48:33.493Z|true",
                "2025-09-24T05:48:33.493+02:00|2025-09-24T03:48:33.493Z|true",
                "2025-09-24 03:48:33.493123+0000|2025-09-24T03:48:33.493Z|true",
                "2025-09-24 03:48:33 UTC|2025-09-24T03:48:33Z|true",
                "1758685713|2025-09-24T03:48:33Z|true",
                "1758685713.493|2025-09-24T03:48:33.493Z|true",
                "1758685713493|2025-09-24T03:48:33.493Z|true",
                "1758685713493000|2025-09-24T03:48:33.493Z|true",
                "1758685713493000123|2025-09-24T03:48:33.493Z|true",
                "2025/09/24 03:48:33.493|2025-09-24T03:48:33.493Z|false",
                "24.09.2025 03:48:33|2025-09-24T03:48:33Z|false",
                "09-24-2025 03:48:33|2025-09-24T03:48:33Z|false",
                "24/09/2025 03:48:33|2025-09-24T03:48:33Z|false",
                "09/24/2025 03:48:33 PM|2025-09-24T15:48:33Z|false",
                "20250924 03:48:33|2025-09-24T03:48:33Z|false",
                "Wed Sep 24 03:48:33 2025|2025-09-24T03:48:33Z|false",
                "Wed Sep 24 03:48:33 UTC 2025|2025-09-24T03:48:33Z|true",
                "Wed, 24 Sep 2025 05:48:33 +0200|2025-09-24T03:48:33Z|true"
            })
    void timesInEveryForm(String time, String utc, boolean zoned) throws IOException {
        PowerLog log = read("timestamp;power_w\n" + time + ";61,5\n");

        PowerSeries series = series(log, 0, "power.draw");
        assertThat(at(series, 0)).isEqualTo(Instant.parse(utc));
        assertThat(series.milliwatts(0)).isEqualTo(61_500);
        assertThat(log.clock().own()).isEqualTo(zoned);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Power Draw (W)|61.5|61500",
                "power_W|61.5|61500",
                "power_draw_W|61.5 W|61500",
                "gpu_power_mw|61500|61500",
                "Power (kW)|0.0615|61500",
                "watts|61.5|61500",
                "GPU Power [W]|61.5|61500",
                "power.draw [W]|61.5 W|61500"
            })
    void powerByEveryName(String name, String cell, int milliwatts) throws IOException {
        PowerLog log = read("time," + name + ",power.limit [W]\n2025-09-24T03:48:33Z," + cell + ",300\n");

        assertThat(log.fields()).containsExactly("power.draw");
        assertThat(series(log, 0, "power.draw").milliwatts(0)).isEqualTo(milliwatts);
        assertThat(log.origin().scope()).isEqualTo(Scope.GPU);
    }

    @Test
    void aTableOfSeveralScopesKeepsThemApart() throws IOException {
        PowerLog log = read("""
                timestamp,gpu_power_w,cpu_power_w,system_power_w
                1758685713,300,90,520
                1758685714,310,91,530
                """);

        assertThat(log.origin().scope()).isEqualTo(Scope.GPU);
        assertThat(series(log, 0, "power.draw").milliwatts(1)).isEqualTo(310_000);
        assertThat(log.origin().notes()).anyMatch(note -> note.contains("cpu_power_w, system_power_w"));
    }

    /** A header and a row, the form's scope, the fields. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Timestamp, DeviceId, GPU Power (W)/06:14:46.001, 0, 118.12|GPU|power.draw",
                "Date,Time,CPU Package Power [W],GPU Power [W]/24.9.2025,3:48:33.1,61.2,300.1|GPU|power.draw",
                "Date , GPU Clock [MHz] , Board Power Draw [W] , Power Consumption (%)/2025-09-24 03:48:33 , 1 , 300 , 40|GPU|board.power.draw",
                "_timestamp,system/gpu.0.powerWatts,system/gpu.0.powerPercent/1758685713.2,300,40|GPU|power.draw",
                "time,gpuPower,gpuPowerLimit/1758685713.2,300,400|GPU|power.draw",
                "timestamp,node,power_w/1758685713,n01,2500|NODE|node.power",
                "time,volts,amps,watts/1758685713,230,4,900|NODE|node.power",
                "timestamp,PowerConsumedWatts/1758685713,900|NODE|node.power",
                "timestamp,cpu_power_w/1758685713,90|PACKAGE|package.power",
                "time,uptime,jetson_clocks,Power VDD_GPU_SOC,Power TOT/2025-09-24 03:48:33,1,OFF,1594,5542|MODULE|TOT",
                "elapsed_s,power_w/0.5,90|GPU|power.draw",
                "date time   gpu_power/2025-09-24 03:48:33   120.5|GPU|power.draw"
            })
    void whatAnotherToolsColumnsAre(String lines, Scope scope, String field) throws IOException {
        PowerLog log = read(lines.replaceFirst("/(?=\\d)", "\n") + "\n");

        assertThat(log.origin().scope()).isEqualTo(scope);
        assertThat(log.fields().get(0)).isEqualTo(field);
        assertThat(log.counts().rows()).isEqualTo(1);
        assertThat(log.counts().malformed()).isZero();
        assertThat(log.counts().missing()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"power.draw [W]\n62.13 W\n63.10 W\n", "62.13 W\n63.10 W\n", "62.13\n63.10\n"})
    void wattsAloneHaveNoTime(String text) {
        assertThatThrownBy(() -> read(text)).hasMessageContaining("have no time");
    }

    @Test
    void aWideTableHasADeviceAColumn() throws IOException {
        PowerLog log = read("""
                time,gpu0_power_w,gpu0_util,gpu1_power_w,gpu1_util
                1758685713,300,99,310,98
                1758685714,301,99,311,98
                """);

        assertThat(log.devices()).extracting(DeviceLog::index).containsExactly(0, 1);
        assertThat(series(log, 1, "power.draw").milliwatts(1)).isEqualTo(311_000);
    }

    @Test
    void columnsCanBeNamedWhereThereIsNoHeader() throws IOException {
        String rows = "2024/03/11 10:15:01.123, 0, 62.13, 300.00\n2024/03/11 10:15:02.123, 0, 162.13, 300.00\n";

        assertThatThrownBy(() -> read(rows)).isInstanceOf(AnalysisInputException.class);
        PowerLog log = read(rows, "timestamp", "index", "power.draw", "power.limit");

        assertThat(log.fields()).containsExactly("power.draw");
        assertThat(series(log, 0, "power.draw").milliwatts(1)).isEqualTo(162_130);
    }

    @Test
    void dcgmiWithTimesBeforeItsLinesIsReadWithItsCounter() throws IOException {
        PowerLog log = read("""
                2025-09-24T03:48:33.000+0000 #Entity   POWER    TOTEC     SMCLK
                2025-09-24T03:48:33.000+0000 ID         W        mJ       MHz
                2025-09-24T03:48:33.000+0000 GPU 0     120.5    4294900000  1410
                2025-09-24T03:48:33.000+0000 GPU 1     130.5    2000      N/A
                2025-09-24T03:48:34.000+0000 GPU 0     121.5    52704     1410
                2025-09-24T03:48:34.000+0000 GPU 1     131.5    133000    1400
                2025-09-24T03:48:35.000+0000 GPU 0     121.5    172704    1410
                2025-09-24T03:48:35.000+0000 GPU 1     131.5    100       1400
                """);

        assertThat(log.origin().counters()).containsExactly("energy.counter");
        PowerSeries wrapped = series(log, 0, "energy.counter");
        assertThat(wrapped.size()).isEqualTo(2);
        assertThat(wrapped.watts(0)).isEqualTo(120); // over 2^32 mJ
        assertThat(wrapped.watts(1)).isEqualTo(120);
        PowerSeries restarted = series(log, 1, "energy.counter");
        assertThat(restarted.size()).isEqualTo(1);
        assertThat(restarted.watts(0)).isEqualTo(131);
        assertThat(log.origin().notes()).anyMatch(note -> note.contains("started anew 1 times"));
        assertThat(series(log, 1, "power.draw").watts(2)).isEqualTo(131.5);
    }

    @Test
    void amdSmiWatchedIsReadByItsColumns() throws IOException {
        PowerLog log = read("""
                'CTRL' + 'C' to stop watching output:
                timestamp,gpu,socket_power,gfx_voltage,total_energy_consumption
                1758685713,0,94,N/A,20909145.914
                1758685713,1,95,N/A,100.0

                timestamp,gpu,socket_power,gfx_voltage,total_energy_consumption
                1758685714,0,96,N/A,20909240.914
                1758685714,1,N/A,N/A,197.0
                """);

        assertThat(log.origin().form()).isEqualTo("amd-smi or rocm-smi CSV");
        assertThat(log.devices()).hasSize(2);
        assertThat(series(log, 0, "socket.power").watts(1)).isEqualTo(96);
        assertThat(series(log, 0, "energy.counter").watts(0)).isEqualTo(95);
        assertThat(log.counts().missing()).containsEntry("N/A", 1L);
        assertThat(log.counts().malformed()).isZero();
    }

    @Test
    void rocmSmiHasNoTimeUnlessSomebodyAddsOne() throws IOException {
        assertThatThrownBy(() -> read("device,Average Graphics Package Power (W)\ncard0,94.0\n"))
                .hasMessageContaining("have no time");

        PowerLog log =
                read("time,device,Average Graphics Package Power (W)\n1758685713,card0,94.0\n1758685714,card0,95.0\n");

        assertThat(log.origin().scope()).isEqualTo(Scope.GPU);
        assertThat(log.devices().get(0).index()).isZero();
    }

    @Test
    void ipmitoolsReadingsAreTheNodes() throws IOException {
        String block = """

                    Instantaneous power reading:                   %d Watts
                    Minimum during sampling period:                180 Watts
                    Maximum during sampling period:                950 Watts
                    IPMI timestamp:                           Tue Sep 12 10:51:%02d 2023
                    Sampling period:                          00000001 Seconds.
                    Power reading state is:                   activated
                """;
        PowerLog log = read(String.format(block, 520, 20) + String.format(block, 530, 25));

        assertThat(log.origin().scope()).isEqualTo(Scope.NODE);
        PowerSeries series = series(log, 0, "node.power");
        assertThat(series.milliwatts(1)).isEqualTo(530_000);
        assertThat(at(series, 1)).isEqualTo(Instant.parse("2023-09-12T10:51:25Z"));
    }

    @Test
    void tegrastatsBeforeJetPack5HasNoTimesAndNoUnits() throws IOException {
        String line = "RAM 1903/7771MB (lfb 2x1MB) SWAP 0/3885MB CPU [10%@345,off] EMC_FREQ 0% GR3D_FREQ 7%"
                + " POM_5V_IN 3126/3126 POM_5V_GPU 80/80 POM_5V_CPU 360/360\n";
        assertThatThrownBy(() -> read(line)).hasMessageContaining("have no time");

        PowerLog log = read("2025-09-24T03:48:33Z " + line + "2025-09-24T03:48:34Z " + line);

        assertThat(log.fields()).containsExactly("POM_5V_IN", "POM_5V_GPU", "POM_5V_CPU");
        assertThat(series(log, 0, "POM_5V_IN").milliwatts(1)).isEqualTo(3126);
    }

    @Test
    void theQueryOfTheModuleIsNotTheGpus() throws IOException {
        String block = """
                ==============NVSMI LOG==============

                Timestamp                                 : Wed Feb  4 22:19:2%d 2026
                Attached GPUs                             : 1
                GPU 00000009:01:00.0
                    Product Name                          : NVIDIA GH200 480GB
                    GPU Power Readings
                        Power Draw                        : %d.50 W
                        Current Power Limit               : 700.00 W
                    Module Power Readings
                        Power Draw                        : 555.00 W
                """;
        PowerLog log = read(String.format(block, 1, 101) + String.format(block, 2, 102));

        PowerSeries series = series(log, 0, "power.draw");
        assertThat(series.size()).isEqualTo(2);
        assertThat(series.milliwatts(1)).isEqualTo(102_500);
        assertThat(log.devices().get(0).name()).isEqualTo("NVIDIA GH200 480GB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void powerShellsEncodingIsUndone(String charset) throws IOException {
        String text = "\uFEFFtimestamp, index, power.draw [W]\r\n2024/03/11 10:15:01.123, 0, 62.13 W\r\n";
        Path log = Files.write(folder.resolve("log"), text.getBytes(Charset.forName(charset)));

        PowerLog read = PowerLogs.read(log, LogInput.Options.all(null));

        assertThat(series(read, 0, "power.draw").milliwatts(0)).isEqualTo(62_130);
    }

    @Test
    void gzipIsUndone() throws IOException {
        Path log = folder.resolve("log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
            out.write("timestamp, index, power.draw [W]\n2024/03/11 10:15:01.123, 0, 62.13 W\n"
                    .getBytes(StandardCharsets.UTF_8));
        }

        assertThat(series(PowerLogs.read(log, LogInput.Options.all(null)), 0, "power.draw")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aFileThatIsNoTextDoesNotReachTheTerminalAsItIs() throws IOException {
        Path file =
                Files.write(folder.resolve("log.csv"), new byte[] {27, '[', '3', '1', 'm', 7, 0, 'x', '\n', 'y', '\n'});

        assertThatThrownBy(() -> PowerLogs.read(file, LogInput.Options.all(null)))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("begins with '?[31m??x'");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PowerLogs.read(folder.resolve("none.csv"), LogInput.Options.all(null)))
                .hasMessageEndingWith("none.csv: cannot be read: there is no such file or folder");
    }

    @Test
    void cardsThatNothingTellsApartAndThatArePolledTooFastToShowRoundsAreRefused() {
        StringBuilder rows = new StringBuilder("timestamp, power.draw [W]\n");
        for (int i = 0; i < 800; i++) {
            // Four cards in turn, a row every 5 ms: no pause shows where a round begins.
            rows.append(String.format(
                    Locale.ROOT,
                    "2024/07/17 09:44:%02d.%03d, %.2f W%n",
                    i * 5 / 1000,
                    i * 5 % 1000,
                    100 + 50 * (i % 4) + 0.01 * Math.floorDiv(i, 40)));
        }

        assertThatThrownBy(() -> read(rows.toString()))
                .isInstanceOf(AnalysisInputException.class)
                .hasMessageContaining("several cards");
    }
}
