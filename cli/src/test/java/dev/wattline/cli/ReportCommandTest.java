package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wattline report} as a user calls it. */
@ResourceLock(Resources.SYSTEM_OUT)
class ReportCommandTest {
    private static final Pattern OUTSIDE = Pattern.compile("(?i)(https?:|ftp:|wss?:)//");

    @TempDir
    private Path folder;

    @Test
    void aSessionWithoutTelemetryGetsTheAnalyzersPartAndItsVerdict() throws IOException {
        Path session = copyOf(SharedData.orSkip("corpus/modernised/base0"));

        Outcome outcome = CapturedStreams.run("report", session.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        Path report = session.resolve("analysis/report.html");
        assertThat(outcome.out().strip()).isEqualTo(report.toString());
        String html = Files.readString(report);
        assertThat(html)
                .containsPattern("<h1 id=\"headline\">[0-9.]+ W on average over ")
                .contains("No telemetry", "What this report cannot say", "official checks pass", "base0")
                .doesNotContain("nvidia-smi reads", "Made data");
        assertThat(OUTSIDE.matcher(html).results()).isEmpty();
    }

    @Test
    void logsAloneGetAReportWhereItIsAskedFor() {
        Path logs = SharedData.orSkip("gpu/merge_llm_avg1s");
        Path report = folder.resolve("sub/report.html");

        Outcome outcome = CapturedStreams.run(
                "report",
                "--spl",
                logs.resolve("spl.txt").toString(),
                "--smi",
                logs.resolve("nvidia-smi.csv").toString(),
                "--out",
                report.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(report)
                .content()
                .containsPattern("<h1 id=\"headline\">No significant error of nvidia-smi found: at most [0-9.]+ %</h1>")
                .contains("95 % interval: ", "no session was given");
    }

    /** A log of another tool, what it is called in the headline, and what the page must not say. */
    @ParameterizedTest
    @CsvSource({
        "04_tegrastats_orin_nano.log, No significant error of tegrastats found, nvidia-smi reads",
        "02_ipmi_nodes_wide.csv, W on average over, The telemetry could not be read"
    })
    void aLogOfAnotherToolIsNotCalledNvidiaSmis(String log, String headline, String not) {
        Path report = folder.resolve("report.html");

        Outcome outcome = CapturedStreams.run(
                "report", "--smi", SharedData.orSkip("telemetry/" + log).toString(), "--out", report.toString());

        assertThat(outcome.err()).isEmpty();
        assertThat(report)
                .content()
                .containsPattern("<h1 id=\"headline\">[^<]*" + headline)
                .doesNotContain(not);
    }

    @Test
    void logsWithoutAPlaceForTheReportAreAUsageError() throws IOException {
        Path log = Files.writeString(folder.resolve("spl.txt"), "");

        Outcome outcome = CapturedStreams.run("report", "--spl", log.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("--out FILE");
    }

    @Test
    void aFolderThatIsNoSessionIsNamed() {
        Outcome outcome = CapturedStreams.run("report", folder.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains(folder.toString(), "is no session");
    }

    private Path copyOf(Path session) throws IOException {
        Path copy = folder.resolve(session.getFileName());
        try (Stream<Path> files = Files.walk(session)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(session.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
        return copy;
    }
}
