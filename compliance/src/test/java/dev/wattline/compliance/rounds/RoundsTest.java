package dev.wattline.compliance.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.RecordedSessions;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

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
