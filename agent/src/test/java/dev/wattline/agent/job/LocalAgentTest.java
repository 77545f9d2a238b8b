package dev.wattline.agent.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfigReader;
import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are files, set by cp and read by cat, in the place of clocks and power caps. */
@EnabledOnOs(OS.LINUX)
class LocalAgentTest {
    @TempDir
    Path folder;

    private AgentConfig config;
    private Path state;

    @BeforeEach
    void configure() throws IOException {
        for (String name : List.of("on", "off", "200", "500", "700")) {
            Files.writeString(folder.resolve(name), name + "\n");
        }
        set("boost", "on");
        set("cap", "700");
        config = config("");
        state = folder.resolve("state");
    }

    private void set(String setting, String value) throws IOException {
        Files.copy(folder.resolve(value), folder.resolve(setting), StandardCopyOption.REPLACE_EXISTING);
    }

    private String now(String setting) throws IOException {
        return Files.readString(folder.resolve(setting)).strip();
    }

    private AgentConfig config(String more) throws IOException {
        String at = folder.toString();
        Path file = Files.writeString(
                folder.resolve("agent.yaml"), """
                sut: rig
                director: 127.0.0.1:1
                ntp: 127.0.0.1
                results: results
                %s
                workloads:
                  bert:
                    command: ["./run.sh", "{gpus}", "--note={note}"]
                    cleanup: ["touch", "AT/cleaned"]
                    loadgenLogs: logs
                    params: {gpus: {range: [1, 8], default: 8}, note: {pattern: ".*", default: ""}}
                  load:
                    command: ["./load", "{n}"]
                    cleanup: ["touch", "AT/cleaned-load"]
                    warm: 30s
                    params: {n: {range: [1, 4096], default: 64}}
                settings:
                  boost:
                    values: [on, off]
                    apply: ["cp", "AT/{value}", "AT/boost"]
                    read: ["cat", "AT/boost"]
                    expect: "(?<value>on|off)"
                    restore: on
                  cap:
                    range: [200, 700]
                    apply: ["cp", "AT/{value}", "AT/cap"]
                    read: ["cat", "AT/cap"]
                    expect: "(?<value>[0-9]+)"
                    restore: previous
                """.formatted(more).replace("AT", at));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return AgentConfigReader.read(file);
    }

