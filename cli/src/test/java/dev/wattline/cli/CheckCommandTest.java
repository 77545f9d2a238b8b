package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.terminal.Terminal;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command around the checks, on sessions whose summaries do not load. */
@ResourceLock(Resources.SYSTEM_OUT)
class CheckCommandTest {
    @TempDir
    private Path folder;

    private Path session = Path.of("");

    @BeforeEach
    void makeSession() throws IOException {
        session = session("one");
    }

    private Path session(String name) throws IOException {
        Path made = folder.resolve("tree").resolve(name);
        Files.createDirectories(made.resolve("power"));
        Files.writeString(made.resolve("power/client.json"), "{");
        return made;
    }

    private static Outcome check(Object... arguments) {
        List<String> all = new ArrayList<>(List.of("check"));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return CapturedStreams.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | nothing to check",
                "--round v9 X | there is no round 'v9'",
                "--round v9=v8 X | for a newer one name the round whose rules it keeps",
                "--scenario Batch X | there is no scenario 'Batch'",
                "--threads 0 X | --threads needs at least 1",
                "--explain nothing | there is no finding 'nothing'",
                "--tree /no/such/folder | there is no folder /no/such/folder",
                "--tree | --tree"
            })
    void aWrongCommandLineIsAUsageError(String arguments, String message) {
        Outcome outcome = check(arguments.isEmpty() ? new Object[0] : arguments.split(" "));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void aTreeWithoutSessionsIsAUsageErrorThatMakesNoFile() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path page = folder.resolve("page.html");
        Outcome outcome = check("--tree", empty, "--html", page);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("there is no session below");
        assertThat(page).doesNotExist();
    }

    @Test
    void aSessionThatDoesNotLoadFailsWithItsCause() {
        Outcome outcome = check(session);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.out()).contains("CRASH", "(load)", "power/client.json", "what to do: ");
    }

    @Test
    void thePlainAndTheFullCommandLinePrintTheSame() {
        assertThat(check("--threads", "2", session).out())
                .isEqualTo(check(session).out());
        assertThat(check("--threads", "2", "--json", session).out())
                .isEqualTo(check("--json", session).out());
    }

    @Test
    void jsonIsAnArrayWithAnObjectForEachSession() throws IOException {
        JsonNode reports = JsonMapper.shared()
                .readTree(check("--json", session, session("two")).out());
        assertThat(reports.size()).isEqualTo(2);
        JsonNode first = reports.get(0);
        assertThat(first.get("session").asString()).isEqualTo(session.toString());
        assertThat(first.get("overall").asString()).isEqualTo("crash");
        assertThat(first.get("exit_code").asInt()).isEqualTo(1);
        assertThat(first.get("checks").get(0).get("name").asString()).isEqualTo("(load)");
    }

    @Test
    void aTreeIsReportedInShortWithASumAndInFiles() throws IOException {
        session("two");
        Path page = folder.resolve("page.html");
        Path xml = folder.resolve("junit.xml");
        Outcome outcome = check("--tree", folder.resolve("tree"), "--html", page, "--junit", xml);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.out()).contains("2 sessions: 0 passed", "2 could not be loaded");
        assertThat(outcome.err()).isEmpty();
        assertThat(page).content().contains("tree/one", "tree/two", "</html>");
        assertThat(xml).content().contains("tree/one", "tree/two", "</testsuites>");
    }

    @Test
    void aFileThatCannotBeWrittenIsAFailureWithAReason() {
        Path nowhere = folder.resolve("no/page.html");
        Outcome outcome = check("--html", nowhere, session);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err())
                .contains("cannot write " + nowhere + ": there is no such folder")
                .doesNotContain("defect");
    }

    @Test
    void withoutATerminalThereIsNoColour() {
        assertThat(check(session).out()).doesNotContain("\u001b");
        System.setProperty("wattline.terminal", "out");
        try {
            boolean wanted = Terminal.ofThisProcess().colour();
            assertThat(check(session).out().contains("\u001b[1;31mCRASH")).isEqualTo(wanted);
        } finally {
            System.clearProperty("wattline.terminal");
        }
    }

    @Test
    void aFindingIsExplained() {
        assertThat(check("--explain", "sample-gap").out()).contains("rule: ", "usual cause: ", "what to do: ");
        assertThat(check("--explain", "all").out()).contains("sample-gap", "wrong-folder", "clock-step");
    }

    @Test
    void theOfficialFormGoesToStderr() {
        Outcome outcome = check("--official", session);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("[ ] (load)");
    }

    @ParameterizedTest
    @CsvSource({"v6.0,v6.0", "v6.1,v6.1", "v7.0=v6.1,v7.0", "latest,latest"})
    void roundsAreKnownByNameAndByAlias(String asked, String round) {
        assertThat(JsonMapper.shared()
                        .readTree(check("--json", "--round", asked, session).out())
                        .get(0)
                        .get("round")
                        .asString())
                .isEqualTo(round);
        assertThat(check("--threads", "1", "--round", asked, session).out()).contains("round " + round);
    }

    @ParameterizedTest
    @CsvSource({"--psus-needed 1", "--psu 1200 --psus-needed 2", "--psu 0", "--psu x"})
    void powerSuppliesThatCannotBeAreUsageErrorsOfPack(String options) {
        List<String> arguments = new ArrayList<>(List.of("pack", session.toString(), "--to"));
        arguments.add(folder.resolve("packed").toString());
        arguments.addAll(List.of(options.split(" ")));
        Outcome outcome = CapturedStreams.run(arguments.toArray(String[]::new));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("--psu");
        assertThat(folder.resolve("packed")).doesNotExist();
    }

    @Test
    void aWrongFolderIsRefusedByPackWithTheRightOne() {
        Outcome outcome = CapturedStreams.run(
                "pack",
                session.resolve("power").toString(),
                "--to",
                folder.resolve("packed").toString());
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("this folder lies within a session", "Name " + session + ".");
        assertThat(folder.resolve("packed")).doesNotExist();
    }
}
