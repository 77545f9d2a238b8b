package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.files.CompanionRecord;
import dev.wattline.files.FileHashes;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.json.ManifestJson;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.model.Phase;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.sut.companion.CompanionFailedException;
import dev.wattline.sut.companion.CompanionOrder;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.loadgen.ShortRanging;
import dev.wattline.sut.session.RunRequest.ManualRanges;
import dev.wattline.testing.TestDeadlines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Runs that come to their end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workloads are a POSIX shell's")
class RunnerTest extends RunnerHarness {

    private static final RunIdentity IDENTITY = new RunIdentity("1.2.3", "abcdef0");

    private RunRequest beside(String companion, String workload) {
        return request(workload, director.address(), Set.of(RunOption.PROFILE))
                .beside(new CompanionOrder("load", companion, "", false, Duration.ZERO));
    }

    @Test
    void aCompanionRunsInBothPhasesAndIsInTheManifest() throws Exception {
        Path ran = folder.resolve("ran");
        String companion = "echo $WATTLINE_ROLE $WATTLINE_PHASE >>" + ran + "; exec sleep 600";
        String workload =
                "until grep -q $WATTLINE_PHASE " + ran + "; do :; done; echo $WATTLINE_ROLE; " + goodWorkload();

        RunOutcome outcome = new Runner(beside(companion, workload), IDENTITY, around()).run();

        assertThat(outcome.suspicions()).isEmpty();
        assertThat(Files.readAllLines(ran)).containsExactly("companion ranging", "companion testing");
        assertThat(stdout.toString(StandardCharsets.UTF_8)).contains("main\n");
        assertThat(ManifestJson.read(new SessionFolder(outcome.folder()).manifest())
                        .orElseThrow()
                        .with())
                .hasValue(new CompanionRecord(
                        "load",
                        companion,
                        List.of(
                                new CompanionRecord.PhaseRun("ranging", 1, Optional.empty()),
                                new CompanionRecord.PhaseRun("testing", 1, Optional.empty()))));
        assertThat(files(outcome.folder())).contains("lab/companion-ranging.log", "lab/companion-testing.log");
    }

    @Test
    void aCompanionThatEndsFirstMakesTheSessionSuspect() throws Exception {
        Path main = folder.resolve("main");
        Path gone = folder.resolve("gone");
        String companion = "case $WATTLINE_PHASE in ranging) exec sleep 600;; esac; until [ -e " + main
                + " ]; do :; done; echo $$ >" + gone + "; exit 4";
        String workload = "case $WATTLINE_PHASE in testing) touch " + main + "; until [ -e " + gone
                + " ] && ! kill -0 $(cat " + gone + "); do :; done; sleep 1;; esac; " + goodWorkload();

        RunOutcome outcome = new Runner(beside(companion, workload), IDENTITY, around()).run();

        assertThat(outcome.suspicions())
                .singleElement()
                .asString()
                .startsWith(CompanionRecord.ENDED)
                .contains("status 4", "testing");
        assertThat(ManifestJson.read(new SessionFolder(outcome.folder()).manifest())
                        .orElseThrow()
                        .with()
                        .orElseThrow()
                        .suspicions())
                .isEqualTo(outcome.suspicions());
    }

    @Test
    void aCompanionThatCannotBeStartedFailsTheRun() {
        RunRequest request = request(goodWorkload(), director.address(), Set.of(RunOption.PROFILE))
                .beside(new CompanionOrder("load", "/no/such/program", "", true, Duration.ofMinutes(10)));
        assertThatThrownBy(() -> new Runner(request, IDENTITY, around()).run())
                .isInstanceOf(CompanionFailedException.class);
    }

