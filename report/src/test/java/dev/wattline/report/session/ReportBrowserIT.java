package dev.wattline.report.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.testing.Chromium;
import dev.wattline.testing.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report in a real browser, where Chromium is installed. */
class ReportBrowserIT {
    private static final Pattern CANVAS = Pattern.compile("<canvas[^>]*width=\"(\\d+)\"[^>]*height=\"(\\d+)\"");
    private static final int WALL_LIGHT = 0x1f6fd1;
    private static final int WALL_DARK = 0x6cb0ff;

    // The browser's helpers may still write to their profile while they end.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private Chromium chromium;

    @BeforeEach
    void find() {
        chromium = Chromium.orSkip(folder);
    }

    @Test
    void aReportDrawsItsPlotsWithoutErrorsAndAsksForNothing() throws IOException, InterruptedException {
        Chromium.Visit visit = chromium.visit(page(SampleReports.full("2026-03-01_10-00-00", "NVIDIA H100")));

        assertThat(visit.console()).isEmpty();
        assertThat(visit.requests()).isEmpty();
        assertThat(visit.dom())
                .contains("nvidia-smi reads 4.82 % low")
                .contains("aria-label=\"Merged trace. Arrow keys move the cursor")
                .contains("Analyzer, at the wall", "nvidia-smi, sum of the GPUs")
                .doesNotContain(">There is nothing to draw here.<");
        assertThat(CANVAS.matcher(visit.dom()).results())
                .hasSize(3)
                .allSatisfy(
                        canvas -> assertThat(Integer.parseInt(canvas.group(1))).isGreaterThan(400));
    }

    @Test
    void aReportWithoutTelemetryDrawsTheAnalyzersTraceAlone() throws IOException, InterruptedException {
        Chromium.Visit visit = chromium.visit(page(SampleReports.analyzerOnly()));

        assertThat(visit.console()).isEmpty();
        assertThat(visit.requests()).isEmpty();
        assertThat(CANVAS.matcher(visit.dom()).results()).hasSize(1);
        assertThat(visit.dom()).contains("1543.2 W on average over 80.0 s");
    }

    @Test
    void realLogsGiveAReport() throws IOException, InterruptedException {
        Path logs = SharedData.orSkip("gpu/merge_llm_avg1s");
        ReportInput input = new ReportInput(
                "merge_llm_avg1s",
                SessionAnalyzer.analyze(AnalysisRequest.of(logs.resolve("spl.txt"), logs.resolve("nvidia-smi.csv"))),
                null,
                SampleReports.BEGIN,
                "1.2.3");

        Chromium.Visit visit = chromium.visit(page(input));

        assertThat(visit.console()).isEmpty();
        assertThat(visit.requests()).isEmpty();
        assertThat(CANVAS.matcher(visit.dom()).results()).hasSize(3);
        assertThat(visit.dom()).contains("No significant error of nvidia-smi found: at most ");
    }

    @ParameterizedTest
    @CsvSource({"light, " + WALL_LIGHT + ", true", "dark, " + WALL_DARK + ", false"})
    void bothThemesShowTheTrace(String theme, int line, boolean bright) throws IOException, InterruptedException {
        String address = page(SampleReports.full("s", "NVIDIA H100")) + "#theme=" + theme;

        BufferedImage picture =
                ImageIO.read(chromium.screenshot(address, 1200, 1600).toFile());

        Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 300; y < picture.getHeight(); y++) {
                colours.add(picture.getRGB(x, y) & 0xffffff);
            }
        }
        assertThat(colours).contains(line);
        assertThat((picture.getRGB(4, 4) & 0xff) > 128).isEqualTo(bright);
    }

    /** The tests above would see an error and a request, for they see those of this page. */
    @Test
    void anErrorAndARequestWouldBeSeen() throws IOException, InterruptedException {
        Path bad = Files.writeString(
                folder.resolve("bad.html"),
                "<!DOCTYPE html><img src='http://wattline.invalid/x.png'><script>undefinedFunction()</script>");

        Chromium.Visit visit = chromium.visit(bad.toUri().toString());

        assertThat(visit.console()).anySatisfy(line -> assertThat(line).contains("undefinedFunction is not defined"));
        assertThat(visit.requests()).contains("http://wattline.invalid/x.png");
    }

    private String page(ReportInput input) {
        Path file = folder.resolve("report.html");
        SessionPage.write(file, input);
        return file.toUri().toString();
    }
}
