package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** PTDaemon's port is taken, it ends while it starts, never listens, or does not end when it is told to. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class PtdDoesNotStartIT {
    @Test
    void theRequestIsAnsweredByTheReasonAndTheDirectorStays(Lab lab) throws IOException {
        lab.key("ptdStart", "30"); // a JVM on a busy machine needs some of them
        lab.key("ptdStop", "1");
        lab.startDirector();

        try (ServerSocket taken = new ServerSocket(Ptds.port(lab, 1))) {
            doesNotStart(
                    lab,
                    "taken",
                    "its port " + taken.getLocalPort() + " is taken by process "
                            + ProcessHandle.current().pid());
        }
        lab.scenario("""
                {"faults": [
                  {"when": {"start": 0}, "do": "print", "text": "ERROR: Unable to connect to the measurement device"},
                  {"when": {"start": 0}, "do": "exit", "status": 1}]}""");
        doesNotStart(lab, "ends", "PTDaemon ended before it listened", "ERROR: Unable to connect to the measurement");
        lab.scenario("""
                {"faults": [{"when": {"start": 0}, "do": "hang"}]}""");
        doesNotStart(lab, "deaf", "PTDaemon did not answer on port " + Ptds.port(lab, 1) + " within 30 s");
        lab.scenario("""
                {"ignoreSigterm": true, "faults": []}""");
        lab.nextSessionSucceeds();
        Program.Line killed = lab.director().awaitLine("PTDaemon was still there", Lab.PATIENCE);
        lab.outcome(Row.PTD_DOES_NOT_START, "ignores SIGTERM", Duration.ofSeconds(1), "runner 0", killed.text());
        lab.noFaults();
        lab.nextSessionSucceeds();
    }

    private static void doesNotStart(Lab lab, String label, String... reasons) throws IOException {
        long asked = Lab.now();
        try (Client client = Client.greeted(lab.directorAddress())) {
            client.open(label);
            String reply = client.ask("session,*,start,ranging");
            Duration noticed = Duration.ofNanos(Lab.now() - asked);
            assertThat(reply).startsWith("Error: analyzer 1: ").contains(reasons);
            assertThat(noticed).isLessThan(TestDeadlines.seconds(40)); // ptdStart, ptdStop and a busy machine's delays
            lab.outcome(Row.PTD_DOES_NOT_START, label, noticed, "", reply);
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
        }
        lab.noFaults();
        lab.directorClosed(label, "failed");
        lab.rangesAreRestored();
        lab.onlyTheDirectorIsLeft();
    }
}
