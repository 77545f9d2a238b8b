package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.analyzer.InProcessPtd;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.testing.SharedData;
import dev.wattline.testing.TestDeadlines;
import dev.wattline.testing.Transcripts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A session between the reference client, the reference director and a PTDaemon, as it went over the wire, with our
 * director in the middle: what the client gets and what PTDaemon is told must be the same.
 */
class WireReplayTest {
    @TempDir
    private Path folder;

    /** One transfer: when, from the connecting side or to it, and the text with its line ends; empty for the end. */
    private record Sent(Instant at, boolean fromConnecting, int bytes, String text) {
        boolean isCut() {
            return text.endsWith(" ...");
        }
    }

    @Test
    void saysWhatTheReferenceSaid() throws Exception {
        replay(
                Files.readAllLines(SharedData.orSkip("wire/wire-v3.txt")),
                Files.readAllLines(SharedData.orSkip("wire/wire-ptd.txt")),
                DirectorHarness.analyzer(49));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"49|", "77|channel: 1,2"})
    void saysWhatTheReferenceSaidWithTheMock(int type, String channel) throws Exception {
        replay(
                Transcripts.lines("v3-" + type + ".txt"),
                Transcripts.lines("ptd-" + type + ".txt"),
                channel == null ? DirectorHarness.analyzer(type) : DirectorHarness.analyzer(type, channel));
    }

    private void replay(List<String> withClient, List<String> withPtd, String analyzer) throws Exception {
        List<Sent> client = transcript(withClient);
        RecordedPtd ptd = new RecordedPtd(dialogues(transcript(withPtd)));
        DirectorConfig config = DirectorHarness.config(folder, "", analyzer);
        ManualTimeSource time = new ManualTimeSource(client.get(0).at());
        UUID server = serverUuid(client);
        DirectorEnvironment environment =
                new DirectorEnvironment(config, time, ZoneOffset.UTC, () -> server, ptd::launch, "test", "none");

        try (Director director = Director.start(environment, DirectorHarness.NO_CLOCK);
                RawClient socket = new RawClient(director.address().port())) {
            replay(client, time, socket);
            director.awaitStop(); // the transcript's stop takes effect when the client is gone
        }
        assertThat(ptd.told).isEqualTo(ptd.expected());
    }

    private static UUID serverUuid(List<Sent> client) {
        return client.stream()
                .filter(sent -> !sent.fromConnecting() && sent.text().matches("OK [^,]+,[-0-9a-f]{36}\\s*"))
                .map(sent -> UUID.fromString(
                        sent.text().strip().substring(sent.text().indexOf(',') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static void replay(List<Sent> client, ManualTimeSource time, RawClient socket) throws IOException {
        for (int i = 0; i < client.size(); i++) {
            Sent request = client.get(i);
            if (!request.fromConnecting()) {
                continue;
            }
            if (request.bytes() == 0) {
                socket.close();
                return;
            }
            String line = request.text().strip();
            Sent reply = client.get(i + 1);
            set(time, line.equals("time") ? instant(reply.text().strip()) : request.at());
            if (line.startsWith("download,")) {
                checkDownload(line, client, i + 1, socket);
            } else if (line.equals("time")) {
                assertThat(new BigDecimal(socket.ask(line)))
                        .isCloseTo(
                                new BigDecimal(reply.text().strip()),
                                org.assertj.core.data.Offset.offset(new BigDecimal("0.000001")));
            } else {
                assertThat(socket.ask(line)).as(line).isEqualTo(reply.text().strip());
            }
        }
    }

    /** Logs and summaries name the program that wrote them, so that only what was measured can be the same. */
    private static void checkDownload(String line, List<Sent> client, int from, RawClient socket) throws IOException {
        StringBuilder recorded = new StringBuilder();
        boolean cut = false;
        for (int i = from; i < client.size() && !client.get(i).fromConnecting(); i++) {
            recorded.append(client.get(i).text());
            cut |= client.get(i).isCut();
        }
        String[] fields = line.split(",");
        String got = socket.download(fields[1], fields[2]);
        int lengthEnd = recorded.indexOf("\r\n");
        if (fields[2].endsWith("spl.txt")) {
            assertThat(got).hasSize(Integer.parseInt(recorded.substring(0, lengthEnd)));
            String content = recorded.substring(lengthEnd + 2).replace(" ...", "");
            assertThat(cut).isTrue();
            assertThat(got).startsWith(content.substring(0, content.length() - 3));
        } else if (fields[2].endsWith("ptd_out.txt")) {
            assertThat(recorded.toString()).contains(got);
        } else {
            assertThat(got).isNotEmpty();
        }
    }

    private static void set(ManualTimeSource time, Instant to) {
        time.stepWallClock(Duration.between(time.now(), to));
    }

    private static Instant instant(String seconds) {
        BigDecimal exact = new BigDecimal(seconds);
        long whole = exact.longValue();
        return Instant.ofEpochSecond(
                whole,
                exact.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }

    private static List<Sent> transcript(List<String> lines) {
        List<Sent> sent = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.strip().split(" +", 5);
            String text = fields.length < 5 || fields[4].equals("<EOF>") ? "" : fields[4];
            sent.add(new Sent(
                    instant(fields[0]),
                    fields[2].equals("C>S"),
                    Integer.parseInt(fields[3]),
                    text.replace("\\r", "\r").replace("\\n", "\n")));
        }
        return sent;
    }

    /** The connections one by one, each as commands and replies. */
    private static List<List<Sent>> dialogues(List<Sent> all) {
        List<List<Sent>> dialogues = new ArrayList<>();
        List<Sent> open = new ArrayList<>();
        for (Sent sent : all) {
            if (sent.bytes() > 0) {
                open.add(sent);
            } else if (!open.isEmpty()) {
                dialogues.add(open);
                open = new ArrayList<>();
            }
        }
        return dialogues;
    }

    /** Answers each command with what was recorded, connection by connection. */
    private static final class RecordedPtd {
        private final List<List<Sent>> dialogues;
        private final List<String> told = new ArrayList<>();
        private int launches;

        RecordedPtd(List<List<Sent>> dialogues) {
            this.dialogues = dialogues;
        }

        List<String> expected() {
            return dialogues.stream()
                    .flatMap(List::stream)
                    .filter(Sent::fromConnecting)
                    .map(sent -> sent.text().strip())
                    .toList();
        }

        RunningPtd launch(int analyzer, List<String> command, int port, Path output) {
            List<Sent> dialogue = dialogues.get(launches++);
            try {
                ServerSocket listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                Thread thread = new Thread(() -> serve(listening, dialogue), "recorded-ptd");
                thread.setDaemon(true);
                thread.start();
                return new InProcessPtd(new CompletableFuture<>(), () -> awaitEnd(thread));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void serve(ServerSocket listening, List<Sent> dialogue) {
            try (listening;
                    Socket socket = listening.accept();
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                int next = 0;
                for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
                    if (line.equals("RR") && isNotDue(line, dialogue, next)) {
                        socket.getOutputStream()
                                .write(firstReply(line, dialogue).getBytes(StandardCharsets.UTF_8));
                        continue;
                    }
                    told.add(line);
                    next++; // the command
                    while (next < dialogue.size() && !dialogue.get(next).fromConnecting()) {
                        socket.getOutputStream()
                                .write(dialogue.get(next++).text().getBytes(StandardCharsets.UTF_8));
                    }
                    socket.getOutputStream().flush();
                }
            } catch (IOException e) {
                told.add("failed: " + e);
            }
        }

        /** Our director reads the ranges back that it has restored, which the reference does not. */
        private static boolean isNotDue(String command, List<Sent> dialogue, int next) {
            return next >= dialogue.size() || !dialogue.get(next).text().strip().equals(command);
        }

        private static String firstReply(String command, List<Sent> dialogue) {
            for (int i = 0; i + 1 < dialogue.size(); i++) {
                if (dialogue.get(i).text().strip().equals(command)) {
                    return dialogue.get(i + 1).text();
                }
            }
            throw new AssertionError("no '" + command + "' was recorded");
        }

        private static void awaitEnd(Thread serving) {
            try {
                serving.join(TestDeadlines.millis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
