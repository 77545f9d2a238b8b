package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network between runner and director drops every packet, and neither end is told. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class NetworkDroppedIT {
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10);

    @Test
    void bothEndsKnowWithin10SecondsWhileTheLineIsSilent(Lab lab) {
        try (NetworkNamespaces network = NetworkNamespaces.orSkip()) {
            lab.onTwoMachines(network);
            Program director = lab.startDirector();
            Program run = lab.run("dropped", Workloads.endlessInTesting(lab));
            run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
            lab.awaitSamples("dropped", "testing", 2); // by then all that was sent has been acknowledged

            network.dropSilently();
            long dropped = Lab.now(); // from here on no packet arrives in either direction

            Program.Line runner = run.awaitLine("the director went away in the testing phase", Lab.PATIENCE);
            Program.Line other = director.awaitLine("gone in the middle of a session", Lab.PATIENCE);
            assertThat(runner.after(dropped)).isLessThan(KNOWN_WITHIN);
            assertThat(other.after(dropped)).isLessThan(KNOWN_WITHIN);
            int exit = run.awaitExit(Lab.PATIENCE);
            assertThat(exit).isEqualTo(1);
            keepsWhatIsThere(lab, "dropped");
            lab.directorClosed("dropped", "failed");
            assertThat(Lab.files(lab.directorsSession("dropped"))).contains("ranging/spl.txt", "run_1/spl.txt");
            lab.outcome(
                    Row.NETWORK_DROPPED, "silent line, runner", runner.after(dropped), "runner " + exit, runner.text());
            lab.outcome(Row.NETWORK_DROPPED, "silent line, director", other.after(dropped), "", other.text());

            network.passOn();
            Program fetch =
                    lab.fetch(String.valueOf(lab.runnersSession("dropped").getFileName()));
            fetch.awaitExit(Lab.PATIENCE);
            assertThat(Lab.files(lab.runnersSession("dropped")))
                    .as(fetch::output)
                    .contains("run_1/spl.txt", "power/server.json");
            lab.nextSessionSucceeds();
        }
    }

    /** TCP's keepalive does not run while something sent is unacknowledged; the kernel would try for 15 minutes. */
    @ParameterizedTest
    @CsvSource({
        "start, RANGES, true", // the initial ranges are in the journal before the first one is changed
        "start, RANGES, false",
        "stop, MARK.ranging.2, true"
    })
    void theDirectorKnowsWithin10SecondsOfAReplyThatMetASilentNetwork(
            String request, String journal, boolean extended, Lab lab) {
        try (NetworkNamespaces network = NetworkNamespaces.orSkip()) {
            lab.key("settle", "2");
            lab.onTwoMachines(network);
            Program director = lab.startDirector();
            String[] options = extended ? new String[0] : new String[] {"--plain-v3"};
            Program run = lab.run("replied", Workloads.lasting(1, lab.loadgenLogs()), options);
            JournalLine.await(lab.results(), "replied", journal);

            network.dropSilently();
            long dropped = Lab.now();

            Program.Line lost = director.awaitLine("has not acknowledged what was sent to it for \\d+ s", Lab.PATIENCE);
            Duration settled = Duration.ofSeconds(3); // the reply goes out when the settle time is over
            assertThat(lost.after(dropped)).isLessThan(KNOWN_WITHIN.plus(settled));
            lab.directorClosed("replied", "failed");
            assertThat(lab.directorsFailure("replied")).contains("not acknowledged");
            int exit = run.awaitExit(Lab.PATIENCE.multipliedBy(2));
            assertThat(exit).isEqualTo(1);
            lab.nothingIsLeftOf("replied", Duration.ofSeconds(2));
            String fault = "during the reply to " + request + (extended ? "" : " of a plain v3 client") + ", director";
            lab.outcome(Row.NETWORK_DROPPED, fault, lost.after(dropped), "runner " + exit, lost.text());

            network.passOn();
            lab.nextSessionSucceeds();
        }
    }

    @Test
    void theRunnerKnowsWithin10SecondsWhileTheDirectorWorksForIt(Lab lab) {
        lab.key("settle", "20");
        lab.startDirector();
        Relay relay = lab.relayToDirector();
        Program run = lab.run("settling", Workloads.endless());
        run.awaitLine("ranging: the director prepares the measurement", Lab.PATIENCE);
        lab.director().awaitLine("analyzer=1 model=", Lab.PATIENCE);

        long dropped = Lab.now();
        relay.dropSilently();

        Program.Line told = run.awaitLine("director .* was silent for", Lab.PATIENCE);
        assertThat(told.after(dropped)).isLessThan(KNOWN_WITHIN.plusSeconds(1)); // and the deadline itself is 10 s
        int exit = run.awaitExit(Lab.PATIENCE);
        assertThat(exit).isEqualTo(1);
        relay.cut();
        lab.directorClosed("settling", "failed");
        lab.rangesAreRestored();
        lab.outcome(Row.NETWORK_DROPPED, "during start, runner", told.after(dropped), "runner " + exit, told.text());
    }

    private static void keepsWhatIsThere(Lab lab, String label) {
        lab.nothingIsLeftOf(label, Duration.ofSeconds(2));
        assertThat(Lab.files(lab.runnersSession(label)))
                .contains("power/client.json", "power/client.log", "ranging/mlperf_log_detail.txt");
    }
}
