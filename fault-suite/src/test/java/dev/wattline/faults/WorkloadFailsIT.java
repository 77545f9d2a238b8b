package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** The workload ends with an exit status that says that it failed. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class WorkloadFailsIT {
    @Test
    void itsStatusAndLastLinesAreShownAndEverythingIsKept(Lab lab) {
        lab.startDirector();
        String failing = "echo 'loading the model'; echo 'failing-now: no such model' >&2; exit 7";
        Program run = lab.run("failing", Workloads.firstThen(Workloads.lasting(1, lab.loadgenLogs()), failing, lab));

        Program.Line failed = run.awaitLine("^failing-now: no such model$", Lab.PATIENCE);
        Program.Line told = run.awaitLine("the workload failed in the testing phase", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);

        assertThat(exit).isEqualTo(1);
        assertThat(told.text()).contains("exit status 7");
        run.awaitLine("^    failing-now: no such model$", Lab.PATIENCE);
        assertThat(Lab.files(lab.runnersSession("failing")))
                .contains(
                        "power/client.json",
                        "power/client.log",
                        "power/server.json",
                        "ranging/mlperf_log_detail.txt",
                        "ranging/spl.txt",
                        "run_1/spl.txt");
        lab.directorClosed("failing", "failed");
        assertThat(lab.directorsFailure("failing"))
                .contains("the workload failed in the testing phase with exit status 7");
        assertThat(Lab.read(lab.directorsSession("failing").resolve("journal.log")))
                .containsPattern("STATE\\tTESTING\\tTESTING_DONE");
        lab.rangesAreRestored();
        lab.nothingIsLeftOf("failing", Lab.PATIENCE);
        lab.onlyTheDirectorIsLeft();
        lab.nextSessionSucceeds();
        lab.outcome(Row.WORKLOAD_FAILS, "exit status 7", told.after(failed.nanos()), "runner " + exit, told.text());
    }
}
