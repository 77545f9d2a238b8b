package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.journal.JournalRecord;
import dev.wattline.director.journal.JournaledSession;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.director.restore.OpenRestore;
import dev.wattline.director.restore.OpenRestoreStore;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction.Answer;
import dev.wattline.mock.scenario.FaultAction.Exit;
import dev.wattline.mock.scenario.FaultAction.Hang;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger.OnCommand;
import dev.wattline.mock.scenario.Trigger.Start;
import dev.wattline.protocol.DirectorLimits;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to PTDaemon, to the instrument and to the director, in any order: as soon as the instrument answers
 * again it gets the ranges from before the first fault, and no session takes others for the initial ones.
 */
class RangesComeBackTest {
    private static final String REPLY = TestDeadlines.grantedSeconds(1);
    private static final String REPLIES = "ptdReply: " + REPLY + "\nptdRange: " + REPLY + "\nptdRead: " + REPLY + "\n";
    private static final String DEADLINES = "ptdStart: 10\n" + REPLIES;
    private static final Duration PATIENCE = TestDeadlines.seconds(60);

    @TempDir
    private Path folder;

    private final AtomicReference<FaultScenario> next = new AtomicReference<>(FaultScenario.none());
    private volatile boolean unplugged;
    private volatile @Nullable Duration startDelay; // of PTDaemon, where it is not that of the other tests
    private DirectorConfig config;
    private EmbeddedPtd ptd;
    private @Nullable Director director;

    @BeforeEach
    void start() throws Exception {
        config = DirectorHarness.config(folder, DEADLINES, DirectorHarness.analyzer(49));
        FaultScenario absent = FaultScenario.of(new Fault(new Start(0), new Exit(1)));
        ptd = new EmbeddedPtd(folder, (analyzer, launch, builder) -> {
            Duration delay = startDelay;
            return (delay == null ? builder : builder.startDelay(delay))
                    .speed(20)
                    .scenario(unplugged ? absent : next.getAndSet(FaultScenario.none()));
        });
        startDirector();
    }

    @AfterEach
    void end() {
        if (director != null) {
            director.close();
        }
    }

    private void startDirector() throws Exception {
        director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
    }

    private int port() {
        return java.util.Objects.requireNonNull(director).address().port();
    }

    private void restart() throws Exception {
        end();
        director = null;
        startDirector();
    }

    @Test
    void whatCouldNotBeRestoredIsRestoredBeforeTheNextSessionReadsItsRanges() throws Exception {
        String failed;
        try (RawClient client = RawClient.greeted(port())) {
            assertThat(client.ask("wattline,1,events")).startsWith("OK");
            failed = open(client);
            measure(client, failed);
            unplugged = true;
            ptd.kill(1);
            assertThat(client.ask("session,*,stop,testing"))
                    .startsWith("Error: analyzer 1: PTDaemon ended")
                    .contains("kept at the director as run_1/spl.txt of session " + failed);
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(client.awaitPushed("code=ranges-open")).contains("300 V and 5 A");
        }
        assertThat(openRestores()).singleElement().satisfies(open -> {
            assertThat(open.session()).isEqualTo(failed);
            assertThat(open.volts() + " " + open.amps()).isEqualTo("300.000000 5.000000");
            assertThat(open.cause()).isNotEmpty();
        });
        assertThat(analyzer(failed)).containsKey("open_restore");
        assertThat(instrument()).doesNotContain("amps.1 = fixed 5.0");

        unplugged = false;
        sessionSucceeds();
        recordsSayRestored(failed);
    }

