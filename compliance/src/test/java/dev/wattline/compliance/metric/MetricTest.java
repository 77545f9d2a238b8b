package dev.wattline.compliance.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.compliance.RecordedSessions;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
            softly.assertThat(metric.noteTexts()).as(where).isNotEmpty();
        }
        softly.assertThat(inferred && !COPIES.contains(RecordedSessions.group(session)))
                .as(where + " is taken for " + metric.scenario())
                .isFalse();
    }

    private static PowerMetric metric(Path session, @Nullable String round, @Nullable String scenario) {
        return Objects.requireNonNull(report(session, round, scenario).metric());
    }

    private static SessionReport report(Path session, @Nullable String round, @Nullable String scenario) {
        return new SessionChecker(new CheckOptions(round, scenario, true)).check(session);
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

    /** By the rules that count every sample; no NaN may reach a person. */
    @ParameterizedTest
    @CsvSource({"0.000000, 0.0, no interval: the mean power is not above 0 W", "NaN, , are no numbers"})
    void aMeanThatIsNoPowerHasNoInterval(String watts, @Nullable Double value, String note) {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        session.edit("run_1/spl.txt", text -> text.replace("Watts,250.000000", "Watts," + watts));
        PowerMetric metric = metric(session.folder(), "v2.1", "Offline");
        assertThat(metric.value()).isEqualTo(value);
        assertThat(metric.ci95()).isNull();
        assertThat(metric.noteTexts())
                .anyMatch(text -> text.contains(note))
                .noneMatch(text -> text.contains("unknown %"));
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

    @ParameterizedTest
    @CsvSource({
        "Server/performance,Offline,ERROR", // packed under another scenario
        "server,SingleStream,ERROR",
        "Offline/performance,Server,ERROR",
        "Offline/performance,Interactive,ERROR",
        "SingleStream/performance,MultiStream,ERROR",
        "power-server/session,SingleStream,WARNING", // may be called after a machine
        "2025-07-28_15-00-00_resnet50_Server,Offline,ERROR"
    })
    void aFolderThatContradictsTheRunIsAFinding(String folder, String ran, Severity severity) {
        SyntheticSession session = SyntheticSession.create(temp.resolve(folder));
        session.edit(
                DETAIL,
                text -> text.replace(
                        "\"effective_scenario\", \"value\": \"Offline\"",
                        "\"effective_scenario\",  \"value\": \"" + ran + "\""));
        SessionReport report = report(session.folder(), "latest", null);
        PowerMetric metric = Objects.requireNonNull(report.metric());
        assertThat(metric.scenario()).isEqualTo(ran);
        assertThat(report.audit())
                .filteredOn(finding -> finding.id().equals("scenario-contradicts"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.message()).contains("LoadGen ran in " + ran);
                    assertThat(finding.file()).isEqualTo(DETAIL);
                });
        assertThat(metric.clean()).isEqualTo(severity == Severity.WARNING);
    }

    @Test
    void aLabelAndAnOptionThatContradictTheRunAreFindings() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        assertThat(report(session.folder(), "latest", "Server").audit())
                .extracting(Finding::id)
                .contains("scenario-contradicts");
        for (String summary : List.of("power/client.json", "power/server.json")) {
            session.edit(
                    summary,
                    text -> text.replace(
                            "\"session_name\": \"" + SyntheticSession.NAME,
                            "\"session_name\": \"" + SyntheticSession.NAME + "_resnet50_Server"));
        }
        assertThat(report(session.folder(), "latest", null).audit())
                .filteredOn(finding -> finding.id().equals("scenario-contradicts"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).startsWith("the session's label says Server"));
    }

    @Test
    void anInferredResultIsSaidToBeOne() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("Offline/performance"));
        session.replace(DETAIL, "\"Offline\"", "\"SingleStream\"");
        assertThat(metric(session.folder(), "latest", null).noteTexts())
                .contains(
                        "the result for Offline is inferred from a run in SingleStream, which the rules allow for edge"
                                + " systems");
    }

    @ParameterizedTest
    @CsvSource({
        "latest, llama2-70b-99/Offline/performance, 109.2;tokens/J 4.0;samples/J",
        "v4.1, gptj-99/Offline/performance, 4.0;samples/J 109.2;tokens/J", // counted by a key that the log lacks
        "v3.1, llama2-70b-99/Offline/performance, 4.0;samples/J 109.2;tokens/J", // not counted in tokens yet
        "latest, session, 4.0;samples/J 109.2;tokens/J"
    })
    void tokensComeFirstOfABenchmarkThatIsCountedInThem(String round, String folder, String efficiencies) {
        SyntheticSession session = SyntheticSession.create(temp.resolve(folder));
        session.edit(DETAIL, text -> text + ":::MLLOG {\"key\": \"result_tokens_per_second\", \"value\": 27300}\n");
        assertThat(metric(session.folder(), round, "Offline").efficiencies().stream()
                        .map(each -> each.value() + ";" + each.unit())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(efficiencies);
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

    /** The window begins 0.7 s after a sample and ends 0.7 s after one; 150 W is the step at both ends. */
    @Test
    void theSamplesThatTheWindowsEndsCutWidenTheIntervalAndNotTheMetric() {
        SyntheticSession plain = SyntheticSession.create(temp.resolve("plain"));
        SyntheticSession stepped = SyntheticSession.create(temp.resolve("stepped"));
        stepped.edit("run_1/spl.txt", text -> onlyInside(text, "Watts,100."));

        PowerMetric metric = metric(stepped.folder(), "latest", "Offline");

        assertThat(metric.value())
                .isEqualTo(metric(plain.folder(), "latest", "Offline").value());
        PowerMetric.Interval interval = Objects.requireNonNull(metric.ci95());
        assertThat((interval.high() - interval.low()) / 2)
                .isEqualTo(1 + 2 * 0.7 * 150 / 60, within(1e-6)); // times are doubles
        assertThat(metric.noteTexts()).anyMatch(note -> note.contains("the window's ends cut"));
    }

    /** The log with other samples outside of the minute of the window. */
    private static String onlyInside(String spl, String watts) {
        return spl.lines()
                .map(line ->
                        line.contains("15:03:") || line.contains("15:05:") ? line.replace("Watts,250.", watts) : line)
                .collect(java.util.stream.Collectors.joining("\n", "", "\n"));
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
        assertThat(metric.noteTexts().get(0)).contains("number of queries");
    }
}
