package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code sessions} and {@code prune} say of a director's folder. */
@ResourceLock(Resources.SYSTEM_OUT)
class RetentionCommandsTest {
    private static final int BYTES = 1_500_000;

    @TempDir
    private Path results;

    @BeforeEach
    void makeSessions() throws IOException {
        session("2026-11-20_10-00-00_first", "done", true);
        session("2026-11-21_10-00-00", "failed", false);
        session("2026-11-22_10-00-00_third", "", false);
    }

    private void session(String id, String outcome, boolean delivered) throws IOException {
        Path folder = Files.createDirectories(results.resolve(id));
        try (SessionJournal journal = SessionJournal.open(folder, TimeSource.system())) {
            journal.add(Kind.OPENED, id, "client", "director", "127.0.0.1:1");
            if (!outcome.isEmpty()) {
                journal.add(Kind.CLOSED, outcome);
            }
            if (delivered) {
                journal.add(Kind.DELIVERED);
            }
        }
        Files.write(folder.resolve("data"), new byte[BYTES]);
    }

    private String out(String... arguments) {
        CapturedStreams.Outcome outcome = CapturedStreams.run(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out();
    }

    @Test
    void listsEverySessionWithItsEnd() {
        assertThat(out("sessions", results.toString()).lines())
                .hasSize(5)
                .anySatisfy(line -> assertThat(line).matches("2026-11-20_10-00-00_first +done +yes +1\\.5"))
                .anySatisfy(line -> assertThat(line).matches("2026-11-21_10-00-00 +failed +no +1\\.5"))
                .anySatisfy(line -> assertThat(line).matches("2026-11-22_10-00-00_third +open +no +1\\.5"))
                .last()
                .isEqualTo("3 sessions, 4.5 MB");
    }

    @Test
    void saysWhatItDeletesAndWhy() throws IOException {
        String told = out("prune", "--days", "0", "--dry-run", results.toString());
        assertThat(told)
                .contains("would delete 2026-11-20_10-00-00_first (1.5 MB): 0 days old")
                .contains("would delete 1 session, 1.5 MB, from " + results);
        assertThat(results.resolve("2026-11-20_10-00-00_first/data")).exists();

        assertThat(out("prune", "--days", "0", results.toString()))
                .contains("deleted 2026-11-20_10-00-00_first (1.5 MB): 0 days old");
        assertThat(results.resolve("2026-11-20_10-00-00_first")).doesNotExist();
        assertThat(results.resolve("2026-11-21_10-00-00/data")).exists(); // no client has it
        assertThat(out("prune", "--days", "0", results.toString())).contains("nothing to delete in " + results);

        assertThat(out("prune", "--gigabytes", "0", "--undelivered", results.toString()))
                .contains("deleted 2026-11-21_10-00-00 (1.5 MB): the oldest, and all together are too large");
        assertThat(results.resolve("2026-11-22_10-00-00_third/data")).exists(); // it is open
    }

    @ParameterizedTest
    @CsvSource({"sessions", "prune --days 1", "prune --gigabytes 1"})
    void aFolderThatIsNotThereIsNoEmptyOne(String line) {
        List<String> args = new ArrayList<>(List.of(line.split(" ")));
        args.add(results.resolve("nowhere").toString());

        CapturedStreams.Outcome outcome = CapturedStreams.run(args.toArray(String[]::new));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("there is no folder " + results.resolve("nowhere"), "resultsDir");
    }

    @ParameterizedTest
    @CsvSource({"--days,-1", "--gigabytes,-1"})
    void aNegativeLimitDeletesNothing(String option, String value) {
        CapturedStreams.Outcome outcome = CapturedStreams.run("prune", option, value, results.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(option + ": expected at least 0, got " + value);
        assertThat(results.resolve("2026-11-20_10-00-00_first")).exists();
    }

    @Test
    void deletesNothingUnasked() {
        CapturedStreams.Outcome outcome = CapturedStreams.run("prune", results.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("neither --days nor --gigabytes");
    }
}
