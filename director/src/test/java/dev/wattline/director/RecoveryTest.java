package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.journal.JournaledSession;
import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.journal.SessionJournal.Kind;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SessionSummary.PtdMessage;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.model.Phase;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a director does at its start with the session of one that was killed. */
class RecoveryTest {
    private static final String ID = "2026-11-22_04-48-34_rig";
    private static final String ROW = "Time,11-22-2026 04:48:46.343,Watts,199.960000,Volts,230.070000,Amps,0.894720,"
            + "PF,0.971400,Mark,2026-11-22_04-48-34_rig_testing";

    private static final String WHO = "YokogawaWT310E,1000,1,1,1,1,0,1,1,version=1.11.1-69286632-20240907,OS=Linux,"
            + "mode=power,1,1,1,0,0,no_cal_date,MOCK;WT310E;0;F1.04";

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the orphan is a POSIX system's sleep")
    void closesTheSessionOfAKilledDirector() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(ID));
        Process orphan = new ProcessBuilder("sleep", "1000").start();
        Process stranger = new ProcessBuilder("sleep", "1001").start();
        leaveBehind(session, orphan);

        // The instrument still has the testing range of the interrupted session.
        EmbeddedPtd ptd = new EmbeddedPtd(
                folder, (analyzer, launch, builder) -> withTestingRange(builder).speed(20));
        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {

            assertThat(orphan.isAlive()).isFalse();
            assertThat(stranger.isAlive()).isTrue();
            SessionSummary summary = SummaryJson.read(session.serverJson());
            assertThat(summary.wattline()).containsEntry("outcome", "failed");
            assertThat(summary.messages())
                    .extracting(SessionSummary.Message::command)
                    .containsExactly("time");
            assertThat(summary.ptdMessages().orElseThrow())
                    .containsExactly(new PtdMessage("Hello", "Hello, PTDaemon here!"), new PtdMessage("Identify", WHO));
            assertThat(summary.wattline().get("analyzers")).asString().contains("model=YokogawaWT310E");
            assertThat(summary.wattline().get("findings"))
                    .asString()
                    .contains("no sample for 2 s", "1 rows were taken");
            assertThat(summary.marks(Phase.TESTING)).hasSize(2);
            assertThat(client.download(ID, "run_1/spl.txt")).isEqualTo(ROW + "\n\n");
            JournaledSession journal = JournaledSession.read(session.root());
            assertThat(journal.outcome()).isEqualTo("failed");
            assertThat(journal.openRanges()).isEmpty();
            assertThat(initialRanges()).isEqualTo("300.000000 5.000000");
        } finally {
            orphan.destroyForcibly();
            stranger.destroyForcibly();
        }
    }

    private static MockPtdOptions.Builder withTestingRange(MockPtdOptions.Builder builder) {
        return builder.initialVolts(RangeSetting.of(150)).initialAmps(RangeSetting.of(1));
    }

    /** What the check before listening found the analyzer's ranges to be. */
    private String initialRanges() throws IOException {
        return JournaledSession.read(folder.resolve("logs/startup")).records().stream()
                .filter(record -> record.kind() == Kind.RANGES)
                .map(record -> record.value(1) + " " + record.value(2))
                .findFirst()
                .orElse("none");
    }

    private static void leaveBehind(SessionFolder session, Process orphan) throws IOException {
        Files.createDirectories(session.analyzers());
        Files.writeString(session.analyzers().resolve("ptd_logfile_1.log"), ROW + "\nTime,11-22-2026 04:48:47.343,Wat");
        Files.writeString(session.analyzers().resolve("ptd_output_1.txt"), "said something\n");
        long startedAt = orphan.info().startInstant().map(Instant::toEpochMilli).orElseThrow();
        try (SessionJournal journal = SessionJournal.open(session.root(), TimeSource.system())) {
            journal.add(
                    Kind.OPENED,
                    ID,
                    "8c14f61d-1776-4b23-b328-083fba3d64a8",
                    "908a8672-ea95-4981-b97a-05a9360c0d8f",
                    "x");
            journal.add(Kind.EXCHANGE, "time", 1.5, "1.6", 1.7);
            journal.add(Kind.PTD_STARTED, 1, orphan.pid(), startedAt, 8888, "sleep 1000");
            journal.add(Kind.PTD_REPLY, 1, "Hello", "Hello, PTDaemon here!");
            journal.add(Kind.PTD_REPLY, 1, "Identify", WHO);
            journal.add(Kind.RANGES, 1, "300.000000", "5.000000");
            journal.add(Kind.STATE, "INITIAL", "RANGING", "");
            journal.add(Kind.STATE, "RANGING", "RANGING_DONE", "");
            journal.add(Kind.MARK, "testing", 0, 2.0, 3.0);
            journal.add(Kind.STATE, "RANGING_DONE", "TESTING", "");
            journal.add(Kind.MARK, "testing", 1, 4.0, 5.0);
            journal.add(Kind.FINDING, "gap", "no sample for 2 s");
        }
        Files.writeString(
                session.root().resolve(SessionJournal.FILE),
                "2026-11-22T04:4",
                java.nio.file.StandardOpenOption.APPEND);
    }

    @Test
    void closesTheSessionOfADirectorThatWasKilledWhileItRestoredTheRanges() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(ID));
        Process restoring = new ProcessBuilder("sleep", "1000").start();
        leaveBehind(session, restoring);
        try (SessionJournal journal = SessionJournal.open(session.root(), TimeSource.system())) {
            journal.add(Kind.STATE, "TESTING", "FAILED", "analyzer 1: PTDaemon ended with exit status 3");
        }

        EmbeddedPtd ptd = new EmbeddedPtd(
                folder, (analyzer, launch, builder) -> withTestingRange(builder).speed(20));
        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK)) {
            assertThat(restoring.isAlive()).isFalse();
            assertThat(Files.readString(session.spl(Phase.TESTING))).isEqualTo(ROW + "\n\n");
            assertThat(SummaryJson.read(session.serverJson()).wattline())
                    .containsEntry("failure", "analyzer 1: PTDaemon ended with exit status 3");
            assertThat(initialRanges()).isEqualTo("300.000000 5.000000");
            assertThat(session.analyzers().resolve("restore_ptd_output_1.txt")).isNotEmptyFile();
            assertThat(director.cutSessionShort()).isFalse();
        } finally {
            restoring.destroyForcibly();
        }
    }

    @Test
    void leavesTheSessionsOfADirectorAloneThatStillRuns() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        DirectorConfig same = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        EmbeddedPtd ptd = EmbeddedPtd.fast(folder);

        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            String reply = client.ask("new,," + UUID.randomUUID());
            String id = reply.substring(3, reply.indexOf(','));
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");

            assertThatThrownBy(() -> Director.start(DirectorHarness.environment(same, ptd), DirectorHarness.NO_CLOCK))
                    .isInstanceOf(DirectorException.class)
                    .hasMessage("another director keeps its sessions in " + folder.resolve("logs") + ": process "
                            + ProcessHandle.current().pid());

            assertThat(JournaledSession.read(folder.resolve("logs").resolve(id)).isClosed())
                    .isFalse();
            assertThat(client.ask("session,*,stop,ranging")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
        }
        Director.start(DirectorHarness.environment(same, ptd), DirectorHarness.NO_CLOCK)
                .close();
    }

    @Test
    void leavesAProcessAloneThatHasOnlyThePid() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        Path session = Files.createDirectories(folder.resolve("logs").resolve(ID));
        Process other = new ProcessBuilder("sleep", "1000").start();
        try (SessionJournal journal = SessionJournal.open(session, TimeSource.system())) {
            journal.add(Kind.PTD_STARTED, 1, other.pid(), 1_000_000_000_000L, 8888, "sleep 1000");
        }

        try (Director director = Director.start(
                DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK)) {
            assertThat(other.isAlive()).isTrue();
            assertThat(director.cutSessionShort()).isFalse();
            assertThat(JournaledSession.read(session).isClosed()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void prunesOnlyWhatIsDeliveredAndOld() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "keepDays: 30\n", DirectorHarness.analyzer(49));
        for (String id : List.of("2020-01-01_00-00-00", "2020-01-01_00-00-01", "2020-01-01_00-00-02")) {
            Path session = Files.createDirectories(folder.resolve("logs").resolve(id));
            String delivered = id.endsWith("01") ? "" : "2020-01-01T00:00:00Z\tDELIVERED\n";
            Files.writeString(
                    session.resolve(SessionJournal.FILE),
                    "2020-01-01T00:00:00Z\tOPENED\t" + id + "\n2020-01-01T00:00:00Z\tCLOSED\tdone\n" + delivered);
        }

        Director.start(DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK)
                .close();

        assertThat(folder.resolve("logs/2020-01-01_00-00-00")).doesNotExist();
        assertThat(folder.resolve("logs/2020-01-01_00-00-01")).exists();
        assertThat(folder.resolve("logs/2020-01-01_00-00-02")).doesNotExist();
    }
}
