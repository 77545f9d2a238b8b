package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher's loop of agent, runner and agent, under every signal in every state, with a stand-in for Java. */
@EnabledOnOs(OS.LINUX)
class AgentLoopIT {
    @TempDir
    private Path scratch;

    private LauncherSandbox sandbox;
    private Path steps;
    private Path release;

    @BeforeEach
    void standIn() throws IOException {
        sandbox = new LauncherSandbox(scratch, "checkout");
        steps = scratch.resolve("steps");
        release = scratch.resolve("release");
        Files.createDirectories(sandbox.jar.getParent());
        Files.createFile(sandbox.jar);
        sandbox.environment.put("WATTLINE_NO_CDS", "1");
    }

    /** Each JVM notes its stage; the one of this stage goes on until it gets TERM, or until it is released. */
    private void javaThatWaitsIn(String waiting, int prepared) throws IOException {
        sandbox.javaHome("17.0.9", """
                all=$*
                case $all in
                    *-Dwattline.run.status=*) all=${all#*-Dwattline.run.status=} stage="finish ${all%%%% *}" ;;
                    *" run --job "*) stage=measure ;;
                    *) stage=prepare ;;
                esac
                trap 'echo "$stage ended by TERM" >>STEPS; exit 143' TERM
                echo "$stage" >>STEPS
                if [ "${stage%%%% *}" = %s ]; then
                    echo $$ >PID
                    until [ -e RELEASE ]; do sleep 0.05 & wait $!; done
                fi
                [ "$stage" = prepare ] && exit %d
                exit 0
                """.formatted(waiting, prepared)
                .replace("STEPS", quoted(steps))
                .replace("PID", quoted(scratch.resolve("pid")))
                .replace("RELEASE", quoted(release)));
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }

    private Process start() throws IOException {
        // Maven itself may run with INT ignored, which no shell below it could undo.
        return sandbox.start(
                "env", "--default-signal=INT,QUIT", sandbox.launcher(), "agent", "-c", "agent.yaml", "start", "bert");
    }

    private List<String> steps() throws IOException {
        return Files.exists(steps) ? Files.readAllLines(steps) : List.of();
    }

    private void awaitStage(String stage) {
        await().atMost(TestDeadlines.seconds(30))
                .until(() -> Files.exists(scratch.resolve("pid"))
                        && Files.readString(scratch.resolve("pid")).endsWith("\n")
                        && steps().stream().anyMatch(step -> step.startsWith(stage)));
    }

