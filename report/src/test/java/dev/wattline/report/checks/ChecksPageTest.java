package dev.wattline.report.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksPageTest {
    private static final Instant START = Instant.parse("2025-07-28T15:00:00Z");
    private static final String HOSTILE = "\u001b[31m<script>alert(1)</script>]]>&\ud800\u0000";

    @TempDir
    private Path folder;

    /** A session whose texts try to break out of the page, with a power log of 100 s. */
    private SessionReport session(String name, Verdict verdict) throws IOException {
        Path session = folder.resolve(name);
        Files.createDirectories(session.resolve("run_1"));
        Files.write(
                session.resolve("run_1/spl.txt"),
                IntStream.range(0, 100)
                        .mapToObj(i -> SplRow.format(new PowerSample(
                                START.plusSeconds(i), new Reading(250 + i, 230, 1, 0.9), "mark", List.of())))
                        .toList());
        return new SessionReport(
                session,
                "v5.1",
                "the newest",
                verdict,
                List.of(
                        new CheckResult("Check UUID", Verdict.PASS, "", false, List.of()),
                        new CheckResult("Check session name", verdict, HOSTILE, false, List.of())),
                List.of(),
                List.of(Finding.warning("sample-gap", HOSTILE)
                        .at("run_1/spl.txt", 36)
                        .with("gap", "3 s")),
                new PowerMetric(
                        250.5,
                        "W",
                        "Offline",
                        250.5,
                        25050.0,
                        null,
                        100,
                        List.of(),
                        List.of(),
                        List.of(Finding.of("metric-interval", "one note")),
                        List.of()));
    }

    private String page(SessionReport... sessions) throws IOException {
        StringWriter text = new StringWriter();
        try (ChecksPage page = new ChecksPage(text)) {
            for (SessionReport session : sessions) {
                page.add(session);
            }
        }
        return text.toString();
    }

    @Test
    void theTableHasARowForEachSessionAndLeadsToItsSection() throws IOException {
        String html = page(session("one", Verdict.PASS), session("two", Verdict.FAIL));

        assertThat(html)
                .containsSubsequence(
                        "data-overall=\"suspect\"", "href=\"#s1\"", "data-overall=\"fail\"", "href=\"#s2\"")
                .containsSubsequence("id=\"s1\"", "id=\"s2\"")
                .contains("250.5 <small>W</small>", "title=\"Check session name: fail\"", "2 sessions");
    }

    @Test
    void aFindingShowsItsRuleItsValuesItsCauseAndThePowerAroundIt() throws IOException {
        assertThat(page(session("one", Verdict.PASS)))
                .contains("<code>sample-gap</code>", "<dd>run_1/spl.txt:36</dd>", "<dt>gap</dt><dd>3 s</dd>")
                .contains("<dt>Usual cause</dt>", "<dt>What to do</dt>")
                .contains("Power around it: lines 6 to 66 of run_1/spl.txt")
                .contains("line 36, 2025-07-28T15:00:35Z, 285.000 W");
    }

    @Test
    void thePageNeedsNothingElseAndCannotBeBrokenOutOf() throws IOException {
        String html = page(session("one", Verdict.FAIL));

        assertThat(html)
                .contains("&lt;script&gt;alert", "default-src 'none'", "\ufffd")
                .doesNotContain("<script>alert", "http://", "https://", "src=", "@import", "url(")
                .doesNotContain("\u001b", "\u0000");
    }
}
