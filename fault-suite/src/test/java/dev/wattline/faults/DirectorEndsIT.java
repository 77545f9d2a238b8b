package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The director is killed, or asked to end, while the testing phase runs, while nothing does, and while it starts. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class DirectorEndsIT {
    private static final Duration NOTICED = TestDeadlines.seconds(2); // the line of the runner included
    private static final Duration TOLD = TestDeadlines.seconds(6);
    private static final Duration WORKLOAD_ENDS = TestDeadlines.seconds(3);
    private static final String TESTING_AMPS = "amps.1 = fixed 2.0"; // what 250 W at 230 V asks for

    @Test
    void theSuccessorOfAKilledDirectorPutsThingsRight(Lab lab) {
        Program run = measuring(lab);
        Marked.Found orphan = Ptds.process(lab, 1);
        long killed = Lab.now();
        lab.director().signal(Signal.KILL);

        Program.Line told = run.awaitLine("the director went away", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(told.after(killed)).isLessThan(TOLD); // which the runner does when the workload has ended
        assertThat(exit).isEqualTo(1);
        lab.nothingIsLeftOf("cut", WORKLOAD_ENDS);
        assertThat(lab.processes("director")).extracting(Marked.Found::pid).containsExactly(orphan.pid());
        assertThat(lab.instrument(1)).contains(TESTING_AMPS);

        Program successor = lab.startDirector();
        successor.awaitLine(
                "pid=" + orphan.pid() + " PTDaemon of an interrupted session still runs and is ended", Lab.PATIENCE);
        wasClosedAsFailed(lab, "the director ended in the middle of the session in state TESTING");
        SessionSummary summary = summary(lab);
        assertThat(summary.ptdMessages().orElseThrow())
                .extracting(SessionSummary.PtdMessage::command)
                .startsWith("Hello", "Identify", "RR", "SR,V,Auto");
        assertThat(summary.messages()).isNotEmpty();
        assertThat(Lab.read(lab.directorsSession("cut").resolve("analyzers/restore_ptd_output_1.txt")))
                .containsSubsequence("Range A changed", "Ranges,0,5.000000,0,300.000000");
        lab.rangesAreRestored();
        lab.onlyTheDirectorIsLeft();
        canBeFetched(lab);
        lab.nextSessionSucceeds();
        lab.outcome(Row.DIRECTOR_KILLED, "SIGKILL", told.after(killed), "runner " + exit, told.text());
    }

    @ParameterizedTest
    @CsvSource({"TERM, DIRECTOR_KILLED", "INT, DIRECTOR_INTERRUPTED"})
    void aSignalClosesTheSessionAndTellsTheRunner(Signal signal, Row row, Lab lab) {
        Program run = measuring(lab);
        Program director = lab.director();
        long signalled = Lab.now();
        director.signal(signal);

        Program.Line told = run.awaitLine("director-ends", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        int directorExit = director.awaitExit(Lab.PATIENCE);
        assertThat(told.after(signalled)).isLessThan(NOTICED);
        assertThat(exit).isEqualTo(1);
        assertThat(directorExit).isEqualTo(1);
        wasClosedAsFailed(lab, "the director ends");
        lab.rangesAreRestored();
        lab.nothingIsLeftOf("cut", WORKLOAD_ENDS);
        assertThat(lab.processes("director")).isEmpty();

        lab.startDirector();
        canBeFetched(lab);
        lab.nextSessionSucceeds();
        lab.outcome(
                row,
                "SIG" + signal,
                told.after(signalled),
                "runner " + exit + ", director " + directorExit,
                told.text());
    }

    @Test
    void aSignalWhileNothingRunsOrWhileItStartsLeavesNothingBehind(Lab lab) {
        lab.startDirector();
        lab.nextSessionSucceeds();
        lab.director().signal(Signal.INT);
        assertThat(lab.director().awaitExit(Lab.PATIENCE)).isZero();

        lab.scenario("""
                {"faults": [{"when": {"start": 0}, "do": "hang"}]}""");
        Program starting = lab.launchDirector();
        Ptds.process(lab, 1);
        long signalled = Lab.now();
        starting.signal(Signal.INT);
        int exit = starting.awaitExit(Lab.PATIENCE);
        Duration took = Duration.ofNanos(Lab.now() - signalled);
        assertThat(exit).isEqualTo(130);
        assertThat(lab.processes("director")).isEmpty();

        lab.noFaults();
        lab.startDirector();
        lab.nextSessionSucceeds();
        lab.outcome(Row.DIRECTOR_INTERRUPTED, "SIGINT while it starts", took, "director " + exit, starting.output());
    }

    private static Program measuring(Lab lab) {
        lab.startDirector();
        Program run = lab.run("cut", Workloads.endlessInTesting(lab));
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        Ptds.awaitSamples(lab, "cut", 1, "testing", 2);
        return run;
    }

    private static void wasClosedAsFailed(Lab lab, String failure) {
        lab.directorClosed("cut", "failed");
        assertThat(lab.directorsFailure("cut")).contains(failure);
        Path session = lab.directorsSession("cut");
        assertThat(Ptds.savedRows(session)).hasSizeGreaterThanOrEqualTo(2).allMatch(row -> row.contains("_testing"));
        assertThat(Lab.files(session))
                .containsAll(List.of("ranging/spl.txt", "power/server.log", "power/ptd_logs.txt", "journal.log"));
    }

    private static SessionSummary summary(Lab lab) {
        return SummaryJson.read(lab.directorsSession("cut").resolve("power/server.json"));
    }

    private static void canBeFetched(Lab lab) {
        Path session = lab.runnersSession("cut");
        Program fetch = lab.fetch(String.valueOf(session.getFileName()));
        fetch.awaitExit(Lab.PATIENCE);
        assertThat(Lab.files(session)).as(fetch::output).contains("run_1/spl.txt", "power/server.json");
        assertThat(Lab.read(session.resolve("run_1/spl.txt")))
                .isEqualTo(Lab.read(lab.directorsSession("cut").resolve("run_1/spl.txt")));
    }
}
