package dev.wattline.compliance.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.compliance.RecordedSessions;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricTest {
    private static final String DETAIL = "run_1/mlperf_log_detail.txt";

    private static final Set<String> COPIES = Set.of("modernised", "tampered"); // in folders named after what was done

    @TempDir
    Path temp;

    /** Without a word on the scenario, by the newest rules, by the round's own, and by those that LoadGen's log tells. */
    @Test
    void isWhatTheSubmissionCheckerComputed() {
        SoftAssertions softly = new SoftAssertions();
        for (Path session : RecordedSessions.all()) {
            Map<String, Object> expected = RecordedSessions.expected(session);
            Map<String, Object> power = PyValues.object(PyValues.item(expected, "power"));
            compare(softly, session, "latest", power, "power_");
            compare(softly, session, String.valueOf(expected.get("round")), power, "era_power_");
            compare(softly, session, null, power, "era_power_");
        }
        softly.assertAll();
    }

    private static void compare(
            SoftAssertions softly, Path session, @Nullable String round, Map<String, Object> power, String prefix) {
        PowerMetric metric = metric(session, round, null);
        String where = RecordedSessions.name(session) + " by " + round;
        Object value = PyValues.item(power, prefix + "metric");
        Object scenario = PyValues.item(power, "scenario_dir");
        // A copy whose folder is no longer named after its scenario: LoadGen's log cannot tell what was inferred from
        // it.
        boolean inferred = !scenario.equals(metric.scenario());
        Optional<PowerMetric.Inferred> other = metric.inferred().stream()
                .filter(candidate -> candidate.scenario().equals(scenario))
                .findFirst();
        Double ours = inferred ? other.map(PowerMetric.Inferred::value).orElse(null) : metric.value();
        if (value instanceof Double number) {
            softly.assertThat(ours).as(where).isNotNull();
            softly.assertThat(Objects.requireNonNullElse(ours, Double.NaN))
                    .as(where)
                    .isEqualTo(number, within(Math.abs(number) * 1e-9));
            softly.assertThat(inferred ? other.map(PowerMetric.Inferred::unit).orElse("") : metric.unit())
                    .as(where)
                    .isEqualTo(PyValues.item(power, prefix + "unit"));
        } else {
            softly.assertThat(ours).as(where).isNull();
            softly.assertThat(metric.notes()).as(where).isNotEmpty();
        }
        softly.assertThat(inferred && !COPIES.contains(RecordedSessions.group(session)))
                .as(where + " is taken for " + metric.scenario())
                .isFalse();
    }

    private static PowerMetric metric(Path session, @Nullable String round, @Nullable String scenario) {
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

    @ParameterizedTest
    @CsvSource({
        "SingleStream/performance,SingleStream,SingleStream", // as a submission has it
        "Offline/performance,SingleStream,Offline", // inferred
        "resnet50__offline,SingleStream,Offline",
        "a/b/MultiStream,SingleStream,MultiStream",
        "server,SingleStream,SingleStream", // a folder called after a machine
        "SingleStream,Server,Server", // not possible
        "session,SingleStream,SingleStream",
        "Interactive,Server,Interactive"
    })
    void theScenarioIsThatOfTheFolderIfTheRunMayCountForIt(String folder, String ran, String scenario) {
        SyntheticSession session = SyntheticSession.create(temp.resolve(folder));
        session.replace(DETAIL, "\"Offline\"", "\"" + ran + "\"");
        PowerMetric metric = metric(session.folder(), "latest", null);
        assertThat(metric.scenario()).isEqualTo(scenario);
        assertThat(metric.unit()).isEqualTo(scenario.endsWith("Stream") ? "mJ/query" : "W");
    }

    @Test
    void aFolderThatContradictsTheRunIsNoted() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("power-server"));
        session.replace(DETAIL, "\"Offline\"", "\"SingleStream\"");
        assertThat(metric(session.folder(), "latest", null).notes())
                .contains("a folder is named after Server, for which a run in SingleStream cannot count");
    }

    @Test
    void whatElseARunMayCountForIsGivenWhereOnlyLoadgenTellsTheScenario() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.replace(DETAIL, "\"Offline\"", "\"SingleStream\"");
        PowerMetric metric = metric(session.folder(), "latest", null);
        assertThat(metric.value()).isEqualTo(2500, within(1e-9));
        assertThat(metric.inferred())
                .containsExactly(
                        new PowerMetric.Inferred("Offline", 250, "W"),
                        new PowerMetric.Inferred("MultiStream", 20_000, "mJ/query"));
        assertThat(metric(session.folder(), "latest", "SingleStream").inferred())
                .isEmpty();
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
