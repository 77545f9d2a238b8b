package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.config.DirectorConfig;
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
import dev.wattline.mock.scenario.Scenario;
import dev.wattline.mock.scenario.Trigger;
import dev.wattline.mock.scenario.Trigger.OnCommand;
import dev.wattline.mock.scenario.Trigger.OnSample;
import dev.wattline.mock.scenario.Trigger.Start;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever PTDaemon does in a session: the client is told why, the ranges are restored, the next session succeeds. */
class AnalyzerFaultsTest {
    private static final String DEADLINES = "ptdStart: 3\nptdReply: 1\nptdRange: 2\nptdRead: 2\n";

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void endsInADefinedState(String name, int analyzers, Fault fault, String told) throws Exception {
        String[] sections = Stream.generate(() -> DirectorHarness.analyzer(49))
                .limit(analyzers)
                .toArray(String[]::new);
        DirectorConfig config = DirectorHarness.config(folder, DEADLINES, sections);
        // The first PTDaemon is that of the check at the start; the fault is the last analyzer's.
        EmbeddedPtd ptd = new EmbeddedPtd(
                folder,
                (analyzer, launch, builder) -> builder.speed(20)
                        .scenario(launch == 2 && analyzer == analyzers ? Scenario.of(fault) : Scenario.none()));

        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            String reply = client.ask("new,," + UUID.randomUUID());
            String id = reply.substring(3, reply.indexOf(','));
            assertThat(untilItFails(client)).startsWith("Error").contains(told);
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            SessionSummary failed = SummaryJson.read(summary(id));
            assertThat(failed.wattline()).containsEntry("outcome", "failed");
            assertThat(failed.wattline()).extractingByKey("failure").asString().contains(told);

            checkNextSession(client);
        }
    }

    static Stream<Arguments> endsInADefinedState() {
        return Stream.of(
                fault("Go is refused", new OnCommand("Go", 1), new Answer("Error: meter busy"), "'Go,1000,0,"),
                fault("Go is answered with garbage", new OnCommand("Go", 1), new Answer("%$#"), "'Go,1000,0,"),
                fault("one of two does not start", 2, new OnCommand("Go", 1), new Answer("Error: meter busy"), "'Go,"),
                fault("Identify is garbage", new OnCommand("Identify", 1), new Answer("?"), "'Identify'"),
                fault("RR is garbage", new OnCommand("RR", 1), new Answer("Ranges,x"), "'RR'"),
                fault(
                        "a range is refused",
                        new OnCommand("SR,A", 3),
                        new Answer("Error in parameter"),
                        "current range: ['"),
                fault("Hello is not answered", new OnCommand("Hello", 1), new Hang(), "'Hello'"),
                fault("Stop is not answered", new OnCommand("Stop", 1), new Hang(), "'Stop'"),
                fault("a line without end", new OnCommand("Watts", 1), new Flood(1 << 20), "'Watts'"),
                fault("fewer samples than announced", new OnCommand("RL", 2), new Announce(3), "'RL'"),
                fault("the connection is dropped", new OnSample(3, 1), new Drop(false), "analyzer 1"),
                fault("PTDaemon ends while ranging", new OnSample(3, 1), new Exit(3), "analyzer 1"),
                fault("PTDaemon ends while testing", new OnSample(3, 2), new Exit(3), "analyzer 1"),
                fault("one of two ends", 2, new OnSample(3, 1), new Exit(3), "analyzer 2"),
                fault("PTDaemon ends at its start", new Start(0), new Exit(1), "ended before it listened"),
                fault("PTDaemon never listens", new Start(0), new Hang(), "did not answer on port"),
                fault(
                        "no sample is valid",
                        new OnSample(1, 1),
                        new Disturb(Disturbance.NAN, 10_000),
                        "no range can be found"));
    }

    private static Arguments fault(String name, Trigger when, FaultAction action, String told) {
        return fault(name, 1, when, action, told);
    }

    private static Arguments fault(String name, int analyzers, Trigger when, FaultAction action, String told) {
        return Arguments.of(name, analyzers, new Fault(when, action), told);
    }

    /** Drives the session until a reply is not OK; a phase lasts until three samples are logged, or the session failed. */
    private String untilItFails(RawClient client) throws Exception {
        for (String phase : List.of("ranging", "testing")) {
            String started = client.ask("session,*,start," + phase);
            if (!started.equals("OK")) {
                return started;
            }
            Awaitility.await().pollDelay(java.time.Duration.ofMillis(500)).until(() -> true);
            String stopped = client.ask("session,*,stop," + phase);
            if (!stopped.equals("OK")) {
                return stopped;
            }
        }
        return "all went well";
    }

    private static void checkNextSession(RawClient client) throws Exception {
        String reply = client.ask("new,," + UUID.randomUUID());
        String id = reply.substring(3, reply.indexOf(','));
        for (String command : List.of("start,ranging", "stop,ranging", "start,testing", "stop,testing", "done")) {
            assertThat(client.ask("session,*," + command)).as(command).isEqualTo("OK");
        }
        assertThat(client.download(id, "power/server.json")).contains("\"Ranges,0,5.000000,0,300.000000\"");
    }

    private Path summary(String id) {
        return new SessionFolder(folder.resolve("logs").resolve(id)).serverJson();
    }
}
