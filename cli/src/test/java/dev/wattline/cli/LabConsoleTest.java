package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.json.LabJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console's commands send, and what they make of the answers of a director that a test plays. */
@ResourceLock(Resources.SYSTEM_OUT)
class LabConsoleTest {
    private static final LabMessage QUEUED =
            LabMessage.empty().with("job", "j-7").with("place", 1).with("remark", "");
    private static final LabMessage JOB = LabMessage.empty()
            .with("job", "j-7")
            .with("sut", "rig")
            .with("workload", "bert")
            .with("kind", "official")
            .with("by", "alice")
            .with("session", "")
            .with("invalid", List.of());

    private final List<LabMessage> asked = new CopyOnWriteArrayList<>();
    private volatile Function<LabMessage, Optional<LabMessage>> director = request -> Optional.empty();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    serve(socket);
                } catch (IOException e) {
                    assertThat(e).hasMessageMatching("(?i).*(closed|reset|pipe).*");
                }
            }
        });
        accepting.setDaemon(true);
        accepting.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Hangs up where the director has no answer. */
    private void serve(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        in.readLine();
        out.write((LabProtocol.OK + "\r\n").getBytes(StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            LabMessage request = LabJson.parse(line);
            asked.add(request);
            Optional<LabMessage> answer = director.apply(request);
            if (answer.isEmpty()) {
                return;
            }
            LabMessage reply = answer.get().with("re", request.whole("id", 0, Long.MAX_VALUE));
            reply = reply.has("error") ? reply : reply.with("ok", true);
            out.write((LabJson.line(reply) + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private Outcome run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "-a";
        all[arguments.length + 1] = "127.0.0.1:" + server.getLocalPort();
        return CapturedStreams.run(all);
    }

    private static LabMessage error(String code, String text, String remedy) {
        return LabMessage.empty().with("error", code).with("text", text).with("remedy", remedy);
    }

    @Test
    void aWrongNameIsAUsageErrorAndARefusalIsNone() {
        director = request -> Optional.of(error(LabProtocol.WRONG, "rig has no workload 'brt'", "List them."));
        Outcome wrong = run("start", "brt", "--sut", "rig");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(wrong.err()).contains("rig has no workload 'brt'", "List them.");

        director = request -> Optional.of(error("role", "lobby may not start", "Ask ops."));
        assertThat(run("start", "bert", "--sut", "rig").exitCode()).isEqualTo(ExitCode.FAILURE.code());
    }

    @Test
    void jsonIsTheAnswerWithoutWhatOnlyTheProtocolNeeds() {
        director = request -> Optional.of(
                LabMessage.empty().with("suts", List.of(LabMessage.empty().with("sut", "rig"))));
        assertThat(run("suts", "--json").out()).isEqualTo("{\"suts\":[{\"sut\":\"rig\"}]}\n");

        director = request -> Optional.of(
                request.text("do").equals("start")
                        ? QUEUED
                        : JOB.with("state", "ended")
                                .with("status", "complete")
                                .with("good", true)
                                .with("event", "job"));
        assertThat(run("start", "bert", "--sut", "rig", "--wait", "--json").out())
                .startsWith("{\"job\":\"j-7\"")
                .doesNotContain("\"re\"", "\"ok\"", "\"event\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    -p n=1 -p n=2       | -p: n is given twice, as '1' and '2'
                    --set c=1 --set c=1 | --set: c is given twice, as '1' and '1'
                    -p n                | -p: expected NAME=VALUE, got 'n'
                    -p =1               | -p: expected NAME=VALUE, got '=1'
                    -p N=1              | expected a name of small letters
                    """)
    void whatIsNoValueIsToldBeforeAnythingIsSent(String options, String message) {
        Outcome outcome = run(("start bert --sut rig " + options).split(" "));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
        assertThat(asked).isEmpty();
    }

    @Test
    void aLongValueIsToldBeforeAnythingIsSent() {
        Outcome outcome = run("start", "bert", "--sut", "rig", "-p", "n=" + "x".repeat(70_000));

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains("the value of n has 70000 characters; a value has at most 256");
        assertThat(asked).isEmpty();
    }

    @Test
    void settingsKeepTheirOrder() {
        director = request -> Optional.of(QUEUED);
        run("start", "bert", "--sut", "rig", "--set", "z=1", "--set", "a=2", "-p", "n=a=b");

        assertThat(asked.get(0).texts("settings").keySet()).containsExactly("z", "a");
        assertThat(asked.get(0).texts("params")).isEqualTo(Map.of("n", "a=b"));
    }

    @ParameterizedTest
    @CsvSource({"90s,90", "30m,1800", "2h,7200", "1h30m,5400", "1h1m1s,3661", "12h,43200"})
    void aReservationTakesTimesOfSeveralUnits(String length, long seconds) {
        director = request -> Optional.of(LabMessage.empty()
                .with("reserved-by", "alice")
                .with("reserved-until", "then")
                .with("note", "x"));
        assertThat(run("reserve", "--for", length, "--note", "x").exitCode()).isZero();

        assertThat(asked.get(0).whole("seconds", 1, 43_200)).isEqualTo(seconds);
        assertThat(asked.get(0).text("note")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--note x",
                "--for 13h",
                "--for 30m1h",
                "--for 1",
                "--for 0s",
                "--for h",
                "--note x --release",
                "--extend"
            })
    void whatIsNoReservationIsAUsageError(String options) {
        Outcome outcome = run(("reserve " + options).split(" "));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
        assertThat(asked).isEmpty();
    }

    @Test
    void severalJobsAreRemovedByOneRequest() {
        director = request -> Optional.of(LabMessage.empty().with("removed", List.of("j-1", "j-2")));
        assertThat(run("queue", "remove", "j-1", "j-2").out()).isEqualTo("j-1  removed\nj-2  removed\n");
        assertThat(asked.get(0).list("jobs")).containsExactly("j-1", "j-2");

        run("queue", "remove", "--mine");
        assertThat(asked.get(1).flag("mine")).isTrue();
        assertThat(asked.get(1).has("jobs")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "remove",
                "remove j-1 --mine",
                "pause --mine",
                "pause j-1",
                "move j-1",
                "move j-1 0",
                "move j-1 1 2"
            })
    void whatTheQueueCannotDoIsAUsageError(String words) {
        Outcome outcome = run(("queue " + words).split(" "));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USAGE.code());
        assertThat(asked).isEmpty();
    }

    @Test
    void whoWaitsConnectsAgainAndGoesOnWaiting() {
        LabMessage ended = JOB.with("state", "ended").with("status", "complete").with("good", true);
        director = request -> {
            if (request.text("do").equals("start")) {
                return Optional.of(QUEUED);
            }
            boolean first =
                    asked.stream().filter(one -> one.text("do").equals("watch")).count() == 1;
            return first ? Optional.empty() : Optional.of(ended);
        };
        Outcome outcome = run("start", "bert", "--sut", "rig", "--wait");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err())
                .contains("job j-7 stays with its director, which is tried again for 15 min", "connected again");
        assertThat(asked.get(2).text("job")).isEqualTo("j-7");
    }

    @Test
    void aJobWithoutAValidEndHasItsOwnStatus() {
        LabMessage ended = JOB.with("state", "ended");
        director = request -> Optional.of(
                request.text("do").equals("retry")
                        ? QUEUED
                        : ended.with("status", "complete").with("good", false));
        assertThat(run("retry", "j-6", "--wait").exitCode()).isEqualTo(ExitCode.NOT_VALID.code());

        director = request -> Optional.of(
                request.text("do").equals("retry")
                        ? QUEUED
                        : ended.with("status", "failed").with("cause", "no docker"));
        assertThat(run("retry", "j-6", "--wait").exitCode()).isEqualTo(ExitCode.FAILURE.code());
    }
}
