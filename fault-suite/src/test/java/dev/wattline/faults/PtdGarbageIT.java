package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * PTDaemon answers garbage, or an Error, to one command of a session after the other. {@code AnalyzerFaultsTest} has the
 * rest of the table, without processes.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class PtdGarbageIT {
    private static final Duration NOTICED = TestDeadlines.seconds(1);

    /** The nth of a command within a session, and the request of the client that it belongs to. */
    private record Case(String command, int nth, String request, String answer) {}

    private static final String GARBAGE = "%&/()=?";
    private static final String ERROR = "Error: meter asleep";

    @Test
    void beforeRanging(Lab lab) throws IOException {
        lab.startDirector();
        tellsCommandAndReply(
                lab,
                new Case("Hello", 1, "start,ranging", GARBAGE),
                new Case("Identify", 1, "start,ranging", ERROR),
                new Case("RR", 1, "start,ranging", GARBAGE),
                new Case("SR,V", 1, "start,ranging", ERROR),
                new Case("SR,A", 2, "start,ranging", GARBAGE),
                new Case("Go", 1, "start,ranging", GARBAGE),
                new Case("Go", 1, "start,ranging", ERROR));
        lab.nextSessionSucceeds();
    }

    @Test
    void afterRangingAndBeforeTesting(Lab lab) throws IOException {
        lab.startDirector();
        tellsCommandAndReply(
                lab,
                new Case("Stop", 1, "stop,ranging", ERROR),
                new Case("RL,*,*", 1, "stop,ranging", GARBAGE),
                new Case("RL", 2, "stop,ranging", ERROR),
                new Case("Uncertainty", 1, "stop,ranging", GARBAGE),
                new Case("Watts", 1, "stop,ranging", GARBAGE),
                new Case("SR,V", 2, "start,testing", GARBAGE),
                new Case("SR,A", 3, "start,testing", ERROR),
                new Case("Go", 2, "start,testing", GARBAGE));
        lab.nextSessionSucceeds();
    }

    private static void tellsCommandAndReply(Lab lab, Case... cases) throws IOException {
        for (int i = 0; i < cases.length; i++) {
            Case one = cases[i];
            String label = "answer" + i;
            lab.scenario("{\"faults\": [{\"when\": {\"command\": \"" + one.command() + "\", \"nth\": " + one.nth()
                    + "}, \"do\": \"answer\", \"text\": \"" + one.answer() + "\"}]}");
            try (Client client = Client.greeted(lab.directorAddress())) {
                client.open(label);
                for (String request : List.of("start,ranging", "stop,ranging", "start,testing")) {
                    String reply = client.ask("session,*," + request);
                    if (request.equals(one.request())) {
                        assertThat(reply)
                                .as(one.toString())
                                .startsWith("Error")
                                .contains("'" + one.command(), one.answer());
                        Duration noticed = JournalLine.failedAfterReply(lab.directorsSession(label), one.answer());
                        assertThat(noticed).as(one.toString()).isLessThan(NOTICED);
                        lab.outcome(Row.PTD_GARBAGE, one.command() + ": " + one.answer(), noticed, "", reply);
                        break;
                    }
                    assertThat(reply).as("%s of %s", request, one).isEqualTo("OK");
                }
                assertThat(client.ask("session,*,done")).isEqualTo("OK");
            }
            lab.directorClosed(label, "failed");
            lab.rangesAreRestored();
            lab.onlyTheDirectorIsLeft();
        }
        lab.noFaults();
    }
}
