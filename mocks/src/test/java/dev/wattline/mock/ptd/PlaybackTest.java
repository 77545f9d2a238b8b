package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class PlaybackTest {
    private static final Map<String, Integer> TYPES = Map.of(
            "YokogawaWT210", 8,
            "YokogawaWT310", 49,
            "YokogawaWT310E", 49,
            "YokogawaWT330", 52,
            "YokogawaWT330E", 52,
            "YokogawaWT330_multichannel", 77,
            "YokogawaWT500_multichannel", 48);

    @TempDir
    Path folder;

    /** Each recorded session, played back in a session of its own: every row of both runs must come out as it is. */
    @TestFactory
    Stream<DynamicTest> recordedSessionsComeOutAsTheyAre() throws IOException {
        Path corpus = SharedData.orSkip("corpus");
        List<Path> sessions = new ArrayList<>();
        for (String round : List.of("v1.0", "v1.1", "v4.1")) {
            try (Stream<Path> folders = Files.list(corpus.resolve(round))) {
                folders.filter(session -> Files.exists(session.resolve("ranging/spl.txt")))
                        .sorted()
                        .forEach(sessions::add);
            }
        }
        assertThat(sessions).hasSizeGreaterThan(40);
        return sessions.stream()
                .map(session -> DynamicTest.dynamicTest(
                        corpus.relativize(session).toString(), () -> assertPlayedBack(session)));
    }

    private void assertPlayedBack(Path session) throws IOException {
        Path log = Files.createTempFile(folder, "ptd", ".log");
        Bench bench = new Bench(
                PtdArguments.parse(List.of("-l", log.toString(), "-p", "0", Integer.toString(type(session)), "x")),
                builder -> builder.playback(Playback.of(session)));
        List<String> closings = new ArrayList<>();
        for (String run : List.of("ranging", "run_1")) {
            List<String> recorded = Files.readAllLines(session.resolve(run + "/spl.txt")).stream()
                    .filter(row -> !row.isBlank())
                    .map(String::strip)
                    .toList();
            bench.ask("Go,1000,0,s_" + (run.equals("ranging") ? "ranging" : "testing"));
            bench.passSeconds(recorded.size() - 1);
            bench.pass(0.5);
            bench.ask("Stop");
            bench.pass(0.5);
            assertThat(numbers(Files.readAllLines(log))).isEqualTo(numbers(recorded));
            Files.writeString(log, "");
            assertThat(bench.ask("RL,*,*"))
                    .startsWith(recorded.get(0).contains(",Ch1,") ? "Last " + recorded.size() : "Invalid");
            closings.add(bench.messages().stream()
                    .filter(line -> line.startsWith("Avg watts"))
                    .reduce("", (first, second) -> second));
        }
        assertThat(closings).zipSatisfy(recordedClosings(session), (ours, recorded) -> {
            // Some recordings lack their last row, which PTDaemon had counted.
            if (samples(ours).equals(samples(recorded))) {
                assertThat(ours).isEqualTo(recorded);
            }
        });
    }

    @Test
    void afterTheLastRowItHoldsAndTheNextMeasurementBeginsAnew() throws IOException {
        Path spl = spl("10.000000", "20.000000");
        Bench bench = new Bench(PtdArguments.of(49), builder -> builder.playback(Playback.of(spl)));
        bench.ask("Go,1000,0,s_ranging");
        bench.passSeconds(3);
        bench.ask("Stop");
        bench.passSeconds(1);
        assertThat(watts(bench.ask("RL"))).containsExactly("10.000000", "20.000000", "20.000000", "20.000000");
        bench.ask("Go,1000,0,s_testing");
        bench.pass(0.5);
        assertThat(bench.ask("R*")).startsWith("Watts,10.000000,");
    }

    @Test
    void theMarkDecidesWhichRecordingIsPlayedElseTheOrder() throws IOException {
        Path ranging = spl("10.000000");
        Path testing = spl("20.000000");
        assertThat(firstWatts(ranging, testing, "s_testing", "s_ranging")).containsExactly("20.000000", "10.000000");
        assertThat(firstWatts(ranging, testing, "a", "b", "c")).containsExactly("10.000000", "20.000000", "20.000000");
    }

    @Test
    void oneAnalyzerOfAMergedRecordingIsPlayed() throws IOException {
        String part = "Time,11-28-2024 15:24:56.739,Watts,%s,Volts,230.000000,Amps,0.1,PF,0.9,Mark,m";
        Path spl = folder.resolve("merged.txt");
        Files.writeString(
                spl,
                "Time,11-28-2024 15:24:56.739,Watts,443.2,Volts,-1.000000,Amps,-1.000000,PF,-1.000000,Mark,m,Analyzer1,"
                        + String.format(part, "8.103000") + ",Analyzer2," + String.format(part, "435.100000") + "\n");
        Bench bench = new Bench(PtdArguments.of(49), builder -> builder.playback(new Playback(spl, spl, 2)));
        bench.ask("Go,1000,0,m");
        bench.pass(0.5);
        assertThat(bench.ask("R*")).startsWith("Watts,435.100000,");
        assertThatThrownBy(() -> RecordedRows.read(spl, 3)).hasMessageContaining("no analyzer 3");
    }

    @Test
    void whatCannotBePlayedIsRefused() throws IOException {
        Path spl = spl("10.000000");
        assertThatThrownBy(() -> new Bench(PtdArguments.of(77), builder -> builder.playback(Playback.of(spl))))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("single-channel");
        assertThatThrownBy(() -> Playback.of(folder)).hasMessageContaining("there is no recording");
        Path broken = folder.resolve("broken.txt");
        Files.writeString(broken, Files.readString(spl) + "Time,11-28-2024 15:24:56.739,Volts,1\n");
        assertThatThrownBy(() -> RecordedRows.read(broken, 1)).hasMessageContaining("line 3: field 3");
        Path empty = folder.resolve("empty.txt");
        Files.writeString(empty, "\n");
        assertThatThrownBy(() -> RecordedRows.read(empty, 1)).hasMessageContaining("holds no row");
    }

    private List<String> firstWatts(Path ranging, Path testing, String... marks) {
        Bench bench = new Bench(PtdArguments.of(49), builder -> builder.playback(Playback.of(ranging, testing)));
        List<String> first = new ArrayList<>();
        for (String mark : marks) {
            bench.ask("Go,1000,0," + mark);
            bench.pass(0.5);
            bench.ask("Stop");
            bench.pass(0.5);
            first.addAll(watts(bench.ask("RL")));
        }
        return first;
    }

    private Path spl(String... watts) throws IOException {
        Path file = Files.createTempFile(folder, "spl", ".txt");
        StringBuilder rows = new StringBuilder();
        for (String value : watts) {
            rows.append("Time,11-28-2024 15:24:56.739,Watts," + value + ",Volts,230.100000,Amps,0.1,PF,0.9,Mark,m\r\n");
        }
        return Files.writeString(file, rows.append("\r\n"));
    }

    private static List<String> watts(String reply) {
        return reply.lines().skip(1).map(row -> row.split(",")[3]).toList();
    }

    /** Rows without their time stamps and marks. */
    private static List<String> numbers(List<String> rows) {
        return rows.stream()
                .map(row -> row.replaceFirst("^Time,[^,]*,", "").replaceFirst(",Mark,[^,]*", ""))
                .toList();
    }

    private static List<String> recordedClosings(Path session) throws IOException {
        String log = Files.readString(session.resolve("power/ptd_logs.txt"), StandardCharsets.ISO_8859_1);
        return log.lines()
                .filter(line -> line.contains(": Avg watts "))
                .map(line -> line.substring(line.indexOf("Avg watts")).replace("\r", "") + "\\r")
                .toList();
    }

    private static String samples(String closing) {
        return closing.replaceFirst(".*samples (\\d+),.*", "$1");
    }

    private static int type(Path session) throws IOException {
        String log = Files.readString(session.resolve("power/ptd_logs.txt"), StandardCharsets.ISO_8859_1);
        String model = log.lines()
                .filter(line -> line.contains("Uncertainty checking for "))
                .findFirst()
                .map(line -> line.replaceFirst(".*Uncertainty checking for (\\S+) is.*", "$1"))
                .orElseThrow();
        Integer type = TYPES.get(model);
        assertThat(type).as(model).isNotNull();
        return type == null ? 0 : type;
    }
}
