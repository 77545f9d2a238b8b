package dev.wattline.report.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.result.TimeSeries;
import dev.wattline.analysis.source.CrossVerdict;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.PhaseEnergy;
import dev.wattline.analysis.source.ScopeEnergy;
import dev.wattline.analysis.source.SourceSeries;
import dev.wattline.analysis.source.json.InformalJson.Informal;
import dev.wattline.analysis.source.json.InformalJson.Ran;
import dev.wattline.report.setup.Setup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class InformalPageTest {
    private static final Instant BEGIN = Instant.parse("2026-01-20T09:00:00Z");

    private static String page(String name, String problem, Optional<EnergyStatement.Inferred> wall) {
        EnergyStatement statement = new EnergyStatement(
                100,
                List.of(
                        new ScopeEnergy("node", "redfish", "sampled", 1, 48_000, 1_000, ""),
                        new ScopeEnergy("gpu", "nvml", "counter", 2, 30_000, 500, "")),
                List.of(new CrossVerdict(
                        "gpu within node (redfish)",
                        List.of("gpu nvml", "node redfish"),
                        CrossVerdict.Outcome.CONSISTENT,
                        -18_000,
                        1_100,
                        "")),
                List.of("losses of the power supplies"),
                wall,
                Cooling.NONE,
                List.of(),
                List.of());
        Ran ran = new Ran(List.of("serve"), 0, BEGIN, BEGIN.plusSeconds(100), List.of(problem), OptionalDouble.of(50));
        TimeSeries watts =
                new TimeSeries(new long[] {BEGIN.toEpochMilli(), BEGIN.toEpochMilli() + 1000}, new double[] {480, 481});
        return InformalPage.render(
                name,
                new Informal(
                        ran,
                        statement,
                        List.of(new PhaseEnergy(
                                "prefill",
                                3,
                                40,
                                List.of(new ScopeEnergy("gpu", "nvml", "counter", 2, 12_000, 300, ""))))),
                List.of(new SourceSeries("node", "redfish", watts)),
                Setup.NONE,
                BEGIN,
                "1.2.3");
    }

    @Test
    void withoutACalibrationTheOutermostScopeIsTheHeadlineAndIsLow() {
        String html = page("s", "late", Optional.empty());

        assertThat(html)
                .contains("48.0 kJ of the node", "not calibrated, ±4.1 % is assumed of its kind")
                .contains("Informal: measured without director and analyzer", "late", "Fans were not watched")
                .contains("Not in it: losses of the power supplies")
                .contains("9.6", "Energy of a token")
                .contains("Phases that the workload marked", "prefill", "12.00 kJ")
                .contains("rest of the node", "node − GPUs", "no meter at the wall, and no calibration");
    }

    @Test
    void withACalibrationTheWallIsInferredWithItsReasonAndWhatIsToldOfIt() {
        WallPrediction wall = new WallPrediction(
                100, 533, 5, "gpu+redfish", Map.of("fit", 3.0), List.of("fans were not watched"), false, true);
        String html = page("s", "late", Optional.of(new EnergyStatement.Inferred(wall, "lab.json", "sha256:00")));

        assertThat(html)
                .contains("53.30 kJ at the wall, inferred", "calibrated on two days")
                .contains("Wall power: fans were not watched", "gpu+redfish by lab.json", "losses of the supplies");
    }

    @Test
    void everyFigureLeadsToItsProvenanceAndHostileTextsAreText() {
        String hostile = "</script><img src=x onerror=alert(1)>";
        String html = page(hostile, hostile, Optional.empty());

        assertThat(html).doesNotContain("<img").contains("default-src 'none'");
        for (String key : List.of("power", "budget", "tokens", "informal")) {
            assertThat(html).contains("href=\"#src-" + key + "\"", "id=\"src-" + key + "\"");
        }
    }
}
