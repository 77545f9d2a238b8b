package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of two analyzers is lost, or does not begin to measure: both are stopped and restored. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class OneOfSeveralAnalyzersIT {
    private static final Duration NOTICED = TestDeadlines.seconds(1);
    private static final Duration WORKLOAD_ENDS = TestDeadlines.seconds(3);

    @Test
    void allAreStoppedAndRestored(Lab lab) throws IOException {
        lab.analyzers(2);
        lab.startDirector();
        theSecondIsKilled(lab);
        theSecondDoesNotBegin(lab);
        lab.nextSessionSucceeds();
    }

    private static void theSecondIsKilled(Lab lab) {
        Program run = lab.run("killed", Workloads.endlessInTesting(lab), "-f");
        run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
        Ptds.awaitSamples(lab, "killed", 1, "testing", 2);
        Ptds.awaitSamples(lab, "killed", 2, "testing", 2);
        Marked.Found ptd = Ptds.process(lab, 2);
        Instant killedAt = TimeSource.system().now();
        Signal.KILL.sendTo(ptd.pid());

        Program.Line told = run.awaitLine("ptd-lost", Lab.PATIENCE);
        int exit = run.awaitExit(Lab.PATIENCE);
        Path session = lab.directorsSession("killed");
        Duration noticed = Duration.between(
                killedAt, JournalLine.first(session, "LOST", "2").at());
        assertThat(noticed).isBetween(Duration.ZERO, NOTICED);
        assertThat(exit).isEqualTo(1);
        lab.nothingIsLeftOf("killed", WORKLOAD_ENDS);
        lab.directorClosed("killed", "failed");
        assertThat(lab.directorsFailure("killed")).contains("analyzer 2: PTDaemon ended");
        assertThat(Lab.files(session))
                .contains(
                        "analyzers/run_1_analyzer_1.spl.txt",
                        "analyzers/run_1_analyzer_2.spl.txt",
                        "analyzers/restore_ptd_output_2.txt")
                .doesNotContain("analyzers/restore_ptd_output_1.txt"); // its own PTDaemon did it
        assertThat(Ptds.savedRows(session)).hasSizeGreaterThanOrEqualTo(2).allMatch(row -> row.contains(",Analyzer2,"));
        JournalLine.first(session, "RESTORED", "1");
        JournalLine.first(session, "RESTORED", "2");
        Ptds.wereRestoredThroughAnother(session, 2);
        lab.rangesAreRestored();
        lab.onlyTheDirectorIsLeft();
        lab.outcome(Row.ONE_OF_SEVERAL_ANALYZERS, "second killed", noticed, "runner " + exit, told.text());
    }

    private static void theSecondDoesNotBegin(Lab lab) throws IOException {
        lab.scenario(2, """
                {"faults": [{"when": {"command": "Go"}, "do": "answer", "text": "Error: meter busy"}]}""");
        long asked;
        try (Client client = Client.greeted(lab.directorAddress())) {
            client.open("refused");
            asked = Lab.now();
            String reply = client.ask("session,*,start,ranging");
            assertThat(reply).startsWith("Error").contains(":" + Ptds.port(lab, 2), "'Go,", "meter busy");
            lab.outcome(Row.ONE_OF_SEVERAL_ANALYZERS, "Go refused", Duration.ofNanos(Lab.now() - asked), "", reply);
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
        }
        lab.noFaults();
        lab.directorClosed("refused", "failed");
        Path session = lab.directorsSession("refused");
        assertThat(Lab.read(session.resolve("analyzers/ptd_output_1.txt"))).contains("Stopping untimed measurement");
        assertThat(Lab.files(session)).noneMatch(file -> file.startsWith("analyzers/restore_"));
        lab.rangesAreRestored();
        lab.onlyTheDirectorIsLeft();
    }
}
