package dev.wattline.compliance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults that were found with public sessions, on the small inputs that show them. Each has a test on a session made here as
 * well, in the tests of its part.
 */
class FieldCasesTest {

    private static SessionReport check(String name, @Nullable String round) {
        Path session = SharedData.orSkip("cases").resolve(name + "/session");
        return new SessionChecker(new CheckOptions(round, null, true)).check(session);
    }

    private static PowerMetric metric(SessionReport report) {
        return Objects.requireNonNull(report.metric());
    }

    private static Finding find(SessionReport report, String id) {
        return Stream.concat(
                        report.kinds().stream().map(kind -> kind.finding()),
                        Stream.concat(
                                report.audit().stream(),
                                report.checks().stream()
                                        .map(CheckResult::findings)
                                        .flatMap(List::stream)))
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + report));
    }

    @Test
    void withoutRangingTheRulesStillRunOnTesting() {
        SessionReport report = check("audit-without-ranging", null);
        assertThat(find(report, "sample-out-of-range"))
                .returns("run_1/spl.txt", Finding::file)
                .returns(Severity.ERROR, Finding::severity)
                .satisfies(finding -> assertThat(finding.values()).containsEntry("number", "20"));
        Finding incomplete = find(report, "audit-incomplete");
        assertThat(incomplete.severity()).isEqualTo(Severity.WARNING);
        assertThat(incomplete.values().get("rules that did not run")).contains("window-empty (ranging)");
        assertThat(find(report, "kind-ranging-lost").severity()).isEqualTo(Severity.ERROR);
        assertThat(metric(report).clean()).isFalse();
        assertThat(metric(report).doubtTexts().get(0)).contains("sample-out-of-range");
    }

    @Test
    void aSessionThatIsAllOutOfRangeIsSaidToBeThat() {
        SessionReport report = check("all-out-of-range", null);
        assertThat(metric(report).value()).isNull();
        assertThat(metric(report).noteTexts())
                .contains("none of the 58 samples in the power window is above 0 W: all are out of range");
        assertThat(find(report, "kind-all-out-of-range").message()).contains("all 58 samples");
    }

    @Test
    void lineEndsAreProvenToBeTheOnlyChange() {
        SessionReport report = check("crlf-hash", null);
        assertThat(find(report, "file-line-ends").values())
                .containsEntry(
                        "content of run_1/spl.txt",
                        "with CRLF line ends it is the file that was hashed: no content changed")
                .containsEntry(
                        "content of ranging/spl.txt",
                        "with CRLF line ends it is the file that was hashed: no content changed");
    }

    @Test
    void anOlderLoadgenLeavesRoundAndMetricTogether() {
        SessionReport report = check("loadgen-older-than-round", null);
        assertThat(report.round()).isEqualTo("v3.0");
        assertThat(metric(report).value()).isEqualTo(1000, within(1e-9));
        assertThat(metric(report).unit()).isEqualTo("mJ/query");
        assertThat(find(report, "round-disagrees").message()).contains("v3.0", "LoadGen's log says v2.1");
        assertThat(metric(report).noteTexts()).anyMatch(note -> note.contains("v3.0") && note.contains("v2.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v5.1", "v6.0", "v6.1", "latest", "v7.0=latest"})
    void theRoundsAreKnownByName(String round) {
        SessionReport report = check("llm-tokens", round);
        assertThat(report.round()).isEqualTo(round.replace("=latest", ""));
        assertThat(metric(report).value()).isEqualTo(100, within(1e-9));
    }

    @Test
    void tokensAreGivenBesideSamples() {
        assertThat(metric(check("llm-tokens", null)).efficiencies())
                .containsExactly(
                        new PowerMetric.Efficiency(1, "samples/J"), new PowerMetric.Efficiency(273, "tokens/J"));
    }

    @Test
    void everyCaseWithASessionEndsInAReport() throws IOException {
        Path cases = SharedData.orSkip("cases");
        for (Path session : SessionFinder.below(cases)) {
            SessionReport report = new SessionChecker(new CheckOptions(null, null, true)).check(session);
            assertThat(report.together().level()).isNotEqualTo(OverallVerdict.Level.PASS);
        }
    }
}
