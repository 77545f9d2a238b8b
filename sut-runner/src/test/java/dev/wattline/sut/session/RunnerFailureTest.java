package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.wattline.model.PtdTime;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.ControlTimeoutException;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.client.Deadlines;
import dev.wattline.protocol.time.ClockException;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.sut.SutException;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.loadgen.LoadgenLogs;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that do not: each cause is named, the workload ends, and what was measured is kept. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workloads are a POSIX shell's")
class RunnerFailureTest extends RunnerHarness {

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
        await().atMost(TestDeadlines.seconds(20)).until(() -> Files.exists(started) && Files.size(started) > 0);

        director.hangUp();

        assertThatThrownBy(() -> TestDeadlines.resultOf(running, 5))
                .hasCauseInstanceOf(SutException.class)
                .hasMessageContaining("the director went away in the ranging phase");
        long pid = Long.parseLong(Files.readString(started).strip());
        await().atMost(TestDeadlines.seconds(2))
                .until(() -> ProcessHandle.of(pid).isEmpty());
        assertThat(files(out.resolve(SimpleDirector.ID))).contains("power/client.json", "power/client.log");
    }

    @Test
    void theWorkloadEndsWhenAWattlineDirectorLosesTheMeasurement() throws Exception {
        String stop = "session," + SimpleDirector.ID + ",stop,ranging";
        use(new SimpleDirector(true).reply(stop, "Error: analyzer 1: PTDaemon ended"));
        Path started = folder.resolve("started");
        Runner runner = runner("touch " + started + "; exec sleep 600");
        CompletableFuture<RunOutcome> running = CompletableFuture.supplyAsync(runner::run);
        await().atMost(TestDeadlines.seconds(20)).until(() -> Files.exists(started));

        director.push("* event,severity=fatal,at=2026-11-22T04:50:00Z,code=ptd-lost,text=PTDaemon ended");

        assertThatThrownBy(() -> TestDeadlines.resultOf(running, 10))
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
        await().atMost(TestDeadlines.seconds(20)).until(() -> Files.exists(started));

        runner.interrupt();

        assertThatThrownBy(() -> TestDeadlines.resultOf(running, 1)).hasCauseInstanceOf(RunInterruptedException.class);
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

    /** A director that looks at no samples itself; its PTDaemon is in another time zone. */
    @Test
    void samplesOfAnotherTimeEndTheRunAfterRanging() throws Exception {
        use(new SimpleDirector(false) {
            @Override
            public byte[] answer(String line) {
                return line.startsWith("download,") && line.endsWith("ranging/spl.txt")
                        ? ScriptedDirector.file(row(Instant.now().minus(Duration.ofHours(5))))
                        : super.answer(line);
            }
        });

        assertThatThrownBy(() -> runner(goodWorkload()).run())
                .isInstanceOf(SutException.class)
                .hasMessageContaining("the clock of PTDaemon's machine")
                .hasMessageContaining("5 h behind this machine's clock")
                .satisfies(e -> assertThat(((WattlineException) e).remedy()).isPresent());

        assertThat(director.received()).noneMatch(line -> line.contains("start,testing"));
        assertThat(files(out.resolve(SimpleDirector.ID))).doesNotContain("ranging-samples");
    }

    private static byte[] row(Instant at) {
        String row = "Time," + PtdTime.format(at) + ",Watts,150.0,Volts,230.0,Amps,0.7,PF,0.9,Mark,rig_ranging\n";
        return row.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aStopThatIsAnsweredLateDoesNotLoseTheSamples() throws Exception {
        use(new SimpleDirector(false) {
            private boolean late;

            @Override
            public byte[] answer(String line) {
                if (line.endsWith("stop,testing") && !late) {
                    late = true;
                    director.awaitMore(); // the runner has given the reply up and goes on
                }
                return super.answer(line);
            }
        });
        Deadlines deadlines = Deadlines.defaults().withStop(TestDeadlines.granted(1));
        DirectorTarget target = new DirectorTarget(director.address(), Optional.empty(), Optional.empty(), deadlines);

        assertThatThrownBy(
                        () -> new Runner(request(goodWorkload(), target, Set.of()), new RunIdentity("1", "c"), around())
                                .run())
                .isInstanceOf(ControlTimeoutException.class)
                .hasMessageContaining("stop,testing");

        assertThat(files(out.resolve(SimpleDirector.ID)))
                .contains("power/client.json", "power/server.json", "run_1/spl.txt", "run_1/ptd_out.txt");
    }

    @Test
    void aDirectorThatIsNotThereIsNamed() throws Exception {
        int port = Ports.free();
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

    /** The director's clock jumps when the phase has begun; the time server may have lost its own source meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyATimeServerThatHasTheTimeSaysWhoseClockIsOff(boolean synchronised) throws Exception {
        AtomicBoolean jumped = new AtomicBoolean();
        use(new SimpleDirector(false) {
            @Override
            public byte[] answer(String line) {
                jumped.compareAndSet(false, line.endsWith("start,ranging"));
                return line.equals("time") && jumped.get()
                        ? ScriptedDirector.line(
                                PythonFloat.repr(TimeSource.system().epochSeconds() + 5))
                        : super.answer(line);
            }
        });
        ntp = server -> new NtpMeasurement(server, 1, 2, 2, !jumped.get() || synchronised, 4);

        String message = String.valueOf(
                catchThrowable(() -> runner(goodWorkload()).run()).getMessage());

        assertThat(message).contains("the clocks are apart", "the director's clock moved by");
        assertThat(message.contains("against ntp:123 this machine is off by")).isEqualTo(synchronised);
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
}