    private static JobRequest request(Map<String, String> params, String... settings) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            wanted.put(settings[i], settings[i + 1]);
        }
        return new JobRequest("bert", new TreeMap<>(params), wanted, List.of("--label=r51"));
    }

    private void withAgent(Consumer<LocalAgent> work) {
        try (AgentJournal journal = AgentJournal.open(state, TimeSource.system())) {
            work.accept(new LocalAgent(config, journal, state, line -> {}));
        }
    }

    /** A loop that is not there any more: no process has this id and began then. */
    private static final LocalAgent.Loop GONE = new LocalAgent.Loop(1, 0);

    private void prepare(JobRequest request) {
        withAgent(agent -> agent.prepare("j1", request.complete(config), GONE));
    }

    @Test
    void settingsAreAppliedReadBackAndRestored() throws IOException {
        prepare(request(Map.of("gpus", "4"), "boost", "off", "cap", "500"));

        assertThat(now("boost")).isEqualTo("off");
        assertThat(now("cap")).isEqualTo("500");
        Path job = state.resolve(HandOver.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(job)))
                .isEqualTo("rw-------");
        assertThat(HandOver.take(job))
                .contains(
                        "--addr=127.0.0.1:1",
                        "--workload-name=bert",
                        "--param=gpus=4",
                        "--setting=cap=500/700",
                        "--label=r51")
                .anySatisfy(argument -> assertThat(argument)
                        .startsWith("--run-workload=cd '" + folder + "' && exec env")
                        .endsWith(" 'WATTLINE_P_GPUS=4' 'WATTLINE_P_NOTE=' './run.sh' '4' '--note='"));
        assertThatThrownBy(() -> HandOver.take(job)).as("once").isInstanceOf(IOException.class);

        withAgent(agent -> agent.finish(0));

        assertThat(now("boost")).isEqualTo("on");
        assertThat(now("cap")).isEqualTo("700");
    }

    private static JobRequest beside(String companion, String... more) {
        return new JobRequest("bert", new TreeMap<>(), Map.of(), NamedCompanion.parse(companion), List.of(more));
    }

    @Test
    void theRunnerGetsTheCompanionsCommandWithItsDefaults() throws IOException {
        prepare(beside("load@other loop", "--profile"));

        assertThat(HandOver.take(state.resolve(HandOver.FILE)))
                .contains("--companion-name=load", "--companion-gpus=other", "--companion-loop", "--companion-warm=30")
                .anySatisfy(argument -> assertThat(argument)
                        .startsWith("--companion=cd '" + folder + "' && exec env")
                        .endsWith(" 'WATTLINE_MAIN_P_GPUS=8' 'WATTLINE_MAIN_P_NOTE=' 'WATTLINE_MAIN_WORKLOAD=bert'"
                                + " 'WATTLINE_P_N=64' './load' '64'"));
        withAgent(agent -> agent.finish(0));
        assertThat(folder.resolve("cleaned")).exists();
        assertThat(folder.resolve("cleaned-load")).exists();
    }

    @Test
    void theCompanionOfAJobThatWasCutShortIsCleanedUpAfter() {
        prepare(beside("load", "--profile"));
        assertThat(folder.resolve("cleaned-load")).doesNotExist();
        withAgent(LocalAgent::recover);
        assertThat(folder.resolve("cleaned-load")).exists();
    }

    @Test
    void aCompanionIsNoPartOfASubmission() {
        assertThatThrownBy(() -> prepare(beside("load", "--label=x"))).isInstanceOf(WrongRequestException.class);
        assertThat(state.resolve(HandOver.FILE)).doesNotExist();
        assertThatThrownBy(() -> beside("laod").complete(config))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("did you mean 'load'?");
    }

    /** A process that is killed leaves a journal that ends anywhere; the next agent restores before it does anything else. */
    @Test
    void afterAKillAtAnyLineTheNextAgentRestores() throws IOException {
        prepare(request(Map.of(), "boost", "off", "cap", "500"));
        withAgent(agent -> agent.finish(0));
        String whole = Files.readString(state.resolve("agent.journal"));
        List<String> lines = whole.lines().toList();
        assertThat(lines).hasSize(8); // job, two settings, handed over, ended, two restored, ready

        for (int kept = 0; kept <= lines.size(); kept++) {
            for (String cut : List.of("", "2026-11-29T10:0")) {
                String text = String.join("\n", lines.subList(0, kept)) + (kept > 0 ? "\n" : "") + cut;
                Files.writeString(state.resolve("agent.journal"), text);
                // What the journal announces may have been done or not.
                set("boost", text.contains("SETTING\tboost") ? "off" : "on");
                set("cap", text.contains("SETTING\tcap") ? "500" : "700");

                withAgent(LocalAgent::recover);

                boolean wasRestored = text.contains("RESTORED\tboost");
                assertThat(now("boost")).as(text).isEqualTo(wasRestored ? "off" : "on");
                assertThat(now("cap")).as(text).isEqualTo(text.contains("RESTORED\tcap") ? "500" : "700");
                try (AgentJournal journal = AgentJournal.open(state, TimeSource.system())) {
                    assertThat(journal.state()).isEqualTo(AgentState.READY);
                    assertThat(journal.changed()).isEmpty();
                }
            }
        }
    }

    @Test
    void aJobThatWasCutShortIsCleanedUpAfter() {
        prepare(request(Map.of(), "boost", "off"));
        assertThat(folder.resolve("cleaned")).doesNotExist();

        withAgent(LocalAgent::recover);

        assertThat(folder.resolve("cleaned")).exists();
    }

    @Test
    void aSettingThatDoesNotTakeIsAFailureBeforeAnythingIsMeasured() throws IOException {
        Files.delete(folder.resolve("500"));

        assertThatThrownBy(() -> prepare(request(Map.of(), "boost", "off", "cap", "500")))
                .isInstanceOf(AgentException.class)
                .hasMessageContaining("setting cap: setting it to 500 failed: 'cp ")
                .hasMessageContaining("ended with status 1");

        assertThat(now("boost")).as("restored").isEqualTo("on");
        assertThat(state.resolve(HandOver.FILE)).doesNotExist();
    }

    @Test
    void aSettingThatLiesIsFoundByReadingItBack() throws IOException {
        Files.writeString(folder.resolve("500"), "700\n");

        assertThatThrownBy(() -> prepare(request(Map.of(), "cap", "500")))
                .hasMessageContaining("setting cap was set to 500, but 'cat ")
                .hasMessageContaining("says '700'");
    }

    @Test
    void whatCannotBeRestoredKeepsEveryJobOut() throws IOException {
        prepare(request(Map.of(), "boost", "off", "cap", "500"));
        Files.move(folder.resolve("700"), folder.resolve("away"));

        assertThatThrownBy(() -> withAgent(agent -> agent.finish(0))).hasMessageContaining("not restored: setting cap");
        assertThat(now("boost")).as("the others are").isEqualTo("on");
        assertThatThrownBy(() -> prepare(request(Map.of()))).hasMessageContaining("not restored: setting cap");

        Files.move(folder.resolve("away"), folder.resolve("700"));
        prepare(request(Map.of()));
        assertThat(now("cap")).isEqualTo("700");
    }

    @Test
    void theLoopThatMeasuredGoesOnTryingToRestore() throws IOException {
        long self = ProcessHandle.current().pid();
        LocalAgent.Loop own =
                new LocalAgent.Loop(self, LoopProcess.startTicks(self).orElseThrow());
        withAgent(agent -> agent.prepare("j1", request(Map.of(), "cap", "500").complete(config), own));
        Files.move(folder.resolve("700"), folder.resolve("away"));
        assertThatThrownBy(() -> withAgent(agent -> agent.finish(0))).isInstanceOf(NotRestoredException.class);

        assertThatThrownBy(() -> withAgent(LocalAgent::recover)).isInstanceOf(NotRestoredException.class);

        Files.move(folder.resolve("away"), folder.resolve("700"));
        withAgent(LocalAgent::recover);
        assertThat(now("cap")).isEqualTo("700");
    }

    @Test
    void aMeasurementWhoseSettingChangedIsSuspectAlsoWhereAnotherCannotBeRestored() throws IOException {
        prepare(request(Map.of(), "boost", "off", "cap", "500"));
        Files.move(folder.resolve("700"), folder.resolve("away"));
        set("boost", "on"); // somebody else has

        assertThatThrownBy(() -> withAgent(agent -> agent.finish(0)))
                .isInstanceOfSatisfying(
                        NotRestoredException.class,
                        e -> assertThat(e.suspicions())
                                .singleElement()
                                .asString()
                                .contains("setting boost"));
    }

    @Test
    void aJobThatIsBeingMeasuredIsLeftAlone() throws IOException {
        long self = ProcessHandle.current().pid();
        LocalAgent.Loop alive =
                new LocalAgent.Loop(self, LoopProcess.startTicks(self).orElseThrow());
        withAgent(agent -> agent.prepare("j1", request(Map.of(), "cap", "500").complete(config), alive));

        assertThatThrownBy(() -> prepare(request(Map.of())))
                .hasMessageContaining("job j1 is being measured by process " + self);
        assertThatThrownBy(() -> withAgent(LocalAgent::recover))
                .isInstanceOfSatisfying(
                        MachineBusyException.class,
                        e -> assertThat(e.isLooped()).isTrue())
                .hasMessageContaining("job j1 is being measured by process " + self);
        assertThat(now("cap")).as("nothing is restored under a measurement").isEqualTo("500");
    }

    @Test
    void aMachineThatIsNotReadyIsNotMeasured() throws IOException {
        config = config("ready: [[\"false\"]]");

        assertThatThrownBy(() -> prepare(request(Map.of())))
                .hasMessageContaining("this machine is not ready: 'false' ended with status 1");
    }

    @Test
    void namesAndValuesAreHeldAgainstTheConfiguration() {
        assertThatThrownBy(() -> request(Map.of("gpus", "9", "cards", "1"), "cap", "100", "turbo", "3")
                        .complete(config))
                .hasMessageContaining("parameter gpus: expected a whole number from 1 to 8, got '9'")
                .hasMessageContaining("has no parameter 'cards'; it has gpus, note")
                .hasMessageContaining("setting cap: expected a whole number from 200 to 700, got '100'")
                .hasMessageContaining("there is no setting 'turbo'; the configuration has boost, cap");
        assertThatThrownBy(() -> request(Map.of("note", "a\u0000b")).complete(config))
                .hasMessageContaining("control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\r", "\t", "\u0000", "\u001b[2J", "\u007f", "\u0085", "\u009b31m"})
    void aControlCharacterIsInNoValue(String value) {
        assertThatThrownBy(() -> request(Map.of("note", value)).complete(config))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("none of them a control character");
    }

    @Test
    void aValueHas256CharactersAtMost() {
        assertThat(request(Map.of("note", "x".repeat(256))).complete(config).params())
                .containsEntry("note", "x".repeat(256));
        assertThatThrownBy(() -> request(Map.of("note", "x".repeat(257))).complete(config))
                .isInstanceOf(WrongRequestException.class);
    }

    @Test
    void aNameThatIsNearlyRightIsSuggested() {
        assertThatThrownBy(() -> request(Map.of("gpu", "8"), "boots", "on").complete(config))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("has no parameter 'gpu'; did you mean 'gpus'?")
                .hasMessageContaining("there is no setting 'boots'; did you mean 'boost'?");
    }

    @Test
    void aWorkloadThatWritesNoLoadgenLogsIsNotMeasured() throws IOException {
        Path file = folder.resolve("agent.yaml");
        Files.writeString(file, Files.readString(file).replace("    loadgenLogs: logs\n", ""));
        config = AgentConfigReader.read(file);

        assertThatThrownBy(() -> prepare(request(Map.of(), "cap", "500")))
                .isInstanceOf(WrongRequestException.class)
                .hasMessageContaining("has no loadgenLogs");
        assertThat(now("cap")).isEqualTo("700");
        withAgent(agent -> assertThat(
                        agent.during("j1", request(Map.of(), "cap", "500").complete(config), () -> "done"))
                .isEqualTo("done"));
    }

    /** No value is ever read as the shell's own text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$(touch broken)",
                "`touch broken`",
                "'; touch broken; '",
                "\"; touch broken; \"",
                "\\'; touch broken #",
                "a && touch broken",
                "${HOME}",
                "%VAR%",
                "*",
                "\\",
                "--note={gpus}",
                "|touch broken",
                "a;touch broken",
                "a || touch broken",
                "a & touch broken &",
                ">broken",
                "<(touch broken)",
                ">(touch broken)",
                "$((1+1))",
                "$'\\x41'",
                "$IFS",
                "${IFS}touch${IFS}broken",
                "!!",
                "!touch",
                "~",
                "~root",
                "?",
                "[a-z]*",
                "{1..9}",
                "a\\'; touch broken",
                "''",
                "'",
                "\"",
                "\"$(touch broken)\"",
                "' \"$(touch broken)\" '",
                "-rf /",
                "--",
                "-e touch broken",
                "#",
                " leading and trailing ",
                "two  blanks",
                "../../etc/passwd",
                "WATTLINE_P_GPUS=1",
                "PATH=.",
                "{note}",
                "{value}",
                "\u00e9\u4e2d\ud83d\ude00",
                "\u202ereversed",
                "%0atouch broken",
                "\\ntouch broken",
                "eval touch broken",
                "exec touch broken",
                "=broken",
                "a=`id`"
            })
    void valuesReachTheWorkloadAsTheyAre(String value) throws Exception {
        Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\nprintf '%s|%s' \"$2\" \"$WATTLINE_P_NOTE\" >got\n");
        Files.setPosixFilePermissions(folder.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        prepare(request(Map.of("note", value)));
        String shell = HandOver.take(state.resolve(HandOver.FILE)).stream()
                .filter(argument -> argument.startsWith("--run-workload="))
                .findFirst()
                .orElseThrow()
                .substring("--run-workload=".length());

        Process process = new ProcessBuilder("/bin/sh", "-c", shell)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        TestDeadlines.exitOf(process, 60);

        assertThat(Files.readString(folder.resolve("got"))).as(printed).isEqualTo("--note=" + value + "|" + value);
        assertThat(folder.resolve("broken")).doesNotExist();
    }
}
