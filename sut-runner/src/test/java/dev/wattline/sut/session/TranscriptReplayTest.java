package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.FileHashes;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.PtdTime;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.loadgen.LoadgenLogs;
import dev.wattline.sut.output.RunConsole;
import dev.wattline.testing.SharedData;
import dev.wattline.testing.Transcripts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays a recorded session of the reference client and director against this runner: with the same clock, uuid and
 * options it must say the same lines in the same order. Files, which the record holds cut, come with their recorded
 * number of bytes.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workload is a POSIX shell's")
class TranscriptReplayTest {
    private static final Pattern LINE = Pattern.compile("(\\d+)\\.(\\d{6}) #1 (C>S|S>C) +(\\d+) (.*)");

    @TempDir
    private Path folder;

    /** One line of the record, its time, and its text without the escaped line end. */
    private record Said(Instant at, boolean byClient, String text) {}

    @Test
    void saysWhatTheReferenceClientSaid() throws Exception {
        replay(Files.readAllLines(SharedData.orSkip("wire/wire-v3.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v3-49.txt", "v3-77.txt"})
    void saysWhatTheReferenceClientSaidWithTheMock(String transcript) throws Exception {
        replay(Transcripts.lines(transcript));
    }

    private void replay(List<String> lines) throws Exception {
        List<Said> record = read(lines);
        Replay replay = new Replay(record, folder);
        RunOutcome outcome;
        try (ScriptedDirector director = new ScriptedDirector(replay)) {
            outcome = runner(director.address(), replay, clientUuid(record)).run();

            List<String> expected =
                    record.stream().filter(Said::byClient).map(Said::text).toList();
            assertThat(director.received()).isEqualTo(expected);
        }
        SessionSummary summary = SummaryJson.read(outcome.folder().resolve("power/client.json"));
        assertThat(summary.messages()).hasSize(16);
        Instant stopAnswered = record.stream()
                .filter(said -> !said.byClient())
                .skip(2)
                .findFirst()
                .orElseThrow()
                .at();
        assertThat(summary.messages().get(2).replyTime()).isEqualTo(seconds(stopAnswered));
        assertThat(Files.size(outcome.folder().resolve("run_1/spl.txt")))
                .isEqualTo(replay.file("run_1/spl.txt").length);
    }

    private static double seconds(Instant at) {
        return new BigDecimal(at.getEpochSecond() + "." + String.format(Locale.ROOT, "%09d", at.getNano()))
                .doubleValue();
    }

    private static UUID clientUuid(List<Said> record) {
        return record.stream()
                .map(Said::text)
                .filter(text -> text.startsWith("new,"))
                .map(text -> UUID.fromString(text.substring(text.lastIndexOf(',') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static List<Said> read(List<String> lines) {
        List<Said> record = new ArrayList<>();
        for (String line : lines) {
            Matcher said = LINE.matcher(line);
            if (said.matches() && !said.group(5).equals("<EOF>")) {
                Instant at =
                        Instant.ofEpochSecond(Long.parseLong(said.group(1)), Integer.parseInt(said.group(2)) * 1_000L);
                String text = said.group(5).replaceAll("\\\\r\\\\n$", "");
                record.add(new Said(at, said.group(3).equals("C>S"), text));
            }
        }
        return record;
    }

    private Runner runner(HostPort director, Replay replay, UUID client) {
        Path go = folder.resolve("go");
        String workload = "rm -f " + go + "; echo ready; while [ ! -f " + go + " ]; do sleep 0.01; done";
        RunRequest request = new RunRequest(
                DirectorTarget.plain(director),
                new HostPort("ntp", 123),
                workload,
                folder.resolve("logs"),
                folder.resolve("out"),
                "rig",
                Optional.empty(),
                Optional.empty(),
                RunRecord.NONE,
                Optional.empty(),
                Optional.empty(),
                EnumSet.of(RunOption.STOP_DIRECTOR, RunOption.PLAIN_V3));
        RunEnvironment around = new RunEnvironment(
                replay.time,
                ZoneOffset.UTC,
                server -> new NtpMeasurement(server, 0.1, 0.2, 1, true, 4),
                server -> {
                    throw new AssertionError("no clock is to be set");
                },
                () -> client,
                RunConsole.ofPlainLines(new PrintStream(OutputStream.nullOutputStream()), false),
                new PrintStream(replay.workloadOutput(go), true),
                new PrintStream(OutputStream.nullOutputStream()));
        return new Runner(request, new RunIdentity("1", "c"), around);
    }

    /** The director's side of the record; it moves the runner's clock to the time of each line. */
    private static final class Replay implements ScriptedDirector.Script {
        private final List<Said> record;
        private final Path folder;
        private final ManualTimeSource time;
        private final Map<String, byte[]> files = new TreeMap<>();
        private int next;

        Replay(List<Said> record, Path folder) {
            this.record = record;
            this.folder = folder;
            this.time = new ManualTimeSource(record.get(0).at());
            for (int i = 0; i < record.size(); i++) {
                String text = record.get(i).text();
                if (text.startsWith("download,")) {
                    // The first line of the answer is the length; it may stand before the content in one packet.
                    int length = Integer.parseInt(record.get(i + 1).text().split("\\\\r", 2)[0]);
                    files.put(text.substring(text.lastIndexOf(',') + 1), new byte[length]);
                }
            }
            files.put("power/server.json", summary(file("power/server.json").length));
        }

        private byte[] file(String name) {
            return Objects.requireNonNull(files.get(name), name);
        }

        /** A summary with the hashes of the replayed files, as long as the recorded one. */
        private byte[] summary(int length) {
            String results = files.entrySet().stream()
                    .filter(file -> !file.getKey().equals("power/server.json"))
                    .map(file -> "\"" + file.getKey() + "\": \"" + FileHashes.sha1(file.getValue()) + "\"")
                    .collect(Collectors.joining(", "));
            String json = "{\"messages\": [], \"results\": {" + results + "}}";
            return (json + " ".repeat(length - json.length())).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public synchronized byte[] answer(String line) {
            assertThat(record.get(next).byClient()).isTrue();
            next++;
            Said reply = record.get(next);
            while (next < record.size() && !record.get(next).byClient()) {
                moveTo(record.get(next).at());
                next++;
            }
            return line.startsWith("download,")
                    ? ScriptedDirector.file(file(line.substring(line.lastIndexOf(',') + 1)))
                    : ScriptedDirector.line(reply.text());
        }

        private void moveTo(Instant at) {
            time.advance(Duration.between(time.now(), at));
        }

        /** Lets the workload's time pass once it says that it runs: logs appear, then it may end. */
        OutputStream workloadOutput(Path go) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            return new OutputStream() {
                @Override
                public void write(int b) {
                    said.write(b);
                    if (b == '\n') {
                        letTimePass(go);
                    }
                }
            };
        }

        private synchronized void letTimePass(Path go) {
            Instant begin = time.now();
            Instant end = record.get(next).at();
            try {
                Path logs = Files.createDirectories(folder.resolve("logs"));
                String detail =
                        LoadgenLogs.detail(PtdTime.format(begin.plusMillis(2)), PtdTime.format(end.minusMillis(2)));
                Files.writeString(logs.resolve("mlperf_log_detail.txt"), detail);
                Files.writeString(logs.resolve("mlperf_log_summary.txt"), "summary");
                moveTo(end);
                Files.createFile(go);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
