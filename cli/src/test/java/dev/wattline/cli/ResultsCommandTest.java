package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.records.index.IndexFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ResourceLock(Resources.SYSTEM_OUT)
class ResultsCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void writeIndex() {
        new IndexFile(folder)
                .append(List.of(
                                line("2026-11-01_10-00-00", "on", 100, "baseline"),
                                line("2026-11-02_10-00-00", "on", 101, "baseline"),
                                line("2026-11-03_10-00-00", "on", 99, "baseline"),
                                line("2026-11-04_10-00-00", "on", 89, "new"),
                                line("2026-11-05_10-00-00", "on", 90, "new"),
                                line("2026-11-06_10-00-00", "on", 91, "new"),
                                line("2026-11-07_10-00-00", "off", 60, "new"))
                        .iterator());
    }

    private static String line(String session, String boost, double watts, String tag) {
        return "{\"v\":1,\"session\":\"" + session
                + "\",\"kind\":\"official\",\"sut\":\"h200-03\",\"workload\":\"bert\",\"settings\":{\"boost\":\""
                + boost
                + "\"},\"start\":\"" + session.substring(0, 10)
                + "T10:00:00Z\",\"outcome\":\"complete\",\"suspect\":[],"
                + "\"verdict\":\"suspect\",\"valid\":true,\"metric\":{\"value\":" + watts
                + ",\"unit\":\"W\",\"lo\":" + (watts - 0.5) + ",\"hi\":" + (watts + 0.5) + "},\"peaks\":{\"testing\":["
                + "{\"analyzer\":\"WT333E C2\",\"channel\":\"channel 1\",\"V\":231.0,\"A\":" + watts / 231
                + ",\"W\":" + watts + "}]},\"folder\":\"" + session + "\",\"tags\":[\"" + tag + "\"]}";
    }

    private Outcome results(String... more) {
        List<String> arguments = new ArrayList<>(List.of("results", "-d", folder.toString()));
        arguments.addAll(Arrays.asList(more));
        return CapturedStreams.run(arguments.toArray(new String[0]));
    }

    private String out(String... more) {
        Outcome outcome = results(more);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out();
    }

    @Test
    void listsTheLastSessionsWithTheirIntervals() {
        assertThat(out("--last", "2").lines())
                .containsExactly(
                        "session              sut      workload  kind       metric    95 %  verdict",
                        "2026-11-06_10-00-00  h200-03  bert      official  91.00 W  +-0.50  suspect",
                        "2026-11-07_10-00-00  h200-03  bert      official  60.00 W  +-0.50  suspect");
    }

    @Test
    void groupsWithStatistics() {
        JsonNode groups =
                new JsonMapper().readTree(out("--where", "since=2026-11-04 valid", "--by", "boost", "--json"));

        assertThat(groups.size()).isEqualTo(2);
        JsonNode on = groups.path(1);
        assertThat(on.path("group").path("boost").asString()).isEqualTo("on");
        assertThat(on.path("n").asInt()).isEqualTo(3);
        assertThat(on.path("mean").asDouble()).isEqualTo(90);
        assertThat(on.path("low").asDouble()).isBetween(87.51, 87.52);
        assertThat(groups.path(0).path("low").isNull()).as("of one session").isTrue();
    }

    @Test
    void comparesWithTheBaselineOfTheSameGroup() {
        String table = out("--where", "tags=new", "--by", "boost", "--compare", "tags=baseline");

        assertThat(table.lines().filter(line -> line.startsWith("on")).findFirst())
                .hasValueSatisfying(
                        line -> assertThat(line).contains("-10.0").containsPattern("-12\\.\\d\\d % to -7\\.\\d\\d %"));
        assertThat(table.lines().filter(line -> line.startsWith("off")).findFirst())
                .hasValueSatisfying(line -> assertThat(line).containsPattern("-\\s+-\\s+0$"));
    }

    @Test
    void csvHoldsAllSessionsAndTheColumnsThatWereAskedFor() {
        assertThat(out("--columns", "session,metric.value,gpuLimitW,boost", "--csv", "--where", "boost=off")
                        .lines())
                .containsExactly("session,metric.value,gpuLimitW,boost", "2026-11-07_10-00-00,60.0,,off");
    }

    @Test
    void tellsThePeaksOfEarlierSessions() {
        assertThat(out("--peaks").lines().skip(1))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("h200-03  bert      WT333E C2  channel 1")
                        .contains("  7  ", "231", "0.4372", "101", "0.4810"));
        assertThat(out("--peaks", "--where", "boost=off")).contains("0.2597");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--where|gpus~8|expected KEY=VALUE",
                "--compare|baseline|--compare: expected KEY=VALUE",
                "--last|0|expected at least 1"
            })
    void aWrongQuestionIsAUsageError(String option, String value, String message) {
        Outcome outcome = results(option, value);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
    }

    @Test
    void anUnknownKeyIsToldWithTheNearest() {
        Outcome outcome = results("--where", "bost=on");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("has the key 'bost'; did you mean 'boost'?", "results --keys");
    }

    @Test
    void withoutAnIndexTheRemedyIsNamed() {
        Outcome outcome =
                CapturedStreams.run("results", "-d", folder.resolve("none").toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains("there is no index", "wattline index rebuild");
    }

    @Test
    void anIndexThatDiffersFromTheFolderFailsToVerify() {
        Outcome outcome = CapturedStreams.run("index", "verify", folder.toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.out()).contains("no such session: 2026-11-01_10-00-00", "index rebuild");
        assertThat(CapturedStreams.run("index", "rebuild", folder.toString()).out())
                .startsWith("0 sessions in ");
        assertThat(CapturedStreams.run("index", "verify", folder.toString()).exitCode())
                .isZero();
    }
}