    @Test
    void anOfficialSessionHasNoCompanion() {
        RunRequest official = request(goodWorkload(), director.address(), Set.of());
        CompanionOrder order = new CompanionOrder("load", "sleep 600", "", false, Duration.ZERO);
        assertThatThrownBy(() -> official.beside(order)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void measuresAWholeSessionWithAReferenceDirector() throws Exception {
        RunOutcome outcome = runner(goodWorkload()).run();

        String id = SimpleDirector.ID;
        assertThat(director.received())
                .containsExactly(
                        "mlcommons/power client v3",
                        "wattline,1,progress,events",
                        "time",
                        "new,rig," + CLIENT,
                        "time",
                        "session," + id + ",start,ranging",
                        "time",
                        "time",
                        "session," + id + ",stop,ranging",
                        "time",
                        "download," + id + ",ranging/spl.txt", // to look at the samples' times
                        "time",
                        "session," + id + ",start,testing",
                        "time",
                        "time",
                        "session," + id + ",stop,testing",
                        "time",
                        "session," + id + ",done",
                        "download," + id + ",power/ptd_logs.txt",
                        "download," + id + ",ranging/spl.txt",
                        "download," + id + ",power/server.json",
                        "download," + id + ",power/server.log",
                        "download," + id + ",run_1/spl.txt",
                        "download," + id + ",run_1/ptd_out.txt",
                        "cleanup," + id);
        assertThat(outcome.folder()).isEqualTo(out.resolve(id));
        assertThat(files(outcome.folder()))
                .containsExactlyInAnyOrder(
                        "power/client.json",
                        "power/client.log",
                        "power/ptd_logs.txt",
                        "power/server.json",
                        "power/server.log",
                        "ranging/mlperf_log_detail.txt",
                        "ranging/mlperf_log_summary.txt",
                        "ranging/spl.txt",
                        "run_1/mlperf_log_detail.txt",
                        "run_1/mlperf_log_summary.txt",
                        "run_1/ptd_out.txt",
                        "run_1/spl.txt",
                        "lab/manifest.json",
                        "system/sut.json");
        assertThat(outcome.folder().resolve("run_1/spl.txt")).hasBinaryContent(script.content("run_1/spl.txt"));
        assertThat(stdout.toString(StandardCharsets.UTF_8)).contains("working");
    }

    @Test
    void recordsWhatTheMachineIsUnlessToldNotTo() throws Exception {
        RunOutcome told = runner(goodWorkload()).run();

        SystemFacts facts = SystemFactsJson.read(new SessionFolder(told.folder()).systemFacts())
                .orElseThrow();
        assertThat(facts.workload()).isEqualTo(goodWorkload());
        assertThat(facts.processor().threads()).isPositive();
        assertThat(SummaryJson.read(told.folder().resolve("power/client.json")).results())
                .as("what the official checker compares")
                .doesNotContainKey("system/sut.json");

        SessionManifest manifest =
                ManifestJson.read(new SessionFolder(told.folder()).manifest()).orElseThrow();
        assertThat(manifest.kind()).isEqualTo("official");
        assertThat(manifest.sut()).as("its own name").isEqualTo(facts.host().name());
        assertThat(manifest.changes()).as("asked again after the run").hasValue(List.of());
        assertThat(manifest.command()).isEqualTo(goodWorkload());

        out = folder.resolve("again");
        record = new RunRecord(
                "rig-1", "bert", new TreeMap<>(Map.of("gpus", "8")), new TreeMap<>(Map.of("powercap", "500/700")));
        RunOutcome silent = runner(goodWorkload(), RunOption.NO_SYSTEM_FACTS).run();
        assertThat(files(silent.folder())).noneMatch(file -> file.startsWith("system"));
        SessionManifest named =
                ManifestJson.read(new SessionFolder(silent.folder()).manifest()).orElseThrow();
        assertThat(named.sut()).isEqualTo("rig-1");
        assertThat(named.params()).containsEntry("gpus", "8");
        assertThat(named.settings()).containsExactly(new SessionManifest.Setting("powercap", "500", "700"));
        assertThat(named.changes()).as("not asked at all").isEmpty();
        assertThat(named.command()).isEmpty();
    }

    @Test
    void theSummaryHoldsWhatTheCheckerComparesWithTheDirectors() throws Exception {
        RunOutcome outcome = runner(goodWorkload()).run();

        SessionSummary summary = SummaryJson.read(outcome.folder().resolve("power/client.json"));
        List<String> said = director.received().stream() // neither side records downloads
                .filter(line -> !line.startsWith("download,"))
                .toList();
        assertThat(summary.messages().stream()
                        .map(SessionSummary.Message::command)
                        .toList())
                .isEqualTo(said.subList(0, said.indexOf("session," + SimpleDirector.ID + ",done")));
        assertThat(summary.messages().get(1).reply()).isEqualTo("Error");
        assertThat(summary.sessionName()).isEqualTo(SimpleDirector.ID);
        assertThat(summary.clientUuid()).isEqualTo(CLIENT.toString());
        assertThat(summary.serverUuid()).isEqualTo(SimpleDirector.UUID);
        assertThat(summary.marks(Phase.RANGING)).hasSize(4);
        assertThat(summary.marks(Phase.TESTING)).hasSize(4);
        assertThat(summary.results().keySet())
                .containsExactly(
                        "power/client.log",
                        "ranging/mlperf_log_detail.txt",
                        "ranging/mlperf_log_summary.txt",
                        "run_1/mlperf_log_detail.txt",
                        "run_1/mlperf_log_summary.txt");
        for (String name : summary.results().keySet()) {
            assertThat(summary.results().get(name))
                    .isEqualTo(FileHashes.sha1(outcome.folder().resolve(name)));
        }
        assertThat(summary.sources()).isNotEmpty();
        assertThat(summary.wattline()).containsEntry("version", "1.2.3").containsEntry("extension", "");
    }

    @Test
    void clientLogIsInTheReferencesFormatUpToTheEndOfTheRuns() throws Exception {
        RunOutcome outcome = runner(goodWorkload()).run();

        List<String> lines = Files.readAllLines(outcome.folder().resolve("power/client.log"));
        assertThat(lines)
                .allMatch(line -> line.matches(
                        "client \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} \\[(INFO|WARNING|ERROR)] .*"));
        assertThat(lines.get(lines.size() - 1)).endsWith("[INFO] Done runs");
        assertThat(lines)
                .anyMatch(line -> line.endsWith(
                        "Sending command to the server: 'session," + SimpleDirector.ID + ",start,ranging'"))
                .anyMatch(line -> line.endsWith("NTP:offset = 0.001 s, delay = 0.001 s "))
                .anyMatch(line -> line.contains("Sources: {\"sources\": {\""));
    }

    @Test
    void asksAWattlineDirectorForItsTimeSeveralTimes() throws Exception {
        use(new SimpleDirector(true));

        runner(goodWorkload()).run();

        List<String> said = director.received();
        assertThat(said.subList(2, 8)).containsExactly("time", "time", "time", "time", "time", "new,rig," + CLIENT);
        assertThat(said).contains("session," + SimpleDirector.ID + ",done");
    }

    @Test
    void speaksPlainV3WhereToldTo() throws Exception {
        use(new SimpleDirector(true));

        runner(goodWorkload(), RunOption.PLAIN_V3).run();

        assertThat(director.received()).noneMatch(line -> line.startsWith("wattline"));
    }

    @Test
    void stopsTheDirectorAndLeavesTheTimeStampOutWhereToldTo() throws Exception {
        RunOutcome outcome = runner(goodWorkload(), RunOption.STOP_DIRECTOR, RunOption.NO_TIMESTAMP_PATH)
                .run();

        assertThat(director.received().subList(1, 4)).containsExactly("wattline,1,progress,events", "stop", "time");
        assertThat(outcome.folder()).isEqualTo(out);
        assertThat(out.resolve("power/client.json")).exists();
    }

    @Test
    void measuresTheTestingPhaseOnlyWithRangesGivenByHand() throws Exception {
        RunRequest request = new RunRequest(
                DirectorTarget.plain(director.address()),
                new HostPort("ntp", 123),
                goodWorkload(),
                logs,
                out,
                "rig",
                Optional.of(new ManualRanges(300, 5)),
                Optional.empty(),
                RunRecord.NONE,
                Optional.empty(),
                Optional.empty(),
                Set.of());

        RunOutcome outcome = new Runner(request, new RunIdentity("1", "c"), around()).run();

        assertThat(director.received())
                .contains("session," + SimpleDirector.ID + ",start,testing,300.0,5.0")
                .noneMatch(line -> line.contains("ranging"));
        assertThat(SummaryJson.read(outcome.folder().resolve("power/client.json"))
                        .marks(Phase.RANGING))
                .isEmpty();
    }

    /** What MLCommons' automation finds out by a counter in a file. */
    @Test
    void theWorkloadIsToldItsPhaseAndHowLongToRange() throws Exception {
        Path told = folder.resolve("told");
        Path conf = Files.writeString(
                folder.resolve("user.conf"), "bert.Offline.target_qps = 12.5\n*.Server.min_duration = 600000\n");
        shortRanging = Optional.of(new ShortRanging(300, Optional.of(conf)));
        String workload = "echo \"$WATTLINE_PHASE ${WATTLINE_RANGING_SECONDS:-all} $WATTLINE_SESSION\" >> " + told
                + "; cat \"$WATTLINE_USER_CONF\" >> " + told + "; " + goodWorkload();

        RunOutcome outcome = runner(workload).run();

        String id = SimpleDirector.ID;
        assertThat(Files.readString(told)).isEqualTo("""
                ranging 300 %s
                bert.Offline.target_qps = 12.5
                *.Server.min_duration = 600000
                # ranging of 300 s
                bert.Offline.min_duration = 300000
                bert.Offline.max_duration = 300000
                bert.Offline.min_query_count = 0
                bert.Offline.max_query_count = 3750
                *.Server.min_duration = 300000
                *.Server.max_duration = 300000
                testing all %s
                bert.Offline.target_qps = 12.5
                *.Server.min_duration = 600000
                """.formatted(id, id));
        SessionSummary summary = SummaryJson.read(outcome.folder().resolve("power/client.json"));
        assertThat(summary.wattline()).doesNotContainKey("kind");
        assertThat(summary.results()).doesNotContainKey("system/user-ranging.conf");
    }

    @Test
    void aWorkloadThatRunsForTooLongIsEnded() throws Exception {
        RunRequest plain = request(goodWorkload(), director.address(), Set.of());
        RunRequest asked = new RunRequest(
                plain.director(),
                plain.ntp(),
                "echo still here; exec sleep 619",
                plain.loadgenLogs(),
                plain.output(),
                plain.label(),
                plain.manualRange(),
                plain.shortRanging(),
                plain.record(),
                plain.telemetry(),
                Optional.of(Duration.ofSeconds(1)),
                plain.options());

        assertThatThrownBy(() -> new Runner(asked, new RunIdentity("1", "c"), around()).run())
                .isInstanceOfSatisfying(
                        WorkloadFailedException.class,
                        e -> assertThat(e.status()).isEqualTo(124))
                .hasMessageContaining("more than 1 s in the ranging phase")
                .hasMessageContaining("still here");
    }

    @Test
    void endsAfterTheRangingPhaseWhereAskedTo() throws Exception {
        RunOutcome outcome = runner(goodWorkload(), RunOption.RANGING_ONLY).run();

        assertThat(director.received())
                .contains("session," + SimpleDirector.ID + ",stop,ranging", "session," + SimpleDirector.ID + ",done")
                .noneMatch(line -> line.contains("testing") || line.contains("run_1"));
        assertThat(outcome.folder().resolve("ranging/spl.txt")).exists();
        SessionSummary summary = SummaryJson.read(outcome.folder().resolve("power/client.json"));
        assertThat(summary.wattline()).containsEntry("kind", "ranging");
        assertThat(summary.marks(Phase.RANGING)).hasSize(4);
        assertThat(summary.marks(Phase.TESTING)).isEmpty();
    }

    @Test
    void aRangingTooShortForASubmissionIsForProfilesOnly() throws Exception {
        shortRanging = Optional.of(new ShortRanging(119, Optional.empty()));
        assertThatThrownBy(() -> runner(goodWorkload()))
                .hasMessageContaining("--ranging-seconds: expected at least 120, got 119");

        RunOutcome outcome = runner(goodWorkload(), RunOption.PROFILE).run();

        SessionSummary summary = SummaryJson.read(outcome.folder().resolve("power/client.json"));
        assertThat(summary.wattline()).containsEntry("kind", "profile");
        assertThat(String.valueOf(summary.wattline().get("findings"))).contains("ranging lasts 119 s only");
    }

    @Test
    void aUserConfThatCannotBeUsedEndsTheRunBeforeTheDirectorIsAsked() throws Exception {
        Path conf = Files.writeString(folder.resolve("user.conf"), "bert.Offline.min_duration = 1\n");
        shortRanging = Optional.of(new ShortRanging(300, Optional.of(conf)));

        assertThatThrownBy(runner(goodWorkload())::run).hasMessageContaining("bert.Offline.target_qps is not there");
        assertThat(director.received()).isEmpty();
    }

    @Test
    void setsBothClocksWhereToldTo() throws Exception {
        ntp = server -> new NtpMeasurement(server, clockSet.isEmpty() ? -1500 : 1, 20, 2, true, 4);

        runner(goodWorkload(), RunOption.SET_CLOCK).run();

        assertThat(director.received()).contains("set_ntp");
        assertThat(clockSet).containsExactly(new HostPort("ntp", 123));
    }

    @Test
    void waitsForABusyDirectorOnlyWhereToldTo() throws Exception {
        script.reply("mlcommons/power client v3", "Error: busy, serving 10.0.0.7 since 2026-11-22T04:48:34Z");
        Runner runner = runner(goodWorkload(), RunOption.WAIT_WHILE_BUSY);
        CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(runner::run);
        await().atMost(TestDeadlines.seconds(20))
                .until(() -> director.received().size() == 1);
        script.reply("mlcommons/power client v3", "mlcommons/power server v3");

        assertThat(TestDeadlines.resultOf(running, 30).session().value()).isEqualTo(SimpleDirector.ID);
    }

    @Test
    void beginsAgainWhereAnotherClientHasOpenedItsSessionFirst() throws Exception {
        String open = "new,rig," + CLIENT;
        script.reply(open, "Error: busy, serving 10.0.0.7 since 2026-11-22T04:48:34Z");
        assertThatThrownBy(runner(goodWorkload())::run)
                .isInstanceOf(DirectorBusyException.class)
                .hasMessageContaining("to '" + open + "'");

        Runner runner = runner(goodWorkload(), RunOption.WAIT_WHILE_BUSY);
        CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(runner::run);
        await().atMost(TestDeadlines.seconds(20)).until(() -> Collections.frequency(director.received(), open) == 2);
        script.reply(open, "OK " + SimpleDirector.ID + "," + SimpleDirector.UUID);

        assertThat(TestDeadlines.resultOf(running, 30).session().value()).isEqualTo(SimpleDirector.ID);
    }
}
