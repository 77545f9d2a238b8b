package dev.wattline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.protocol.ControlRequest.Time;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.client.PeerSignal;
import dev.wattline.protocol.server.ControlServer;
import dev.wattline.protocol.server.Endpoint;
import dev.wattline.protocol.server.ServerOptions;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with certificates on both sides, on a port beside the plain one. */
class TlsTest {
    private static final String PASSWORD = "test-only";

    @TempDir
    static Path folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate("director", "runner");
        certificate("runner", "director");
        certificate("stranger", "director");
    }

    /** A key of its own for {@code owner}, and its certificate among those that {@code truster} trusts. */
    private static void certificate(String owner, String truster) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                owner,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + owner,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "30",
                "-keystore",
                owner + ".p12");
        if (!owner.equals("stranger")) {
            keytool("-exportcert", "-alias", owner, "-file", owner + ".crt", "-keystore", owner + ".p12");
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    owner,
                    "-file",
                    owner + ".crt",
                    "-keystore",
                    truster + "-trusts.p12");
        }
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        TestDeadlines.exitOf(process, 30);
        assertThat(process.exitValue()).as(() -> command + ": " + log()).isZero();
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("keytool.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static TlsMaterial material(String identity, String trusted) {
        return new TlsMaterial(folder.resolve(identity + ".p12"), folder.resolve(trusted + "-trusts.p12"), PASSWORD);
    }

    private static ControlServer server() {
        return server(options -> options, new StandInDirector(folder));
    }

    private static ControlServer server(UnaryOperator<ServerOptions> change, StandInDirector director) {
        ServerOptions options = ServerOptions.on(
                Endpoint.plain(new HostPort("127.0.0.1", 0)),
                Endpoint.tls(
                        new HostPort("127.0.0.1", 0),
                        material("director", "director").load()));
        return ControlServer.start(change.apply(options), director);
    }

    @Test
    void trustedRunnerIsServedAndDownloads() throws Exception {
        byte[] content = new byte[3 * 1024 * 1024 + 1];
        new Random(5).nextBytes(content);
        Files.write(folder.resolve("spl.txt"), content);
        StandInDirector director = new StandInDirector(folder);
        try (ControlServer server = server(options -> options, director);
                ControlConnection connection = ControlConnection.open(
                        server.addresses().get(1),
                        ClientOptions.defaults()
                                .withTls(material("runner", "runner").load()))) {
            CompletableFuture<PeerSignal> end = CompletableFuture.supplyAsync(connection::awaitPeer);
            assertThat(connection.exchange(new Time()).line()).isEqualTo("1795322914.526807");
            connection.download("s", "spl.txt", folder.resolve("downloaded"));
            assertThat(folder.resolve("downloaded")).hasBinaryContent(content);
            director.connected.take().close("the test is over");
            assertThat(TestDeadlines.resultOf(end, 5)).isInstanceOf(PeerSignal.Closed.class);
        }
    }

    @Test
    void strangerAndPlainClientsAreNotServedOnTheTlsPort() {
        try (ControlServer server = server()) {
            HostPort secured = server.addresses().get(1);
            assertThatThrownBy(() -> ControlConnection.open(
                            secured,
                            ClientOptions.defaults()
                                    .withTls(material("stranger", "runner").load())))
                    .isInstanceOf(ControlConnectionException.class);
            assertThatThrownBy(() -> ControlConnection.open(secured, ClientOptions.defaults()))
                    .isInstanceOf(ProtocolException.class);
            assertThat(server.current()).isEmpty();
        }
    }

    @Test
    void whoOpensNoTlsIsHungUpOnAndKeepsNobodyOut() throws Exception {
        Duration hello = Duration.ofMillis(500);
        ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
        try (ControlServer server =
                server(options -> options.withHello(hello).withTime(time), new StandInDirector(folder))) {
            HostPort secured = server.addresses().get(1);
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), secured.port());
                    Socket halfway = new Socket(InetAddress.getLoopbackAddress(), secured.port())) {
                halfway.getOutputStream().write(new byte[] {22, 3, 1, 1, 0}); // the head of a TLS record and no more
                try (ControlConnection runner = ControlConnection.open(
                        secured,
                        ClientOptions.defaults()
                                .withTls(material("runner", "runner").load()))) {
                    assertThat(runner.exchange(new Time()).line()).isEqualTo("1795322914.526807");
                }
                time.advance(hello);
                silent.setSoTimeout(TestDeadlines.millis(5));
                halfway.setSoTimeout(TestDeadlines.millis(5));
                assertThat(silent.getInputStream().readAllBytes())
                        .hasSizeLessThan(100); // an alert at most, and the end
                assertThat(halfway.getInputStream().readAllBytes()).hasSizeLessThan(100);
            }
        }
    }

    @Test
    void unusableFileIsNamedAndThePasswordIsNot() {
        TlsMaterial absent = new TlsMaterial(folder.resolve("absent.p12"), folder.resolve("absent.p12"), PASSWORD);
        assertThatThrownBy(absent::load)
                .isInstanceOf(ControlConnectionException.class)
                .hasMessageStartingWith("cannot use " + folder.resolve("absent.p12") + " for TLS");
        assertThat(absent.toString()).doesNotContain(PASSWORD);
    }
}
