package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.mock.json.ScenarioJson;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.model.PtdTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each scenario in {@code configs/scenarios} does what its description says. */
class ScenarioFilesTest {
    private static final Path FILES = Path.of("..", "configs", "scenarios");

    @TempDir
    Path folder;

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(FILES)) {
            return all.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aScenarioDoesWhatItSays(Path file) throws Exception {
        FaultScenario scenario = ScenarioJson.read(file);
        assertThat(scenario.description()).isNotBlank();
        String name = file.getFileName().toString().replace(".json", "");
        switch (name) {
            case "start-fails-once", "exits-at-start", "never-listens", "slow-start", "usb-error" ->
                assertStart(name, scenario);
            case "ignores-sigterm" -> assertThat(scenario.ignoresSigterm()).isTrue();
            default -> assertSession(name, new Session(scenario));
        }
    }

    private static void assertSession(String name, Session session) {
        switch (name) {
            case "connection-dropped" -> assertThat(session.endedAt).isEqualTo("testing");
            case "connection-reset" -> assertThat(session.endedAt).isEqualTo("RR");
            case "slow-replies" -> {
                assertThat(session.waited).containsEntry("SR,V,Auto", 3.0).containsEntry("Watts", 2.0);
                assertThat(session.replies).containsKey("SR,A,5.000000");
            }
            case "hang-at-go" -> assertThat(session.endedAt).isEqualTo("Go,1000,0,s_testing");
            case "hang-at-stop" -> {
                assertThat(session.endedAt).isEqualTo("Stop");
                assertThat(session.watts()).hasSizeGreaterThan(15);
            }
            case "frozen" ->
                assertThat(session.watts()).filteredOn("-2.000000"::equals).hasSize(3);
            case "bytes-without-newline" ->
                assertThat(session.replies.get("RL")).startsWith("xxxxx").hasSizeGreaterThan(70_000);
            case "too-many-announced" -> assertThat(session.replies.get("RL")).startsWith("Last 12 samples");
            case "error-on-range" -> assertThat(session.replies).containsEntry("SR,A,1.1", "Error in parameter");
            case "garbage-on-go" -> assertThat(session.replies).containsEntry("Go,1000,0,s_ranging", "%&/()=?");
            case "exits-while-testing", "exits-after-a-time" ->
                assertThat(session.bench.exitStatus()).isEqualTo(3);
            case "no-samples-while-ranging" -> {
                assertThat(session.replies.get("RL")).isEqualTo("No unread samples");
                assertThat(session.watts()).isEmpty();
            }
            case "usb-error-while-testing" ->
                assertThat(session.bench.messages())
                        .contains("ERROR: USB.")
                        .anyMatch(line -> line.matches("ERROR: Current appears to be too high for set rangeTime,.*"));
            case "uncertainty-above-1-percent" ->
                assertThat(session.replies.get("Uncertainty")).endsWith(",0.024000,9,7,2,0");
            case "over-range" ->
                assertThat(session.watts()).filteredOn("-203.000000"::equals).hasSize(3);
            case "nan-readings" ->
                assertThat(session.bench.messages())
                        .filteredOn(line -> line.startsWith("ERROR: Bad watts reading nan"))
                        .hasSize(2);
            case "missed-samples" ->
                assertThat(session.watts()).filteredOn("-2.000000"::equals).hasSize(2);
            case "lost-samples" -> assertThat(session.watts()).hasSize(6);
            case "disordered-samples" -> assertThat(session.watts()).hasSize(10);
            case "clock-jump" -> assertThat(session.longestGap()).isEqualTo(Duration.ofSeconds(11));
            default -> throw new AssertionError("no test for the scenario " + name);
        }
    }

    private void assertStart(String name, FaultScenario scenario) throws Exception {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        MockPtdOptions options = MockPtdOptions.builder(PtdArguments.of(49))
                .scenario(scenario)
                .stateFile(folder.resolve("state"))
                .startDelay(Duration.ZERO)
                .zone(ZoneOffset.UTC)
                .stdout(stdout)
                .build();
        try (MockPtd mock = MockPtd.start(options)) {
            switch (name) {
                case "start-fails-once" -> {
                    assertThat(mock.awaitExit()).isEqualTo(1);
                    assertThat(stdout.toString(StandardCharsets.ISO_8859_1)).contains("ERROR: Unable to connect");
                    try (MockPtd second = MockPtd.start(options)) {
                        assertThat(second.port()).isPositive();
                    }
                }
                case "exits-at-start" -> {
                    assertThat(mock.awaitExit()).isEqualTo(1);
                    assertThat(stdout.toString(StandardCharsets.ISO_8859_1)).contains("ERROR: Unable to connect");
                    try (MockPtd second = MockPtd.start(options)) {
                        assertThat(second.awaitExit()).isEqualTo(1);
                    }
                }
                case "never-listens", "slow-start" -> {
                    assertThat(listensWithin(mock, 300)).isFalse();
                    assertThat(mock.exit()).isNotDone();
                }
                case "usb-error" -> {
                    assertThat(mock.port()).isPositive();
                    assertThat(stdout.toString(StandardCharsets.ISO_8859_1))
                            .containsSubsequence("Attempting to connect", ": ERROR: USB.\n", "Analyzer identity");
                }
                default -> throw new AssertionError(name);
            }
        }
    }

    private static boolean listensWithin(MockPtd mock, long millis) throws Exception {
        try {
            mock.listening().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** A director's session up to where it cannot go on. */
    private static final class Session {
        final Bench bench;
        final Map<String, String> replies = new LinkedHashMap<>(); // of the last such command
        final Map<String, Double> waited = new LinkedHashMap<>();
        String endedAt = "";

        Session(FaultScenario scenario) {
            bench = new Bench(PtdArguments.of(49), builder -> builder.scenario(scenario));
            if (phase("Hello", "RR", "SR,V,Auto", "SR,A,Auto", "SR,A,Auto", "Go,1000,0,s_ranging")
                    && measured("ranging", 2.5)
                    && phase("Stop", "RL,*,*", "RL", "SR,V,230", "SR,A,1.1", "Go,1000,0,s_testing")
                    && measured("testing", 8.5)) {
                phase("Watts", "Stop", "RL,*,*", "RL", "Uncertainty", "SR,V,300.000000", "SR,A,5.000000");
            }
        }

        private boolean phase(String... commands) {
            for (String command : commands) {
                int before = bench.sends.size();
                bench.ask(command);
                double seconds = 0;
                while (bench.sends.size() == before && seconds < 8 && bench.connected()) {
                    bench.pass(0.05);
                    seconds += 0.05;
                }
                if (bench.sends.size() == before) {
                    endedAt = command;
                    return false;
                }
                waited.merge(command, Math.rint(seconds), Math::max);
                bench.pass(command.equals("RL") ? 0.02 : 0);
                replies.put(command, bench.since(before));
            }
            return true;
        }

        private boolean measured(String phase, double seconds) {
            bench.pass(seconds);
            if (!bench.connected() || bench.exitStatus() >= 0) {
                endedAt = phase;
                return false;
            }
            return true;
        }

        /** Between neighbouring rows of the testing phase. */
        Duration longestGap() {
            List<Instant> stamps =
                    rows().map(row -> PtdTime.parse(row, "Time,".length())).toList();
            return IntStream.range(1, stamps.size())
                    .mapToObj(i -> Duration.between(stamps.get(i - 1), stamps.get(i)))
                    .max(Duration::compareTo)
                    .orElseThrow();
        }

        /** Watts of the testing phase's rows, as PTDaemon prints them without a log file. */
        List<String> watts() {
            return rows().map(row -> row.split(",")[3]).toList();
        }

        private Stream<String> rows() {
            return bench.messages().stream()
                    .filter(line -> line.startsWith("Time,") && line.endsWith(",Mark,s_testing"));
        }
    }
}
