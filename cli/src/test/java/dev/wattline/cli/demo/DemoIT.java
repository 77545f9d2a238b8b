package dev.wattline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.PrintedFigures;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.Phase;
import dev.wattline.testing.Chromium;
import dev.wattline.testing.ChromiumPage;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo as a user starts it: real processes, from the runnable jar. Alone, because its analyzer measures the load of the
 * machine: the checks fail, as they should, where other work changes that between the two phases.
 */
@Isolated
class DemoIT {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Path JAR = MODULE.resolve("target/wattline.jar");
    private static final Pattern README_BLOCK = Pattern.compile("<!-- demo -->\\s*```text\n(.*?)```", Pattern.DOTALL);

    // The browser's helpers may still write to their profile while they end.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    void measuresAndSaysWhatTheReadmeShows() throws Exception {
        Path output = folder.resolve("output.txt");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "demo",
                        "--seconds",
                        "6",
                        "--settle",
                        "0.5",
                        "--output",
                        folder.resolve("logs/demo").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        TestDeadlines.exitOf(demo, 150);
        String said = Files.readString(output);
        assertThat(demo.exitValue()).as(said).isZero();

        assertThat(shape(said)).isEqualTo(shape(readmeBlock()));
        SessionFolder session = session(said);
        for (Phase phase : Phase.values()) {
            assertThat(Files.readAllLines(session.spl(phase))).hasSizeGreaterThan(6);
        }
        assertThat(processesOf(folder)).isEmpty();

        assertThat(said)
                .containsPattern("GPUs +nvidia-smi reads [0-9.]+ % low, 95 % interval -[0-9.]+ to -[0-9.]+ %")
                .containsPattern("true error \\(known from the mock\\): [0-9.]+ % low, (inside|outside) the interval");
        for (Phase phase : Phase.values()) {
            assertThat(session.telemetry(phase)).isDirectoryContaining("glob:**/nvidia-smi.csv");
            assertThat(session.telemetry(phase)).isDirectoryContaining("glob:**/meta.json");
        }
        assertThat(Files.readString(session.analysis().resolve("report.html")))
                .containsPattern("<h1 id=\"headline\">nvidia-smi reads [0-9.]+ % low</h1>")
                .contains("Made data, not a measurement: both the analyzer and nvidia-smi were mocks.");
        assertThat(PrintedFigures.faults(said)).isEmpty();
        assertThat(PrintedFigures.faults(PrintedFigures.visible(
                        Files.readString(session.analysis().resolve("report.html")))))
                .isEmpty();
        assertFewSheets(session.analysis().resolve("report.html"));
        assertOneWallFigure(
                said, JsonMapper.shared().readTree(session.analysis().resolve("sampling-error.json")));
        assertThat(session.analysis().resolve("merged.csv")).isNotEmptyFile();
    }

    private void assertFewSheets(Path html) throws IOException, InterruptedException {
        Optional<Chromium> chromium = Chromium.find(folder);
        if (chromium.isPresent()) {
            try (ChromiumPage page =
                    chromium.get().open(html.toRealPath().toUri().toString(), 1200, 900)) {
                for (ChromiumPage.Paper paper : ChromiumPage.Paper.values()) {
                    assertThat(page.sheets(paper)).as("sheets of %s", paper).isBetween(2L, 4L);
                }
            }
        }
    }

    /** The line on the console, the window's figure, and that of the phase that is the window: one quantity, one figure. */
    private static void assertOneWallFigure(String said, JsonNode found) {
        JsonNode wall = found.path("wall");
        List<JsonNode> windows = new ArrayList<>();
        for (JsonNode phase : found.path("phases")) {
            if (phase.path("source").asString("").equals("loadgen")) {
                windows.add(phase);
            }
        }
        assertThat(windows).hasSize(1);
        assertThat(windows.get(0).path("wallMeanW")).isEqualTo(wall.path("meanW"));
        assertThat(windows.get(0).path("wallCi95W")).isEqualTo(wall.path("meanCi95W"));
        assertThat(windows.get(0).path("wallEnergyJ")).isEqualTo(wall.path("energyJ"));

        Matcher power = Pattern.compile("^power +([0-9.]+) ± ([0-9.]+) W", Pattern.MULTILINE)
                .matcher(said);
        assertThat(power.find()).as(said).isTrue();
        double watts = Double.parseDouble(power.group(1));
        double uncertainty = Double.parseDouble(power.group(2));
        assertThat(watts - uncertainty)
                .isLessThanOrEqualTo(wall.path("meanCi95W").get(1).asDouble());
        assertThat(watts + uncertainty)
                .isGreaterThanOrEqualTo(wall.path("meanCi95W").get(0).asDouble());
    }

    private static SessionFolder session(String said) {
        Matcher matcher = Pattern.compile("^session +(/.*)$", Pattern.MULTILINE).matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        return new SessionFolder(Path.of(matcher.group(1)));
    }

    private static String readmeBlock() throws IOException {
        Matcher matcher = README_BLOCK.matcher(Files.readString(MODULE.resolveSibling("README.md")));
        assertThat(matcher.find()).as("the README shows the demo's output").isTrue();
        return matcher.group(1);
    }

    /**
     * What two runs have in common: no digits, folders by their name only, no lines whose number depends on the machine's
     * speed and load.
     */
    private static List<String> shape(String said) {
        List<String> lines = new ArrayList<>();
        for (String line : said.lines().toList()) {
            String masked = line.replaceAll("(/\\S*)?logs/demo", "logs/demo")
                    .replaceAll("the workload runs: .*", "the workload runs: ...")
                    .replaceAll("ahead of|behind|ahead", "off")
                    .replaceAll("because the largest part of the difference is .*", "because ...")
                    .replaceAll("(inside|outside) the interval", "... the interval")
                    .replaceAll("[0-9]+(\\.[0-9]+)?", "#")
                    .stripTrailing();
            if (!masked.isEmpty() && !masked.startsWith("warning:") && !masked.contains("workload running")) {
                lines.add(masked);
            }
        }
        return lines;
    }

    private static List<String> processesOf(Path folder) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(command -> command.contains(folder.toString()))
                .collect(Collectors.toList());
    }
}
