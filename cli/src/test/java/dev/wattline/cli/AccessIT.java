package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.director.Director;
import dev.wattline.director.DirectorClock;
import dev.wattline.director.DirectorEnvironment;
import dev.wattline.director.analyzer.InProcessPtd;
import dev.wattline.director.analyzer.RunningPtd;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.TlsMaterial;
import dev.wattline.protocol.time.SntpServer;
import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets in at a director, by the options of {@code run} and {@code doctor}: certificates, token, networks, listen addresses. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workload is a POSIX shell's")
@ResourceLock(Resources.SYSTEM_OUT)
class AccessIT {
    private static final String PASSWORD = "test-only";
    private static final String STAMP = "date -u +'%m-%d-%Y %H:%M:%S.%3N'";

    @TempDir
    private static Path keys;

    @TempDir
    private Path folder;

    private static SntpServer ntp;
    private int port;

    /** As the security page tells users to do it, with keytool alone. */
    @BeforeAll
    static void makeCertificates() throws Exception {
        ntp = SntpServer.start(new HostPort("127.0.0.1", 0), TimeSource.system(), Duration.ZERO);
        Files.writeString(keys.resolve("password"), PASSWORD + "\n");
        Files.writeString(keys.resolve("token"), "s3cret\n");
        Files.writeString(keys.resolve("guess"), "secret\n");
        certificate("director", "runner");
        certificate("runner", "director");
        certificate("stranger", "nobody");
    }

    @AfterAll
    static void stopClock() {
        ntp.close();
    }

    private static void certificate(String owner, String truster) throws Exception {
        keytool("-genkeypair -keyalg EC -validity 2 -ext san=ip:127.0.0.1 -alias %s -dname CN=%s -keystore %s.p12"
                .formatted(owner, owner, owner));
        keytool("-exportcert -alias %s -file %s.crt -keystore %s.p12".formatted(owner, owner, owner));
        keytool("-importcert -noprompt -alias %s -file %s.crt -keystore %s-trusts.p12"
                .formatted(owner, owner, truster));
    }

    private static void keytool(String arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = keys.resolve("keytool.log");
        Process process = new ProcessBuilder(command)
                .directory(keys.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        TestDeadlines.exitOf(process, 60);
        assertThat(process.exitValue())
                .as("%s: %s", command, Files.readString(log))
                .isZero();
    }

    private Director start(String wattline) throws Exception {
        DirectorConfig config = DirectorConfig.load(
                        Files.writeString(
                                folder.resolve("director.conf"), """
                                [server]
                                ntpServer: localhost
                                listen: 127.0.0.1 %d
                                [ptd]
                                ptd: /opt/ptd
                                [analyzer1]
                                deviceType: 49
                                interfaceFlag:
                                devicePort: /dev/usbtmc0
                                networkPort: %d
                                [wattline]
                                settle: 0.1
                                %s
                                """.formatted(Ports.free(), Ports.free(), wattline)),
                        true,
                        Map.of())
                .config();
        DirectorClock clock = new DirectorClock() {
            @Override
            public void check() {}

            @Override
            public ControlReply set() {
                return ControlReply.error("not in a test");
            }
        };
        Director director = Director.start(
                new DirectorEnvironment(
                        config, TimeSource.system(), ZoneOffset.UTC, UUID::randomUUID, this::mock, "test", "none"),
                clock);
        port = director.address().port();
        return director;
    }

    private RunningPtd mock(int analyzer, List<String> command, int networkPort, Path output) {
        MockPtd mock = MockPtd.start(MockPtdOptions.builder(PtdArguments.parse(command.subList(1, command.size())))
                .startDelay(Duration.ZERO)
                .speed(20)
                .zone(ZoneOffset.UTC)
                .stateFile(folder.resolve("instrument"))
                .stdout(OutputStream.nullOutputStream())
                .build());
        return new InProcessPtd(mock.exit(), mock::close);
    }

    private static String tls(String identity, String trusted) {
        return "--tls-identity " + keys.resolve(identity + ".p12") + " --tls-trusted "
                + keys.resolve(trusted + "-trusts.p12") + " --tls-password-file " + keys.resolve("password");
    }

    private static String token(String name) {
        return "--token-file " + keys.resolve(name);
    }

    private String tlsDoor(int tlsPort) {
        return "tlsListen: 127.0.0.1 " + tlsPort + "\ntlsIdentity: " + keys.resolve("director.p12") + "\ntlsTrusted: "
                + keys.resolve("director-trusts.p12") + "\ntlsPasswordFile: " + keys.resolve("password") + "\n";
    }

    private CapturedStreams.Outcome run(int at, String options) {
        Path logs = folder.resolve("loadgen");
        String workload = "mkdir -p " + logs + "; sleep 0.05; begin=$(" + STAMP + "); sleep 0.3; end=$(" + STAMP
                + "); sleep 0.05; printf 'power_begin \"%s\"\\npower_end \"%s\"\\n' \"$begin\" \"$end\" > " + logs
                + "/mlperf_log_detail.txt; echo summary > " + logs + "/mlperf_log_summary.txt";
        List<String> arguments =
                new ArrayList<>(List.of("run", "--no-report", "-a", "127.0.0.1:" + at, "-n", "127.0.0.1:" + ntpPort()));
        arguments.addAll(List.of(
                "-w",
                workload,
                "-L",
                logs.toString(),
                "-o",
                folder.resolve("out").toString()));
        arguments.addAll(words(options));
        return CapturedStreams.run(arguments.toArray(String[]::new));
    }

    private static int ntpPort() {
        return ntp.address().port();
    }

    private static CapturedStreams.Outcome doctor(int at, String options) {
        List<String> arguments = new ArrayList<>(List.of("doctor", "-a", "127.0.0.1:" + at, "--json"));
        arguments.addAll(words(options));
        return CapturedStreams.run(arguments.toArray(String[]::new));
    }

    private static List<String> words(String options) {
        return options.isEmpty() ? List.of() : List.of(options.split(" "));
    }

    private static void isServed(CapturedStreams.Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains(" is complete: ");
    }

    private static void isRefused(CapturedStreams.Outcome outcome, String... why) {
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.FAILURE.code());
        assertThat(outcome.err()).contains(why).doesNotContain(PASSWORD, "s3cret", "Exception:");
    }

