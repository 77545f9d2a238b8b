package dev.wattline.compliance.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.text.Style;
import dev.wattline.compliance.text.TextReport;
import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kind of a session is told first, as the one cause of what single checks have against it. */
class SessionKindTest {
    private static final List<String> RANGING =
            List.of("ranging/spl.txt", "ranging/mlperf_log_detail.txt", "ranging/mlperf_log_summary.txt");

    @TempDir
    Path temp;

    private SyntheticSession session;

    @BeforeEach
    void session() {
        session = SyntheticSession.create(temp.resolve("session"));
    }

    private List<String> kinds() {
        return session.check().kinds().stream().map(kind -> kind.finding().id()).toList();
    }

    private void withoutRangingFolder() {
        RANGING.forEach(session::delete);
    }

    private void neverRanged() {
        withoutRangingFolder();
        for (String summary : List.of("power/client.json", "power/server.json")) {
            session.edit(
                    summary,
                    text -> text.replaceFirst("\"ranging\": \\[\\[.*?\\]\\]", "\"ranging\": []")
                            .replace(",start,ranging", ",stop,x"));
        }
        session.edit("power/server.json", text -> text.replaceFirst("_ranging", "_testing"));
        session.edit("power/ptd_logs.txt", text -> text.replace("_ranging", "_testing"));
        session.rehash();
    }

    @Test
    void anOrdinarySessionHasNone() {
        assertThat(kinds()).isEmpty();
    }

    @Test
    void fixedRangesAreTheOneCauseOfAllThatIsMissing() {
        neverRanged();
        for (String summary : List.of("power/client.json", "power/server.json")) {
            session.edit(summary, text -> text.replace(",start,testing", ",start,testing,300.0,5.0"));
        }
        SessionReport report = session.check();
        assertThat(kinds()).containsExactly("kind-fixed-ranges");
        assertThat(report.kinds().get(0).finding().message()).contains("300.0 V and 5.0 A");
        List<Finding> explained = report.checks().stream()
                .flatMap(check -> check.findings().stream())
                .filter(finding -> !finding.id().equals("sources-unknown"))
                .toList();
        assertThat(explained).hasSizeGreaterThanOrEqualTo(3);
        assertThat(explained).allSatisfy(finding -> {
            assertThat(report.isExplainedByKind(finding)).as(finding.toString()).isTrue();
            assertThat(report.explain(finding).cause()).contains("fixed ranges");
        });
        // No rule is missed for a phase that such a session does not have.
        assertThat(report.audit()).extracting(Finding::id).doesNotContain("audit-incomplete");
    }

    @Test
    void theKindStandsBeforeTheFirstCheck() {
        withoutRangingFolder();
        String text = new TextReport(Style.PLAIN).full(session.check());
        assertThat(text.indexOf("kind-ranging-lost")).isPositive().isLessThan(text.indexOf("Check client sources"));
    }

    @Test
    void aSessionWithoutRangingIsToldFromOneWhoseFolderIsLost() {
        neverRanged();
        assertThat(kinds()).containsExactly("kind-no-ranging");
        session = SyntheticSession.create(temp.resolve("other"));
        withoutRangingFolder();
        assertThat(kinds()).containsExactly("kind-ranging-lost");
    }

    @Test
    void allOutOfRangeIsToldWithTheNumberOfSamples() {
        session.edit("run_1/spl.txt", text -> text.replace("Watts,250.0", "Watts,-253.0"))
                .rehash();
        SessionReport report = session.check();
        assertThat(kinds()).containsExactly("kind-all-out-of-range");
        assertThat(report.kinds().get(0).finding().message()).contains("all 60 samples");
        assertThat(notes(report))
                .contains("none of the 60 samples in the power window is above 0 W: all are out of range");
    }

    @Test
    void samplesThatDoNotCountAreCountedByKind() {
        session.edit(
                        "run_1/spl.txt",
                        text -> text.replace("Watts,250.0", "Watts,-1.0")
                                .replace(
                                        SyntheticSession.stamp(260.3) + ",Watts,-1.0",
                                        SyntheticSession.stamp(260.3) + ",Watts,0.0"))
                .rehash();
        assertThat(notes(session.check()))
                .contains("none of the 60 samples in the power window is above 0 W: 59 are read errors, 1 are 0 W");
        assertThat(kinds()).isEmpty();
    }

    @Test
    void aDebugSessionIsToldAsThat() {
        session.edit("power/server.json", text -> text.replaceFirst("\\{", "{\"debug\": true,"));
        assertThat(kinds()).containsExactly("kind-debug");
    }

    @Test
    void aTrainingLogIsNoLoadgenLog() {
        session.write("run_1/mlperf_log_detail.txt", """
                :::MLLOG {"namespace": "", "time_ms": 1, "event_type": "POINT_IN_TIME", "key": "submission_benchmark", \
                "value": "resnet", "metadata": {}}
                """).rehash();
        SessionReport report = session.check();
        assertThat(kinds()).containsExactly("kind-training");
        Explanation cause = report.explain(Finding.error("loadgen-no-window", "x"));
        assertThat(cause.cause()).contains("MLPerf Training");
        assertThat(cause.remedy())
                .isEqualTo(FindingCatalog.explain("kind-training").remedy());
    }

    @Test
    void aFolderOfTrainingLogsIsRecognised() throws IOException {
        Path power = Files.createDirectories(temp.resolve("resnet/power/result_1"));
        Files.writeString(
                power.resolve("node_0.txt"),
                ":::MLLOG {\"namespace\":\"\",\"event_type\":\"INTERVAL_START\",\"key\":\"power_measurement_start\"}\n");
        assertThat(load(temp.resolve("resnet"))).isEqualTo("folder-training");
        assertThat(load(SharedData.orSkip("ledger/training"))).isEqualTo("folder-training");
    }

    private static List<String> notes(SessionReport report) {
        return Objects.requireNonNull(report.metric()).noteTexts();
    }

    private static String load(Path folder) {
        return new SessionChecker(new CheckOptions(null, null, true))
                .check(folder)
                .checks()
                .get(0)
                .findings()
                .get(0)
                .id();
    }
}
