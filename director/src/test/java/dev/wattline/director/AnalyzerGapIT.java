package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction.Disturb;
import dev.wattline.mock.scenario.FaultAction.Disturbance;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger.OnSample;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.SplRow;
import dev.wattline.model.TimeSource;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two analyzers at their real rate, one of which loses three seconds of the testing phase: no sum is made of rows that
 * were not measured together, and what found no partner is named.
 */
@Execution(ExecutionMode.CONCURRENT)
class AnalyzerGapIT {
    private static final int LOST_SAMPLES = 3;
    private static final int FIRST_LOST = 3;
    private static final int ROWS = FIRST_LOST + LOST_SAMPLES + 2;
    private static final double WATTS_A_SECOND = 20;
    private static final Pattern NAMED =
            Pattern.compile("testing: the row of analyzer ([12]) at (\\S+) has no partner");

    @TempDir
    private Path folder;

    static Stream<Arguments> aGapInOneLogLeadsToNoWrongSum() {
        String single = DirectorHarness.analyzer(49);
        return Stream.of(
                Arguments.of("49 and 49, the second with the gap", single, single, 2),
                Arguments.of(
                        "49 and 77, the first with the gap", single, DirectorHarness.analyzer(77, "channel: 1,2"), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aGapInOneLogLeadsToNoWrongSum(String name, String first, String second, int gapped) throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", first, second);
        Instant start = TimeSource.system().now();
        Fault gap = new Fault(new OnSample(FIRST_LOST, 2), new Disturb(Disturbance.LOST, LOST_SAMPLES));
        // Both see the same ramp: rows of different seconds tell themselves apart by their watts. It falls, so that the
        // range found in the ranging phase is wide enough.
        EmbeddedPtd ptd = new EmbeddedPtd(
                folder,
                (analyzer, launch, builder) -> builder.signal(SignalSpec.parse("ramp,from=1600,to=600,seconds=50"))
                        .signalStart(start)
                        .scenario(launch == 2 && analyzer == gapped ? FaultScenario.of(gap) : FaultScenario.none()));

        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            String reply = client.ask("new,gap," + UUID.randomUUID());
            String id = reply.substring(3, reply.indexOf(','));
            SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(id));
            for (Phase phase : Phase.values()) {
                assertThat(client.ask("session,*,start," + phase.word())).isEqualTo("OK");
                awaitRows(session, 3 - gapped, phase, phase == Phase.TESTING ? ROWS : 2);
                assertThat(client.ask("session,*,stop," + phase.word())).isEqualTo("OK");
            }
            assertThat(client.ask("session,*,done")).isEqualTo("OK");

            List<String> merged = Files.readAllLines(session.spl(Phase.TESTING));
            assertThat(merged).hasSizeGreaterThanOrEqualTo(ROWS - LOST_SAMPLES);
            merged.forEach(AnalyzerGapIT::checkSum);
            checkUnmatched(session, merged, 3 - gapped);
        }
    }

    private static void awaitRows(SessionFolder session, int analyzer, Phase phase, int rows) {
        Path log = session.analyzers().resolve("ptd_logfile_" + analyzer + ".log");
        Awaitility.await()
                .atMost(TestDeadlines.seconds(60))
                .until(() -> rows(log, phase).size() >= rows);
    }

    private static List<String> rows(Path log, Phase phase) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("_" + phase.word())).toList();
        }
    }

    private static void checkSum(String row) {
        List<PowerSample> parts =
                SplRow.analyzers(row).stream().map(SplRow::parse).toList();
        assertThat(parts).hasSize(2);
        double one = parts.get(0).reading().watts();
        double other = parts.get(1).reading().watts();
        assertThat(SplRow.parse(row).reading().watts()).as(row).isCloseTo(one + other, within(1e-5));
        assertThat(one).as(row).isCloseTo(other, within(0.6 * WATTS_A_SECOND));
        assertThat(Duration.between(parts.get(0).at(), parts.get(1).at()).abs())
                .as(row)
                .isLessThan(Duration.ofMillis(500));
    }

    /** Exactly the rows of the whole log that are in no merged row are named, and they are those of the gap. */
    private static void checkUnmatched(SessionFolder session, List<String> merged, int whole) throws IOException {
        TreeSet<Instant> left = new TreeSet<>();
        for (String row : rows(session.analyzers().resolve("ptd_logfile_" + whole + ".log"), Phase.TESTING)) {
            left.add(SplRow.parse(row).at());
        }
        merged.forEach(row ->
                left.remove(SplRow.parse(SplRow.analyzers(row).get(whole - 1)).at()));
        TreeSet<Instant> named = new TreeSet<>();
        for (String text : findings(session)) {
            Matcher matcher = NAMED.matcher(text);
            if (matcher.find()) {
                assertThat(matcher.group(1)).isEqualTo(Integer.toString(whole));
                named.add(Instant.parse(matcher.group(2)));
            }
        }
        assertThat(named).isEqualTo(left);
        // A director that is held up between two Stops leaves a row at the end without its partner, too.
        Instant lastMerged = SplRow.parse(
                        SplRow.analyzers(merged.get(merged.size() - 1)).get(whole - 1))
                .at();
        NavigableSet<Instant> gap = named.headSet(lastMerged, false);
        assertThat(gap).hasSize(LOST_SAMPLES);
        assertThat(Duration.between(gap.first(), gap.last()))
                .isBetween(Duration.ofMillis(1900), Duration.ofMillis(2100));
    }

    private static List<String> findings(SessionFolder session) throws IOException {
        Object findings = SummaryJson.read(session.serverJson()).wattline().get("findings");
        assertThat(findings).isInstanceOf(List.class);
        return ((List<?>) Objects.requireNonNull(findings))
                .stream()
                        .map(finding -> String.valueOf(((Map<?, ?>) finding).get("text")))
                        .toList();
    }
}
