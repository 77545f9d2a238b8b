package dev.wattline.compliance.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.compliance.SharedData;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.python.PyJson;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTest {
    private static final String DETAIL = "run_1/mlperf_log_detail.txt";

    @TempDir
    Path temp;

    @Test
    void isWhatTheSubmissionCheckerComputed() throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (Path session : SharedData.corpus()) {
            Map<String, Object> expected =
                    PyValues.object(PyJson.parse(Files.readString(session.resolve("expected.json"))));
            Map<String, Object> power = PyValues.object(PyValues.item(expected, "power"));
            String scenario = String.valueOf(PyValues.item(power, "scenario_dir"));
            compare(
                    softly,
                    session,
                    scenario,
                    "latest",
                    PyValues.item(power, "power_metric"),
                    PyValues.item(power, "power_unit"));
            String round = String.valueOf(expected.get("round"));
            compare(
                    softly,
                    session,
                    scenario,
                    round,
                    PyValues.item(power, "era_power_metric"),
                    PyValues.item(power, "era_power_unit"));
            compare(
                    softly,
                    session,
                    scenario,
                    null,
                    PyValues.item(power, "era_power_metric"),
                    PyValues.item(power, "era_power_unit"));
        }
        softly.assertAll();
    }

    private static void compare(
            SoftAssertions softly, Path session, String scenario, @Nullable String round, Object value, Object unit) {
        PowerMetric metric = metric(session, round, scenario);
        String where = SharedData.name(session) + " by " + round;
        if (value instanceof Double number) {
            softly.assertThat(metric.value()).as(where).isNotNull();
            softly.assertThat(Objects.requireNonNullElse(metric.value(), Double.NaN))
                    .as(where)
                    .isEqualTo(number, within(Math.abs(number) * 1e-9));
            softly.assertThat(metric.unit()).as(where).isEqualTo(unit);
        } else {
            softly.assertThat(metric.value()).as(where).isNull();
            softly.assertThat(metric.notes()).as(where).isNotEmpty();
        }
    }

    private static PowerMetric metric(Path session, @Nullable String round, String scenario) {
        return Objects.requireNonNull(new SessionChecker(new CheckOptions(round, scenario, true))
                .check(session)
                .metric());
    }

    @ParameterizedTest
    @CsvSource({
        "latest,Offline,250,W",
        "latest,Server,250,W",
        "latest,SingleStream,2500,mJ/query", // 250 W for 60 s over 6000 queries
        "latest,MultiStream,2500,mJ/query",
        "v2.1,SingleStream,2.5,J/query"
    })
    void isComputedByScenarioAndRound(String round, String scenario, double value, String unit) {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        PowerMetric metric = metric(session.folder(), round, scenario);
        assertThat(metric.value()).isEqualTo(value, within(1e-9));
        assertThat(metric.unit()).isEqualTo(unit);
        assertThat(metric.energyJoules()).isEqualTo(15_000, within(1e-9));
        assertThat(metric.samples()).isEqualTo(60);
    }

    @Test
    void aMultiStreamResultInferredFromSingleStreamTakesEightQueriesForOne() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.replace(DETAIL, "\"Offline\"", "\"SingleStream\"");
        assertThat(metric(session.folder(), "latest", "MultiStream").value()).isEqualTo(20_000, within(1e-9));
    }

    @Test
    void theScenarioIsThatOfTheFolder() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("SingleStream/performance"));
        PowerMetric metric = Objects.requireNonNull(new SessionChecker(new CheckOptions("latest", null, true))
                .check(session.folder())
                .metric());
        assertThat(metric.scenario()).isEqualTo("SingleStream");
        assertThat(metric.unit()).isEqualTo("mJ/query");
    }

    @Test
    void encodedSamplesCountUpToRoundThree() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit("run_1/spl.txt", text -> text.replace("15:04:20.300,Watts,250", "15:04:20.300,Watts,-1"));
        assertThat(metric(session.folder(), "v3.0", "Offline").value()).isEqualTo((59 * 250 - 1) / 60.0, within(1e-9));
        assertThat(metric(session.folder(), "v3.1", "Offline").value()).isEqualTo(250, within(1e-9));
    }

    @Test
    void theIntervalIsPtdaemonsUncertainty() {
        PowerMetric metric =
                metric(SyntheticSession.create(temp.resolve("session")).folder(), "latest", "Offline");
        assertThat(metric.ci95()).isEqualTo(new PowerMetric.Interval(249, 251));
    }

    @Test
    void withoutItTheIntervalIsTheMakersAccuracy() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit("power/server.json", text -> text.replace("\"Uncertainty\"", "\"Mark\""));
        PowerMetric.Interval interval = Objects.requireNonNull(
                metric(session.folder(), "latest", "Offline").ci95());
        // 0.1 % of 250 W and 0.05 % of 300 V times 2 A.
        assertThat(interval.high()).isEqualTo(250 + 0.25 + 0.3, within(1e-9));
    }

    @Test
    void whatIsMissingIsSaid() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit(DETAIL, text -> text.replace("result_query_count", "x"));
        PowerMetric metric = metric(session.folder(), "latest", "SingleStream");
        assertThat(metric.value()).isNull();
        assertThat(metric.averageWatts()).isEqualTo(250, within(1e-9));
        assertThat(metric.notes().get(0)).contains("number of queries");
    }
}
