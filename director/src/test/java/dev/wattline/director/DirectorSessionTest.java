package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionSummary;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger.OnSample;
import dev.wattline.model.Phase;
import dev.wattline.model.SplRow;
import dev.wattline.protocol.ControlProtocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole sessions over a socket, with embedded mocks for PTDaemon that tick twenty times as fast. */
@Execution(ExecutionMode.CONCURRENT)
class DirectorSessionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void measuresASession(String name, List<String> analyzers) throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "AUTO", "", analyzers);
        EmbeddedPtd ptd = EmbeddedPtd.fast(folder);

        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            String id = measure(client);
            SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(id));

            for (String file : ControlProtocol.SESSION_FILES) {
                assertThat(client.download(id, file))
                        .isEqualTo(Files.readString(session.root().resolve(file)));
            }
            assertThat(client.ask("cleanup," + id)).isEqualTo("OK");
            checkFiles(session, analyzers.size());
            checkSummary(SummaryJson.read(session.serverJson()), id);
        }
    }

    static Stream<Arguments> measuresASession() {
        String single = DirectorHarness.analyzer(49);
        String multi = DirectorHarness.analyzer(77, "channel: 1,2");
        return Stream.of(
                Arguments.of("49", List.of(single)),
                Arguments.of("77 with two channels", List.of(multi)),
                Arguments.of("48 with three channels", List.of(DirectorHarness.analyzer(48, "channel: 3"))),
                Arguments.of("8", List.of(DirectorHarness.analyzer(8))),
                Arguments.of("549, DC", List.of(DirectorHarness.analyzer(549, "dcFlag: -D"))),
                Arguments.of("49 and 49", List.of(single, single)),
                Arguments.of("49 and 77", List.of(single, multi)));
    }

    private static String measure(RawClient client) throws Exception {
        String reply = client.ask("new,rig," + UUID.randomUUID());
        assertThat(reply).matches("OK \\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_rig,[-0-9a-f]{36}");
        String id = reply.substring(3, reply.indexOf(','));
        for (Phase phase : Phase.values()) {
            assertThat(client.ask("time")).matches("\\d+\\.\\d+");
            assertThat(client.ask("session," + id + ",start," + phase.word())).isEqualTo("OK");
            assertThat(client.ask("session," + id + ",stop," + phase.word())).isEqualTo("OK");
        }
        assertThat(client.ask("session," + id + ",done")).isEqualTo("OK");
        return id;
    }

    private static void checkFiles(SessionFolder session, int analyzers) throws Exception {
        for (Phase phase : Phase.values()) {
            List<String> rows = Files.readAllLines(session.spl(phase));
            assertThat(rows).hasSizeGreaterThan(2);
            if (analyzers == 1) {
                assertThat(Files.readString(session.spl(phase))).endsWith("\n\n");
            }
            for (String row : rows) {
                if (!row.isEmpty()) {
                    assertThat(SplRow.parse(row).mark())
                            .isEqualTo(session.root().getFileName() + "_" + phase.word());
                    assertThat(SplRow.analyzers(row)).hasSize(analyzers == 1 ? 0 : analyzers);
                }
            }
        }
        assertThat(Files.readString(session.ptdLogs()))
                .startsWith("Analyzer 1\n")
                .contains("Range A changed", "Go with mark")
                .doesNotContain("\r");
        assertThat(Files.readAllLines(session.ptdOut())).hasSize(3 * analyzers);
        try (Stream<Path> files = Files.list(session.folder(Phase.TESTING))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("spl.txt", "ptd_out.txt");
        }
    }

    private static void checkSummary(SessionSummary summary, String id) {
        assertThat(summary.sessionName()).isEqualTo(id);
        assertThat(summary.debug()).isFalse();
        assertThat(summary.marks(Phase.RANGING)).hasSize(4);
        assertThat(summary.marks(Phase.TESTING)).hasSize(4);
        assertThat(summary.messages()).hasSize(8);
        assertThat(summary.results())
                .containsKeys(
                        "power/ptd_logs.txt",
                        "power/server.log",
                        "ranging/spl.txt",
                        "run_1/spl.txt",
                        "run_1/ptd_out.txt");
        List<String> commands = summary.ptdMessages().orElseThrow().stream()
                .map(SessionSummary.PtdMessage::command)
                .toList();
        assertThat(commands).startsWith("Hello", "Identify", "RR", "SR,V,Auto", "SR,A,Auto", "SR,A,Auto");
        assertThat(commands.stream().filter(command -> command.startsWith("SR,A")))
                .hasSize(4);
        assertThat(commands).endsWith("SR,V,300.000000", "SR,A,5.000000");
    }

    /** Of the two current ranges that the official checker expects before the first Go the second is what counts. */
    @ParameterizedTest
    @CsvSource({"49,20", "48,40", "47,50", "66,30"})
    void rangesOnTheGreatestCurrentRangeInModeMax(int type, String amps) throws Exception {
        String analyzer = type == 48 ? DirectorHarness.analyzer(type, "channel: 3") : DirectorHarness.analyzer(type);
        DirectorConfig config = DirectorHarness.config(folder, "MAX", "", List.of(analyzer));

        try (Director director = Director.start(
                        DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(measure(client)));

            SessionSummary summary = SummaryJson.read(session.serverJson());
            assertThat(summary.ptdMessages().orElseThrow().stream().map(SessionSummary.PtdMessage::command))
                    .startsWith("Hello", "Identify", "RR", "SR,V,Auto", "SR,A,Auto", "SR,A," + amps)
                    .element(6)
                    .asString()
                    .startsWith("Go,1000,0,");
            assertThat(summary.wattline()).containsEntry("ranging_mode", "MAX");
            assertThat(Files.readString(session.ptdLogs())).contains(amps + ".000000A");
        }
    }

    @Test
    void aDeviceOfUnknownRangesIsRangedAutomaticallyInModeMax() throws Exception {
        DirectorConfig config =
                DirectorHarness.config(folder, "MAX", "", List.of(DirectorHarness.analyzer(59, "channel: 1,2")));

        try (Director director = Director.start(
                        DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            String reply = client.ask("new,," + UUID.randomUUID());
            String id = reply.substring(3, reply.indexOf(','));
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");

            assertThat(client.download(id, "power/server.log"))
                    .contains("Unknown max range type for device 59, using AUTO");
        }
    }

    /** Its clock jumps in the middle, so that it stamps its last samples later than analyzer 1 ends. */
    @Test
    void namesALastSampleBeyondTheEndOfAnalyzer1() throws Exception {
        DirectorConfig config =
                DirectorHarness.config(folder, "", DirectorHarness.analyzer(49), DirectorHarness.analyzer(49));
        Fault jump = new Fault(new OnSample(3, 2), new FaultAction.Clock(Duration.ofHours(1)));
        EmbeddedPtd ptd = new EmbeddedPtd(
                folder,
                (analyzer, launch, builder) -> builder.speed(20)
                        .scenario(analyzer == 2 && launch == 2 ? FaultScenario.of(jump) : FaultScenario.none()));

        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(measure(client)));

            assertThat(SummaryJson.read(session.serverJson()).wattline().get("findings"))
                    .asString()
                    .contains("late-sample", "testing: the last sample of analyzer 2 at ")
                    .doesNotContain("the last sample of analyzer 1");
        }
    }

    @Test
    void aSessionThatItsClientEndsInTheMiddleOfAPhaseHasFailed() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));

        try (Director director = Director.start(
                        DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            String reply = client.ask("new,," + UUID.randomUUID());
            String id = reply.substring(3, reply.indexOf(','));
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");

            assertThat(client.ask("session,*,done")).isEqualTo("OK");

            SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(id));
            assertThat(SummaryJson.read(session.serverJson()).wattline())
                    .containsEntry("outcome", "failed")
                    .containsEntry("failure", "its client ended it in the middle of the ranging phase");
            assertThat(client.download(id, "ranging/spl.txt")).contains(id + "_ranging");
        }
    }

    @Test
    void keepsTheSessionOfAClientThatIsLost() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));

        String id;
        try (Director director = Director.start(
                DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK)) {
            try (RawClient client = RawClient.greeted(director.address().port())) {
                String reply = client.ask("new,," + UUID.randomUUID());
                id = reply.substring(3, reply.indexOf(','));
                assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            }
            SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(id));
            Awaitility.await().until(() -> Files.exists(session.serverJson()));
            assertThat(SummaryJson.read(session.serverJson()).wattline()).containsEntry("outcome", "failed");
            assertThat(Files.readString(session.spl(Phase.RANGING))).contains(id + "_ranging");
            assertThat(Files.readString(session.ptdLogs())).contains("Range A changed");

            try (RawClient next = RawClient.greeted(director.address().port())) {
                String downloaded = next.download(id, "power/server.json");
                assertThat(downloaded).isEqualTo(Files.readString(session.serverJson()));
                measure(next);
            }
            assertThat(director.cutSessionShort()).isTrue();
        }
    }

    @Test
    void noticesAPtdaemonThatDies() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        EmbeddedPtd ptd = EmbeddedPtd.fast(folder);

        try (Director director = Director.start(DirectorHarness.environment(config, ptd), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            String reply = client.ask("new,," + UUID.randomUUID());
            String id = reply.substring(3, reply.indexOf(','));
            SessionFolder session = new SessionFolder(folder.resolve("logs").resolve(id));
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            Path rows = session.analyzers().resolve("ptd_logfile_1.log");
            Awaitility.await().until(() -> Files.readAllLines(rows).size() >= 3);

            ptd.kill(1);

            Awaitility.await().until(() -> Files.exists(session.spl(Phase.RANGING)));
            assertThat(client.ask("session,*,stop,ranging")).startsWith("Error");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(client.download(id, "ranging/spl.txt")).contains(id + "_ranging");
            assertThat(SummaryJson.read(session.serverJson()).wattline())
                    .extractingByKey("failure")
                    .asString()
                    .contains("analyzer 1");
            measure(client);
        }
    }
}