    private static void kill(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void oneAfterTheOther() throws Exception {
        javaThatWaitsIn("nothing", 75);

        Outcome outcome = sandbox.outcome(start());

        assertThat(outcome.exitCode()).isZero();
        assertThat(steps()).containsExactly("prepare", "measure", "finish 0");
    }

    @Test
    void whatCannotBePreparedIsNotMeasured() throws Exception {
        javaThatWaitsIn("nothing", 1);

        assertThat(sandbox.outcome(start()).exitCode()).isEqualTo(1);
        assertThat(steps()).containsExactly("prepare");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 143"})
    void aSignalWhilePreparingEndsTheAgentAndNothingIsMeasured(String signal, int status) throws Exception {
        javaThatWaitsIn("prepare", 75);
        Process loop = start();
        awaitStage("prepare");

        kill(signal, loop.pid());

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(status);
        assertThat(steps()).containsExactly("prepare", "prepare ended by TERM");
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 143"})
    void aSignalWhileMeasuringEndsTheRunnerAndIsFollowedByTheAgent(String signal, int status) throws Exception {
        javaThatWaitsIn("measure", 75);
        Process loop = start();
        awaitStage("measure");

        kill(signal, loop.pid());

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(status);
        assertThat(steps()).containsExactly("prepare", "measure", "measure ended by TERM", "finish 143");
    }

    /** Restoring is not cut short; the loop's status is the signal's all the same. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 143"})
    void aSignalWhileRestoringWaits(String signal, int status) throws Exception {
        javaThatWaitsIn("finish", 75);
        Process loop = start();
        awaitStage("finish");

        kill(signal, loop.pid());
        kill(signal, loop.pid());
        Files.createFile(release);

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(status);
        assertThat(steps()).containsExactly("prepare", "measure", "finish 0");
    }

    @ParameterizedTest
    @CsvSource({"prepare, prepare", "measure, prepare;measure;finish 137", "finish, prepare;measure;finish 0"})
    void aChildThatIsKilledIsNoHandOver(String stage, String expected) throws Exception {
        javaThatWaitsIn(stage, 75);
        Process loop = start();
        awaitStage(stage);

        kill("KILL", Long.parseLong(Files.readString(scratch.resolve("pid")).strip()));

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(137);
        assertThat(steps()).containsExactly(expected.split(";"));
    }

    /** A campaign prepares so many sessions, then says that nothing is left. */
    private Process campaign(int sessions, String waiting) throws IOException {
        sandbox.javaHome("17.0.9", """
                all=$*
                case $all in
                    *-Dwattline.run.status=*) all=${all#*-Dwattline.run.status=} stage="finish ${all%%%% *}" ;;
                    *" run --job "*) stage=measure ;;
                    *) stage=prepare ;;
                esac
                trap 'echo "$stage ended by TERM" >>STEPS; exit 143' TERM
                echo "$stage" >>STEPS
                if [ "${stage%%%% *}" = %s ]; then
                    echo $$ >PID
                    until [ -e RELEASE ]; do sleep 0.05 & wait $!; done
                fi
                [ "$stage" = prepare ] && [ "$(grep -c '^prepare$' STEPS)" -le %d ] && exit 75
                exit 0
                """.formatted(waiting, sessions)
                .replace("STEPS", quoted(steps))
                .replace("PID", quoted(scratch.resolve("pid")))
                .replace("RELEASE", quoted(release)));
        sandbox.tool("grep", "exec /bin/grep \"$@\"\n");
        return sandbox.start("env", "--default-signal=INT,QUIT", sandbox.launcher(), "campaign", "run", "plan.yaml");
    }

    @Test
    void aCampaignGoesRoundUntilNothingIsLeft() throws Exception {
        assertThat(sandbox.outcome(campaign(2, "nothing")).exitCode()).isZero();
        assertThat(steps())
                .containsExactly("prepare", "measure", "finish 0", "prepare", "measure", "finish 0", "prepare");
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, 143, prepare, prepare;prepare ended by TERM",
        "INT, 130, measure, prepare;measure;measure ended by TERM;finish 143",
        "HUP, 143, measure, prepare;measure;measure ended by TERM;finish 143",
        "TERM, 143, finish, prepare;measure;finish 0"
    })
    void aSignalEndsACampaignInOrder(String signal, int status, String stage, String expected) throws Exception {
        Process loop = campaign(2, stage);
        awaitStage(stage);

        kill(signal, loop.pid());
        if (stage.equals("finish")) {
            Files.createFile(release);
        }

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(status);
        assertThat(steps()).containsExactly(expected.split(";"));
    }

    /** A campaign whose JVM goes on with the next session where it has restored, which it says by USR1. */
    private Process campaignThatGoesOn(int sessions, String waiting) throws IOException {
        sandbox.javaHome("17.0.9", """
                trap 'echo "$stage ended by TERM" >>STEPS; exit 143' TERM
                stage() {
                    stage=$1
                    echo "$stage" >>STEPS
                    if [ "${stage%%%% *}" = %s ]; then
                        echo $$ >WAITS
                        until [ -e RELEASE ]; do sleep 0.05 & wait $!; done
                    fi
                }
                case $* in *" run --job "*) stage measure; exit 0 ;; esac
                all=$*
                case $* in
                    *-Dwattline.run.status=*) all=${all#*-Dwattline.run.status=}; stage "finish ${all%%%% *}" ;;
                esac
                case $* in
                    *-Dwattline.run.next=true*) stage=prepare again=%s; kill -USR1 $PPID ;;
                    *-Dwattline.run.status=*) exit 0 ;;
                esac
                stage "prepare${again:-}"
                [ "$(grep -c '^prepare' STEPS)" -le %d ] && exit 75
                exit 0
                """.formatted(waiting, waiting.equals("prepare-again") ? "-again" : "", sessions)
                .replace("STEPS", quoted(steps))
                .replace("WAITS", quoted(scratch.resolve("pid")))
                .replace("RELEASE", quoted(release)));
        sandbox.tool("grep", "exec /bin/grep \"$@\"\n");
        return sandbox.start("env", "--default-signal=INT,QUIT", sandbox.launcher(), "campaign", "run", "plan.yaml");
    }

    @Test
    void oneProcessOfACampaignRestoresAndPreparesTheNext() throws Exception {
        Process loop = campaignThatGoesOn(2, "nothing");

        assertThat(sandbox.outcome(loop).exitCode()).isZero();
        assertThat(steps())
                .containsExactly("prepare", "measure", "finish 0", "prepare", "measure", "finish 0", "prepare");
    }

    /** One that comes while it restores is passed on as soon as it has. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 143"})
    void aSignalWhileSuchAProcessRestoresReachesItWhenItHas(String signal, int status) throws Exception {
        Process loop = campaignThatGoesOn(9, "finish");
        awaitStage("finish");

        kill(signal, loop.pid());
        kill(signal, loop.pid());
        Files.createFile(release);

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(status);
        assertThat(steps()).startsWith("prepare", "measure", "finish 0").endsWith("prepare ended by TERM");
        assertThat(steps()).filteredOn("measure"::equals).hasSize(1);
    }

    /** After a signal to the runner nothing goes on: what was set is restored, and no more. */
    @Test
    void aSignalWhileMeasuringLetsSuchAProcessRestoreAlone() throws Exception {
        Process loop = campaignThatGoesOn(9, "measure");
        awaitStage("measure");

        kill("INT", loop.pid());

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(130);
        assertThat(steps()).containsExactly("prepare", "measure", "measure ended by TERM", "finish 143");
    }

    /** While it waits before the next session, a signal ends it at once. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 143"})
    void aSignalWhileSuchAProcessPreparesEndsIt(String signal, int status) throws Exception {
        Process loop = campaignThatGoesOn(9, "prepare-again");
        await().atMost(TestDeadlines.seconds(30)).until(() -> steps().contains("prepare-again"));

        kill(signal, loop.pid());

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(status);
        assertThat(steps())
                .containsExactly("prepare", "measure", "finish 0", "prepare-again", "prepare-again ended by TERM");
    }

    @Test
    void suchAProcessThatIsKilledIsNoHandOver() throws Exception {
        Process loop = campaignThatGoesOn(9, "finish");
        awaitStage("finish");

        kill("KILL", Long.parseLong(Files.readString(scratch.resolve("pid")).strip()));

        assertThat(sandbox.outcome(loop).exitCode()).isEqualTo(137);
        assertThat(steps()).containsExactly("prepare", "measure", "finish 0");
    }

    /** The agent learns whom it would hand over to, and where its journal is. */
    @Test
    void theAgentIsToldItsLoopAndItsFolder() throws Exception {
        Path told = scratch.resolve("told");
        sandbox.javaHome("17.0.9", "echo \"$PPID $*\" >>" + quoted(told) + "; exit 1\n");
        sandbox.environment.put("WATTLINE_STATE", scratch.resolve("state").toString());
        Process loop = start();
        sandbox.outcome(loop);

        assertThat(Files.readString(told))
                .startsWith(loop.pid() + " ")
                .contains("-Dwattline.loop=" + loop.pid() + " ", "-Dwattline.agent.state=" + scratch.resolve("state"));
    }
}
