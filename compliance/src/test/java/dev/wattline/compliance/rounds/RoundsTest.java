package dev.wattline.compliance.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.RecordedSessions;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundsTest {

    @Test
    void everyRoundHasRulesWithTheirOrigin() {
        assertThat(Rounds.names()).allSatisfy(name -> {
            RoundRules rules = Rounds.find(name).orElseThrow();
            assertThat(rules.origin()).startsWith("mlcommons/power-dev ");
            assertThat(rules.sources()).isNotEmpty();
            assertThat(rules.deviceOrder())
                    .containsExactlyInAnyOrderElementsOf(
                            rules.models().values().stream().distinct().toList());
        });
        assertThat(Rounds.find("v9.9")).isEmpty();
    }

    @Test
    void theNewestRulesAreThoseOfTheOfficialChecker() {
        RoundRules latest = Rounds.latest();
        assertThat(latest.ptdVersions()).containsExactly("1.11.1");
        assertThat(latest.models()).hasSize(11).containsEntry("YokogawaWT330_multichannel", 77L);
        assertThat(latest.phaseSkewSeconds()).isEqualTo(0.8);
        assertThat(latest.warningMarginSeconds()).isEqualTo(800);
        assertThat(latest.rangingErrors()).contains("Bad watts reading nan from ");
        assertThat(latest.powerDropPercent()).isEqualTo(5);
    }

    private static RoundEvidence evidence(String path, String ptd, String day, String loadgen) {
        return new RoundEvidence(
                RoundEvidence.folders(Path.of(path)),
                ptd,
                0,
                List.of(),
                day.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(day)),
                loadgen.isEmpty() ? Optional.empty() : Optional.of(loadgen));
    }

    /** All that tells the round is weighed together; what speaks against the choice is told. */
    @ParameterizedTest
    @CsvSource({
        "x, 1.9.2, 2021-08-10, v1.1, v1.1, ''",
        "x, 1.10.0, 2023-02-01, v2.1, v3.0, LoadGen's log says v2.1",
        "x, 1.10.0, 2024-03-01, v4.1, v4.1, ''", // before v4.0 was out, but with v4.1's LoadGen
        "x, 1.11.1, 2025-07-28, v5.1, v5.1, ''",
        "x, 1.11.1, 2026-02-01, v6.0, v6.0, ''",
        "x, 1.11.1, 2026-11-22, v6.0, v6.1, LoadGen's log says v6.0",
        "x, 1.11.1, '', '', v6.1, ''",
        "x, 1.10.0, 2025-07-28, v5.1, v5.1, v5.1 does not accept PTDaemon 1.10.0",
        "inference_results_v4.0/closed, 1.10.0, 2024-08-01, v4.1, v4.0, measured on 2024-08-01;LoadGen's log says v4.1",
        "v1.1/x, 1.11.1, 2025-07-28, v5.1, v5.1, a folder is called v1.1"
    })
    void theRoundIsWhatMostOfTheEvidenceSays(
            String path, String ptd, String day, String loadgen, String round, String against) {
        RoundChoice choice = RoundChoice.of(evidence(path, ptd, day, loadgen));
        assertThat(choice.rules().name()).isEqualTo(round);
        assertThat(String.join(";", choice.against())).isEqualTo(against);
    }

    @Test
    void anEstimatedEndOfARoundIsToldAsSuch() {
        assertThat(RoundChoice.of(evidence("x", "1.11.1", "2026-11-22", "")).reason())
                .contains("measured on 2026-11-22 (when v6.0 ended is an estimate)");
        assertThat(RoundChoice.of(evidence("x", "1.11.1", "2025-07-28", "")).reason())
                .contains("measured on 2025-07-28 (when v5.1 ended is an estimate)");
        assertThat(RoundChoice.of(evidence("x", "1.10.0", "2024-07-20", "")).reason())
                .contains("measured on 2024-07-20")
                .doesNotContain("estimate");
    }

    @Test
    void aNewerRoundCanBeGivenTheRulesOfAKnownOne() {
        RoundRules rules = Rounds.find("v7.0=v5.1").orElseThrow();
        assertThat(rules.name()).isEqualTo("v7.0");
        assertThat(rules.layout()).isEqualTo(Rounds.find("v5.1").orElseThrow().layout());
        assertThat(Rounds.find("v7.0=v9.9")).isEmpty();
        assertThat(Rounds.isNewest("v6.1")).isTrue();
        assertThat(Rounds.isNewest("v6.0")).isFalse();
    }

    /** Published sessions were valid in their round, so by its rules they are. */
    @Test
    void realSessionsPassInTheirOwnRound() {
        SoftAssertions softly = new SoftAssertions();
        for (Path session : RecordedSessions.all()) {
            Map<String, Object> expected = RecordedSessions.expected(session);
            if (expected.containsKey("modernised")) {
                continue;
            }
            SessionReport report = new SessionChecker(new CheckOptions(null, null, false)).check(session);
            softly.assertThat(report.round()).as(session.toString()).isEqualTo(expected.get("round"));
            for (CheckResult check : report.checks()) {
                softly.assertThat(check.verdict())
                        .as(session + ": " + check.name() + ": " + check.message())
                        .isNotEqualTo(Verdict.FAIL);
            }
        }
        softly.assertAll();
    }
}
