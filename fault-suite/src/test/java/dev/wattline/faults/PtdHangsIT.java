package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** PTDaemon does not answer, sends bytes without a line end, announces more samples than it sends, or stands still. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class PtdHangsIT {
    private static final Duration GAP_TOLD = Duration.ofSeconds(3).plus(TestDeadlines.seconds(0.5));

    /** Settle time, up to a second until mid-tick, one until Stop has taken effect, the deadline, and a busy machine's delays. */
    private static final Duration NOTICED = TestDeadlines.seconds(10);

    @Test
    void aDeadlineEndsTheSession(Lab lab) throws IOException {
        lab.key("ptdReply", "5");
        lab.key("ptdRead", "5");
        lab.key("ptdStop", "1");
        lab.startDirector();
        failsAtStop(lab, "hangs", """
                {"faults": [{"when": {"command": "Stop"}, "do": "hang"}]}""", "did not answer 'Stop' within 5 s");
        failsAtStop(lab, "floods", """
                {"faults": [{"when": {"command": "RL", "nth": 2}, "do": "flood"}]}""", "'RL'");
        failsAtStop(lab, "announces", """
                {"faults": [{"when": {"command": "RL", "nth": 2}, "do": "announce", "more": 3}]}""", "rows came behind");
        standsStill(lab);
        lab.nextSessionSucceeds();
    }

    private static void failsAtStop(Lab lab, String label, String scenario, String failure) throws IOException {
        lab.scenario(scenario);
        try (Client client = Client.greeted(lab.directorAddress())) {
            client.open(label);
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            Ptds.awaitSamples(lab, label, 1, "ranging", 2);
            assertThat(client.ask("session,*,stop,ranging")).startsWith("Error").contains(failure);
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
        }
        lab.noFaults();
        Path session = lab.directorsSession(label);
        Duration noticed = JournalLine.failedAfter(session, "MARK", "ranging", "2");
        assertThat(noticed).isLessThan(NOTICED);
        assertThat(Lab.files(session)).contains("ranging/spl.txt");
        assertThat(Lab.read(session.resolve("ranging/spl.txt"))).contains("_ranging");
        wasEndedAsFailed(lab, label, failure);
        lab.outcome(Row.PTD_HANGS, label, noticed, "", lab.directorsFailure(label));
    }

    private static void standsStill(Lab lab) {
        Program run = lab.run("stopped", Workloads.held(lab));
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        Ptds.awaitSamples(lab, "stopped", 1, "testing", 1);
        long stopped = Lab.now();
        Signal.STOP.sendTo(Ptds.process(lab, 1).pid());

        Program.Line told = run.awaitLine("no sample for", Lab.PATIENCE);
        lab.letGo();
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(told.after(stopped)).isLessThan(GAP_TOLD);
        assertThat(exit).isEqualTo(1);
        assertThat(lab.director().output()).contains("PTDaemon was still there 1.0 s after SIGTERM and is killed");
        wasEndedAsFailed(lab, "stopped", "did not answer 'Watts' within 5 s");
        lab.outcome(Row.PTD_HANGS, "SIGSTOP", told.after(stopped), "runner " + exit, told.text());
    }

    private static void wasEndedAsFailed(Lab lab, String label, String failure) {
        lab.directorClosed(label, "failed");
        assertThat(lab.directorsFailure(label)).contains(failure);
        Ptds.wereRestoredThroughAnother(lab.directorsSession(label), 1);
        lab.rangesAreRestored();
        lab.onlyTheDirectorIsLeft();
    }
}
