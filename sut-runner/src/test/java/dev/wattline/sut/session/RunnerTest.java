package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.files.FileHashes;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.Phase;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.sut.session.RunRequest.ManualRanges;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Runs that come to their end. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workloads are a POSIX shell's")
class RunnerTest extends RunnerHarness {

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
        await().atMost(Duration.ofSeconds(20)).until(() -> director.received().size() == 1);
        script.reply("mlcommons/power client v3", "mlcommons/power server v3");

        assertThat(running.get(30, TimeUnit.SECONDS).session().value()).isEqualTo(SimpleDirector.ID);
    }
}
