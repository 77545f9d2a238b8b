package dev.wattline.compliance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.Verdict;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("compares the memory in use before and after")
class SessionCheckerTest {
    private static final SessionChecker CHECKER = new SessionChecker(new CheckOptions(null, null, true));

    @TempDir
    Path temp;

    private static Finding load(Path folder) {
        SessionReport report = CHECKER.check(folder);
        assertThat(report.overall()).isEqualTo(Verdict.CRASH);
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.checks()).extracting(CheckResult::name).containsExactly("(load)");
        assertThat(report.checks().get(0).verdict()).isEqualTo(Verdict.FAIL);
        return report.checks().get(0).findings().get(0);
    }

    @Test
    void aWrongFolderIsRecognisedAndTheRightOneSuggested() throws IOException {
        Path session =
                SyntheticSession.create(temp.resolve("results/system/session")).folder();
        assertThat(load(session.resolve("power")).limit()).isEqualTo(session.toString());
        assertThat(load(session.resolve("run_1/spl.txt")).limit()).isEqualTo(session.toString());
        assertThat(load(temp.resolve("results")).limit()).isEqualTo(session.toString());
        SyntheticSession.create(temp.resolve("results/system/other"));
        assertThat(load(temp.resolve("results")).limit()).contains("--tree");
    }

    @Test
    void aFolderWithoutASessionIsToldByWhatItIs() throws IOException {
        assertThat(load(Files.createDirectory(temp.resolve("empty"))).id()).isEqualTo("folder-empty");
        assertThat(load(temp.resolve("nowhere")).id()).isEqualTo("folder-missing");
        Files.createDirectories(temp.resolve("other/power"));
        assertThat(load(temp.resolve("other")).id()).isEqualTo("folder-no-session");
        assertThat(load(Files.writeString(temp.resolve("file.txt"), "x")).id()).isEqualTo("folder-no-session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,2]", "null", "{\"version\": 1}", "\u0000\u0001", "{\"a\": \"\ud83d\"}"})
    void aSummaryThatIsNoneIsAFindingAndNoStackTrace(String text) {
        SyntheticSession session =
                SyntheticSession.create(temp.resolve("session")).write("power/client.json", text);
        Finding finding = load(session.folder());
        assertThat(finding.file()).isEqualTo("power/client.json");
        assertThat(finding.message()).isNotBlank();
    }

    @Test
    void deepNestingIsAFinding() {
        String deep = "[".repeat(100_000);
        SyntheticSession session =
                SyntheticSession.create(temp.resolve("session")).write("power/server.json", deep);
        assertThat(load(session.folder()).id()).isEqualTo("json-too-deep");
    }

    @Test
    void nestingThatPythonStillReadsDoesNotOverflowTheStack() throws InterruptedException {
        String deep = "[".repeat(900) + "]".repeat(900);
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit(
                "power/server.json", text -> text.replaceFirst("\"sources\": \\{[^}]*\\}", "\"sources\": " + deep));
        List<SessionReport> reports = new ArrayList<>();
        new TreeChecker(CHECKER, 2).check(List.of(session.folder(), session.folder()), reports::add);
        assertThat(reports.get(1).checks().get(1).message()).startsWith("[[[[").endsWith("'sources_checksums.json'");
    }

    @Test
    void theRoundIsTheSessionsOwn() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        SessionReport report = CHECKER.check(session.folder());
        assertThat(report.round()).isEqualTo("v5.1");
        assertThat(report.roundReason()).contains("PTDaemon 1.11.1", "2025-07-28");
        session.edit("power/server.json", text -> text.replace("1.11.1-", "1.10.0-"));
        session.edit("power/ptd_logs.txt", text -> text.replace("1.11.1-", "1.10.0-"));
        // Of July 2025, with v5.1's LoadGen: a session of v5.1 with an old PTDaemon.
        report = CHECKER.check(session.folder());
        assertThat(report.round()).isEqualTo("v5.1");
        assertThat(report.audit()).extracting(Finding::id).contains("round-disagrees");
    }

    @Test
    void everySessionOfATreeIsFoundAndReportedInOrder() throws IOException, InterruptedException {
        for (String name : List.of("c", "a", "b/x", "b/y")) {
            SyntheticSession.create(temp.resolve(name));
        }
        Files.createSymbolicLink(temp.resolve("link"), temp.resolve("a"));
        List<Path> sessions = SessionFinder.below(temp);
        assertThat(sessions).map(path -> temp.relativize(path).toString()).containsExactly("a", "b/x", "b/y", "c");
        List<Path> reported = new ArrayList<>();
        new TreeChecker(CHECKER, 2).check(sessions, report -> {
            assertThat(report.overall()).isEqualTo(Verdict.PASS);
            reported.add(report.session());
        });
        assertThat(reported).isEqualTo(sessions);
    }

    @Test
    void aHugeLogIsStreamed() throws IOException {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        byte[] row = (SyntheticSession.stamp(60) + ": ERROR: Can't evaluate uncertainty of this sample!\n")
                .repeat(2000)
                .getBytes(StandardCharsets.UTF_8);
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        try (OutputStream out =
                Files.newOutputStream(session.folder().resolve("power/ptd_logs.txt"), StandardOpenOption.APPEND)) {
            for (int i = 0; i < 500; i++) {
                out.write(row); // about 80 MB in all
            }
        }
        session.rehash();
        SessionReport report = CHECKER.check(session.folder());
        assertThat(report.overall()).isEqualTo(Verdict.PASS);
        System.gc();
        long now = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThat(now - used).isLessThan(50L << 20);
    }
}
