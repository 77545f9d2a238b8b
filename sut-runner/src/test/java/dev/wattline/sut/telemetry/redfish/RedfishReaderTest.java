package dev.wattline.sut.telemetry.redfish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wattline.files.TelemetryMeta;
import dev.wattline.mock.machine.RedfishServer;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.SourceSettings;
import dev.wattline.sut.telemetry.source.TakenReadings;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the credentials' permissions are those of POSIX")
class RedfishReaderTest {
    private static final Pattern PIN = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String PASSWORD = "s3cret-*%";

    @TempDir
    private Path folder;

    private final AtomicLong watts = new AtomicLong(612);
    private RedfishServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RedfishServer(tls("bmc"), "reader", PASSWORD, watts::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SSLContext tls(String name) throws Exception {
        Path keys = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".keytool").toFile())
                .start();
        assertThat(TestDeadlines.exitOf(keytool, 30)).isZero();
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

    private SourceSettings settings(String password, String pin) throws IOException {
        Path credentials = Files.writeString(folder.resolve("credentials"), "reader\n" + password + "\n");
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
        return SourceSettings.read(Files.writeString(
                folder.resolve("s.ini"),
                "[redfish]\nhost = localhost:" + server.port() + "\ncredentials = " + credentials + "\n" + pin + "\n"));
    }

    /** What an unpinned first contact shows, as a line of the settings. */
    private String pin() throws IOException {
        SourceSettings unpinned = settings(PASSWORD, "");
        SutException refusal = catchThrowableOfType(SutException.class, () -> RedfishReader.open(unpinned));
        Matcher pin = PIN.matcher(refusal.remedy().orElseThrow());
        assertThat(pin.find()).isTrue();
        return "pin = " + pin.group();
    }

    @Test
    void aPinnedControllerTellsItsNodesPowerAndTheSessionIsEnded() throws IOException {
        RedfishReader reader = RedfishReader.open(settings(PASSWORD, pin()));
        assertThat(TakenReadings.of(reader)).containsExactly("node System.Embedded.1 612 W");
        watts.set(700);
        assertThat(TakenReadings.of(reader)).containsExactly("node System.Embedded.1 700 W");
        assertThat(server.sessions()).isEqualTo(1);

        reader.close();

        assertThat(server.sessions()).isZero();
        assertThat(reader.origin().toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thermal", "ThermalSubsystem"})
    void fansAndTheIncomingAirAreReadSeldomAndAFanAtZeroIsAReading(String resource) throws IOException {
        server.hasCooling(resource);
        server.secondFan("0");
        RedfishReader reader = RedfishReader.open(settings(PASSWORD, pin()));

        assertThat(TakenReadings.of(reader))
                .containsExactlyInAnyOrder(
                        "node System.Embedded.1 612 W",
                        "cooling System.Embedded.1/Fan 1 5400 rpm",
                        "cooling System.Embedded.1/Fan 2 0 rpm",
                        "cooling System.Embedded.1/" + (resource.equals("Thermal") ? "Inlet" : "Intake") + " 23 C");
        for (int round = 1; round < 15; round++) {
            assertThat(TakenReadings.of(reader)).containsExactly("node System.Embedded.1 612 W");
        }
        assertThat(TakenReadings.of(reader)).hasSize(4);
        reader.close();
    }

    @Test
    void nobodyIsTrustedUnpinnedAndNoCredentialIsSentToThem() throws IOException {
        pin();

        assertThat(server.opened()).isZero();
    }

    @Test
    void anotherCertificateThanThePinnedOneIsRefused() throws Exception {
        String pin = pin();
        server.close();
        server = new RedfishServer(tls("other"), "reader", PASSWORD, watts::get);
        SourceSettings settings = settings(PASSWORD, pin);

        assertThatThrownBy(() -> RedfishReader.open(settings)).hasMessageContaining("another certificate");
        assertThat(server.opened()).isZero();
    }

    @Test
    void nullAndZeroAndErrorsAreMissingWithTheirReason() throws IOException {
        RedfishReader reader = RedfishReader.open(settings(PASSWORD, pin()));

        server.tell("null");
        assertThat(TakenReadings.of(reader)).containsExactly("node System.Embedded.1 !null");
        server.tell("0");
        assertThat(TakenReadings.of(reader)).containsExactly("node System.Embedded.1 !zero");
        server.answer(503);
        assertThat(TakenReadings.of(reader)).containsExactly("node System.Embedded.1 !http-503");
    }

    @Test
    void anExpiredSessionIsOpenedAnewOnce() throws IOException {
        RedfishReader reader = RedfishReader.open(settings(PASSWORD, pin()));

        server.expire();
        assertThat(TakenReadings.of(reader)).containsExactly("node System.Embedded.1 612 W");
        server.expire();
        assertThatThrownBy(() -> TakenReadings.of(reader)).isInstanceOf(SutException.class);
        assertThat(server.opened()).isEqualTo(2);
    }

    @Test
    void aControllerWithoutSessionsIsAskedWithUserAndPassword() throws IOException {
        String pin = pin();
        server.hasSessions(false);
        SourceSettings settings = settings(PASSWORD, pin);

        assertThat(TakenReadings.of(RedfishReader.open(settings))).containsExactly("node System.Embedded.1 612 W");
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws IOException {
        SourceSettings settings = settings("wr0ng", pin());

        assertThatThrownBy(() -> RedfishReader.open(settings))
                .hasMessageContaining("401")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void credentialsThatOthersMayReadAreRefused() throws IOException {
        SourceSettings settings = settings(PASSWORD, "");
        Files.setPosixFilePermissions(folder.resolve("credentials"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> RedfishReader.open(settings)).hasMessageContaining("may be read by others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Power", "PowerSubsystem"})
    void suppliesAreToldOnceWithModelStateAndCapacityAndNoSerialNumber(String resource) throws IOException {
        server.hasSupplies(resource, "DPS-800");
        try (RedfishReader reader = RedfishReader.open(settings(PASSWORD, pin()))) {
            assertThat(TakenReadings.of(reader))
                    .containsExactly(
                            "node System.Embedded.1 612 W",
                            "supply System.Embedded.1/supply 0 1600 W",
                            "supply System.Embedded.1/supply 1 1600 W");
            assertThat(TakenReadings.of(reader)).containsExactly("node System.Embedded.1 612 W");
            assertThat(reader.series())
                    .filteredOn(series -> series.scope().equals("supply"))
                    .extracting(TelemetryMeta.Series::name)
                    .containsExactly("PWR SPLY,1600W,RDNT, Enabled, 1600 W", "DPS-800, Enabled, 1600 W");
            assertThat(reader.series().toString()).doesNotContain("CN17972");
        }
    }
}
