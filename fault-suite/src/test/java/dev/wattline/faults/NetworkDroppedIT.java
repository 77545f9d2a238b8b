package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The network between runner and director drops every packet, and neither end is told. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class NetworkDroppedIT {
    private static final Duration KNOWN_WITHIN = TestDeadlines.seconds(10);

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

            director.signal(Signal.STOP); // the reply must not go out while the network is being cut
            network.dropSilently();
            director.signal(Signal.CONT);
            long dropped = Lab.now();

            Program.Line lost = director.awaitLine("has not acknowledged what was sent to it for \\d+ s", Lab.PATIENCE);
            Duration settled = Duration.ofSeconds(3); // the reply goes out when the settle time is over
            assertThat(lost.after(dropped)).isLessThan(KNOWN_WITHIN.plus(settled));
            lab.directorClosed("replied", "failed");
            assertThat(lab.directorsFailure("replied")).contains("not acknowledged");
            int exit = run.awaitExit(Lab.PATIENCE.multipliedBy(2));
            assertThat(exit).isEqualTo(1);
            lab.nothingIsLeftOf("replied", TestDeadlines.seconds(2));
            String fault = "during the reply to " + request + (extended ? "" : " of a plain v3 client") + ", director";
            lab.outcome(Row.NETWORK_DROPPED, fault, lost.after(dropped), "runner " + exit, lost.text());

            network.passOn();
            lab.nextSessionSucceeds();
        }
    }

    @Test
    void theRunnerKnowsWithin10SecondsWhileTheDirectorWorksForIt(Lab lab) {
        try (NetworkNamespaces network = NetworkNamespaces.orSkip()) {
            lab.key("settle", "12");
            lab.onTwoMachines(network);
            lab.startDirector();
            Program run = lab.run("settling", Workloads.endless());
            JournalLine.await(lab.results(), "settling", "RANGES"); // the request has been received and acknowledged

            network.dropSilently();
            long dropped = Lab.now();

            Program.Line told = run.awaitLine("connection to director .* lost: reading failed", Lab.PATIENCE);
            assertThat(told.after(dropped))
                    .isLessThan(KNOWN_WITHIN.plusSeconds(1)); // and the next line may just be due
            int exit = run.awaitExit(Lab.PATIENCE);
            assertThat(exit).isEqualTo(1);
            lab.directorClosed("settling", "failed");
            lab.rangesAreRestored();
            lab.outcome(
                    Row.NETWORK_DROPPED, "during start, runner", told.after(dropped), "runner " + exit, told.text());
            network.passOn();
            lab.nextSessionSucceeds();
        }
    }

    /** Its deadline is longer than that, for a director may stand still; the kernel knows better. */
    @ParameterizedTest
    @ValueSource(strings = {"--live", "--plain-v3"})
    void theRunnerKnowsWithin10SecondsOfARequestThatMetASilentNetwork(String option, Lab lab) throws IOException {
        try (NetworkNamespaces network = NetworkNamespaces.orSkip()) {
            lab.onTwoMachines(network);
            lab.startDirector();
            Path go = lab.file("go");
            String held = Workloads.heldUntil(go) + Workloads.lasting(0.2, lab.loadgenLogs());
            Program run =
                    lab.run("asked", Workloads.firstThen(Workloads.lasting(1, lab.loadgenLogs()), held, lab), option);
            run.awaitLine(Workloads.RUNS, Lab.PATIENCE);
            lab.awaitSamples("asked", "testing", 2);

            network.dropSilently();
            Files.createFile(go);
            Program.Line asked = run.awaitLine("testing: the workload ended", Lab.PATIENCE);

            Program.Line told =
                    run.awaitLine("the director's machine has not acknowledged what was sent", Lab.PATIENCE);
            assertThat(told.after(asked.nanos())).isLessThan(KNOWN_WITHIN);
            int exit = run.awaitExit(Lab.PATIENCE);
            assertThat(exit).isEqualTo(1);
            lab.directorClosed("asked", "failed");
            lab.outcome(
                    Row.NETWORK_DROPPED,
                    "during a request, runner, " + option,
                    told.after(asked.nanos()),
                    "runner " + exit,
                    told.text());
            network.passOn();
            lab.nextSessionSucceeds();
        }
    }

    private static void keepsWhatIsThere(Lab lab, String label) {
        lab.nothingIsLeftOf(label, TestDeadlines.seconds(2));
        assertThat(Lab.files(lab.runnersSession(label)))
                .contains("power/client.json", "power/client.log", "ranging/mlperf_log_detail.txt");
    }
}
