package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.Director;
import dev.wattline.director.DirectorClock;
import dev.wattline.director.DirectorEnvironment;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks of a director's machine, against mock PTDaemons and a real director. */
@ResourceLock(Resources.SYSTEM_OUT)
class DirectorSideTest {
    private static final String ANSWERS = "analyzer 1: answers";
    private static final String VERSION = "analyzer 1: PTDaemon version";
    private static final String PORT = "analyzer 1: port";

    @TempDir
    private Path folder;

    private LabDirector lab;

    @BeforeEach
    void makeLab() {
        lab = new LabDirector(folder);
    }

    @Test
    void anAnalyzerThatAnswersPassesAndItsPtdaemonIsEnded() throws Exception {
        Map<String, CheckOutcome> outcomes = examine(Ports.free(), 49, 25, lab.mocks(49));

        assertThat(the(outcomes, ANSWERS))
                .isEqualTo(passed(outcomes, ANSWERS))
                .satisfies(outcome ->
                        assertThat(outcome.cause()).startsWith("YokogawaWT310E").contains("ranges 300", "V and 5"));
        assertThat(passed(outcomes, VERSION).cause()).contains("version 1.11.1");
        assertThat(passed(outcomes, PORT).cause()).endsWith("is free");
        assertThat(passed(outcomes, "director's port").cause()).endsWith("is free");
        assertThat(passed(outcomes, "analyzer 1: device type").cause())
                .isEqualTo("type 49 is YokogawaWT310E, on MLCommons' list");
        assertThat(lab.launches()).isEqualTo(1);
        assertThat(lab.allEnded()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "49, 49, PASS, PASS",
        "8, 49, PASS, FAIL", // another analyzer than the configuration says
        "66, 66, FAIL, PASS", // not on MLCommons' list
        "0, 0, FAIL, PASS"
    })
    void deviceTypeAndModelAreJudged(int configured, int connected, Status type, Status answer) throws Exception {
        Map<String, CheckOutcome> outcomes = examine(Ports.free(), configured, 25, lab.mocks(connected));

        assertThat(the(outcomes, "analyzer 1: device type").status()).isEqualTo(type);
        assertThat(the(outcomes, ANSWERS).status())
                .as(the(outcomes, ANSWERS).cause())
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.11.1 | PASS | newest",
                "1.10.0 | WARN | v3.0",
                "1.9.2 | WARN | v1.1",
                "1.8.0 | FAIL | no round",
                "'' | FAIL | does not tell"
            })
    void versionIsJudgedByTheRounds(String version, Status status, String cause) {
        CheckOutcome outcome = PtdVersionCheck.judge(version);

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHolderOfAPortIsNamedAndNothingIsStarted() throws Exception {
        try (ServerSocket taken = LabDirector.listener()) {
            Map<String, CheckOutcome> outcomes = examine(taken.getLocalPort(), 49, 25, lab.mocks(49));

            assertThat(the(outcomes, PORT).status()).isEqualTo(Status.FAIL);
            assertThat(the(outcomes, PORT).cause())
                    .contains("is taken by process " + ProcessHandle.current().pid());
            assertThat(the(outcomes, ANSWERS).status()).isEqualTo(Status.WARN);
            assertThat(the(outcomes, ANSWERS).cause()).startsWith("not asked, since port " + taken.getLocalPort());
            assertThat(the(outcomes, VERSION).status()).isEqualTo(Status.WARN);
            assertThat(lab.launches()).isZero();
        }
    }

    @Test
    void aPtdaemonThatNeverListensIsAFailureInTimeAndIsEnded() throws Exception {
        DirectorConfig config = lab.configuration(Ports.free(), Ports.free(), 49, "ptdStart: 3");

        Map<String, CheckOutcome> outcomes = examine(config, 25, lab.hangingMocks());

        assertThat(the(outcomes, ANSWERS).status()).isEqualTo(Status.FAIL);
        assertThat(the(outcomes, ANSWERS).cause()).contains("did not answer", "within 3 s");
        assertThat(the(outcomes, VERSION).cause()).contains("did not answer");
        assertThat(lab.allEnded()).isTrue();
    }

    @Test
    void ptdaemonThatCannotBeRunIsAFailureOfBothChecks() throws Exception {
        Map<String, CheckOutcome> outcomes = examine(Ports.free(), 49, 25, PtdLauncher.processes());

        assertThat(the(outcomes, "PTDaemon binary").status()).isEqualTo(Status.FAIL);
        assertThat(the(outcomes, "PTDaemon binary").cause()).contains("there is no /opt/ptd");
        assertThat(the(outcomes, ANSWERS).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void anIdleDirectorIsSeenAndItsAnalyzersAreLeftAlone() throws Exception {
        int ptdPort = Ports.free();
        DirectorConfig config = lab.configuration(Ports.free(), ptdPort, 49, "");
        LabDirector others = new LabDirector(folder);
        try (Director director = start(config, others)) {
            Map<String, CheckOutcome> outcomes = examine(config, 25, lab.mocks(49));

            assertThat(passed(outcomes, "director's port").cause())
                    .contains("a director runs on " + director.address(), "serves nobody");
            assertThat(the(outcomes, ANSWERS).status()).isEqualTo(Status.WARN);
            assertThat(the(outcomes, ANSWERS).cause()).startsWith("not asked, since a director runs on");
            assertThat(lab.launches()).isZero();
        }
    }

    @Test
    void aSessionOfARunningDirectorGoesOn() throws Exception {
        DirectorConfig config = lab.configuration(Ports.free(), Ports.free(), 49, "");
        try (Director director = start(config, new LabDirector(folder));
                ControlConnection runner = ControlConnection.open(director.address(), ClientOptions.defaults())) {
            ControlReply.Opened session = runner.newSession("rig", UUID.randomUUID());

            Map<String, CheckOutcome> outcomes = examine(config, 25, lab.mocks(49));

            assertThat(passed(outcomes, "director's port").cause()).contains("busy, serving 127.0.0.1");
            assertThat(passed(outcomes, PORT).cause()).isNotEmpty();
            assertThat(lab.launches()).isZero();
            assertThat(runner.exchange(new ControlRequest.Time()).line()).matches("\\d+\\.\\d+");
            assertThat(session.id().toString()).contains("rig");
        }
    }

    @Test
    void somethingElseOnTheDirectorsPortIsAFailure() throws Exception {
        try (ServerSocket stranger = LabDirector.listener()) {
            Thread answering = new Thread(() -> answer(stranger));
            answering.start();
            DirectorConfig config = lab.configuration(stranger.getLocalPort(), Ports.free(), 49, "");

            Map<String, CheckOutcome> outcomes = examine(config, 25, lab.mocks(49));

            assertThat(the(outcomes, "director's port").status()).isEqualTo(Status.FAIL);
            assertThat(the(outcomes, "director's port").cause())
                    .contains("port " + stranger.getLocalPort() + " is taken");
            answering.join(TestDeadlines.millis(10));
            assertThat(answering.isAlive()).isFalse();
        }
    }

    private static void answer(ServerSocket stranger) {
        try (var client = stranger.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anAddressOfAnotherMachineIsAFailure() throws Exception {
        Path file = lab.file(4950, Ports.free(), 49, "/opt/ptd", "127.0.0.1:123", "");
        Files.writeString(file, Files.readString(file).replace("listen: 127.0.0.1 4950", "listen: 192.0.2.1 4950"));

        CheckOutcome outcome = the(examine(file, 25, lab.mocks(49)), "director's port");

        assertThat(outcome.status()).isEqualTo(Status.FAIL);
        assertThat(outcome.cause()).contains("192.0.2.1 is no address of this machine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rwxr-xr-x | x | PASS | ptd",
                "rw-r--r-- | x | FAIL | may not be executed",
                "rwxr-xr-x | '' | FAIL | is empty"
            })
    @EnabledOnOs(OS.LINUX)
    void binaryIsLookedAt(String rights, String content, Status status, String cause) throws IOException {
        Path ptd = Files.writeString(folder.resolve("ptd"), content);
        Files.setPosixFilePermissions(ptd, PosixFilePermissions.fromString(rights));

        CheckOutcome outcome = new PtdBinaryCheck(ptd.toString()).run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
        assertThat(new PtdBinaryCheck(folder.toString()).run().status()).isEqualTo(Status.FAIL);
    }

    @Test
    void aConfigurationThatCannotBeUsedIsAFailureAndTheMachineIsLookedAt() throws Exception {
        Path file = Files.writeString(folder.resolve("director.conf"), "[server]\nlisten: nowhere\n");

        Map<String, CheckOutcome> outcomes = examine(file, 25, lab.mocks(49));

        assertThat(the(outcomes, "configuration").status()).isEqualTo(Status.FAIL);
        assertThat(the(outcomes, "configuration").cause()).contains("listen").contains("ntpServer");
        assertThat(outcomes).containsKeys("Java", "other load").doesNotContainKey("director's port");
    }

    @Test
    void aMisspeltKeyIsAWarning() throws Exception {
        Path file = lab.file(0, Ports.free(), 49, "/opt/ptd", "127.0.0.1:123", "setle: 3");

        CheckOutcome outcome = the(examine(file, 25, lab.mocks(49)), "configuration");

        assertThat(outcome.status()).isEqualTo(Status.WARN);
        assertThat(outcome.cause()).contains("did you mean 'settle'?");
    }

    private static CheckOutcome the(Map<String, CheckOutcome> outcomes, String name) {
        return Objects.requireNonNull(outcomes.get(name), name);
    }

    private static CheckOutcome passed(Map<String, CheckOutcome> outcomes, String name) {
        CheckOutcome outcome = the(outcomes, name);
        assertThat(outcome.status()).as(outcome.cause()).isEqualTo(Status.PASS);
        return outcome;
    }

    private Map<String, CheckOutcome> examine(int ptdPort, int type, int seconds, PtdLauncher launcher)
            throws Exception {
        return examine(lab.configuration(Ports.free(), ptdPort, type, ""), seconds, launcher);
    }

    private static Map<String, CheckOutcome> examine(DirectorConfig config, int seconds, PtdLauncher launcher)
            throws InterruptedException {
        return examine(config.file(), seconds, launcher);
    }

    private static Map<String, CheckOutcome> examine(Path file, int seconds, PtdLauncher launcher)
            throws InterruptedException {
        DoctorRequest request = new DoctorRequest(
                Optional.of(file),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofHours(1),
                TestDeadlines.seconds(seconds));
        List<DoctorCheck> checks = new DoctorPlan(request, Map.of(), launcher, TimeSource.system()).checks();
        Map<String, CheckOutcome> outcomes = new LinkedHashMap<>();
        try (Doctor doctor = new Doctor(checks, request.limit(), TimeSource.system())) {
            doctor.run().rows().forEach(row -> outcomes.put(row.name(), row.outcome()));
        }
        assertThat(outcomes).hasSameSizeAs(checks); // no two have the same name
        return outcomes;
    }

    private static Director start(DirectorConfig config, LabDirector lab) throws InterruptedException {
        return Director.start(
                new DirectorEnvironment(
                        config, TimeSource.system(), ZoneOffset.UTC, UUID::randomUUID, lab.mocks(49), "test", "none"),
                new DirectorClock() {
                    @Override
                    public void check() {}

                    @Override
                    public ControlReply set() {
                        return ControlReply.error("not in a test");
                    }
                });
    }
}
