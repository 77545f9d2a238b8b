package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.mock.machine.RedfishServer;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code measure} by a management controller's Redfish service alone, as a process of its own. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the command line is looked for in /proc")
class RedfishMeasureIT {
    private static final String PASSWORD = "s3cret-of-a-controller";
    private static final Pattern PIN = Pattern.compile("sha256:[0-9a-f]{64}");

    @TempDir
    private Path folder;

    private RedfishServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RedfishServer(tls(), "reader", PASSWORD, () -> 612);
        server.hasCooling("ThermalSubsystem");
        server.secondFan("0");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SSLContext tls() throws Exception {
        Path keys = folder.resolve("bmc.p12");
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "bmc",
                "-keyalg",
                "EC",
                "-dname",
                "CN=bmc",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                "changeit");
        Process made = new ProcessBuilder(keytool)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.out").toFile())
                .start();
        assertThat(TestDeadlines.exitOf(made, 30)).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void settings(String pin) throws IOException {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Path credentials = Files.writeString(secrets.resolve("bmc"), "reader\n" + PASSWORD + "\n");
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(
                folder.resolve("s.ini"),
                "[redfish]\nhost = localhost:" + server.port() + "\ncredentials = " + credentials + "\n" + pin);
    }

    private List<String> command(String... of) {
        List<String> arguments = new ArrayList<>(List.of(
                "measure",
                "--verbose",
                "--telemetry",
                "redfish",
                "--telemetry-settings",
                "s.ini",
                "-o",
                "out",
                "--json",
                "r.json",
                "--"));
        arguments.addAll(List.of(of));
        return arguments;
    }

    @Test
    void nodesJoulesAreGivenAndTheCredentialIsInNoFileOutputOrCommandLine() throws Exception {
        settings("");
        Programs.Outcome unpinned =
                new Programs(folder).run("unpinned", command("true").toArray(String[]::new));
        assertThat(unpinned.status()).isEqualTo(1);
        Matcher pin = PIN.matcher(unpinned.output());
        assertThat(pin.find()).as(unpinned.output()).isTrue();
        settings("pin = " + pin.group() + "\n");

        Process process = new Programs(folder).start("measure", command("sh", "-c", "touch ran; sleep 6"));
        await().atMost(TestDeadlines.seconds(60)).until(() -> Files.exists(folder.resolve("ran")));
        String commandLine = Files.readString(
                Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(TestDeadlines.seconds(60).toSeconds(), TimeUnit.SECONDS))
                .isTrue();

        assertThat(process.exitValue()).isZero();
        JsonNode result = JsonMapper.builder().build().readTree(Files.readAllBytes(folder.resolve("r.json")));
        JsonNode node = result.path("energies").path(0);
        assertThat(node.path("scope").asString()).isEqualTo("node");
        assertThat(node.path("energyJ").asDouble() / result.path("seconds").asDouble())
                .isBetween(611.0, 613.0);
        assertThat(result.path("findings")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .containsExactly("fan.stands-still");
        assertThat(server.sessions()).isZero();
        assertThat(commandLine).doesNotContain(PASSWORD);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(one -> !one.startsWith(folder.resolve("secrets")))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(PASSWORD);
            }
        }
    }
}
