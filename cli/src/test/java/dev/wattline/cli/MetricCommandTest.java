package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command lines that give metrics, on recorded submissions in folders named after their scenarios. */
@ResourceLock(Resources.SYSTEM_OUT)
class MetricCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"metric", "check"})
    void givesWhatTheSubmissionCheckerComputed(String command) throws IOException {
        List<Path> sessions = submissions();
        compare(sessions, reports(sessions, command, "--json", "--round", "latest"), "power_metric", "power_unit");
        compare(sessions, reports(sessions, command, "--json"), "era_power_metric", "era_power_unit");
    }

    private static List<Path> submissions() throws IOException {
        List<Path> sessions = new ArrayList<>();
        for (String round : List.of("v1.0", "v1.1", "v4.1")) {
            try (Stream<Path> folders = Files.list(SharedData.orSkip("corpus").resolve(round))) {
                folders.sorted().forEach(sessions::add);
            }
        }
        return sessions;
    }

    private static JsonNode reports(List<Path> sessions, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        sessions.forEach(session -> all.add(session.toString()));
        return JsonMapper.shared()
                .readTree(CapturedStreams.run(all.toArray(String[]::new)).out());
    }

    private static void compare(List<Path> sessions, JsonNode reports, String value, String unit) throws IOException {
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(reports.size()).isEqualTo(sessions.size());
        for (int i = 0; i < sessions.size(); i++) {
            JsonNode expected = JsonMapper.shared()
                    .readTree(Files.readString(sessions.get(i).resolve("expected.json")))
                    .get("power");
            JsonNode metric = reports.get(i).get("metric");
            String where = sessions.get(i) + ": " + metric;
            softly.assertThat(metric.get("scenario").asString())
                    .as(where)
                    .isEqualTo(expected.get("scenario_dir").asString());
            if (expected.get(value).isNull()) {
                softly.assertThat(metric.get("value").isNull()).as(where).isTrue();
            } else {
                double official = expected.get(value).asDouble();
                softly.assertThat(metric.get("value").asDouble())
                        .as(where)
                        .isEqualTo(official, within(official * 1e-9));
                softly.assertThat(metric.get("unit").asString())
                        .as(where)
                        .isEqualTo(expected.get(unit).asString());
            }
        }
        softly.assertAll();
    }

    @Test
    void aFolderWithoutASessionHasNone() {
        Outcome outcome = CapturedStreams.run("metric", "/no/such/session");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.out()).contains("metric  none", "/no/such/session does not exist");
    }
}
