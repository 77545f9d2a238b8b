package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runner is killed while the workload runs, or asked to end. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class RunnerKilledIT {
    private static final Duration TREE_ENDS = Duration.ofSeconds(2);

    @ParameterizedTest
    @CsvSource({"KILL, 137", "TERM, 143", "INT, 130"})
    void theWorkloadEndsWithItAndAllThatWasMeasuredIsKept(Signal signal, int status, Lab lab) {
        lab.startDirector();
        Program run = lab.run("killed", Workloads.endlessInTesting(lab));
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        assertThat(lab.processes("killed")).hasSizeGreaterThan(4);

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
}
