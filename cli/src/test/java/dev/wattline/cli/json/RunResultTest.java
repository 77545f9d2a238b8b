package dev.wattline.cli.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunResultTest {
    private static final String CHECKED = """
            [{"session": "/s", "together": {"level": "suspect", "text": "9 of 11 official checks passed"},
              "checks": [{"name": "Check UUID", "verdict": "pass"}, {"name": "Check sources", "verdict": "fail"}],
              "audit": [{"severity": "warning", "message": "a gap"}, {"severity": "error", "message": "no window"}],
              "metric": {"value": 739.721, "unit": "W", "scenario": "Offline", "avgWatts": 739.721, "energyJ": 11095.8,
                         "ci95": [737.9, 741.5], "samples": 15, "notes": []}}]
            """;

    private static RunResult result(String checked) {
        return new RunResult(
                "2026-03-01_10-00-00",
                Path.of("out"),
                List.of("the director stood still for 4 s"),
                RunResult.checked(checked),
                Optional.of(Path.of("out/analysis/report.html")));
    }

    @Test
    void aRunEndsWithItsFiguresItsVerdictAndWhatFailed() {
        assertThat(result(CHECKED).lines())
                .containsExactly(
                        "power     739.7 W on average, 11096 J over 15.0 s, from 15 samples",
                        "metric    739.7 W (95 % interval 737.9 to 741.5 W), Offline",
                        "verdict   suspect: 9 of 11 official checks passed",
                        "          failed: Check sources",
                        "          audit: no window",
                        "suspect   the director stood still for 4 s",
                        "report    " + Path.of("out/analysis/report.html"),
                        "next      wattline check out   explains each finding");
    }

    @Test
    void whatIsNotKnownIsSaidWithItsReasonAndNeverAsNaN() {
        List<String> lines = result("""
                [{"together": {"level": "fail", "text": "the summaries did not load"}, "checks": [], "audit": [],
                  "metric": {"value": null, "unit": null, "avgWatts": null, "energyJ": null, "ci95": null, "samples": 0,
                             "notes": ["no power window"]}}]
                """).lines();

        assertThat(lines).contains("power     not known: no power window", "metric    not computed: no power window");
        assertThat(String.join("\n", lines)).doesNotContain("NaN", "null");
    }

    @Test
    void theJsonHoldsTheWholeCheckAndThePaths() {
        JsonNode json = JsonMapper.builder().build().readTree(result(CHECKED).json());

        assertThat(json.path("session").asString()).isEqualTo("2026-03-01_10-00-00");
        assertThat(json.path("folder").asString()).isEqualTo("out");
        assertThat(json.path("report").asString()).endsWith("report.html");
        assertThat(json.path("suspicions").path(0).asString()).contains("stood still");
        assertThat(json.path("check").path("metric").path("avgWatts").asDouble())
                .isEqualTo(739.721);
    }

    @Test
    void aCheckThatDidNotRunIsNull() {
        RunResult without = result("wattline: no such file");

        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(without.json())
                        .path("check")
                        .isNull())
                .isTrue();
        assertThat(without.lines()).anyMatch(line -> line.startsWith("report"));
    }
}
