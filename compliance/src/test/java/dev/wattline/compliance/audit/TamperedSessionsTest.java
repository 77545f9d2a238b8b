package dev.wattline.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.RecordedSessions;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the audit finds in recorded sessions with one thing tampered with: the table in docs/checks.md. */
class TamperedSessionsTest {
    /** All of them were made newer by hand. */
    private static final Set<String> MADE_NEWER = Set.of("ptd-version-contradicts", "ptd-reply-contradicts");

    @ParameterizedTest
    @CsvSource({
        "channel-count, config-contradicts-log",
        "crlf-spl-run1, ''",
        "debug-true, ''",
        "dst-plus-3600, loadgen-clock time-zone window-empty",
        "error-line-testing, testing-errors",
        "json-trailing-comma, audit-incomplete testing-below-ranging", // the recording's own, as below
        "messages-shortened, summary-contradicts-log",
        "missing-ranging-spl, audit-incomplete",
        "nonutf8-ptd-log, ''",
        "phase-900ms, clock-step marks-beside-messages testing-below-ranging",
        "power-end-outside, loadgen-clock samples-missing window-uncovered",
        "ptd-reply-replaced, ''",
        "spl-empty-run1, window-empty",
        "uuid-client-changed, ids-contradict",
        "warning-uncertainty-long, load-uncertainty",
        "watts-one-sample, rows-edited"
    })
    void isFound(String name, String ids) {
        Path session = RecordedSessions.all().stream()
                .filter(folder -> RecordedSessions.name(folder).equals("tampered/" + name))
                .findFirst()
                .orElseThrow();
        Set<String> found = new SessionChecker(new CheckOptions("latest", null, true))
                .check(session).audit().stream()
                        .filter(finding -> finding.severity() != Severity.INFO
                                || finding.id().equals("audit-incomplete"))
                        .map(Finding::id)
                        .filter(id -> !MADE_NEWER.contains(id))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(String.join(" ", found)).isEqualTo(ids);
    }

    @Test
    void publishedSessionsContradictThemselvesNowhere() {
        Set<String> rounds = Set.of("v1.0", "v1.1", "v4.1");
        Set<String> contradictions = Set.of(
                "config-contradicts-log",
                "ids-contradict",
                "ptd-reply-contradicts",
                "ptd-version-contradicts",
                "rows-added",
                "rows-edited",
                "sample-order",
                "summary-contradicts-log");
        assertThat(RecordedSessions.all())
                .filteredOn(session -> rounds.contains(RecordedSessions.group(session)))
                .allSatisfy(session -> assertThat(new SessionChecker(new CheckOptions(null, null, true))
                                .check(session)
                                .audit())
                        .extracting(Finding::id)
                        .doesNotContainAnyElementsOf(contradictions));
    }
}
