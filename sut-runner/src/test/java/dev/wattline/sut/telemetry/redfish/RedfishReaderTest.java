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
import java.util.HashMap;
import java.util.Map;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the credentials' permissions are those of POSIX")
class RedfishReaderTest {
    private static final Pattern PIN = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final String PASSWORD = "s3cret-*%";

    /** By the certificate's name: making a key takes seconds. */
    private static final Map<String, SSLContext> CONTEXTS = new HashMap<>();

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
        SSLContext made = CONTEXTS.get(name);
        if (made == null) {
            made = newTls(name);
            CONTEXTS.put(name, made);
        }
        return made;
    }

    private SSLContext newTls(String name) throws Exception {
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

    /** A controller as vendors build theirs: the chassis' other members, and what is read of it. */
    private enum Vendor {
        /** Dell: the older Power beside a subsystem whose links lead nowhere, readings of 0 for what is not known. */
        OLDER_POWER("""
                /redfish/v1/Chassis {"Members":[@/redfish/v1/Chassis/System.Embedded.1@]}
                /redfish/v1/Chassis/System.Embedded.1 {"ChassisType":"RackMount","Power":@/p@,"PowerSubsystem":@/gone@}
                /p {"PowerControl":[{"Name":"System Power Control","PowerConsumedWatts":481}],
                    "PowerSupplies":[{"MemberId":"PSU.Slot.1","Model":"PWR SPLY,1400W","PowerCapacityWatts":1400,
                    "LastPowerOutputWatts":null,"Status":{"State":"Enabled"}}]}
                """, "node System.Embedded.1 481 W", "supply System.Embedded.1/supply PSU.Slot.1 1400 W"),
        /** HPE: one chassis '1', supplies with an id and without a model. */
        NUMBERED_CHASSIS("""
                /redfish/v1/Chassis {"Members":[@/redfish/v1/Chassis/1/@]}
                /redfish/v1/Chassis/1 {"ChassisType":"RackMount","Power":@/redfish/v1/Chassis/1/Power/@}
                /redfish/v1/Chassis/1/Power {"PowerConsumedWatts":9,"PowerControl":[{"PowerConsumedWatts":339,
                    "PowerMetrics":{"IntervalInMin":20}}],"PowerSupplies":[{"MemberId":"0","Name":"HpeServerPowerSupply",
                    "PowerCapacityWatts":800,"Status":{"State":"Enabled"}},{"MemberId":"1","Name":"HpeServerPowerSupply",
                    "Status":{"State":"Absent"}}]}
                """, "node 1 339 W", "supply 1/supply 0 800 W", "supply 1/supply 1 !null"),
        /** Some: a number for each part beside that of the node. */
        PARTS(
                """
                /redfish/v1/Chassis {"Members":[@/redfish/v1/Chassis/1@]}
                /redfish/v1/Chassis/1 {"ChassisType":"Other","Power":@/p@}
                /p {"PowerControl":[{"Name":"Server Power Control","PhysicalContext":"Chassis","PowerConsumedWatts":700},
                    {"Name":"CPU Sub-system Power","PhysicalContext":"CPU","PowerConsumedWatts":210},
                    {"Name":"Memory Sub-system Power","PhysicalContext":"Memory","PowerConsumedWatts":38},
                    {"Name":"GPU","PhysicalContext":"GPU","PowerConsumedWatts":null}]}
                """,
                "node 1/Server Power Control 700 W",
                "package 1/CPU Sub-system Power 210 W",
                "dram 1/Memory Sub-system Power 38 W"),
        /** OpenBMC: several chassis, of which one has power, by the newer EnvironmentMetrics. */
        ENVIRONMENT("""
                /redfish/v1/Chassis {"Members":[@/redfish/v1/Chassis/riser@,@/redfish/v1/Chassis/chassis@]}
                /redfish/v1/Chassis/riser {"ChassisType":"Component"}
                /redfish/v1/Chassis/chassis {"ChassisType":"RackMount","EnvironmentMetrics":@/e@}
                /e {"PowerWatts":{"DataSourceUri":"/s","Reading":612.5}}
                """, "node chassis 612.5 W"),
        /** An HGX board: processor modules and GPUs are chassis of their own. */
        BOARD_OF_GPUS("""
                /redfish/v1/Chassis {"Members":[@/redfish/v1/Chassis/HGX_ProcessorModule_0@,@/redfish/v1/Chassis/HGX_GPU_0@,
                    @/redfish/v1/Chassis/CBC_0@,@/redfish/v1/Chassis/BMC_0@]}
                /redfish/v1/Chassis/HGX_ProcessorModule_0 {"ChassisType":"Module",
                    "EnvironmentMetrics":@/redfish/v1/Chassis/HGX_ProcessorModule_0/EnvironmentMetrics@}
                /redfish/v1/Chassis/HGX_ProcessorModule_0/EnvironmentMetrics {"PowerWatts":{"Reading":744}}
                /redfish/v1/Chassis/HGX_GPU_0 {"ChassisType":"Module",
                    "EnvironmentMetrics":@/redfish/v1/Chassis/HGX_GPU_0/EnvironmentMetrics@}
                /redfish/v1/Chassis/HGX_GPU_0/EnvironmentMetrics {"PowerWatts":{"Reading":530}}
                /redfish/v1/Chassis/CBC_0 {"ChassisType":"Component","EnvironmentMetrics":@/c@}
                /c {"PowerWatts":{"Reading":12}}
                /redfish/v1/Chassis/BMC_0 {"ChassisType":"Enclosure"}
                """, "module HGX_ProcessorModule_0 744 W", "gpu HGX_GPU_0 530 W", "rail CBC_0 12 W"),
        /** Newer ones without Power: what the supplies take in; the empty place counts for nothing. */
        INPUT_OF_SUPPLIES(
                """
                /redfish/v1/Chassis {"Members":[@/redfish/v1/Chassis/Self@]}
                /redfish/v1/Chassis/Self {"ChassisType":"RackMount","PowerSubsystem":@/s@}
                /s {"PowerSupplies":@/s/all@}
                /s/all {"Members":[@/s/0@,@/s/1@,@/s/2@]}
                /s/0 {"Id":"0","Model":"P2","PowerCapacityWatts":3000,"Status":{"State":"Enabled"},"Metrics":@/s/0/m@}
                /s/0/m {"InputPowerWatts":{"Reading":410.25}}
                /s/1 {"Id":"1","Model":"P2","PowerCapacityWatts":3000,"Status":{"State":"Enabled"},"Metrics":@/s/1/m@}
                /s/1/m {"InputPowerWatts":{"Reading":389.75}}
                /s/2 {"Id":"2","PowerCapacityWatts":3000,"Status":{"State":"Absent"}}
                """,
                "node Self 800.00 W",
                "supply Self/supply 0 3000 W",
                "supply Self/supply 1 3000 W",
                "supply Self/supply 2 3000 W");

        private final String tree;
        private final String readings; // a line each

        Vendor(String tree, String... readings) {
            this.tree = tree;
            this.readings = String.join("\n", readings);
        }

        private Map<String, String> resources() {
            Map<String, String> resources = new HashMap<>();
            for (String resource : tree.strip().split("\n(?=/)")) {
                int end = resource.indexOf(' ');
                resources.put(
                        resource.substring(0, end),
                        resource.substring(end).replaceAll("@([^@]+)@", "{\"@odata.id\":\"$1\"}"));
            }
            return resources;
        }
    }

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void eachVendorsTreeIsRead(Vendor vendor) throws IOException {
        server.tree(vendor.resources());
        try (RedfishReader reader = RedfishReader.open(settings(PASSWORD, pin()))) {
            assertThat(TakenReadings.of(reader)).containsExactly(vendor.readings.split("\n"));
        }
    }

    @Test
    void oneSupplyThatTellsNothingLeavesNoSum() throws IOException {
        Map<String, String> resources = Vendor.INPUT_OF_SUPPLIES.resources();
        server.tree(resources);
        try (RedfishReader reader = RedfishReader.open(settings(PASSWORD, pin()))) {
            resources.put("/s/1/m", "{\"InputPowerWatts\":{\"Reading\":null}}");
            server.tree(resources);
            assertThat(TakenReadings.of(reader)).contains("node Self !null");
        }
        SourceSettings settings = settings(PASSWORD, pin());
        assertThatThrownBy(() -> RedfishReader.open(settings)).hasMessageContaining("tells no power");
    }

    @Test
    void fansAndSuppliesThatLeadToAnotherHostCostThemAlone() throws IOException {
        Map<String, String> resources = Vendor.ENVIRONMENT.resources();
        resources.put("/redfish/v1/Chassis/chassis", """
                {"EnvironmentMetrics":{"@odata.id":"/e"},"Thermal":{"@odata.id":"https://elsewhere/t"},
                "PowerSubsystem":{"@odata.id":"https://elsewhere/s"}}""");
        server.tree(resources);
        try (RedfishReader reader = RedfishReader.open(settings(PASSWORD, pin()))) {
            assertThat(TakenReadings.of(reader)).containsExactly("node chassis 612.5 W");
            assertThat(reader.notes())
                    .hasSize(2)
                    .allMatch(note -> note.contains("of chassis are not read") && note.contains("another host"));
        }
    }
}