    /** Whoever reads the session's files later must not be told what is no longer so. */
    private void recordsSayRestored(String id) throws IOException {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(analyzer(id)).doesNotContainKey("open_restore"));
        Map<String, Object> own = SummaryJson.read(session(id).serverJson()).wattline();
        assertThat(own).containsEntry("outcome", "failed").containsKey("failure");
        assertThat(String.valueOf(own.get("findings"))).contains("ranges-restored", "after the session was closed");
        JournaledSession journal = JournaledSession.read(session(id).root());
        assertThat(journal.isClosed()).isTrue();
        assertThat(journal.openRanges()).isEmpty();
    }

    /** PTDaemon needs longer for its start than the session's end waits for the restoring. */
    @Test
    void aRestoringThatOutlastsTheSessionsEndIsInItsRecordsToo() throws Exception {
        end();
        director = null;
        config = DirectorHarness.config(folder, "ptdStart: 60\n" + REPLIES, DirectorHarness.analyzer(49));
        startDirector();
        String slow;
        try (RawClient client = RawClient.greeted(port())) {
            slow = open(client);
            measure(client, slow);
            // Twice as long, for the restoring may begin well before the session's end waits for it.
            startDelay = DirectorLimits.RESTORE_WAIT.multipliedBy(2);
            ptd.kill(1);
            assertThat(client.ask("session,*,done")).startsWith("Error: the initial ranges could not be restored");
        }
        assertThat(analyzer(slow)).containsKey("open_restore");

        Awaitility.await().atMost(PATIENCE).until(() -> openRestores().isEmpty());
        recordsSayRestored(slow);
        startDelay = null;
        sessionSucceeds();
    }

    @Test
    void aDirectorRestoresWhatAnEarlierOneCouldNot() throws Exception {
        try (RawClient client = RawClient.greeted(port())) {
            measure(client, open(client));
            unplugged = true;
            ptd.kill(1);
            assertThat(client.ask("session,*,done")).isNotEmpty();
        }
        assertThatThrownBy(this::restart).isInstanceOf(RuntimeException.class); // the instrument does not answer
        assertThat(openRestores()).hasSize(1);

        unplugged = false;
        startDirector();
        assertThat(openRestores()).isEmpty();
        assertThat(instrument()).contains("volts.1 = fixed 300.0", "amps.1 = fixed 5.0");
        sessionSucceeds();
    }

    @Test
    void theDirectorRestoresByItselfWhenTheInstrumentIsBack() throws Exception {
        String failed;
        try (RawClient client = RawClient.greeted(port())) {
            failed = open(client);
            measure(client, failed);
            unplugged = true;
            ptd.kill(1);
            assertThat(client.ask("session,*,done")).isNotEmpty();
        }
        assertThat(openRestores()).hasSize(1);

        unplugged = false;
        Awaitility.await().atMost(PATIENCE).until(() -> openRestores().isEmpty());
        assertThat(instrument()).contains("volts.1 = fixed 300.0", "amps.1 = fixed 5.0");
        recordsSayRestored(failed);
        sessionSucceeds();
    }

    /** The restoring is the third setting of volts and the fourth of amps. */
    @ParameterizedTest
    @ValueSource(strings = {"%$#", "Error: meter asleep", "Range A changed"})
    void anInstrumentThatDoesNotTakeItsRangesBackIsNoticed(String answer) throws Exception {
        next.set(FaultScenario.of(new Fault(new OnCommand("SR,A", 4), new Answer(answer))));
        String id;
        try (RawClient client = RawClient.greeted(port())) {
            assertThat(client.ask("wattline,1,events")).startsWith("OK");
            id = open(client);
            measure(client, id);
            assertThat(client.ask("session,*,stop,testing")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(client.awaitPushed("code=ranges-open")).contains("300 V and 5 A");
            assertThat(client.awaitPushed("code=ranges-restored")).contains("restarted PTDaemon");
        }
        assertThat(openRestores()).isEmpty();
        assertThat(instrument()).contains("volts.1 = fixed 300.0", "amps.1 = fixed 5.0");
        assertThat(SummaryJson.read(session(id).serverJson()).wattline()).containsEntry("outcome", "done");
        sessionSucceeds();
    }

    @Test
    void aSessionDoesNotBeginOnRangesThatAreNotTheInitialOnes() throws Exception {
        try (RawClient client = RawClient.greeted(port())) {
            measure(client, open(client));
            unplugged = true;
            ptd.kill(1);
            assertThat(client.ask("session,*,done")).isNotEmpty();
        }
        unplugged = false;
        try (RawClient client = RawClient.greeted(port())) {
            String id = open(client);
            next.set(FaultScenario.of(new Fault(new OnCommand("SR,A", 1), new Answer("Range A changed"))));
            String started = client.ask("session,*,start,ranging");
            if (!started.equals("OK")) { // else the director had restored them by itself, and used up the scenario
                assertThat(started)
                        .contains("analyzer 1: its ranges were set to 300.000000 V and 5.000000 A, but it has");
            }
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(initialRanges(id)).allMatch("300.000000 5.000000"::equals);
        }
        sessionSucceeds();
    }

    @Test
    void whatAnEarlierSessionLeftIsRestoredFirstAndIsNoPartOfTheDialogue() throws Exception {
        leave("earlier", "");
        try (RawClient client = RawClient.greeted(port())) {
            assertThat(client.ask("wattline,1,events")).startsWith("OK");
            String id = open(client);
            measure(client, id);
            assertThat(client.awaitPushed("code=ranges-restored"))
                    .contains("from before session earlier, 150 V and 1 A");
            assertThat(client.ask("session,*,stop,testing")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(initialRanges(id)).containsExactly("150.000000 1.000000");
            SessionSummary summary = SummaryJson.read(session(id).serverJson());
            assertThat(summary.ptdMessages().orElseThrow())
                    .extracting(SessionSummary.PtdMessage::command)
                    .startsWith("Hello", "Identify", "RR", "SR,V,Auto", "SR,A,Auto", "SR,A,Auto")
                    .endsWith("SR,V,150.000000", "SR,A,1.000000");
        }
        assertThat(instrument()).contains("volts.1 = fixed 150.0", "amps.1 = fixed 1.0");
        assertThat(openRestores()).isEmpty();
    }

    @Test
    void anotherInstrumentInTheSamePlaceIsLeftAlone() throws Exception {
        leave("earlier", "YOKOGAWA;WT310E;C2PG01014V;F1.04");
        try (RawClient client = RawClient.greeted(port())) {
            String id = open(client);
            measure(client, id);
            assertThat(client.ask("session,*,stop,testing")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(initialRanges(id)).containsExactly("300.000000 5.000000");
        }
        assertThat(instrument()).contains("volts.1 = fixed 300.0", "amps.1 = fixed 5.0");
        assertThat(openRestores()).extracting(OpenRestore::session).containsExactly("earlier");
    }

    private void leave(String session, String instrument) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("logs/open-restores"))
                        .resolve(session + "_analyzer_1.properties"),
                "session=" + session + "\nanalyzer=1\ninstrument=" + instrument
                        + "\nvolts=150.000000\namps=1.000000\nreadAt=2026-11-22T10:00:00Z\n");
    }

    private enum Step {
        SESSION,
        PTD_ENDS,
        PTD_HANGS,
        STOP_IS_GARBLED,
        RESTORE_IS_GARBLED,
        RESTORE_IS_IGNORED,
        CLIENT_LEAVES,
        UNPLUG,
        PLUG_IN,
        RESTART
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterAnySequenceOfFaultsTheRangesAreThoseFromBeforeTheFirst(long seed) throws Exception {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            steps.add(Step.values()[random.nextInt(Step.values().length)]);
        }
        for (Step step : steps) {
            go(step);
        }
        unplugged = false;
        next.set(FaultScenario.none());
        if (director == null) {
            startDirector();
        }
        sessionSucceeds();
        for (JournaledSession session : JournaledSession.all(folder.resolve("logs"))) {
            assertThat(initialRanges(session.records()))
                    .as("%s in %s", session.id(), steps)
                    .allMatch("300.000000 5.000000"::equals);
        }
    }

    private void go(Step step) throws Exception {
        switch (step) {
            case UNPLUG -> unplugged = true;
            case PLUG_IN -> unplugged = false;
            case RESTART -> {
                try {
                    restart();
                } catch (RuntimeException e) {
                    assertThat(unplugged)
                            .as("the director did not start: " + e.getMessage())
                            .isTrue();
                }
            }
            default -> {
                if (director != null) {
                    session(step);
                }
            }
        }
    }

    private void session(Step step) throws Exception {
        switch (step) {
            case PTD_HANGS -> next.set(FaultScenario.of(new Fault(new OnCommand("Stop", 2), new Hang())));
            case STOP_IS_GARBLED -> next.set(FaultScenario.of(new Fault(new OnCommand("Stop", 2), new Answer("%$#"))));
            case RESTORE_IS_GARBLED ->
                next.set(FaultScenario.of(new Fault(new OnCommand("SR,V", 3), new Answer("%$#"))));
            case RESTORE_IS_IGNORED ->
                next.set(FaultScenario.of(new Fault(new OnCommand("SR,A", 4), new Answer("Range A changed"))));
            default -> next.set(FaultScenario.none());
        }
        boolean present = !unplugged;
        try (RawClient client = RawClient.greeted(port())) {
            String id = open(client);
            if (!client.ask("session,*,start,ranging").equals("OK")) {
                assertThat(client.ask("session,*,done")).isNotEmpty();
                return;
            }
            assertThat(present).isTrue();
            awaitRows(id, "ranging");
            client.ask("session,*,stop,ranging");
            if (client.ask("session,*,start,testing").equals("OK")) {
                awaitRows(id, "testing");
                if (step == Step.CLIENT_LEAVES) {
                    return;
                }
                if (step == Step.PTD_ENDS) {
                    unplugged = new Random(id.hashCode()).nextBoolean();
                    ptd.kill(1);
                }
                client.ask("session,*,stop,testing");
            }
            assertThat(client.ask("session,*,done")).isNotEmpty();
        }
    }

    private void sessionSucceeds() throws Exception {
        try (RawClient client = RawClient.greeted(port())) {
            String id = open(client);
            measure(client, id);
            assertThat(client.ask("session,*,stop,testing")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(initialRanges(id)).containsExactly("300.000000 5.000000");
        }
        assertThat(instrument()).contains("volts.1 = fixed 300.0", "amps.1 = fixed 5.0");
        assertThat(openRestores()).isEmpty();
    }

    private void measure(RawClient client, String id) throws IOException {
        assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
        awaitRows(id, "ranging");
        assertThat(client.ask("session,*,stop,ranging")).isEqualTo("OK");
        assertThat(client.ask("session,*,start,testing")).isEqualTo("OK");
        awaitRows(id, "testing");
    }

    private static String open(RawClient client) throws IOException {
        String reply = client.ask("new,," + UUID.randomUUID());
        assertThat(reply).startsWith("OK ");
        return reply.substring(3, reply.indexOf(','));
    }

    private void awaitRows(String id, String phase) {
        Path log = session(id).analyzers().resolve("ptd_logfile_1.log");
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(log)
                        && Files.readAllLines(log).stream()
                                        .filter(row -> row.endsWith(",Mark," + id + "_" + phase))
                                        .count()
                                >= 2);
    }

    private SessionFolder session(String id) {
        return new SessionFolder(folder.resolve("logs").resolve(id));
    }

    private List<String> initialRanges(String id) throws IOException {
        return initialRanges(JournaledSession.read(session(id).root()).records());
    }

    private static List<String> initialRanges(List<JournalRecord> records) {
        return records.stream()
                .filter(record -> record.kind() == Kind.RANGES)
                .map(record -> record.value(1) + " " + record.value(2))
                .toList();
    }

    private List<OpenRestore> openRestores() {
        return new OpenRestoreStore(folder.resolve("logs")).all();
    }

    @SuppressWarnings("unchecked") // it was written so
    private Map<String, Object> analyzer(String id) {
        Object analyzers = SummaryJson.read(session(id).serverJson()).wattline().get("analyzers");
        return ((List<Map<String, Object>>) java.util.Objects.requireNonNull(analyzers)).get(0);
    }

    private String instrument() throws IOException {
        return Files.readString(folder.resolve("instrument-1"));
    }
}
