package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.testing.Chromium;
import dev.wattline.testing.ChromiumPage;
import dev.wattline.testing.ChromiumPage.Paper;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much paper the report of a long session takes. That of the demo is printed in {@code DemoIT}. */
@ResourceLock(Resources.SYSTEM_OUT)
class ReportSheetsIT {
    private static final int GPUS = 8;

    // The browser's helpers may still write to their profile while they end.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    /** A recorded session of eleven minutes, beside it eight GPUs that take four fifths of the wall's power. */
    @ParameterizedTest
    @EnumSource(Paper.class)
    void elevenMinutesWithEightGpusTakeSixSheets(Paper paper) throws IOException, InterruptedException {
        Chromium chromium = Chromium.orSkip(folder);
        Path session = SharedData.orSkip("corpus/modernised/base1");
        Path html = folder.resolve("report.html");
        CapturedStreams.Outcome outcome = CapturedStreams.run(
                "report",
                session.toString(),
                "--smi",
                telemetry(session.resolve("run_1/spl.txt")).toString(),
                "--out",
                html.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();

        try (ChromiumPage page = chromium.open(html.toUri().toString(), 1200, 900)) {
            assertThat(page.text("document.querySelectorAll('table').length")).isNotEqualTo("0");
            assertThat(page.sheets(paper)).isBetween(3L, 6L);
        }
    }

    private Path telemetry(Path spl) throws IOException {
        DateTimeFormatter wall = DateTimeFormatter.ofPattern("MM-dd-yyyy HH:mm:ss.SSS", Locale.ROOT);
        DateTimeFormatter smi = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT);
        StringBuilder csv =
                new StringBuilder("timestamp, index, uuid, name, power.draw.average [W], power.draw.instant [W]\n");
        for (String line : Files.readAllLines(spl)) {
            List<String> cells = List.of(line.split(","));
            LocalDateTime time = LocalDateTime.parse(cells.get(1), wall);
            double watts = 0.8 * Double.parseDouble(cells.get(3)) / GPUS;
            for (int gpu = 0; gpu < GPUS; gpu++) {
                double own = watts + (gpu * 37 + time.getSecond() * 11) % 7 * 0.3;
                csv.append(String.format(
                        Locale.ROOT,
                        "%s, %d, GPU-%04d, NVIDIA H100 80GB HBM3, %.2f W, %.2f W%n",
                        smi.format(time),
                        gpu,
                        gpu,
                        own,
                        own));
            }
        }
        return Files.writeString(folder.resolve("nvidia-smi.csv"), csv);
    }
}
