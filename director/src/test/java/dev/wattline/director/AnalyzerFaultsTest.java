package dev.wattline.director;

import static dev.wattline.testing.TestDeadlines.grantedSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.journal.JournaledSession;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.mock.scenario.FaultAction.Announce;
import dev.wattline.mock.scenario.FaultAction.Answer;
import dev.wattline.mock.scenario.FaultAction.Disturb;
import dev.wattline.mock.scenario.FaultAction.Disturbance;
import dev.wattline.mock.scenario.FaultAction.Drop;
import dev.wattline.mock.scenario.FaultAction.Exit;
import dev.wattline.mock.scenario.FaultAction.Flood;
import dev.wattline.mock.scenario.FaultAction.Hang;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger;
import dev.wattline.mock.scenario.Trigger.OnCommand;
import dev.wattline.mock.scenario.Trigger.OnSample;
import dev.wattline.mock.scenario.Trigger.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the PTDaemon of one of two analyzers does in a session: the client is told why, both analyzers get their ranges
 * back, the next session begins. One director serves all cases.
 */
class AnalyzerFaultsTest {
    private static final String DEADLINES = "ptdStart: " + grantedSeconds(2) + "\nptdReply: " + grantedSeconds(0.5)
            + "\nptdRange: " + grantedSeconds(1) + "\nptdRead: " + grantedSeconds(1) + "\n";
    private static final AtomicReference<FaultScenario> NEXT = new AtomicReference<>(FaultScenario.none());

    @TempDir
    private static Path folder;

    private static Director director;

    @BeforeAll
    static void startDirector() throws Exception {
        DirectorConfig config =
                DirectorHarness.config(folder, DEADLINES, DirectorHarness.analyzer(49), DirectorHarness.analyzer(49));
        // A scenario is for the next PTDaemon of analyzer 2 alone: the one that restores its ranges has none.
        EmbeddedPtd ptd = new EmbeddedPtd(
                folder,
                (analyzer, launch, builder) -> builder.speed(20)
                        .scenario(analyzer == 2 ? NEXT.getAndSet(FaultScenario.none()) : FaultScenario.none()));
        director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
    }

    @AfterAll
    static void closeDirector() {
        director.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void endsInADefinedState(String name, Fault fault, String[] told) throws Exception {
        NEXT.set(FaultScenario.of(fault));
        try (RawClient client = RawClient.greeted(director.address().port())) {
            String id = open(client);
            assertThat(untilItFails(client, id))
                    .startsWith("Error")
                    .contains(told)
                    .contains("analyzer 2"); // the other one did as it was told
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            SessionSummary failed = SummaryJson.read(session(id).serverJson());
            assertThat(failed.wattline()).containsEntry("outcome", "failed");
            assertThat(failed.wattline()).extractingByKey("failure").asString().contains(told);
            for (int analyzer = 1; analyzer <= 2; analyzer++) {
                assertThat(folder.resolve("instrument-" + analyzer))
                        .content()
                        .contains("volts.1 = fixed 300.0", "amps.1 = fixed 5.0");
            }

            open(client);
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
        }
    }

    private static String open(RawClient client) throws IOException {
        String reply = client.ask("new,," + UUID.randomUUID());
        return reply.substring(3, reply.indexOf(','));
    }

    static Stream<Arguments> endsInADefinedState() {
        return Stream.of(
                fault("Go is refused", new OnCommand("Go", 1), new Answer("Error: meter busy"), "'Go,1000,0,"),
                fault("Go is answered with garbage", new OnCommand("Go", 1), new Answer("%$#"), "'Go,1000,0,"),
                garbled("Hello", 1),
                garbled("Identify", 1),
                garbled("RR", 1),
                garbled("SR,V", 1),
                garbled("SR,A", 1),
                garbled("SR,A", 2),
                garbled("Go", 1),
                garbled("Stop", 1),
                garbled("RL,*,*", 1),
                garbled("RL", 1),
                garbled("Uncertainty", 1),
                garbled("Watts", 1),
                garbled("SR,V", 2),
                garbled("SR,A", 3),
                garbled("Go", 2),
                garbled("Watts", 2),
                garbled("Uncertainty", 2),
                garbled("Stop", 2),
                garbled("RL,*,*", 2),
                garbled("RL", 2),
                garbled("Uncertainty", 3),
                garbled("Watts", 3),
                refused("Hello", 1),
                refused("RR", 1),
                refused("SR,V", 1),
                refused("SR,A", 3),
                refused("Go", 2),
                refused("Stop", 1),
                refused("RL", 2),
                fault("Hello is not answered", new OnCommand("Hello", 1), new Hang(), "'Hello'"),
                fault("Stop is not answered", new OnCommand("Stop", 1), new Hang(), "'Stop'"),
                fault("a line without end", new OnCommand("Watts", 1), new Flood(1 << 20), "'Watts'"),
                fault("fewer samples than announced", new OnCommand("RL", 2), new Announce(3), "'RL'"),
                fault("the connection is dropped", new OnSample(3, 1), new Drop(false), "analyzer 2"),
                fault("PTDaemon ends while ranging", new OnSample(3, 1), new Exit(3), "analyzer 2"),
                fault("PTDaemon ends while testing", new OnSample(3, 2), new Exit(3), "analyzer 2"),
                fault("PTDaemon ends at its start", new Start(0), new Exit(1), "ended before it listened"),
                fault("PTDaemon never listens", new Start(0), new Hang(), "did not answer on port"),
                fault(
                        "no sample is valid",
                        new OnSample(1, 1),
                        new Disturb(Disturbance.NAN, 10_000),
                        "no range can be found"));
    }

    private static Arguments garbled(String command, int nth) {
        return fault(
                command + " (" + nth + ") is garbled",
                new OnCommand(command, nth),
                new Answer("%$#"),
                "'" + command,
                "'%$#'");
    }

    private static Arguments refused(String command, int nth) {
        return fault(
                command + " (" + nth + ") is refused",
                new OnCommand(command, nth),
                new Answer("Error: meter asleep"),
                "'" + command,
                "'Error: meter asleep'");
    }

    private static Arguments fault(String name, Trigger when, FaultAction action, String... told) {
        return Arguments.of(name, new Fault(when, action), told);
    }

    /** Drives the session until a reply is not OK; a phase lasts until three samples are logged, or the session failed. */
    private static String untilItFails(RawClient client, String id) throws Exception {
        for (String phase : List.of("ranging", "testing")) {
            String started = client.ask("session,*,start," + phase);
            if (!started.equals("OK")) {
                return started;
            }
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> rowsOf(id, phase) >= 3
                            || JournaledSession.read(session(id).root())
                                    .failure()
                                    .isPresent());
            String stopped = client.ask("session,*,stop," + phase);
            if (!stopped.equals("OK")) {
                return stopped;
            }
        }
        return "all went well";
    }

    private static long rowsOf(String id, String phase) throws IOException {
        Path log = new AnalyzerFiles(session(id).analyzers(), 1).dataLog();
        return Files.readAllLines(log).stream()
                .filter(row -> row.endsWith(",Mark," + id + "_" + phase))
                .count();
    }

    private static SessionFolder session(String id) {
        return new SessionFolder(folder.resolve("logs").resolve(id));
    }
}
