package dev.wattline.analysis.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.PowerSeries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of every form, cut, doubled, shuffled and with foreign bytes in them: read, or refused with a reason. */
class PowerLogsPropertyTest {
    private static final String STAMP = "2025-09-24T03:48:3";

    private static List<String> forms() {
        return List.of(
                rows("timestamp, index, power.draw [W]\n", "2025/09/24 03:48:3%1$d.123, %2$d, 6%1$d.13 W\n"),
                rows("timestamp, name, power.draw [W]\n", "2025/09/24 03:48:3%1$d.00%2$d, NVIDIA L4, 6%1$d.13 W\n"),
                rows("timestamp;power_w;util\n", STAMP + "%1$d,5+01:00;6%1$d,5;99\n"),
                rows("time,GPU0,GPU1\n", "175868571%1$d.%2$d,6%1$d,7%1$d\n"),
                rows("", "2025/09/24 03:48:3%1$d.123, %2$d, NVIDIA A10, 6%1$d.13 W, 9 %%\n"),
                rows("#Date Time gpu pwr sm\n#YYYYMMDD HH:MM:SS Idx W %\n", "20250924 03:48:3%1$d %2$d 6%1$d 99\n"),
                rows("#Entity POWER TOTEC\nID W mJ\n", STAMP + "%1$dZ GPU %2$d 6%1$d.5 %1$d00\n"),
                rows("", STAMP + "%1$dZ RAM 1/6MB CPU [1%%@1] VDD_IN 554%1$dmW/5542mW VDD_SOC 1mW/1mW\n"),
                rows("", ":::MLLOG {\"time_ms\": 175868571%1$d000, \"key\": \"power_reading\", \"value\": 28%1$d.0}\n"),
                rows("", "Instantaneous power reading: 52%1$d Watts\nIPMI timestamp: Tue Sep 12 10:51:2%1$d 2023\n"),
                rows("", "==NVSMI LOG==\nTimestamp : Wed Feb  4 22:19:2%1$d 2026\nGPU 0:1\n Power Draw : 1%1$d.4 W\n"));
    }

    private static String rows(String header, String row) {
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < 9; i++) {
            text.append(String.format(row, i, i % 2));
        }
        return text.toString();
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("forms")
    void aLogThatWasDamagedIsReadOrRefused(String text) throws IOException {
        SplittableRandom random = new SplittableRandom(text.hashCode());
        int taken = 0;
        for (int round = 0; round < 300; round++) {
            byte[] damaged = damaged(text.getBytes(StandardCharsets.UTF_8), round, random);
            Path file = Files.write(folder.resolve("log"), damaged);
            try {
                PowerLog log = PowerLogs.read(file, LogInput.Options.all(null));
                check(log);
                taken++;
            } catch (AnalysisInputException e) {
                assertThat(e.getMessage()).contains(file.toString());
            }
        }
        assertThat(taken).isPositive(); // the first round damages nothing
    }

    private static void check(PowerLog log) {
        for (DeviceLog device : log.devices()) {
            for (String field : log.fields()) {
                PowerSeries series = device.series(field);
                for (int i = 1; series != null && i < series.size(); i++) {
                    assertThat(series.timeMs(i)).isGreaterThan(series.timeMs(i - 1));
                    assertThat(series.milliwatts(i)).isNotNegative();
                }
            }
        }
    }

    private static byte[] damaged(byte[] bytes, int round, SplittableRandom random) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < round % 12; i++) {
            int at = random.nextInt(copy.length);
            switch (random.nextInt(4)) {
                case 0 -> copy[at] = (byte) random.nextInt(256);
                case 1 -> copy[at] = (byte) ",;\n \t|\"[]#:-0".charAt(random.nextInt(13));
                case 2 -> copy = java.util.Arrays.copyOf(copy, Math.max(1, at));
                default -> {
                    int length = Math.min(copy.length - at, random.nextInt(40));
                    System.arraycopy(copy, at, copy, random.nextInt(copy.length - length + 1), length);
                }
            }
        }
        return copy;
    }
}
