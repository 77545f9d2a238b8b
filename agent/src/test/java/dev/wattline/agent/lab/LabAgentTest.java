package dev.wattline.agent.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfigReader;
import dev.wattline.agent.job.AgentJournal;
import dev.wattline.agent.job.AgentJournal.Kind;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.agent.job.RunnerOutcome;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.JobReport.End;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.json.LabJson;
import dev.wattline.testing.TestDeadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent at a director that a test plays, and what it makes of what a runner left. */
@EnabledOnOs(OS.LINUX)
class LabAgentTest {
    private static final Duration PATIENCE = TestDeadlines.seconds(20);
    private static final LocalAgent.Loop GONE = new LocalAgent.Loop(1, 0);

    @TempDir
    Path folder;

    private final ManualTimeSource clock = new ManualTimeSource(Instant.parse("2026-11-30T09:00:00Z"));
    private final BlockingQueue<LabMessage> told = new LinkedBlockingQueue<>();
    private final List<LabMessage> toAsk = new CopyOnWriteArrayList<>(); // of the director, once the agent is ready
    private volatile double ahead; // seconds of the director's clock
    private ServerSocket server;
    private AgentConfig config;
    private Path state;

    @BeforeEach
    void configure() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        state = folder.resolve("state");
        Path file = Files.writeString(folder.resolve("agent.yaml"), """
                sut: rig
                director: 127.0.0.1:PORT
                ntp: 127.0.0.1
                results: results
                workloads:
                  bert:
                    command: ["true", "{gpus}"]
                    loadgenLogs: logs
                    params: {gpus: {values: [1, 8], default: 8}}
                  accuracy: {command: ["true"]}
                actions:
                  fans: {command: ["sh", "-c", "echo full speed"]}
                  broken: {command: ["false"]}
                  reboot: {command: ["sh", "-c", "echo down >>AT/went"], returns: 20m}
                """.replace("AT", folder.toString())
                .replace("PORT", String.valueOf(server.getLocalPort())));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        config = AgentConfigReader.read(file);
        Thread director = new Thread(this::play, "director");
        director.setDaemon(true);
        director.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private void play() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                serve(socket);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?i).*(closed|reset|pipe).*");
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        in.readLine();
        send(out, LabProtocol.OK);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            LabMessage message = LabJson.parse(line);
            told.add(message);
            if (message.has("do")) {
                LabMessage answer = LabMessage.empty()
                        .with("re", message.whole("id", 0, Long.MAX_VALUE))
                        .with("ok", true)
                        .with("now", clock.epochSeconds() + ahead);
                send(out, LabJson.line(answer));
                if (message.text("do").equals("ready")) {
                    for (LabMessage request : toAsk) {
                        send(out, LabJson.line(request));
                    }
                }
            }
        }
    }

    private static void send(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private LabAgent agent(AgentJournal journal) {
        HostPort director = new HostPort("127.0.0.1", server.getLocalPort());
        return new LabAgent(
                config,
                journal,
                new LabAgent.Surroundings(
                        state,
                        () -> LabConnection.open(
                                director, Optional.empty(), LabProtocol.Role.AGENT, Optional.empty(), PATIENCE),
                        line -> {},
                        clock,
                        "test",
                        session -> List.of()));
    }

    /** Runs an agent until it has told something of this kind, which is returned. */
    private LabMessage until(String key, String value) throws InterruptedException {
        told.clear();
        try (AgentJournal journal = AgentJournal.open(state, TimeSource.system())) {
            LabAgent agent = agent(journal);
            Thread running = new Thread(() -> agent.run(GONE), "agent");
            running.start();
            try {
                while (true) {
                    LabMessage message = told.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                    if (message == null) {
                        throw new AssertionError("no message with " + key + " " + value);
                    }
                    if (value.equals(String.valueOf(message.fields().get(key)))) {
                        return message;
                    }
                }
            } finally {
                agent.interrupt();
                running.join(PATIENCE.toMillis());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.3, true, ''",
        "-0.3, true, ''",
        "0.5, false, this machine's clock is 0.5 s behind the director's",
        "-0.5, false, this machine's clock is 0.5 s ahead of the director's",
        "86400, false, this machine's clock is 86400.0 s behind the director's"
    })
    void aMachineWhoseClockIsOffIsNotReady(double seconds, boolean ready, String why) throws InterruptedException {
        ahead = seconds;
        LabMessage message = until("do", "ready");

        assertThat(message.flag("ready")).isEqualTo(ready);
        assertThat(message.text("why")).isEqualTo(why);
    }

    private LabMessage answerTo(LabMessage request) throws InterruptedException {
        toAsk.add(request.with("id", 41));
        return until("re", "41");
    }

    private static LabMessage check(String workload, String kind) {
        return LabMessage.request("check")
                .with("sut", "rig")
                .with("workload", workload)
                .with("kind", kind);
    }

    @Test
    void aWrongNameIsToldWithTheRemedyOfAConsole() throws InterruptedException {
        LabMessage answer = answerTo(check("brt", "official"));

        assertThat(answer.text("error")).isEqualTo(LabProtocol.WRONG);
        assertThat(answer.text("text")).startsWith("there is no workload 'brt'; did you mean 'bert'?");
        assertThat(answer.text("remedy")).isEqualTo("'wattline workloads --sut rig' lists what there is.");
    }

    @Test
    void aWorkloadWithoutLoadgenLogsIsForPlainJobsOnly() throws InterruptedException {
        assertThat(answerTo(check("accuracy", "profile")).text("text")).contains("has no loadgenLogs");
        toAsk.clear();
        assertThat(answerTo(check("accuracy", "plain")).list("command")).containsExactly("true");
    }

    @Test
    void theDirectorIsToldWhatValuesAreRight() throws InterruptedException {
        LabMessage hello = until("do", "hello");
        LabMessage bert = hello.objects("workloads").get(1);

        assertThat(bert.objects("params").get(0).list("values")).containsExactly("1", "8");
        assertThat(bert.flag("plain-only")).isFalse();
        assertThat(hello.objects("workloads").get(0).flag("plain-only")).isTrue();
    }

    /** A job that is accepted and handed over, whose runner has opened a session. */
    private JobReports handedOver(AgentJournal journal, String... log) throws IOException {
        JobReports reports = new JobReports(state);
        reports.accepted("j-1", 1);
        journal.add(Kind.JOB, "j-1", "bert");
        journal.add(Kind.HANDED_OVER, "j-1", "1", "0");
        Path session = folder.resolve("results/s");
        Files.createDirectories(session.resolve("power"));
        Files.write(session.resolve("power/client.log"), List.of(log));
        RunnerOutcome.noteSession(reports.outcome("j-1"), session);
        return reports;
    }

    private static JobReport only(JobReports reports) {
        assertThat(reports.all(Optional.empty())).hasSize(1);
        return reports.all(Optional.empty()).get(0);
    }

    @Test
    void aRunnerThatIsKilledLeavesTheLogOfItsSession() throws IOException {
        try (AgentJournal journal = AgentJournal.open(state, TimeSource.system())) {
            JobReports reports = handedOver(journal, "Running workload", "the last word");
            agent(journal).finish(137);

            JobReport report = only(reports);
            assertThat(report.end()).isEqualTo(End.INTERRUPTED);
            assertThat(report.cause()).contains("137");
            assertThat(report.log()).containsExactly("Running workload", "the last word");
            reports.delete("j-1");
            try (var left = Files.list(state.resolve("lab"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void soDoesAWorkloadThatFails() throws IOException {
        try (AgentJournal journal = AgentJournal.open(state, TimeSource.system())) {
            JobReports reports = handedOver(journal, "no such model");
            new RunnerOutcome(RunnerOutcome.End.WORKLOAD, "ended with status 2").write(reports.outcome("j-1"));
            agent(journal).finish(1);

            assertThat(only(reports).end()).isEqualTo(End.FAILED);
            assertThat(only(reports).cause()).isEqualTo("ended with status 2");
            assertThat(only(reports).log()).containsExactly("no such model");
        }
    }

    @Test
    void aMachineThatWasRestartedMeanwhileTellsBothBootsAndTheLog() throws Exception {
        try (AgentJournal journal = AgentJournal.open(state, TimeSource.system())) {
            handedOver(journal, "measuring");
        }
        Path report = state.resolve("lab/j-1.report");
        String boot = LabJson.parse(Files.readString(report)).text("boot");
        Files.writeString(report, Files.readString(report).replace(boot, "another-boot"));

        LabMessage outcome = until("do", "outcome");

        assertThat(outcome.text("status")).isEqualTo("interrupted");
        assertThat(outcome.text("cause"))
                .isEqualTo("the machine was restarted meanwhile (boot another-boot, now " + boot + ")");
        assertThat(outcome.list("log")).containsExactly("measuring");
    }

    @Test
    void anAgentThatIsKilledWhilePreparingReportsThatNothingWasBegun() throws Exception {
        try (AgentJournal journal = AgentJournal.open(state, TimeSource.system())) {
            new JobReports(state).accepted("j-1", 3);
            journal.add(Kind.JOB, "j-1", "bert");
        }
        LabMessage outcome = until("do", "outcome");

        assertThat(outcome.text("status")).isEqualTo("not-started");
        assertThat(outcome.whole("attempt", 3, 3)).isEqualTo(3);
    }

    private static LabMessage job(String action) {
        return LabMessage.request("job")
                .with("job", "j-9")
                .with("attempt", 1)
                .with("sut", "rig")
                .with("workload", action)
                .with("kind", "action");
    }

    @ParameterizedTest
    @CsvSource({"fans, complete, full speed", "broken, failed, ''"})
    void anActionsCommandDecidesHowItEnds(String action, String status, String printed) throws InterruptedException {
        toAsk.add(job(action).with("id", 41));

        LabMessage outcome = until("do", "outcome");

        assertThat(outcome.text("status")).isEqualTo(status);
        assertThat(String.join("", outcome.list("log"))).isEqualTo(printed);
    }

    @Test
    void anActionThatIsNotInTheConfigurationIsRefused() throws InterruptedException {
        LabMessage answer = answerTo(job("rebot"));

        assertThat(answer.text("error")).isEqualTo(LabProtocol.WRONG);
        assertThat(answer.text("text")).contains("reboot");
    }

    @Test
    @ResourceLock("wattline.test.boot")
    void aMachineIsStartedAnewOnceAndThatIsTheActionsEnd() throws Exception {
        Path boot = Files.writeString(folder.resolve("boot"), "before\n");
        Path went = folder.resolve("went");
        System.setProperty("wattline.test.boot", boot.toString());
        try {
            toAsk.add(job("reboot").with("id", 41));
            try (AgentJournal journal = AgentJournal.open(state, TimeSource.system())) {
                LabAgent agent = agent(journal);
                Thread running = new Thread(() -> agent.run(GONE), "agent");
                running.start();
                await().atMost(PATIENCE).until(() -> Files.exists(went) && Files.size(went) > 0);
                agent.interrupt(); // as by the machine that goes down
                running.join(PATIENCE.toMillis());
                assertThat(running.isAlive()).isFalse();
            }
            toAsk.clear();
            Files.writeString(boot, "after\n");

            LabMessage outcome = until("do", "outcome");

            assertThat(outcome.text("job")).isEqualTo("j-9");
            assertThat(outcome.text("status")).isEqualTo("complete");
            assertThat(outcome.list("log").toString()).contains("before", "after");
            assertThat(went).hasContent("down");
        } finally {
            System.clearProperty("wattline.test.boot");
        }
    }
}
