package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.testing.TestDeadlines;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runner is killed while the workload runs, or asked to end. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class RunnerKilledIT {
    private static final Duration TREE_ENDS = TestDeadlines.seconds(2);

    @ParameterizedTest
    @CsvSource({"KILL, 137", "TERM, 143", "INT, 130"})
    void theWorkloadEndsWithItAndAllThatWasMeasuredIsKept(Signal signal, int status, Lab lab) {
        lab.startDirector();
        String workload = Workloads.firstThen(
                Workloads.lasting(1, lab.loadgenLogs()), "setsid sleep 904 & " + Workloads.endless(), lab);
        Program run = lab.run("killed", workload);
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        await().alias("a process that leaves the workload's session")
                .atMost(Lab.PATIENCE)
                .until(() -> lab.processes("killed").stream().anyMatch(RunnerKilledIT::left)
                        && lab.processes("killed").size() > 5);

        long killed = Lab.now();
        run.signal(signal);

        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(exit).isEqualTo(status);
        lab.nothingIsLeftOf("killed", TREE_ENDS);
        Program.Line told = lab.director().awaitLine("gone in the middle of a session|closed as FAILED", Lab.PATIENCE);
        lab.directorClosed("killed", "failed");
        assertThat(Lab.files(lab.directorsSession("killed")))
                .contains("ranging/spl.txt", "run_1/spl.txt", "journal.log", "power/ptd_logs.txt");
        assertThat(Lab.files(lab.runnersSession("killed")))
                .contains("power/client.log", "ranging/mlperf_log_detail.txt");
        lab.rangesAreRestored();
        lab.onlyTheDirectorIsLeft();

        String session = String.valueOf(lab.runnersSession("killed").getFileName());
        Program fetch = lab.fetch(session);
        fetch.awaitExit(Lab.PATIENCE);
        assertThat(Lab.files(lab.runnersSession("killed")))
                .contains("run_1/spl.txt", "power/server.json")
                .as(fetch::output);
        lab.nextSessionSucceeds();
        lab.outcome(Row.RUNNER_KILLED, "SIG" + signal, told.after(killed), "runner " + exit, told.text());
    }

    @ParameterizedTest
    @CsvSource({"KILL, 137", "TERM, 143"})
    void whatRanBesideTheWorkloadEndsWithItToo(Signal signal, int status, Lab lab) {
        lab.startDirector();
        Program run = lab.run(
                "killed",
                Workloads.endless(),
                "--profile",
                "--companion",
                "setsid sleep 904 & exec sleep 905",
                "--companion-loop");
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        await().alias("the companion and what left its session")
                .atMost(Lab.PATIENCE)
                .until(() -> lab.processes("killed").stream().anyMatch(RunnerKilledIT::left)
                        && lab.processes("killed").stream()
                                .anyMatch(process -> process.command().equals("sleep 905")));

        run.signal(signal);

        assertThat(run.awaitExit(Lab.PATIENCE)).isEqualTo(status);
        lab.nothingIsLeftOf("killed", TREE_ENDS);
        lab.directorClosed("killed", "failed");
        lab.nextSessionSucceeds();
    }

    @Test
    void whatAnEndedWorkloadLeftIsNamedAtTheNextStart(Lab lab) {
        lab.startDirector();
        String lasting = Workloads.lasting(1, lab.loadgenLogs());
        Program run = lab.run(
                "leaving",
                Workloads.firstThen(
                        lasting, "setsid sleep 904 >'" + lab.file("left.out") + "' 2>&1 & " + lasting, lab));
        assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero();
        String session = String.valueOf(lab.runnersSession("leaving").getFileName());
        Marked.Found left = lab.processes("leaving").get(0);
        assertThat(lab.processes("leaving")).singleElement().matches(RunnerKilledIT::left);

        long began = Lab.now();
        Program next = lab.run("second", lasting, "--wait");
        Program.Line named = next.awaitLine("warning: process .* still runs", Lab.PATIENCE);
        assertThat(named.text()).contains("process " + left.pid() + " of the ended session " + session, ": sleep 904");
        assertThat(next.awaitExit(Lab.PATIENCE)).as(next::output).isZero();
        assertThat(Lab.read(lab.runnersSession("second").resolve("power/client.json")))
                .as("the summary of a run whose power holds that of another process")
                .contains("process " + left.pid() + " of the ended session " + session);
        ProcessHandle.of(left.pid()).ifPresent(ProcessHandle::destroyForcibly);
        lab.nothingIsLeftOf("leaving", TREE_ENDS);
        lab.nextSessionSucceeds();
        lab.outcome(Row.RUNNER_KILLED, "left by an ended one", named.after(began), "next runner 0", named.text());
    }

    @Test
    void aSessionThatRunsAtTheSameTimeIsNotTakenForAnEndedOne(Lab lab) {
        lab.startDirector();
        Program first = lab.run("first", "setsid sleep 904 & " + Workloads.endless());
        first.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        String session = String.valueOf(lab.runnersSession("first").getFileName());

        Program second = lab.run("second", Workloads.lasting(1, lab.loadgenLogs()));
        assertThat(second.awaitExit(Lab.PATIENCE)).isEqualTo(1); // the director is busy

        assertThat(second.output())
                .contains(
                        "session " + session + " (runner " + first.pid() + ") measures on this machine at this moment")
                .doesNotContain("ended session " + session);
        first.signal(Signal.TERM);
        assertThat(first.awaitExit(Lab.PATIENCE)).isEqualTo(143);
    }

    private static boolean left(Marked.Found process) {
        return process.command().equals("sleep 904");
    }
}
