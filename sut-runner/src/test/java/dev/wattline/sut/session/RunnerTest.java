package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.files.FileHashes;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.ClockException;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.sut.SutException;
import dev.wattline.sut.session.RunRequest.ManualRanges;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workloads are a POSIX shell's")
class RunnerTest {
    private static final UUID CLIENT = UUID.fromString("8c14f61d-1776-4b23-b328-083fba3d64a8");

    @TempDir
    private Path folder;

    private Path logs;
    private Path out;
    private SimpleDirector script;
    private ScriptedDirector director;
    private NtpProbe ntp = server -> new NtpMeasurement(server, 0.5, 1.0, 2, true, 4);
    private final List<HostPort> clockSet = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

    @BeforeEach
    void startDirector() throws IOException {
        logs = folder.resolve("logs");
        out = folder.resolve("out");
        use(new SimpleDirector(false));
    }

    @AfterEach
    void stopDirector() throws IOException {
        director.close();
    }

    private void use(SimpleDirector answers) throws IOException {
        if (director != null) {
            director.close();
        }
        script = answers;
        director = new ScriptedDirector(line -> script.answer(line));
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
                        "run_1/spl.txt");
        assertThat(outcome.folder().resolve("run_1/spl.txt")).hasBinaryContent(script.content("run_1/spl.txt"));
        assertThat(stdout.toString(StandardCharsets.UTF_8)).contains("working");
    }

    @Test
    void theSummaryHoldsWhatTheCheckerComparesWithTheDirectors() throws Exception {
        RunOutcome outcome = runner(goodWorkload()).run();

        SessionSummary summary = SummaryJson.read(outcome.folder().resolve("power/client.json"));
        List<String> said = director.received();
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
                Set.of());

        RunOutcome outcome = new Runner(request, new RunIdentity("1", "c"), around()).run();

        assertThat(director.received())
                .contains("session," + SimpleDirector.ID + ",start,testing,300.0,5.0")
                .noneMatch(line -> line.contains("ranging"));
        assertThat(SummaryJson.read(outcome.folder().resolve("power/client.json"))
                        .marks(Phase.RANGING))
                .isEmpty();
    }

    @Test
    void aFailingWorkloadIsNamedAndWhatWasMeasuredIsKept() throws Exception {
        Runner runner = runner("echo 'no model file' >&2; exit 3");

        assertThatThrownBy(runner::run)
                .isInstanceOf(WorkloadFailedException.class)
                .hasMessageContaining("exit status 3")
                .hasMessageContaining("no model file");

        String id = SimpleDirector.ID;
        assertThat(director.received())
                .contains("session," + id + ",stop,ranging", "session," + id + ",done")
                .noneMatch(line -> line.startsWith("cleanup") || line.contains("start,testing"));
        assertThat(files(out.resolve(id)))
                .contains("power/client.json", "power/client.log", "power/server.json", "ranging/spl.txt");
        assertThat(Files.readString(out.resolve(id).resolve("power/client.log")))
                .contains("[ERROR] the workload failed");
    }

    @Test
    void aWorkloadWithoutLogsIsNamed() {
        assertThatThrownBy(() -> runner("mkdir -p " + logs).run())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("found no finished mlperf_log_detail.txt below INDIR (-L) " + logs);
    }

    @Test
    void logsOfAnEarlierRunAreNotTaken() throws Exception {
        Files.createDirectories(logs);
        Files.writeString(
                logs.resolve("mlperf_log_detail.txt"),
                LoadgenLogs.detail("11-22-2020 04:50:13.020", "11-22-2020 04:51:13.020"));

        assertThatThrownBy(() -> runner("true").run())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("2020-11-22T04:50:13.020Z");
    }

    @Test
    void theWorkloadEndsWhenTheDirectorGoesAway() throws Exception {
        Path started = folder.resolve("started");
        Runner runner = runner("echo $$ > " + started + "; exec sleep 600");
        CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(runner::run);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(started) && Files.size(started) > 0);

        director.hangUp();

        assertThatThrownBy(() -> running.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SutException.class)
                .hasMessageContaining("the director went away in the ranging phase");
        long pid = Long.parseLong(Files.readString(started).strip());
        await().atMost(Duration.ofSeconds(2)).until(() -> ProcessHandle.of(pid).isEmpty());
        assertThat(files(out.resolve(SimpleDirector.ID))).contains("power/client.json", "power/client.log");
    }

    @Test
    void theWorkloadEndsWhenAWattlineDirectorLosesTheMeasurement() throws Exception {
        String stop = "session," + SimpleDirector.ID + ",stop,ranging";
        use(new SimpleDirector(true).reply(stop, "Error: analyzer 1: PTDaemon ended"));
        Path started = folder.resolve("started");
        Runner runner = runner("touch " + started + "; exec sleep 600");
        CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(runner::run);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(started));

        director.push("* event,severity=fatal,at=2026-11-22T04:50:00Z,code=ptd-lost,text=PTDaemon ended");

        assertThatThrownBy(() -> running.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SutException.class)
                .hasMessageContaining("PTDaemon ended");
        assertThat(director.received()).contains(stop, "session," + SimpleDirector.ID + ",done");
        assertThat(files(out.resolve(SimpleDirector.ID))).contains("power/server.json", "ranging/spl.txt");
    }

    @Test
    void anInterruptionEndsTheWorkloadAndClosesTheSession() throws Exception {
        Path started = folder.resolve("started");
        Runner runner = runner("touch " + started + "; sleep 600; sleep 600");
        CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(runner::run);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(started));

        runner.interrupt();

        assertThatThrownBy(() -> running.get(1, TimeUnit.SECONDS)).hasCauseInstanceOf(RunInterruptedException.class);
        assertThat(director.received()).contains("session," + SimpleDirector.ID + ",done");
        assertThat(files(out.resolve(SimpleDirector.ID))).contains("power/client.json", "power/server.json");
    }

    @Test
    void aFileWithAWrongHashIsFetchedAgainAndThenRefused() throws Exception {
        SimpleDirector honest = new SimpleDirector(false);
        use(new SimpleDirector(false) {
            @Override
            byte[] content(String name) {
                return name.equals("run_1/spl.txt") ? new byte[] {'x'} : honest.content(name);
            }
        });

        assertThatThrownBy(() -> runner(goodWorkload()).run())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("run_1/spl.txt");

        assertThat(director.received().stream()
                        .filter(line -> line.endsWith("run_1/spl.txt"))
                        .count())
                .isGreaterThanOrEqualTo(2);
        assertThat(director.received()).noneMatch(line -> line.startsWith("cleanup"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mlcommons/power client v3 | mlcommons/power server v2 | instead of 'mlcommons/power server v3'",
                "mlcommons/power client v3 | Error: busy, serving 10.0.0.7 since 2026-11-22T04:48:34Z | is busy",
                "new,rig,8c14f61d-1776-4b23-b328-083fba3d64a8 | Error: exception | to 'new,rig,",
                "session,2026-11-22_04-48-34_rig,start,ranging | Error: exception | start,ranging'",
                "time | yesterday | to 'time'",
                "time | 12.5 | the clocks are apart"
            })
    void anAnswerThatIsNoneIsNamed(String line, String reply, String message) throws Exception {
        script.reply(line, reply);

        assertThatThrownBy(() -> runner(goodWorkload()).run())
                .isInstanceOf(WattlineException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((WattlineException) e).remedy()).isPresent());
    }

    @Test
    void aDirectorThatIsNotThereIsNamed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RunRequest request = request(goodWorkload(), new HostPort("127.0.0.1", port), Set.of());

        assertThatThrownBy(() -> new Runner(request, new RunIdentity("1", "c"), around()).run())
                .isInstanceOf(WattlineException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void aClockThatIsOffIsNamedAndNotSet() {
        ntp = server -> new NtpMeasurement(server, -1500, 20, 2, true, 4);

        assertThatThrownBy(() -> runner(goodWorkload()).run())
                .isInstanceOf(ClockException.class)
                .hasMessageContaining("1500.000 ms ahead of NTP server ntp:123");
        assertThat(director.received()).doesNotContain("set_ntp");
        assertThat(clockSet).isEmpty();
    }

    @Test
    void setsBothClocksWhereToldTo() throws Exception {
        ntp = server -> new NtpMeasurement(server, clockSet.isEmpty() ? -1500 : 1, 20, 2, true, 4);

        runner(goodWorkload(), RunOption.SET_CLOCK).run();

        assertThat(director.received()).contains("set_ntp");
        assertThat(clockSet).containsExactly(new HostPort("ntp", 123));
    }

    @Test
    void foldersThatCannotServeAreNamedBeforeAnythingIsStarted() throws Exception {
        Files.createDirectories(out.resolve("power"));

        assertThatThrownBy(() ->
                        runner(goodWorkload(), RunOption.NO_TIMESTAMP_PATH).run())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("holds a session already");
        assertThat(director.received()).isEmpty();
    }

    @Test
    void waitsForABusyDirectorOnlyWhereToldTo() throws Exception {
        script.reply("mlcommons/power client v3", "Error: busy, serving 10.0.0.7 since 2026-11-22T04:48:34Z");
        Runner runner = runner(goodWorkload(), RunOption.WAIT_WHILE_BUSY);
        CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(runner::run);
        await().atMost(Duration.ofSeconds(20)).until(() -> director.received().size() == 1);
        script.reply("mlcommons/power client v3", "mlcommons/power server v3");

        assertThat(running.get(30, TimeUnit.SECONDS).session().value()).isEqualTo(SimpleDirector.ID);
    }

    private String goodWorkload() {
        return LoadgenLogs.workload(logs) + "; echo working";
    }

    private Runner runner(String workload, RunOption... options) {
        EnumSet<RunOption> set = EnumSet.noneOf(RunOption.class);
        set.addAll(Arrays.asList(options));
        return new Runner(request(workload, director.address(), set), new RunIdentity("1.2.3", "abcdef0"), around());
    }

    private RunRequest request(String workload, HostPort address, Set<RunOption> options) {
        return new RunRequest(
                DirectorTarget.plain(address),
                new HostPort("ntp", 123),
                workload,
                logs,
                out,
                "rig",
                Optional.empty(),
                Optional.empty(),
                options);
    }

    private RunSurroundings around() {
        PrintStream err = new PrintStream(console, true, StandardCharsets.UTF_8);
        return new RunSurroundings(
                TimeSource.system(),
                ZoneOffset.UTC,
                server -> ntp.measure(server),
                clockSet::add,
                () -> CLIENT,
                new RunConsole(err, false, false),
                new PrintStream(stdout, true, StandardCharsets.UTF_8),
                err);
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .toList();
        }
    }
}
