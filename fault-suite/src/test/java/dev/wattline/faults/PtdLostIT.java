package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.PtdTime;
import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** PTDaemon is killed, closes its connection, or ends while the testing phase runs. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class PtdLostIT {
    private static final Duration NOTICED = TestDeadlines.seconds(1);
    private static final Duration WORKLOAD_ENDS = TestDeadlines.seconds(3);

    @Test
    void isNoticedAtOnceAndAllThatWasMeasuredIsKept(Lab lab) {
        lab.startDirector();
        ptdaemonIsKilled(lab);
        theConnectionIsClosed(lab);
        theWorkloadMayGoOn(lab);
        lab.nextSessionSucceeds();
    }

    private static void ptdaemonIsKilled(Lab lab) {
        Program run = lab.run("killed", Workloads.endlessInTesting(lab), "-f");
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        Ptds.awaitSamples(lab, "killed", 1, "testing", 2);

        Marked.Found ptd = Ptds.process(lab, 1);
        Instant killedAt = TimeSource.system().now();
        long killed = Lab.now();
        Signal.KILL.sendTo(ptd.pid());

        Program.Line told = run.awaitLine("ptd-lost", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        Path session = lab.directorsSession("killed");
        Duration noticed = Duration.between(
                killedAt, JournalLine.first(session, "LOST", "1").at());
        assertThat(noticed).isBetween(Duration.ZERO, NOTICED);
        assertThat(told.after(killed)).isLessThan(NOTICED.multipliedBy(3));
        wasEndedAsFailed(lab, "killed", exit, "analyzer 1: PTDaemon ended with exit status 137, killed by signal 9");
        lab.outcome(Row.PTD_KILLED, "SIGKILL", noticed, "runner " + exit, told.text());
    }

    private static void theConnectionIsClosed(Lab lab) {
        lab.scenario("""
                {"faults": [{"when": {"sample": 3, "measurement": 2}, "do": "drop"}]}""");
        Program run = lab.run("dropped", Workloads.endlessInTesting(lab), "-f");

        Program.Line told = run.awaitLine("ptd-lost", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        Path session = lab.directorsSession("dropped");
        String down = Lab.read(session.resolve("analyzers/ptd_output_1.txt"))
                .lines()
                .filter(line -> line.contains("Connection is down."))
                .findFirst()
                .orElseThrow();
        Duration noticed = Duration.between(
                PtdTime.parse(down, 0), JournalLine.first(session, "LOST", "1").at());
        assertThat(noticed).isBetween(Duration.ofMillis(-1), NOTICED); // PTDaemon's stamps have milliseconds
        wasEndedAsFailed(lab, "dropped", exit, "analyzer 1: the connection to PTDaemon is gone");
        lab.outcome(Row.PTD_KILLED, "connection closed", noticed, "runner " + exit, told.text());
        lab.noFaults();
    }

    private static void theWorkloadMayGoOn(Lab lab) {
        lab.scenario("""
                {"faults": [{"when": {"sample": 2, "measurement": 2}, "do": "exit", "status": 3}]}""");
        String complete = Workloads.lasting(1, lab.loadgenLogs());
        String longer = Workloads.heldUntil(lab.file("go")) + complete + "; echo workload-done";
        Program run = lab.run("goes-on", Workloads.firstThen(complete, longer, lab), "-f", "--on-fault", "continue");

        Program.Line told = run.awaitLine("ptd-lost", Lab.PATIENCE);
        lab.letGo();
        Program.Line done = run.awaitLine("^workload-done$", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(done.after(told.nanos())).isPositive();
        wasEndedAsFailed(lab, "goes-on", exit, "analyzer 1: PTDaemon ended with exit status 3");
        lab.outcome(Row.PTD_KILLED, "--on-fault continue", Duration.ZERO, "runner " + exit, told.text());
        lab.noFaults();
    }

    private static void wasEndedAsFailed(Lab lab, String label, int exit, String failure) {
        assertThat(exit).isEqualTo(1);
        lab.nothingIsLeftOf(label, WORKLOAD_ENDS);
        lab.directorClosed(label, "failed");
        assertThat(lab.directorsFailure(label)).contains(failure);
        Path session = lab.directorsSession(label);
        assertThat(Ptds.savedRows(session)).isNotEmpty().allMatch(row -> row.contains("_testing"));
        assertThat(Lab.read(lab.runnersSession(label).resolve("run_1/spl.txt")))
                .isEqualTo(Lab.read(session.resolve("run_1/spl.txt")));
        assertThat(Ptds.findings(session)).contains("ptd-lost", "rows were taken from PTDaemon's log file");
        Ptds.wereRestoredThroughAnother(session, 1);
        lab.rangesAreRestored();
        lab.onlyTheDirectorIsLeft();
    }
}
