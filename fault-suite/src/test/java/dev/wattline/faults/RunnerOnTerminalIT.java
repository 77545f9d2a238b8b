package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.testing.PseudoTerminal;
import dev.wattline.testing.TestDeadlines;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run that somebody started at a terminal: the workload has that terminal, and ends with the runner nevertheless. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a workload without a process group of its own is guarded by /proc")
@ExtendWith(LabExtension.class)
class RunnerOnTerminalIT {
    private static final Duration TREE_ENDS = TestDeadlines.seconds(2);
    private static final Duration SUSPENDED = Duration.ofMillis(4500);
    private static final String RUNS = "workload-runs$"; // the status line may stand before it
    private static final String ENDED = "runner ended with \\d+";

    @Test
    void theWorkloadMayAskForAPassword(Lab lab) {
        lab.startDirector();
        String lasting = Workloads.lasting(1, lab.loadgenLogs());
        Program terminal = lab.runOnTerminal(
                "asking",
                Workloads.firstThen(
                        asking("the first password?") + lasting, asking("the second password?") + lasting, lab));
        terminal.awaitLine("the first password\\?", Lab.PATIENCE);
        terminal.type("sesame\n");
        terminal.awaitLine("the second password\\?", Lab.PATIENCE);
        terminal.type("sesame\n");

        assertThat(status(terminal)).as(terminal::output).isZero();
        assertThat(terminal.output()).doesNotContain("sesame");
        lab.directorClosed("asking", "done");
        lab.rangesAreRestored();
        leave(terminal, lab, "asking");
        lab.nextSessionSucceeds();
    }

    @Test
    void aKilledRunnersWorkloadEndsWithIt(Lab lab) {
        lab.startDirector();
        Program terminal = endless(lab, "killed");
        List<Marked.Found> shell = lab.processes("killed").stream()
                .filter(process -> process.command().contains("sh -i"))
                .toList();

        long killed = Lab.now();
        Signal.KILL.sendTo(runner(lab, "killed"));

        Program.Line ended = terminal.awaitLine(ENDED, Lab.PATIENCE);
        assertThat(status(terminal)).isEqualTo(137);
        await().alias("the end of all but the shell")
                .atMost(TREE_ENDS)
                .untilAsserted(() -> assertThat(lab.processes("killed")).containsExactlyInAnyOrderElementsOf(shell));
        lab.directorClosed("killed", "failed");
        assertThat(Lab.files(lab.directorsSession("killed"))).contains("ranging/spl.txt", "run_1/spl.txt");
        lab.rangesAreRestored();
        leave(terminal, lab, "killed");
        lab.nextSessionSucceeds();
        lab.outcome(Row.RUNNER_ON_TERMINAL, "SIGKILL", ended.after(killed), "runner 137", "");
    }

    @Test
    void ctrlCEndsBothInOrder(Lab lab) {
        lab.startDirector();
        Program terminal = endless(lab, "interrupted");

        long typed = Lab.now();
        terminal.type(PseudoTerminal.CTRL_C);

        Program.Line told = lab.director().awaitLine("closed as FAILED", Lab.PATIENCE);
        assertThat(status(terminal)).as(terminal::output).isEqualTo(130);
        lab.directorClosed("interrupted", "failed");
        assertThat(lab.directorsFailure("interrupted")).doesNotContain("exit status");
        assertThat(Lab.files(lab.runnersSession("interrupted")))
                .contains("power/client.json", "power/client.log", "ranging/mlperf_log_detail.txt", "run_1/spl.txt");
        lab.rangesAreRestored();
        leave(terminal, lab, "interrupted");
        lab.nextSessionSucceeds();
        lab.outcome(Row.RUNNER_ON_TERMINAL, "Ctrl-C", told.after(typed), "runner 130", told.text());
    }

    @Test
    void ctrlZStopsBothAndFgGoesOn(Lab lab) {
        lab.startDirector();
        Program terminal = lab.runOnTerminal("stopped", Workloads.held(lab));
        terminal.awaitLine(RUNS, Lab.PATIENCE);
        long runner = runner(lab, "stopped");
        long workload = lab.processes("stopped").stream()
                .filter(process -> process.command().endsWith("stopped.sh"))
                .findFirst()
                .orElseThrow()
                .pid();

        terminal.type(PseudoTerminal.CTRL_Z);
        Program.staysSuspended(runner, SUSPENDED);
        Program.staysSuspended(workload, Duration.ofMillis(200));
        long resumed = Lab.now();
        terminal.type("fg; echo \"runner ended with $?\"\n");
        lab.letGo();

        Program.Line told = terminal.awaitLine("this process stood still for \\d+ ms until", Lab.PATIENCE);
        Program.Line complete = terminal.awaitLine("is complete: ", Lab.PATIENCE);
        terminal.awaitLine("runner ended with 0", Lab.PATIENCE);
        terminal.awaitLine("but the measurement is suspect: on this machine", Lab.PATIENCE);
        lab.directorClosed("stopped", "done");
        leave(terminal, lab, "stopped");
        lab.nextSessionSucceeds();
        lab.outcome(Row.RUNNER_ON_TERMINAL, "Ctrl-Z, fg", told.after(resumed), "runner 0", complete.text());
    }

    /** Reads a password as programs do, without showing it; ends the workload if it is another. */
    private static String asking(String prompt) {
        return "stty -echo </dev/tty; echo '" + prompt
                + "' >/dev/tty; read -r word </dev/tty; stty echo </dev/tty; [ \"$word\" = sesame ] || exit 3; ";
    }

    /** A run with a process that leaves the workload's session, and with some that ignore signals. */
    private static Program endless(Lab lab, String label) {
        Program terminal = lab.runOnTerminal(
                label,
                Workloads.firstThen(
                        Workloads.lasting(1, lab.loadgenLogs()), "setsid sleep 904 & " + Workloads.endless(), lab));
        terminal.awaitLine(RUNS, Lab.PATIENCE);
        await().alias("the process that leaves")
                .atMost(Lab.PATIENCE)
                .until(() -> lab.processes(label).stream()
                        .anyMatch(process -> process.command().equals("sleep 904")));
        Ptds.awaitSamples(lab, label, 1, "testing", 2);
        return terminal;
    }

    private static long runner(Lab lab, String label) {
        return lab.processes(label).stream()
                .filter(process -> process.command().contains(" dev.wattline.cli.Main run "))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private static int status(Program terminal) {
        return Integer.parseInt(terminal.awaitLine(ENDED, Lab.PATIENCE).group("runner ended with (\\d+)"));
    }

    private static void leave(Program terminal, Lab lab, String label) {
        terminal.type("exit\n");
        terminal.awaitExit(Lab.PATIENCE);
        lab.nothingIsLeftOf(label, TREE_ENDS);
    }
}
