package dev.wattline.director.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import dev.wattline.protocol.HostPort;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectorConfigTest {
    private static final String DOCUMENTED = """
            [server]
            ntpServer: ntp.example.com

            [ptd]
            ptd: /opt/ptd-linux-x86
            analyzerCount: 2

            [analyzer2]
            deviceType: 77
            interfaceFlag: -y
            devicePort: C2PH13047V
            networkPort: 8889
            channel: 1,2
            [analyzer1]
            deviceType: 49
            interfaceFlag:
            devicePort: /dev/usbtmc0
            gpibBoard: 2
            dcFlag: -D
            """;

    private static final String SINGLE = """
            [server]
            ntpServer: ntp.example.com
            [ptd]
            ptd: ptd
            [analyzer1]
            interfaceFlag:
            devicePort: COM1
            """;

    /** What MLCommons' automation writes from the template that the reference ships. */
    private static final String AUTOMATION = """
            [server]
            ntpserver = time.google.com
            listen = 0.0.0.0 4950

            [ptd]
            ptd = /srv/PTD/binaries/ptd-linux-x86
            devicetype = 49
            interfaceflag =\s
            deviceport = COM1
            analyzercount = 1

            [analyzer1]
            interfaceflag =\s
            devicetype = 49
            deviceport = /dev/usbtmc0
            networkport = 8888
            """;

    @TempDir
    private Path folder;

    @Test
    void readsTheDocumentedForm() throws IOException {
        DirectorConfig config = load(DOCUMENTED, false, Map.of()).config();

        assertThat(config.ntpServer()).isEqualTo(new HostPort("ntp.example.com", 123));
        assertThat(config.listen().getAddress().getHostAddress()).isEqualTo("0.0.0.0");
        assertThat(config.listen().getPort()).isEqualTo(4950);
        assertThat(config.rangingMode()).isEqualTo(RangingMode.AUTO);
        assertThat(config.analyzers())
                .containsExactly(
                        new AnalyzerConfig(1, 49, "", "/dev/usbtmc0", 8888, null, 2, "-D"),
                        new AnalyzerConfig(2, 77, "-y", "C2PH13047V", 8889, List.of(1, 2), null, null));
        assertThat(config.settings().settle()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.settings().resultsDir()).isEqualTo(folder.resolve("logs"));
        assertThat(config.settings().logFile()).isEqualTo(folder.resolve("logs/director.log"));
        assertThat(config.settings().stopOn()).isEqualTo(Set.of(LiveCheck.PTD_LOST));
        assertThat(config.settings().debug()).isFalse();
    }

    @Test
    void buildsPtdaemonsCommandLineInTheReferencesOrder() throws IOException {
        List<AnalyzerConfig> analyzers =
                load(DOCUMENTED, false, Map.of()).config().analyzers();

        assertThat(analyzers.get(0).command("/opt/ptd", Path.of("/logs/1.log")))
                .containsExactly("/opt/ptd", "-l", "/logs/1.log", "-p", "8888", "-b", "2", "-D", "49", "/dev/usbtmc0");
        assertThat(analyzers.get(1).command("/opt/ptd", Path.of("/logs/2.log")))
                .containsExactly("/opt/ptd", "-l", "/logs/2.log", "-p", "8889", "-c", "1,2", "-y", "77", "C2PH13047V");
    }

    @Test
    void readsWhatTheAutomationWrites() throws IOException {
        DirectorConfig.Loaded loaded = load(AUTOMATION, true, Map.of());

        assertThat(loaded.config().analyzers())
                .containsExactly(new AnalyzerConfig(1, 49, "", "/dev/usbtmc0", 8888, null, null, null));
        assertThat(loaded.remarks()).extracting(Finding::severity).containsOnly(Severity.INFO);
        assertThat(loaded.remarks()).extracting(Finding::line).containsExactly(7L, 8L, 9L);
    }

    @Test
    void readsTheSingleAnalyzerFormOfTheTemplate() throws IOException {
        DirectorConfig config = load("""
                [server]
                ntpServer: ntp.example.com
                listen: 192.168.1.2 4950
                [ptd]
                ptd: D:\\PTD\\new\\ptd-windows-x86.exe
                networkPort: 8890
                deviceType: 8
                interfaceFlag: -g
                devicePort: 0
                gpibBoard: 0
                """, true, Map.of()).config();

        assertThat(config.ptd()).isEqualTo("D:\\PTD\\new\\ptd-windows-x86.exe");
        assertThat(config.analyzers()).containsExactly(new AnalyzerConfig(1, 8, "-g", "0", 8890, null, 0, null));
    }

    @Test
    void reportsEveryProblemWithItsLine() {
        String text = """
                [server]
                listen: here 4950
                rangingMode: BEST
                [ptd]
                analyzerCount: 2
                [analyzer1]
                deviceType: forty-nine
                devicePort: COM1
                networkPort: 99999
                [analyzer2]
                deviceType: 77
                interfaceFlag:
                devicePort: COM2
                [wattline]
                settle: soon
                """;

        assertThatThrownBy(() -> load(text, false, Map.of())).isInstanceOfSatisfying(ConfigException.class, e -> {
            assertThat(e.problems())
                    .extracting(
                            problem -> problem.line() + " " + problem.subject().part())
                    .containsExactly(
                            "1 [server] ntpServer",
                            "2 [server] listen",
                            "3 [server] rangingMode",
                            "4 [ptd] ptd",
                            "6 [analyzer1] interfaceFlag",
                            "7 [analyzer1] deviceType",
                            "9 [analyzer1] networkPort",
                            "10 [analyzer2] networkPort",
                            "10 [analyzer2] channel",
                            "15 [wattline] settle");
            assertThat(e).hasMessageContaining("expected seconds, such as 10 or 0.5, got 'soon'");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            49  |         | ok
            49  | 2       | ok
            49  | 1,2     | single-channel type 49 takes one number at most
            77  |         | needs two numbers
            77  | 1       | needs two numbers
            77  | 1,3     | ok
            77  | 1,3,1   | needs two numbers
            77  | x,3     | expected an integer
            48  |         | needs one number
            48  | 1,3     | needs one number
            48  | 3       | ok
            59  | 1       | needs two numbers
            61  | 1,2     | ok
            0   |         | ok
            """)
    void holdsChannelsToTheDevice(int type, String channel, String expected) throws IOException {
        String text = SINGLE + "deviceType: " + type + "\n" + (channel == null ? "" : "channel: " + channel + "\n");

        if (expected.equals("ok")) {
            assertThat(load(text, true, Map.of()).config().analyzers()).hasSize(1);
        } else {
            assertThatThrownBy(() -> load(text, false, Map.of())).hasMessageContaining(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            77 | 1,2 | 1;2
            77 | 2,2 | 2;3
            48 | 3   | 1;2;3
            49 | 2   |
            49 |     |
            """)
    void rangesOnTheChannelsThatAreConfigured(int type, String channel, String expected) throws IOException {
        String text = SINGLE + "deviceType: " + type + "\n" + (channel == null ? "" : "channel: " + channel + "\n");

        AnalyzerConfig analyzer =
                load(text, false, Map.of()).config().analyzers().get(0);

        List<Integer> channels = expected == null
                ? List.of()
                : List.of(expected.split(";")).stream().map(Integer::valueOf).toList();
        assertThat(analyzer.rangedChannels()).isEqualTo(channels);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [analyzer1]    | deviceTyp: 49    | unknown key, did you mean 'deviceType'?
            [server]       | ntp-server: x    | unknown key, did you mean 'ntpServer'?
            [wattline]     | resultDir: x     | unknown key, did you mean 'resultsDir'?
            [wattline]     | colour: green    | unknown key
            [Wattline]     | busy: queue      | unknown section, did you mean 'wattline'?
            [analyzer2]    | deviceType: 49   | is not used: analyzerCount in [ptd] is smaller
            """)
    void warnsOfUnknownNamesAndRefusesThemWhenStrict(String section, String line, String expected) throws IOException {
        String text = SINGLE.contains(section)
                ? (SINGLE + "deviceType: 49\n").replace(section + "\n", section + "\n" + line + "\n")
                : SINGLE + "deviceType: 49\n" + section + "\n" + line + "\n";

        List<Finding> remarks = load(text, false, Map.of()).remarks();

        assertThat(remarks).singleElement().satisfies(remark -> {
            assertThat(remark.id()).isEqualTo("config-unknown");
            assertThat(remark.severity()).isEqualTo(Severity.WARNING);
            assertThat(remark.message()).isEqualTo(expected);
            assertThat(remark.line()).isPositive();
        });
        assertThatThrownBy(() -> load(text, true, Map.of())).hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [analyzer1] | networkPort: 4950      | 4950 is the port of the director (listen) already
            [analyzer1] | gpibBoard: first       | expected an integer, got 'first'
            [wattline]  | keepDays: -1           | expected an integer from 0 up, got '-1'
            [wattline]  | keepGigabytes: -1      | expected an integer from 0 up, got '-1'
            [wattline]  | notify: no-such-hook   | expected a program that can be executed, got
            """)
    void refusesWhatCouldOnlyFailLaterOrDoHarm(String section, String line, String expected) {
        String key = line.substring(0, line.indexOf(':') + 1);
        String text = (SINGLE + "deviceType: 49\n[wattline]\n")
                .lines()
                .filter(other -> !other.startsWith(key))
                .map(other -> other.equals(section) ? other + "\n" + line : other)
                .collect(Collectors.joining("\n"));

        assertThatThrownBy(() -> load(text, false, Map.of()))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .satisfies(
                                        problem -> assertThat(problem.message()).contains(expected)));
    }

    /** Of these only PTDaemon can say whether they work; two published configurations have {@code channel: 0}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            channel: 0            | -c 0
            channel: -1           | -c -1
            interfaceFlag: g      | g 49
            interfaceFlag: -y -D  | -y -D 49
            dcFlag: yes           | yes 49
            gpibBoard: -1         | -b -1
            devicePort:           | 49
            """)
    void warnsOfWhatOnlyPtdaemonCanJudgeAndHandsItOn(String line, String handedOn) throws IOException {
        String key = line.substring(0, line.indexOf(':') + 1);
        String text = (SINGLE + "deviceType: 49")
                        .lines()
                        .filter(other -> !other.startsWith(key))
                        .collect(Collectors.joining("\n"))
                + "\n" + line + "\n";

        DirectorConfig.Loaded loaded = load(text, false, Map.of());

        assertThat(loaded.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.severity()).isEqualTo(Severity.WARNING);
            assertThat(remark.subject().part()).endsWith("] " + key.replace(":", ""));
        });
        AnalyzerConfig analyzer = loaded.config().analyzers().get(0);
        assertThat(String.join(" ", analyzer.command("ptd", Path.of("log")))).contains(handedOn);
        assertThat(analyzer.rangedChannels()).isEmpty();
    }

    @Test
    void thePublishedConfigurationWithChannelZeroStarts() {
        Path file = SharedData.orSkip("cases/channel-zero/server.conf");

        DirectorConfig.Loaded loaded = DirectorConfig.load(file, false, Map.of());

        assertThat(loaded.config().analyzers().get(0).command("ptd", Path.of("log")))
                .containsSubsequence("-c", "0", "-y", "49", "C3XX00000E");
        assertThat(loaded.remarks()).extracting(Finding::severity).containsOnly(Severity.WARNING);
    }

    /** The reference warns and goes on, too. */
    @Test
    void anUnknownRangingModeIsAutoWithAWarning() throws IOException {
        DirectorConfig.Loaded loaded =
                load(SINGLE.replace("[ptd]", "rangingMode: FAST\n[ptd]") + "deviceType: 49\n", false, Map.of());

        assertThat(loaded.config().rangingMode()).isEqualTo(RangingMode.AUTO);
        assertThat(loaded.remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.message()).contains("got 'FAST'; AUTO is used"));
    }

    @ParameterizedTest
    @CsvSource({"[server],outDir: /srv/results", "[ptd],logFile: ptd_logs.txt", "[analyzer1],logfile: x"})
    void keysOfOlderVersionsAreNotedAsThatEvenWhenStrict(String section, String line) throws IOException {
        String text = (SINGLE + "deviceType: 49\n").replace(section + "\n", section + "\n" + line + "\n");

        assertThat(load(text, true, Map.of()).remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.severity()).isEqualTo(Severity.INFO);
            assertThat(remark.message()).startsWith("is a key of older versions and not used");
        });
    }

    @Test
    void multichannelTypesRangeOnNoChannelBelowOne() throws IOException {
        String text = SINGLE + "deviceType: 77\nchannel: 0,3\n";

        assertThat(load(text, false, Map.of()).config().analyzers().get(0).rangedChannels())
                .containsExactly(1, 2);
    }

    @Test
    void marksDebugAsTheReferenceDoes() throws IOException {
        String text = SINGLE + "deviceType: 49\n";

        DirectorSettings debug =
                load(text, false, Map.of("MLPP_DEBUG", "")).config().settings();
        DirectorSettings shortened = load(text + "[wattline]\nsettle = 0.2\n", false, Map.of())
                .config()
                .settings();

        assertThat(debug.settle()).isEqualTo(Duration.ofMillis(500));
        assertThat(debug.debug()).isTrue();
        assertThat(shortened.settle()).isEqualTo(Duration.ofMillis(200));
        assertThat(shortened.debug()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.168.1.0/24 | 192.168.1.77 | true
            192.168.1.0/24 | 192.168.2.1  | false
            10.0.0.1       | 10.0.0.1     | true
            10.0.0.1       | 10.0.0.2     | false
            0.0.0.0/0      | 8.8.8.8      | true
            fd00::/8       | fd12::1      | true
            fd00::/8       | 10.0.0.1     | false
            10.0.0.0/9     | 10.127.0.1   | true
            10.0.0.0/9     | 10.128.0.1   | false
            """)
    void allowsTheHostsOfANetwork(String network, String host, boolean expected) {
        assertThat(AllowedNetwork.parse(network).contains(AllowedNetwork.literal(host)))
                .isEqualTo(expected);
    }

    @Test
    void readsSecretsFromFilesOfTheirOwn() throws IOException {
        Files.writeString(folder.resolve("token"), "  s3cret \nmore\n");
        Files.writeString(folder.resolve("password"), "changeit\n");
        Files.writeString(folder.resolve("id.p12"), "x");
        Files.writeString(folder.resolve("trusted.p12"), "x");

        AccessSettings access =
                load(SINGLE + """
                        deviceType: 49
                        [wattline]
                        tokenFile: token
                        tlsListen: 127.0.0.1 4951
                        tlsIdentity: id.p12
                        tlsTrusted: trusted.p12
                        tlsPasswordFile: password
                        plain: no
                        """, true, Map.of()).config().settings().access();

        assertThat(access.token()).contains("s3cret");
        assertThat(access.plain()).isFalse();
        assertThat(access.tls().orElseThrow().listen().getPort()).isEqualTo(4951);
        assertThat(access.tls().orElseThrow().material().password()).isEqualTo("changeit");
        assertThat(access.toString()).doesNotContain("s3cret", "changeit");
    }

    @Test
    void servesNoPageUnlessToldTo() throws IOException {
        String text = SINGLE + "deviceType: 49\n[wattline]\n";

        assertThat(load(text, true, Map.of()).config().settings().access().page())
                .isEmpty();
        PageSettings page = load(text + "web: 127.0.0.1 4952\nwebNames: Lab.example, lab\n", true, Map.of())
                .config()
                .settings()
                .access()
                .page()
                .orElseThrow();
        assertThat(page.listen().getPort()).isEqualTo(4952);
        assertThat(page.names()).containsExactly("lab.example", "lab");
        assertThat(page.token()).isEmpty();
        assertThat(page.tls()).isEmpty();
    }

    @Test
    void refusesAPageThatStrangersCouldOpenOrThatCannotBeServed() throws IOException {
        String text = SINGLE + "deviceType: 49\n[wattline]\n";
        Files.writeString(folder.resolve("token"), "s3cret\n");

        assertThatThrownBy(() -> load(text + "web: 0.0.0.0 4952\n", false, Map.of()))
                .hasMessageContaining("web: other machines could open the page: set webTokenFile");
        assertThat(load(text + "web: 0.0.0.0 4952\nwebTokenFile: token\n", true, Map.of())
                        .config()
                        .settings()
                        .access()
                        .toString())
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> load(text + "web: 127.0.0.1 4950\n", false, Map.of()))
                .hasMessageContaining("is the port of the director (listen) already");
        assertThatThrownBy(() -> load(text + "web: 127.0.0.1 4952\nwebTls: yes\n", false, Map.of()))
                .hasMessageContaining("webTls: needs tlsListen");
        assertThatThrownBy(() -> load(text + "web: 4952\n", false, Map.of()))
                .hasMessageContaining("expected '<ip> <port>'");
    }

    @Test
    void refusesADoorWithoutItsKeysAndAHouseWithoutADoor() {
        String text = SINGLE + "deviceType: 49\n[wattline]\n";

        assertThatThrownBy(() -> load(text + "plain: no\n", false, Map.of()))
                .hasMessageContaining("tlsListen is needed");
        assertThatThrownBy(() -> load(text + "tlsListen: 127.0.0.1 4951\n", false, Map.of()))
                .hasMessageContaining("tlsIdentity: is missing");
        assertThatThrownBy(() -> load(text + "plain: no\ntlsListen: 127.0.0.1 4951\n", false, Map.of()))
                .as("a door that was named, whose keys alone are wrong")
                .hasMessageContaining("tlsIdentity: is missing")
                .message()
                .doesNotContain("tlsListen is needed");
        assertThatThrownBy(() -> load(text + "tokenFile: nowhere\n", false, Map.of()))
                .hasMessageContaining("expected a file that can be read");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> DirectorConfig.load(folder.resolve("none.conf"), false, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.conf: there is no such file");
    }

    @Test
    void documentsEveryKeyWithItsDefault() throws IOException {
        String page = Files.readString(repository().resolve("docs/director-configuration.md"));

        for (ConfigKey key : ConfigKey.values()) {
            assertThat(page).contains("| `" + key.written() + "` | " + key.fallback() + " | " + key.meaning() + " |");
        }
        for (LiveCheck check : LiveCheck.values()) {
            assertThat(page).contains("| `" + check.word() + "` |");
        }
    }

    private static Path repository() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("power-model"))) {
            at = Objects.requireNonNull(at.getParent());
        }
        return at;
    }

    private DirectorConfig.Loaded load(String text, boolean strict, Map<String, String> environment)
            throws IOException {
        Path file = Files.writeString(folder.resolve("director.conf"), text);
        return DirectorConfig.load(file, strict, environment);
    }
}