    private static void sees(CapturedStreams.Outcome outcome, String status) {
        assertThat(outcome.out()).containsPattern("\"name\":\"director's clock\",\"status\":\"" + status + "\"");
    }

    @Test
    void aTrustedCertificateOpensTheOnlyDoorAndNothingElseDoes() throws Exception {
        try (Director director = start("plain: no\n" + tlsDoor(0))) {
            isServed(run(port, tls("runner", "runner")));
            isRefused(run(port, tls("stranger", "runner")), "127.0.0.1:" + port);
            isRefused(run(port, tls("runner", "nobody")), "127.0.0.1:" + port);
            isRefused(run(port, ""), "127.0.0.1:" + port);

            sees(doctor(port, tls("runner", "runner")), "pass");
            sees(doctor(port, tls("stranger", "runner")), "fail");
            sees(doctor(port, ""), "fail");
            assertThat(director.cutSessionShort()).isFalse();
        }
    }

    /** The live page shows the director's certificate and asks for none; its token is a secret of its own. */
    @Test
    void theLivePageIsServedByHttpsToWhomKnowsItsToken() throws Exception {
        String settings =
                tlsDoor(Ports.free()) + "web: 127.0.0.1 0\nwebTls: yes\nwebTokenFile: " + keys.resolve("token") + "\n";
        HttpClient browser = HttpClient.newBuilder()
                .sslContext(
                        new TlsMaterial(keys.resolve("runner.p12"), keys.resolve("runner-trusts.p12"), PASSWORD).load())
                .build();
        try (Director director = start(settings)) {
            URI page = URI.create("https://" + director.page().orElseThrow() + "/");

            assertThat(status(browser, HttpRequest.newBuilder(page))).isEqualTo(401);
            assertThat(status(browser, HttpRequest.newBuilder(page).header("Authorization", "Bearer s3cret")))
                    .isEqualTo(200);
            HttpResponse<String> first = browser.send(
                    HttpRequest.newBuilder(page.resolve("?t=s3cret")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(first.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
        }
    }

    private static int status(HttpClient browser, HttpRequest.Builder request) throws Exception {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void bothDoorsServeSideBySideWithASecretEach() throws Exception {
        int secured = Ports.free();
        try (Director director = start(tlsDoor(secured) + "tokenFile: " + keys.resolve("token") + "\n")) {
            isServed(run(secured, tls("runner", "runner") + " " + token("token")));
            isServed(run(port, token("token")));
            isRefused(run(secured, tls("runner", "runner") + " " + token("guess")), "wrong token");
            isRefused(run(port, ""), "serves only clients that know its token");
            isRefused(run(port, "--plain-v3"), "token required");

            sees(doctor(port, token("token")), "pass");
            sees(doctor(port, token("guess")), "fail");
            sees(doctor(port, ""), "warn");
            assertThat(director.cutSessionShort()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.0/8, true", "'192.0.2.0/24, 127.0.0.1', true", "192.0.2.0/24, false", "127.0.0.2, false"})
    void onlyAllowedNetworksAreHeard(String allow, boolean served) throws Exception {
        try (Director director = start("allow: " + allow + "\n")) {
            if (served) {
                isServed(run(port, ""));
            } else {
                isRefused(run(port, ""), "127.0.0.1:" + port);
            }
            sees(doctor(port, ""), served ? "pass" : "fail");
            assertThat(director.cutSessionShort()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--token-file /no/such/file, cannot read /no/such/file",
        "--tls-identity me.p12, --tls-password-file together",
    })
    void aDoctorWithHalfAKeyIsAUsageError(String options, String message) {
        CapturedStreams.Outcome outcome = doctor(4950, options);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(outcome.err()).contains(message);
        assertThat(CapturedStreams.run(
                                "doctor", "--token-file", keys.resolve("token").toString())
                        .err())
                .contains("without --addr");
    }
}
