package dev.wattline.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class AgentConfigReaderTest {
    static final String GOOD = """
            sut: h200-03
            director: power-lab.example:4951
            ntp: ntp.lab
            results: results
            ready:
              - ["true"]
            workloads:
              bert-offline:
                command: ["./run.sh", "bert", "{gpus}", "--json={}"]
                folder: work
                loadgenLogs: build/logs
                params:
                  gpus: {values: [1, 2, 4, 8], default: 8}
                  batch: {range: [1, 4096], default: 128}
                  cards: {pattern: "[0-7](,[0-7])*", default: "0"}
            settings:
              boost:
                values: [on, off]
                apply: {on: ["smi", "-rgc"], off: ["smi", "-lgc", "1200"]}
                read: ["smi", "-q"]
                expect: {off: Active}
                restore: on
              powercap:
                range: [200, 700]
                apply: ["smi", "-pl", "{value}"]
                read: ["smi", "--query-gpu=power.limit"]
                expect: "^(?<value>[0-9]+)(\\\\.0+)?$"
                restore: previous
                settle: 2m
            """;

    @TempDir
    Path folder;

    private Path write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private List<String> problems(String text) throws IOException {
        Path file = write(text);
        return Objects.requireNonNull(
                        catchThrowableOfType(ConfigProblemsException.class, () -> AgentConfigReader.read(file)))
                .problems();
    }

    /** YAML 1.1 would make true of on, and 8 of 8.0's like. */
    @Test
    void takesEveryScalarAsTheTextThatItIs() throws IOException {
        AgentConfig config = AgentConfigReader.read(write(GOOD));

        assertThat(config.sut()).isEqualTo("h200-03");
        assertThat(config.results()).isEqualTo(folder.resolve("results"));
        AgentConfig.NamedWorkload bert =
                Objects.requireNonNull(config.workloads().get("bert-offline"));
        assertThat(bert.command()).containsExactly("./run.sh", "bert", "{gpus}", "--json={}");
        assertThat(bert.loadgenLogs()).hasValue(folder.resolve("work/build/logs"));
        assertThat(Objects.requireNonNull(bert.params().get("gpus")).fallback()).hasValue("8");
        AgentConfig.MachineSetting boost =
                Objects.requireNonNull(config.settings().get("boost"));
        assertThat(boost.allowed()).isEqualTo(new AllowedValues.Listed(List.of("on", "off")));
        assertThat(boost.applying("off")).containsExactly("smi", "-lgc", "1200");
        assertThat(boost.restore()).hasValue("on");
        AgentConfig.MachineSetting cap =
                Objects.requireNonNull(config.settings().get("powercap"));
        assertThat(cap.applying("500")).containsExactly("smi", "-pl", "500");
        assertThat(cap.restore()).isEmpty();
        assertThat(cap.settle()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void withoutADirectorItNeedsNoneAndItsSessionsAreApart() throws IOException {
        Path file = write(
                GOOD.replace("director: power-lab.example:4951\n", "sources: {telemetry: rapl, settings: s.ini}\n")
                        .replace("ntp: ntp.lab\n", "")
                        .replace("    loadgenLogs: build/logs\n", ""));
        AgentConfig config = AgentConfigReader.readInformal(file);

        assertThat(config.results()).isEqualTo(folder.resolve("results/informal"));
        assertThat(Objects.requireNonNull(config.workloads().get("bert-offline"))
                        .loadgenLogs())
                .isEmpty();
        assertThat(config.sources())
                .isEqualTo(
                        new AgentConfig.MachineSources("rapl", Optional.of(folder.resolve("s.ini")), Optional.empty()));
        assertThat(Objects.requireNonNull(
                                catchThrowableOfType(ConfigProblemsException.class, () -> AgentConfigReader.read(file)))
                        .problems())
                .anySatisfy(one -> assertThat(one).contains("the key director is missing"))
                .anySatisfy(one -> assertThat(one).contains("the key ntp is missing"));
    }

    @Test
    void tellsAllThatIsWrongAtOnceWithItsPlace() throws IOException {
        assertThat(problems(GOOD.replace("director:", "directr:")
                        .replace("default: 8}", "default: 3}")
                        .replace("range: [200, 700]", "range: [200]")
                        .replace("settle: 2m", "settle: soon")
                        .replace("\"{gpus}\"", "\"{gpu}\"")
                        .replace("off: [\"smi\", \"-lgc\", \"1200\"]", "of: [\"smi\"]")))
                .anySatisfy(one -> assertThat(one).contains("line 2, column 10: unknown key directr"))
                .anySatisfy(one -> assertThat(one).contains("the key director is missing"))
                .anySatisfy(
                        one -> assertThat(one).contains("params.gpus: default: expected one of 1, 2, 4, 8, got '3'"))
                .anySatisfy(one -> assertThat(one).contains("powercap.range: expected [least, greatest]"))
                .anySatisfy(one -> assertThat(one).contains("line 29, column 13", "settle: expected a time such as 5s"))
                .anySatisfy(one -> assertThat(one).contains("{gpu} names no parameter"))
                .anySatisfy(one -> assertThat(one).contains("boost.apply: there is no command for off"));
    }

    @Test
    void aRangeThatNothingIsInIsTold() throws IOException {
        assertThat(problems(GOOD.replace("range: [200, 700]", "range: [700, 200]")))
                .anySatisfy(one ->
                        assertThat(one).contains("powercap.range: expected [least, greatest], got 700 above 200"));
    }

    @Test
    void whatAnyoneMayWriteIsNotTaken() throws IOException {
        Path file = write(GOOD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));

        assertThat(Objects.requireNonNull(
                                catchThrowableOfType(ConfigProblemsException.class, () -> AgentConfigReader.read(file)))
                        .problems())
                .singleElement()
                .asString()
                .contains("may be written by everybody");
    }

    @Test
    void anchorsDuplicatesAndDepthAreRefused() throws IOException {
        assertThat(problems("a: &x 1\nb: *x\n")).singleElement().asString().contains("anchors and aliases");
        assertThat(problems(GOOD + "sut: other\n"))
                .anySatisfy(one -> assertThat(one).contains("sut is there twice"));
        assertThat(problems("a: " + "[".repeat(50_000))).hasSize(1);
        assertThat(problems("a: [1\n")).singleElement().asString().contains("line ");
        assertThat(problems("")).singleElement().asString().contains("is empty");
    }

    @Test
    void aMissingKeyIsToldWithThePlaceOfWhatLacksIt() throws IOException {
        assertThat(problems(GOOD.replace("director: power-lab.example:4951\n", "")))
                .singleElement()
                .asString()
                .endsWith("agent.yaml, line 1, column 1: the key director is missing");
        assertThat(problems(GOOD + "tls:\n  identity: a.p12\n  trusted: b.p12\n"))
                .singleElement()
                .asString()
                .contains("line 31, column 3: tls: the key passwordFile is missing");
    }

    @Test
    void anEmptyListOfValuesIsToldAsThatAndNothingElse() throws IOException {
        assertThat(problems(GOOD.replace("values: [1, 2, 4, 8]", "values: []")))
                .singleElement()
                .asString()
                .contains("params.gpus.values: expected a list of values with at least one in it, such as [1, 2]");
        assertThat(problems(GOOD.replace("range: [200, 700]", "range: []")))
                .singleElement()
                .asString()
                .contains("powercap.range: expected [least, greatest], two whole numbers");
    }

    @Test
    void aWorkloadWithoutLoadgenLogsIsTaken() throws IOException {
        AgentConfig config = AgentConfigReader.read(write(GOOD.replace("    loadgenLogs: build/logs\n", "")));

        assertThat(Objects.requireNonNull(config.workloads().get("bert-offline"))
                        .loadgenLogs())
                .isEmpty();
    }

    @Test
    void whatIsNotInUtf8IsToldWithThePlace() throws IOException {
        Path file = write("");
        byte[] text = (GOOD + "# caf\u00e9\n").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, text);

        assertThat(Objects.requireNonNull(
                                catchThrowableOfType(ConfigProblemsException.class, () -> AgentConfigReader.read(file)))
                        .problems())
                .singleElement()
                .asString()
                .endsWith("agent.yaml: is not in UTF-8 from line 30, column 6 on: save it in that encoding");
    }

    @Test
    void actionsAreCommandsByName() throws IOException {
        String actions = """
                actions:
                  reboot: {command: [sudo, -n, reboot], returns: 20m}
                  fans: {command: [fans, full]}
                """;
        AgentConfig config = AgentConfigReader.read(write(GOOD + actions));

        assertThat(config.reboot()).containsExactly("sudo", "-n", "reboot");
        assertThat(config.actions())
                .containsOnly(
                        Map.entry(
                                "reboot",
                                new AgentConfig.MachineAction(
                                        List.of("sudo", "-n", "reboot"), Optional.of(Duration.ofMinutes(20)))),
                        Map.entry("fans", new AgentConfig.MachineAction(List.of("fans", "full"), Optional.empty())));
        assertThat(AgentConfigReader.read(write(GOOD + "reboot: [reboot]\n")).actions())
                .containsOnly(Map.entry(
                        "reboot",
                        new AgentConfig.MachineAction(List.of("reboot"), Optional.of(Duration.ofMinutes(15)))));
        assertThat(problems(GOOD + actions + "reboot: [reboot]\n"))
                .singleElement()
                .asString()
                .contains("reboot: is among");
        assertThat(problems(GOOD + "actions:\n  fans: {comand: [a]}\n"))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("comand"))
                .anySatisfy(problem -> assertThat(problem).contains("actions.fans: the key command is missing"));
    }
}
