package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.json.SummaryJson;
import dev.wattline.protocol.time.ClockWatch;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One side is suspended for a while in the middle of the testing phase, and goes on as if nothing had been. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class SuspendedIT {
    private static final Duration SUSPENDED = Duration.ofMillis(4500);

    @Test
    void aRunThatWasSuspendedIsMarkedOnBothSides(Lab lab) {
        Program director = lab.startDirector();
        Program run = start(lab);
        Suspension suspension = suspend(lab, run);

        Program.Line told = run.awaitLine("this process stood still for \\d+ ms until", Lab.PATIENCE);
        Program.Line other = director.awaitLine("on the runner this process stood still for \\d+ ms", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(exit).as(run::output).isZero();
        suspension.hasLengthToldBy(told);
        run.awaitLine("but the measurement is suspect: on this machine this process stood still", Lab.PATIENCE);
        bothSummariesSay(lab, "stood still for");
        lab.outcome(
                Row.PEER_SUSPENDED, "runner, own gap", told.after(suspension.resumed()), "runner " + exit, told.text());
        lab.outcome(Row.PEER_SUSPENDED, "runner, director knows", other.after(suspension.resumed()), "", other.text());
        lab.nextSessionSucceeds();
    }

    @Test
    void aRunWhoseDirectorWasSuspendedIsMarkedOnBothSides(Lab lab) {
        Program director = lab.startDirector();
        Program run = start(lab);
        Suspension suspension = suspend(lab, director);

        Program.Line told = director.awaitLine("on the director this process stood still for \\d+ ms", Lab.PATIENCE);
        Program.Line other = run.awaitLine("on the director this process stood still for \\d+ ms", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(exit).as(run::output).isZero();
        suspension.hasLengthToldBy(told);
        run.awaitLine("but the measurement is suspect: testing: on the director", Lab.PATIENCE);
        bothSummariesSay(lab, "stood still for");
        lab.outcome(
                Row.PEER_SUSPENDED,
                "director, own gap",
                told.after(suspension.resumed()),
                "runner " + exit,
                told.text());
        lab.outcome(Row.PEER_SUSPENDED, "director, runner knows", other.after(suspension.resumed()), "", other.text());
        lab.nextSessionSucceeds();
    }

    @Test
    void theRunnersOptionFailsTheRun(Lab lab) {
        lab.startDirector();
        Program run = start(lab, "--on-suspension", "fail");
        Suspension suspension = suspend(lab, run);

        Program.Line told = run.awaitLine("the testing phase is suspect: .* stood still", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(exit).isEqualTo(1);
        lab.nothingIsLeftOf("gap", TestDeadlines.seconds(2));
        lab.directorClosed("gap", "failed");
        assertThat(lab.directorsFailure("gap")).contains("stood still");
        assertThat(Lab.files(lab.runnersSession("gap")))
                .contains("ranging/spl.txt", "run_1/spl.txt", "power/client.json");
        lab.outcome(
                Row.PEER_SUSPENDED,
                "runner, --on-suspension fail",
                told.after(suspension.resumed()),
                "runner " + exit,
                told.text());
        lab.nextSessionSucceeds();
    }

    @Test
    void theDirectorsKeyFailsTheRun(Lab lab) {
        lab.key("stopOn", "ptd-lost, suspended");
        Program director = lab.startDirector();
        Program run = start(lab);
        Suspension suspension = suspend(lab, director);

        Program.Line told =
                run.awaitLine("the director lost the measurement in the testing phase, .*stood still", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(exit).isEqualTo(1);
        lab.nothingIsLeftOf("gap", TestDeadlines.seconds(2));
        lab.directorClosed("gap", "failed");
        assertThat(lab.directorsFailure("gap")).contains("on the director this process stood still");
        lab.rangesAreRestored();
        lab.outcome(
                Row.PEER_SUSPENDED,
                "director, stopOn: suspended",
                told.after(suspension.resumed()),
                "runner " + exit,
                told.text());
        lab.nextSessionSucceeds();
    }

    /** Such a client says nothing of itself; its next request does. */
    @ParameterizedTest
    @CsvSource({"ptd-lost, true", "'ptd-lost, suspended', false"})
    void aPlainClientsGapIsKnownAtItsNextRequest(String stopOn, boolean goesOn, Lab lab) {
        lab.key("stopOn", stopOn);
        Program director = lab.startDirector();
        Program client = lab.startClass(PlainClient.class, "plain", lab.directorAddress(), "gap", "4");
        client.awaitLine("testing: compared clocks", Lab.PATIENCE);
        Suspension suspension = suspend(lab, client);

        Program.Line told = director.awaitLine("the client stood still for \\d+ ms", Lab.PATIENCE);
        assertThat(client.awaitExit(Lab.PATIENCE)).as(client::output).isEqualTo(goesOn ? 0 : 1);

        lab.directorClosed("gap", goesOn ? "done" : "failed");
        if (goesOn) {
            Path summary = lab.directorsSession("gap").resolve("power/server.json");
            assertThat(String.valueOf(SummaryJson.read(summary).wattline().get("suspect")))
                    .contains("the client stood still for");
        } else {
            assertThat(client.output()).contains("stop,testing -> Error").contains("the client stood still");
            assertThat(lab.directorsFailure("gap")).contains("the client stood still for");
        }
        lab.rangesAreRestored();
        lab.outcome(
                Row.PEER_SUSPENDED,
                "plain client, stopOn " + stopOn,
                told.after(suspension.resumed()),
                "",
                told.text());
        lab.nextSessionSucceeds();
    }

    /** A plain director says nothing of itself; its next reply does. To this runner every director is a plain one. */
    @ParameterizedTest
    @CsvSource({"suspect, 0", "fail, 1"})
    void aPlainDirectorsGapIsKnownAtItsNextReply(String onSuspension, int status, Lab lab) throws IOException {
        Program director = lab.startDirector();
        Path go = lab.file("go");
        String held = Workloads.heldUntil(go) + Workloads.lasting(1, lab.loadgenLogs());
        Program run = lab.run(
                "gap",
                Workloads.firstThen(Workloads.lasting(1, lab.loadgenLogs()), held, lab),
                "--plain-v3",
                "--on-suspension",
                onSuspension);
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        lab.awaitSamples("gap", "testing", 2);

        director.signal(Signal.STOP);
        Files.createFile(go);
        run.awaitLine("testing: the workload ended", Lab.PATIENCE); // from now on it waits for a reply
        director.staysSuspended(ClockWatch.GAP_LIMIT.plusMillis(800));
        long resumed = Lab.now();
        director.signal(Signal.CONT);

        Program.Line told =
                run.awaitLine("director: the director stood still: it took \\d+ ms to answer 'time'", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(exit).as(run::output).isEqualTo(status);
        if (status == 0) {
            run.awaitLine("but the measurement is suspect: the director stood still", Lab.PATIENCE);
            Path summary = lab.runnersSession("gap").resolve("power/client.json");
            assertThat(String.valueOf(SummaryJson.read(summary).wattline().get("suspect")))
                    .contains("the director stood still: it took");
        } else {
            run.awaitLine("the testing phase is suspect: the director stood still", Lab.PATIENCE);
        }
        lab.outcome(
                Row.PEER_SUSPENDED,
                "plain director, --on-suspension " + onSuspension,
                told.after(resumed),
                "runner " + exit,
                told.text());
        lab.nextSessionSucceeds();
    }

    /** Longer than anybody should wait for an answer that is due at once, and no reason to lose a run. */
    @ParameterizedTest
    @CsvSource({"--live, on the director this process stood still", "--plain-v3, the director stood still"})
    void aStandstillOf12SecondsOverTheWorkloadsEndCostsNoRun(String option, String told, Lab lab) throws IOException {
        Program director = lab.startDirector();
        Path go = lab.file("go");
        String held = Workloads.heldUntil(go) + Workloads.lasting(1, lab.loadgenLogs());
        Program run = lab.run("still", Workloads.firstThen(Workloads.lasting(1, lab.loadgenLogs()), held, lab), option);
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        lab.awaitSamples("still", "testing", 2);

        director.signal(Signal.STOP);
        Files.createFile(go);
        run.awaitLine("testing: the workload ended", Lab.PATIENCE);
        director.staysSuspended(Duration.ofSeconds(12));
        long resumed = Lab.now();
        director.signal(Signal.CONT);

        Program.Line line = run.awaitLine(told, Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(exit).as(run::output).isZero();
        run.awaitLine("but the measurement is suspect: .*stood still", Lab.PATIENCE);
        Path summary = lab.runnersSession("still").resolve("power/client.json");
        assertThat(String.valueOf(SummaryJson.read(summary).wattline().get("suspect")))
                .contains("stood still");
        lab.directorClosed("still", "done");
        lab.outcome(
                Row.PEER_SUSPENDED,
                "director, 12 s over the workload's end, " + option,
                line.after(resumed),
                "runner " + exit,
                line.text());
        lab.nextSessionSucceeds();
    }

    private static Program start(Lab lab, String... options) {
        Program run = lab.run("gap", Workloads.held(lab), options);
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        lab.awaitSamples("gap", "testing", 1);
        return run;
    }

    /** Suspends it for a while and lets the workload go on to its end behind that. */
    private static Suspension suspend(Lab lab, Program program) {
        long stopped = Lab.now();
        program.signal(Signal.STOP);
        program.staysSuspended(SUSPENDED);
        long resumed = Lab.now();
        program.signal(Signal.CONT);
        lab.letGo();
        return new Suspension(stopped, resumed);
    }

    /** When a program was stopped and when it went on, on the monotonic clock. */
    private record Suspension(long stopped, long resumed) {
        /** What stood still did so all that time, and at most from the tick before, a second earlier, until it was told. */
        void hasLengthToldBy(Program.Line told) {
            Duration length = Duration.ofMillis(Long.parseLong(told.group("stood still for (\\d+) ms")));
            assertThat(length)
                    .isBetween(SUSPENDED, told.after(stopped).plusSeconds(1).plus(TestDeadlines.seconds(0.5)));
        }
    }

    private static void bothSummariesSay(Lab lab, String text) {
        lab.directorClosed("gap", "done");
        for (Path session : List.of(lab.runnersSession("gap"), lab.directorsSession("gap"))) {
            Path summary =
                    session.resolve(session.startsWith(lab.output()) ? "power/client.json" : "power/server.json");
            assertThat(String.valueOf(SummaryJson.read(summary).wattline().get("suspect")))
                    .as("what %s calls suspect", summary)
                    .contains(text);
        }
    }
}
