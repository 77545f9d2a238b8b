package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.config.LiveCheck;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.mock.scenario.FaultAction.Disturb;
import dev.wattline.mock.scenario.FaultAction.Disturbance;
import dev.wattline.mock.scenario.FaultAction.Exit;
import dev.wattline.mock.scenario.FaultAction.Print;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger.OnSample;
import dev.wattline.model.TimeSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the director watches while a phase runs: told to the client at once, kept in the session, and ending it if asked. */
@Execution(ExecutionMode.CONCURRENT)
class LiveChecksTest {
    private static final int TESTING = 2; // the measurement's number

    @TempDir
    private Path folder;

    private final SteppedTime time = new SteppedTime();

    /** This machine's clocks, of which a test may step one. */
    private static final class SteppedTime implements TimeSource {
        private volatile Duration step = Duration.ZERO;

        @Override
        public Instant now() {
            return TimeSource.system().now().plus(step);
        }

        @Override
        public long nanoTime() {
            return TimeSource.system().nanoTime();
        }
    }

    private static Arguments check(LiveCheck check, String told, FaultAction... actions) {
        return Arguments.of(check, told, List.of(actions));
    }

    static Stream<Arguments> faultsOfPtdaemon() {
        return Stream.of(
                check(LiveCheck.GAP, "between two samples", new Disturb(Disturbance.LOST, 40)),
                check(LiveCheck.GAP, "and still none", new Disturb(Disturbance.LOST, 10_000)),
                check(LiveCheck.ORDER, "two samples have the same time", new Disturb(Disturbance.DUPLICATED, 1)),
                check(LiveCheck.ORDER, "older than the one before", new Disturb(Disturbance.SWAPPED, 1)),
                check(LiveCheck.BEHIND, "samples are missing", new Disturb(Disturbance.LOST, 10_000)),
                check(LiveCheck.UNCERTAINTY, "Uncertainty 1.50%", new Disturb(Disturbance.UNCERTAINTY, 1, 1.5)),
                check(LiveCheck.RANGE, "outside the analyzer's valid window", new Disturb(Disturbance.OVERRANGE, 1)),
                check(LiveCheck.READING, "the analyzer's answer was no number", new Disturb(Disturbance.NAN, 1)),
                check(LiveCheck.READING, "answered too late", new Disturb(Disturbance.MISSED, 1)),
                check(LiveCheck.PTD_ERROR, "ERROR: Disk on fire", new Print("ERROR: Disk on fire", false)),
                check(LiveCheck.PTD_WARNING, "WARNING: Usb slow", new Print("WARNING: Usb slow", false)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("faultsOfPtdaemon")
    void endsThePhaseIfAsked(LiveCheck check, String told, List<FaultAction> actions) throws Exception {
        Outcome outcome = measure("stopOn: " + check.word() + "\n", actions, check, told, client -> {});

        assertThat(outcome.event).contains("severity=fatal");
        assertThat(outcome.stopped).startsWith("Error");
        assertThat(outcome.summary.wattline()).containsEntry("outcome", "failed");
        assertThat(findings(outcome.summary)).contains(told);
    }

    /** What all watched faults have in common that leave a session whole. */
    @Test
    void tellsEverythingAndGoesOnUnlessAsked() throws Exception {
        List<FaultAction> actions = List.of(
                new Disturb(Disturbance.DUPLICATED, 1),
                new Disturb(Disturbance.UNCERTAINTY, 1, 1.5),
                new Disturb(Disturbance.OVERRANGE, 1),
                new Print("ERROR: Disk on fire", false),
                new Print("WARNING: Usb slow", false));
        Outcome outcome = measure("stopOn: none\n", actions, LiveCheck.RANGE, "valid window", client -> {
            for (LiveCheck check :
                    List.of(LiveCheck.ORDER, LiveCheck.UNCERTAINTY, LiveCheck.PTD_ERROR, LiveCheck.PTD_WARNING)) {
                assertThat(client.awaitPushed("code=" + check.word()))
                        .contains("severity=warning", "testing: analyzer 1: ", "Usual cause: ", "Remedy: ");
            }
        });

        assertThat(outcome.stopped).isEqualTo("OK");
        assertThat(outcome.summary.wattline()).containsEntry("outcome", "done");
        assertThat(findings(outcome.summary)).contains("code=uncertainty", "cause=", "remedy=", "at=");
    }

    @ParameterizedTest
    @MethodSource
    void noticesAStepOfItsOwnClock(String stopOn, String severity, String reply) throws Exception {
        Outcome outcome = measure(
                "stopOn: " + stopOn + "\n",
                List.of(),
                LiveCheck.CLOCK,
                "on the director the wall clock was stepped by",
                client -> time.step = Duration.ofMillis(200));

        assertThat(outcome.event).contains("severity=" + severity, "Usual cause: The clock was set");
        assertThat(outcome.stopped).startsWith(reply);
        assertThat(findings(outcome.summary)).contains("code=clock");
    }

    static Stream<Arguments> noticesAStepOfItsOwnClock() {
        return Stream.of(Arguments.of("none", "warning", "OK"), Arguments.of("clock", "fatal", "Error"));
    }

    @ParameterizedTest
    @MethodSource
    void tellsWhenPtdaemonIsLost(String stopOn, String severity) throws Exception {
        Outcome outcome = measure(
                "stopOn: " + stopOn + "\n", List.of(new Exit(3)), LiveCheck.PTD_LOST, "analyzer 1: ", client -> {});

        assertThat(outcome.event).contains("severity=" + severity, "Remedy: ");
        assertThat(outcome.stopped).startsWith("Error"); // there is nothing to go on with
        assertThat(findings(outcome.summary)).contains("code=ptd-lost");
    }

    static Stream<Arguments> tellsWhenPtdaemonIsLost() {
        return Stream.of(Arguments.of("none", "warning"), Arguments.of("ptd-lost", "fatal"));
    }

    @ParameterizedTest
    @MethodSource
    void comparesLoadgensWindowWithThePhase(String stopOn, Duration from, Duration to, String told) throws Exception {
        try (Director director = start("stopOn: " + stopOn + "\n", List.of());
                RawClient client = optedIn(director)) {
            String id = open(client);
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            Instant begin = time.now().plus(from);
            assertThat(client.ask("session,*,stop,ranging")).isEqualTo("OK");

            assertThat(client.ask("wattline-note,loadgen,ranging " + begin + " " + begin.plus(to)))
                    .isEqualTo("OK");

            if (told.isEmpty()) {
                assertThat(client.ask("session,*,start,testing")).isEqualTo("OK");
            } else {
                assertThat(client.awaitPushed("code=loadgen-window")).contains("severity=", told, "Remedy: ");
                assertThat(client.ask("session,*,start,testing")).startsWith(stopOn.equals("none") ? "OK" : "Error");
            }
            client.ask("session,*,done");
            assertThat(findings(summary(id)).contains("code=loadgen-window")).isEqualTo(!told.isEmpty());
        }
    }

    static Stream<Arguments> comparesLoadgensWindowWithThePhase() {
        Duration none = Duration.ZERO;
        Duration hour = Duration.ofHours(1);
        return Stream.of(
                Arguments.of("loadgen-window", none, Duration.ofMillis(1), ""),
                Arguments.of("loadgen-window", hour, Duration.ofMinutes(1), "outside the phase"),
                Arguments.of("none", hour.negated(), Duration.ofMinutes(1), "outside the phase"));
    }

    @Test
    void keepsWhatTheRunnerNotes() throws Exception {
        try (Director director = start("", List.of());
                RawClient client = optedIn(director)) {
            String id = open(client);
            assertThat(client.ask("wattline-note,sut,the wall clock was stepped by 70 ms"))
                    .isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");

            assertThat(findings(summary(id))).contains("code=sut", "the wall clock was stepped by 70 ms");
            Path journal = folder.resolve("logs").resolve(id).resolve("journal.log");
            assertThat(Files.readString(journal)).contains("FINDING\tsut\tthe wall clock was stepped by 70 ms");
        }
    }

    @Test
    void countsASessionAsFailedWhoseRunnerSaysSo() throws Exception {
        try (Director director = start("", List.of());
                RawClient client = optedIn(director)) {
            String id = open(client);
            assertThat(client.ask("wattline-note,failed,the workload failed with exit status 3"))
                    .isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");

            assertThat(summary(id).wattline())
                    .containsEntry("outcome", "failed")
                    .containsEntry("failure", "the run failed: the workload failed with exit status 3");
        }
    }

    @Test
    void tellsNothingUnaskedToAReferenceClient() throws Exception {
        try (Director director = start("stopOn: range\n", List.of(new Disturb(Disturbance.OVERRANGE, 1)));
                RawClient client = RawClient.greeted(director.address().port())) {
            String id = open(client);
            for (String command : List.of("start,ranging", "stop,ranging", "start,testing")) {
                assertThat(client.ask("session,*," + command)).isEqualTo("OK");
            }
            Path journal = folder.resolve("logs").resolve(id).resolve("journal.log");
            Awaitility.await().until(() -> Files.readString(journal).contains("FAILED"));
            assertThat(client.ask("session,*,stop,testing")).startsWith("Error");
            assertThat(client.pushed()).isEmpty();
        }
    }

    private record Outcome(String event, String stopped, SessionSummary summary) {}

    /** Something done while the testing phase runs. */
    private interface During {
        void with(RawClient client) throws Exception;
    }

    /** Runs a session in whose testing phase this goes wrong from the second sample on, until the client was told. */
    private Outcome measure(String wattline, List<FaultAction> actions, LiveCheck check, String told, During during)
            throws Exception {
        try (Director director = start(wattline, actions);
                RawClient client = optedIn(director)) {
            String id = open(client);
            for (String command : List.of("start,ranging", "stop,ranging", "start,testing")) {
                assertThat(client.ask("session,*," + command)).as(command).isEqualTo("OK");
            }
            during.with(client);
            String event = client.awaitPushed(told);
            assertThat(event).contains("* event,", "code=" + check.word(), "at=" + "20");
            String stopped = client.ask("session,*,stop,testing");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            return new Outcome(event, stopped, summary(id));
        }
    }

    private Director start(String wattline, List<FaultAction> actions) throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, wattline, DirectorHarness.analyzer(49));
        Fault[] faults = IntStream.range(0, actions.size()) // each at a sample of its own
                .mapToObj(i -> new Fault(new OnSample(2 + 2L * i, TESTING), actions.get(i)))
                .toArray(Fault[]::new);
        EmbeddedPtd ptd = new EmbeddedPtd(
                folder,
                (analyzer, launch, builder) ->
                        builder.speed(20).scenario(launch == 2 ? FaultScenario.of(faults) : FaultScenario.none()));
        return Director.start(
                new DirectorEnvironment(config, time, ZoneOffset.UTC, UUID::randomUUID, ptd, "test", "none"),
                DirectorHarness.NO_CLOCK);
    }

    private static RawClient optedIn(Director director) throws Exception {
        RawClient client = RawClient.greeted(director.address().port());
        assertThat(client.ask("wattline,1,events")).isEqualTo("OK wattline,1,events");
        return client;
    }

    private static String open(RawClient client) throws Exception {
        String reply = client.ask("new,," + UUID.randomUUID());
        return reply.substring(3, reply.indexOf(','));
    }

    private SessionSummary summary(String id) {
        return SummaryJson.read(new SessionFolder(folder.resolve("logs").resolve(id)).serverJson());
    }

    private static String findings(SessionSummary summary) {
        return String.valueOf(summary.wattline().get("findings"));
    }
}
