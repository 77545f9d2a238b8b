package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What a user sees of bad input to {@code analyze}, {@code report}, {@code sensor}, {@code mock-smi} and the telemetry
 * options of {@code run}: the file, and the line or the key in it, in the first line, the remedy below it, the exit status,
 * no stack trace.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "messages are a POSIX system's")
@ResourceLock(Resources.SYSTEM_OUT)
class AnalysisErrorTableTest {
    @TempDir
    private Path folder;

    private Path input = Path.of("");

    @BeforeEach
    void makeLogs() throws IOException {
        StringBuilder spl = new StringBuilder();
        StringBuilder smi = new StringBuilder("timestamp, power.draw [W]\n");
        for (int s = 10; s < 60; s++) {
            spl.append("Time,07-17-2024 09:44:")
                    .append(s)
                    .append(".000,Watts,300.0,Volts,230.0,Amps,1.3,PF,1.0,Mark,x\n");
            smi.append("2024/07/17 09:44:")
                    .append(s)
                    .append(".000, ")
                    .append(70 + s % 7)
                    .append(".00 W\n");
        }
        Files.writeString(folder.resolve("spl.txt"), spl);
        Files.writeString(folder.resolve("nvidia-smi.csv"), smi);
        input = folder.resolve("in");
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = "/analysis-error-table.txt",
            delimiter = '|',
            quoteCharacter = '~',
            numLinesToSkip = 3,
            maxCharsPerColumn = 500)
    void isNamedWithItsCauseAndRemedy(
            String name, int status, String cause, @Nullable String remedy, String commandLine, @Nullable String text)
            throws IOException {
        Files.writeString(input, text == null ? "" : text.replace("\\n", "\n"));

        Outcome outcome = CapturedStreams.run(fill(commandLine).split(" "));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(status);
        if (status == 0) {
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().lines()).contains(fill(cause));
            return;
        }
        List<String> said = outcome.err().lines().toList();
        assertThat(said.get(0))
                .startsWith("wattline " + commandLine.split(" ", 2)[0] + ": ")
                .contains(fill(cause));
        if (remedy != null) {
            assertThat(said).hasSize(2);
            assertThat(said.get(1)).contains(fill(remedy));
        }
        assertThat(outcome.err()).doesNotContain("\tat ", "Exception");
        assertThat(folder).as("nothing is left half made").isDirectoryNotContaining("glob:**/{c.json,r.html,x}");
    }

    private String fill(String text) {
        return text.replace("{in}", input.toString())
                .replace("{spl}", folder.resolve("spl.txt").toString())
                .replace("{smi}", folder.resolve("nvidia-smi.csv").toString())
                .replace("{folder}", folder.toString());
    }
}
