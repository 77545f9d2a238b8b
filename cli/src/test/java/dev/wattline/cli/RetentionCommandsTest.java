package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
    void listsEverySessionWithItsEndItsSutItsTimeAndItsWatts() throws IOException {
        Path log = results.resolve("2026-11-20_10-00-00_first/run_1/spl.txt");
        Files.createDirectories(log.getParent());
        Files.write(log, List.of(row(0, 200), row(1, 300.5)));

        assertThat(out("sessions", results.toString()).lines())
                .hasSize(5)
                .anySatisfy(line -> assertThat(line)
                        .matches("2026-11-20_10-00-00_first +done +yes +127\\.0\\.0\\.1 +0:0\\d +250\\.3 +1\\.5"))
                .anySatisfy(line ->
                        assertThat(line).matches("2026-11-21_10-00-00 +failed +no +127\\.0\\.0\\.1 +0:0\\d +- +1\\.5"))
                .anySatisfy(line ->
                        assertThat(line).matches("2026-11-22_10-00-00_third +open +no +127\\.0\\.0\\.1 +- +- +1\\.5"))
                .last()
                .asString()
                .startsWith("3 sessions, 4.5 MB");
    }

    @Test
    void columnsStandBelowEachOtherHoweverLongALabelIs() throws IOException {
        String id = "2026-11-23_10-00-00_" + "long-label-".repeat(6);
        session(id, "done", true);

        List<String> lines = out("sessions", results.toString()).lines().toList();
        int column = lines.get(0).indexOf("end");
        assertThat(column).isGreaterThan(id.length());
        assertThat(lines.subList(1, 5)).allMatch(line -> line.substring(column).matches("(done|failed|open) .*"));
    }

    @Test
    void printsTheSameAsJson() {
        JsonNode sessions = JsonMapper.builder().build().readTree(out("sessions", "--json", results.toString()));

        assertThat(sessions).hasSize(3);
        JsonNode failed = sessions.path(1);
        assertThat(failed.path("session").asString()).isEqualTo("2026-11-21_10-00-00");
        assertThat(failed.path("end").asString()).isEqualTo("failed");
        assertThat(failed.path("delivered").asBoolean()).isFalse();
        assertThat(failed.path("sut").asString()).isEqualTo("127.0.0.1");
        assertThat(failed.path("seconds").isNumber()).isTrue();
        assertThat(failed.path("testingWatts").isNull()).isTrue();
        assertThat(failed.path("bytes").asLong()).isGreaterThan(BYTES);
        assertThat(sessions.path(2).path("seconds").isNull()).isTrue();
    }

    @Test
    void jsonTellsTheRangesThatAnAnalyzerHasNotAgain() throws IOException {
        openRestore("2026-11-21_10-00-00");
        openRestore("2026-11-19_10-00-00"); // whose folder was deleted

        CapturedStreams.Outcome outcome = CapturedStreams.run("sessions", "--json", results.toString());

        JsonNode sessions = JsonMapper.builder().build().readTree(outcome.out());
        assertThat(sessions.path(0).path("openRestores")).isEmpty();
        JsonNode open = sessions.path(1).path("openRestores").path(0);
        assertThat(open.path("analyzer").asInt()).isEqualTo(1);
        assertThat(open.path("voltageRange").asString()).isEqualTo("300.000000");
        assertThat(open.path("currentRange").asString()).isEqualTo("Auto");
        assertThat(open.path("cause").asString()).isEqualTo("unplugged");
        assertThat(outcome.err()).contains("from before session 2026-11-19_10-00-00, 300 V and Auto for A");
    }

    private void openRestore(String session) throws IOException {
        Path folder = Files.createDirectories(results.resolve("open-restores"));
        Files.writeString(
                folder.resolve(session + "_analyzer_1.properties"),
                "session=" + session + "\nanalyzer=1\nvolts=300.000000\namps=Auto\nreadAt=2026-11-21T10\\:00\\:00Z\n"
                        + "cause=unplugged\n");
    }

    private static String row(int second, double watts) {
        return SplRow.format(new PowerSample(
                Instant.parse("2026-11-20T10:00:00Z").plusSeconds(second),
                new Reading(watts, 230, 1, 0.9),
                "mark",
                List.of()));
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
