package dev.wattline.compliance.official;

import static dev.wattline.compliance.SyntheticSession.NAME;
import static dev.wattline.compliance.SyntheticSession.stamp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.FindingCatalog;
import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.SyntheticSession.SyntheticCheck;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.SessionReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check on a session that differs from a good one in one thing; texts as the official checker gave them. */
class OfficialChecksTest {
    private static final String SERVER = "power/server.json";
    private static final String CLIENT = "power/client.json";
    private static final String LOG = "power/ptd_logs.txt";

    @TempDir
    Path temp;

    private SyntheticSession session() {
        return SyntheticSession.create(temp.resolve("session"));
    }

    @Test
    void aGoodSessionPassesEverything() {
        SessionReport report = session().check();
        assertThat(report.checks())
                .allSatisfy(check ->
                        assertThat(check.verdict()).as(check.toString()).isEqualTo(Verdict.PASS));
        assertThat(report.checks()).hasSize(11);
        assertThat(report.audit()).isEmpty();
        assertThat(report.exitCode()).isZero();
    }

    record Case(
            String what,
            SyntheticCheck check,
            Verdict verdict,
            String id,
            String text,
            Consumer<SyntheticSession> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Case fail(String what, SyntheticCheck check, String id, String text, Consumer<SyntheticSession> change) {
        return new Case(what, check, Verdict.FAIL, id, text, change);
    }

    /** Where the official checker raises an exception: the words are ours, so only a part of them is compared. */
    static Case crash(String what, SyntheticCheck check, String id, Consumer<SyntheticSession> change) {
        return new Case(what, check, Verdict.FAIL, id, "", change);
    }

    static Consumer<SyntheticSession> replace(String file, String text, String by) {
        return session -> session.replace(file, text, by);
    }

    static Stream<Case> dialogue() {
        return Stream.of(
                fail(
                        "no identity",
                        SyntheticCheck.PTD,
                        "ptd-no-identify",
                        "There is no answer to the 'Identify' command for PTD.",
                        replace(SERVER, "\"Identify\"", "\"identify\"")),
                fail(
                        "an old PTDaemon",
                        SyntheticCheck.PTD,
                        "ptd-version",
                        "PTD version '1.10.0' is not supported. Supported versions are ['1.11.1']",
                        replace(SERVER, "version=1.11.1-", "version=1.10.0-")),
                fail(
                        "no version",
                        SyntheticCheck.PTD,
                        "ptd-version",
                        "PTD version '' is not supported. Supported versions are ['1.11.1']",
                        replace(SERVER, "version=1.11.1-69286632-20240907", "v")),
                fail(
                        "a foreign analyzer",
                        SyntheticCheck.PTD,
                        "analyzer-unsupported",
                        "Power meter 'Hioki' is not supported. Only YokogawaWT210, YokogawaWT500, YokogawaWT500_multichannel,"
                                + " YokogawaWT310, YokogawaWT310E, YokogawaWT330, YokogawaWT330E, YokogawaWT330_multichannel,"
                                + " YokogawaWT210_DC, YokogawaWT310_DC, YokogawaWT330_DC are supported.",
                        replace(SERVER, "YokogawaWT310E,1000", "Hioki,1000")),
                fail(
                        "a refused range",
                        SyntheticCheck.PTD,
                        "ptd-reply",
                        "Wrong reply for 'SR,V,230.000000' command. Expected 'Range V changed', but got 'Error: invalid range'",
                        replace(
                                SERVER,
                                "\"SR,V,230.000000\", \"reply\": \"Range V changed\"",
                                "\"SR,V,230.000000\", \"reply\": \"Error: invalid range\"")),
                fail(
                        "a reply that is null",
                        SyntheticCheck.PTD,
                        "ptd-reply",
                        "Wrong reply for 'SR,A,Auto' command. Expected 'Range A changed', but got None",
                        replace(
                                SERVER,
                                "\"SR,A,Auto\", \"reply\": \"Range A changed\"",
                                "\"SR,A,Auto\", \"reply\": null")),
                fail(
                        "a third Stop that still stops",
                        SyntheticCheck.PTD,
                        "ptd-reply",
                        "Wrong reply for 'Stop' command. Expected 'Error: no measurement to stop', but got 'Stopping untimed"
                                + " measurement'",
                        replace(
                                SERVER,
                                "{\"cmd\": \"Hello\"",
                                "{\"cmd\": \"Stop\", \"reply\": \"Stopping untimed measurement\"},\n{\"cmd\": \"Hello\"")),
                fail(
                        "no answer to RR",
                        SyntheticCheck.PTD,
                        "ranges-unknown",
                        "Can not get power meters initial values from 'Ranges,0'",
                        replace(SERVER, "Ranges,0,2.000000,1,300.000000", "Ranges,0")),
                fail(
                        "one SR,A too few",
                        SyntheticCheck.PTD,
                        "ptd-command-missing",
                        "Can not find the 4 command starting with 'SR,A'.",
                        replace(SERVER, "{\"cmd\": \"SR,A,Auto\", \"reply\": \"Range A changed\"},\n", "")),
                fail(
                        "a current range that is not restored",
                        SyntheticCheck.PTD,
                        "ranges-not-restored",
                        "Do not set Amps range as initial. Expected 'SR,A,2.000000', got 'SR,A,1.21' and 'SR,A,2.0'.",
                        replace(SERVER, "SR,A,2.000000", "SR,A,2.0")),
                fail(
                        "a voltage range that is not restored",
                        SyntheticCheck.PTD,
                        "ranges-not-restored",
                        "Do not set Volts range as initial. Expected 'SR,V,300.000000', got 'SR,V,Auto'.",
                        replace(SERVER, "2.000000,1,300", "2.000000,0,300")),
                crash("no dialogue", SyntheticCheck.PTD, "field-missing", replace(SERVER, "\"ptd_messages\"", "\"x\"")),
                crash(
                        "a command that is null",
                        SyntheticCheck.PTD,
                        "field-type",
                        replace(SERVER, "\"Watts\"", "null")));
    }

    static Stream<Case> summaries() {
        return Stream.of(
                fail(
                        "another client",
                        SyntheticCheck.UUID,
                        "uuid-differs",
                        "'client uuid' is not equal.",
                        replace(CLIENT, "{\"client\": \"1111", "{\"client\": \"2111")),
                fail(
                        "another director",
                        SyntheticCheck.UUID,
                        "uuid-differs",
                        "'server uuid' is not equal.",
                        replace(CLIENT, "\"server\": \"6666", "\"server\": \"7666")),
                crash(
                        "an id that is none",
                        SyntheticCheck.UUID,
                        "uuid-bad",
                        replace(CLIENT, "{\"client\": \"1111", "{\"client\": \"11")),
                fail(
                        "another name",
                        SyntheticCheck.NAME,
                        "session-name-differs",
                        "Session name is not equal. Client session name is \"it's\". Server session name is '" + NAME
                                + "'",
                        replace(CLIENT, "\"session_name\": \"" + NAME + "\"", "\"session_name\": \"it's\"")),
                fail(
                        "a message lost",
                        SyntheticCheck.MESSAGES,
                        "messages-count",
                        "Client commands list length (5) should be equal to server commands list length (6). ",
                        session -> session.edit(
                                CLIENT,
                                text -> text.replaceFirst(
                                        "(?s),\n\\{\"cmd\": \"session,[^}]*stop,ranging[^}]*\\}", ""))),
                fail(
                        "another command",
                        SyntheticCheck.MESSAGES,
                        "messages-command",
                        "Commands 1 are different. Server command is 'new,,11111111-2222-4333-8444-555555555555'. Client"
                                + " command is 'new,x'.",
                        replace(CLIENT, "new,,11111111-2222-4333-8444-555555555555", "new,x")),
                fail(
                        "another reply",
                        SyntheticCheck.MESSAGES,
                        "messages-reply",
                        "Replies on command 'session," + NAME
                                + ",start,ranging' are different. Server reply is 'OK'. Client" + " command is 'no'.",
                        replace(CLIENT, "\"reply\": \"OK\"", "\"reply\": \"no\"")),
                fail(
                        "no greeting",
                        SyntheticCheck.MESSAGES,
                        "protocol-version-missing",
                        "Server version is not defined in:'mlcommons/power client vX'",
                        session -> {
                            session.replace(CLIENT, "client v3", "client vX");
                            session.replace(SERVER, "client v3", "client vX");
                        }),
                fail(
                        "different protocols",
                        SyntheticCheck.MESSAGES,
                        "protocol-version-differs",
                        "Client.py version (2) is not equal server.py version (3).",
                        session -> {
                            session.replace(CLIENT, "client v3", "client v2");
                            session.replace(SERVER, "client v3", "client v2");
                        }),
                fail(
                        "debug mode",
                        SyntheticCheck.DEBUG,
                        "debug-on",
                        "Server was running in debug mode",
                        replace(SERVER, "{\n\"version\"", "{\n\"debug\": 0,\n\"version\"")),
                fail(
                        "an unknown device",
                        SyntheticCheck.CONFIG,
                        "device-unsupported",
                        "Device number 0 is not supported. Supported numbers are 35, 549, 8, 586, 77, 48, 49, 52, 508",
                        replace(SERVER, "\"device_type\": 49", "\"device_type\": 0")),
                fail(
                        "one channel",
                        SyntheticCheck.CONFIG,
                        "channels-wrong",
                        "Expected multichannel mode for YokogawaWT330_multichannel, but got 1-channel.",
                        session -> session.replace(SERVER, "\"device_type\": 49", "\"device_type\": 77")
                                .replace(SERVER, "\"8888\"", "\"-c\", \"1\"")),
                crash(
                        "the configuration of round v4.1",
                        SyntheticCheck.CONFIG,
                        "field-type",
                        session -> session.edit(
                                SERVER,
                                text -> text.replace("\"ptd_config\": [{", "\"ptd_config\": {")
                                        .replace("\"channel\": null}]", "\"channel\": null}"))),
                fail(
                        "other sources",
                        SyntheticCheck.SOURCES,
                        "sources-unknown",
                        "{'server.py': 'abc', 'n': 1.0} do not exist in 'sources_checksums.json'",
                        session -> session.edit(
                                SERVER,
                                text -> text.replaceFirst(
                                        "\"sources\": \\{[^}]*\\}",
                                        "\"sources\": {\"server.py\": \"abc\", \"n\": 1.0}"))));
    }

    static Stream<Case> phases() {
        String window = stamp(240);
        return Stream.of(
                fail(
                        "clocks 900 ms apart",
                        SyntheticCheck.TIME,
                        "clocks-apart",
                        "The time difference for 1 phase of ranging mode is more than 800ms.Observed difference is"
                                + " 900.0000953674316ms",
                        replace(CLIENT, "[[1753714800.010,", "[[1753714800.900,")),
                fail(
                        "a mark lost",
                        SyntheticCheck.TIME,
                        "phases-count",
                        "Phases amount is not equal for run_1 mode.",
                        session -> session.edit(CLIENT, text -> text.replaceFirst(", \\[[0-9.]+, 1326.000\\]", ""))),
                fail(
                        "a load that begins before its phase",
                        SyntheticCheck.TIME,
                        "loadgen-outside",
                        "Loadgen test begin time is not within testing mode time interval.",
                        replace("run_1/mlperf_log_detail.txt", window, stamp(220))),
                fail(
                        "no end of the load",
                        SyntheticCheck.TIME,
                        "loadgen-no-window",
                        "Can not get power_end time from '%s/run_1/mlperf_log_detail.txt'",
                        replace("run_1/mlperf_log_detail.txt", "power_end", "power_and")),
                new Case(
                        "a much shorter test",
                        SyntheticCheck.TIME,
                        Verdict.WARN,
                        "durations-differ",
                        "Duration of the testing mode (20.0) is lower than that of ranging mode (60.0) by 66.67 percent which is"
                                + " more than the expected 5 percent limit.",
                        replace("run_1/mlperf_log_detail.txt", stamp(300), stamp(260))),
                fail(
                        "less power",
                        SyntheticCheck.TIME,
                        "power-dropped",
                        "Average power during the testing mode run is lower than that during the ranging run by more than 5%."
                                + " Observed delta is -5.0% with avg. ranging power 250.0, avg.testing power 237.5, avg. ranging"
                                + " power factor 0.988 and avg. testing power factor 0.988",
                        session -> session.edit("run_1/spl.txt", text -> text.replace("Watts,250.0", "Watts,237.5"))),
                crash(
                        "no power log",
                        SyntheticCheck.TIME,
                        "file-missing",
                        session -> session.delete("ranging/spl.txt")),
                crash(
                        "a row without watts",
                        SyntheticCheck.TIME,
                        "row-short",
                        session -> session.edit(
                                "run_1/spl.txt",
                                text -> text.replaceFirst(stamp(270.3) + ",.*", stamp(270.3) + ",Watts"))),
                crash(
                        "a value that is no number",
                        SyntheticCheck.TIME,
                        "number-bad",
                        replace("run_1/spl.txt", stamp(270.3) + ",Watts,250.000000", stamp(270.3) + ",Watts,x")),
                crash(
                        "a byte that is no UTF-8",
                        SyntheticCheck.TIME,
                        "file-not-utf8",
                        session -> session.write(
                                "run_1/spl.txt",
                                session.read("run_1/spl.txt")
                                        .replace("Mark", "M\u00e4rk")
                                        .getBytes(StandardCharsets.ISO_8859_1))));
    }

    static Stream<Case> log() {
        UnaryOperator<String> late = line -> stamp(250) + ": " + line + "\n";
        return Stream.of(
                fail(
                        "an error while testing",
                        SyntheticCheck.LOG,
                        "ptd-log-error",
                        "'" + stamp(250) + ": ERROR: x' in ptd_log.txt",
                        append(late.apply("ERROR: x"))),
                new Case(
                        "the harmless error",
                        SyntheticCheck.LOG,
                        Verdict.WARN,
                        "ptd-log-accepted-error",
                        "'" + stamp(250)
                                + ": Warning: USB.' in ptd_log.txt during testing stage but it is accepted. Treated as"
                                + " WARNING",
                        append(late.apply("ERROR: USB."))),
                new Case(
                        "an unusual error while ranging",
                        SyntheticCheck.LOG,
                        Verdict.WARN,
                        "ptd-log-ranging-error",
                        "\"" + stamp(60) + ": Warning: it's\" in ptd_log.txt during ranging stage. Treated as WARNING",
                        append(stamp(60) + ": ERROR: it's\n")),
                fail(
                        "no ranging",
                        SyntheticCheck.LOG,
                        "ptd-log-no-ranging",
                        "Can not find ranging time in ptd_logs.txt.",
                        replace(LOG, "_ranging'", "_rangin'")),
                fail(
                        "no uncertainty",
                        SyntheticCheck.LOG,
                        "ptd-log-no-uncertainty",
                        "ptd_logs.txt: Line 'Uncertainty checking for Yokogawa... is activated' is not found.",
                        replace(LOG, "is activated", "is active")),
                fail(
                        "late uncertainty",
                        SyntheticCheck.LOG,
                        "ptd-log-late-uncertainty",
                        "ptd_logs.txt: Uncertainty checking Yokogawa... was activated after ranging mode was started.",
                        replace(LOG, stamp(1) + ": Unc", stamp(26) + ": Unc")),
                fail(
                        "uncertainty at no time",
                        SyntheticCheck.LOG,
                        "ptd-log-late-uncertainty",
                        "ptd_logs.txt: Can not get timestamp for 'Uncertainty checking for Yokogawa... is activated' message.",
                        replace(LOG, stamp(1) + ": Unc", "Unc")),
                crash("an error without a time", SyntheticCheck.LOG, "time-missing", append("ERROR: x\n")),
                crash("no log", SyntheticCheck.LOG, "file-missing", session -> session.delete(LOG)),
                crash(
                        "a bad byte behind everything",
                        SyntheticCheck.LOG,
                        "file-not-utf8",
                        session -> session.write(
                                LOG, (session.read(LOG) + "\u00e4").getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static Consumer<SyntheticSession> append(String line) {
        return session -> session.edit(LOG, text -> text + line);
    }

    @ParameterizedTest
    @MethodSource({"dialogue", "summaries", "phases", "log"})
    void saysWhatTheOfficialCheckerSays(Case one) {
        SyntheticSession session = session();
        one.change().accept(session);
        session.rehash();
        CheckResult result = session.check(one.check());
        assertThat(result.verdict()).as(result.message()).isEqualTo(one.verdict());
        assertThat(result.unexpected()).isEqualTo(one.text().isEmpty());
        if (!one.text().isEmpty()) {
            assertThat(result.message())
                    .isEqualTo(one.text().replace("%s", session.folder().toString()));
        }
        assertThat(result.findings()).hasSize(1);
        assertThat(result.findings().get(0).id()).isEqualTo(one.id());
        assertThat(result.findings().get(0).file()).isNotNull();
        assertThat(FindingCatalog.find(one.id())).isPresent();
    }

    @Test
    void aWarningInTheLoadFailsOnlyEightHundredSecondsInsideIt() {
        String text = "WARNING: Uncertainty 1.35%, which is above 1.00% limit for the last sample!";
        SyntheticSession session = session();
        session.edit(LOG, log -> log + stamp(1500) + ": " + text + "\n").rehash();
        assertThat(session.check(SyntheticCheck.LOG).verdict()).isEqualTo(Verdict.PASS);
        session.replace("run_1/mlperf_log_detail.txt", stamp(300), stamp(3000)).rehash();
        CheckResult result = session.check(SyntheticCheck.LOG);
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.message())
                .isEqualTo("'" + stamp(1500) + ": " + text
                        + "' during testing phase. Test start time: 1753715040.0, Log time:"
                        + " 1753716300.0, Test stop time: 1753717800.0 ");
        session.edit(LOG, log -> log.replace("last sample!", "last sample, logical channel 1!"))
                .rehash();
        assertThat(session.check(SyntheticCheck.LOG).verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void aChangedFileIsNamedWithBothHashes() {
        SyntheticSession session = session();
        session.edit("run_1/spl.txt", text -> text.replace("\n", "\r\n"));
        CheckResult result = session.check(SyntheticCheck.RESULTS);
        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        String folder = session.folder().toString();
        assertThat(result.message())
                .startsWith(folder + "/power/server.json + " + folder + "/power/client.json results checksum values and"
                        + " calculated " + folder + " content checksum comparison:\nExpected ")
                .endsWith(" for run_1/spl.txt\n");
    }

    @Test
    void aFileThatIsGoneIsMissing() {
        SyntheticSession session = session().delete("ranging/mlperf_log_summary.txt");
        assertThat(session.check(SyntheticCheck.RESULTS).message())
                .endsWith(":\n Missing 'ranging/mlperf_log_summary.txt'");
        session.rehash();
        assertThat(session.check(SyntheticCheck.RESULTS).message())
                .startsWith("There are absent files 'ranging/mlperf_log_summary.txt' in the results of ");
    }

    @Test
    void aLinkOutOfTheSessionIsRefused() throws IOException {
        SyntheticSession session = session();
        Path outside = Files.writeString(temp.resolve("outside"), session.read("run_1/spl.txt"));
        session.delete("run_1/spl.txt");
        Files.createSymbolicLink(session.folder().resolve("run_1/spl.txt"), outside);
        assertThat(session.check(SyntheticCheck.RESULTS).findings().get(0).id()).isEqualTo("file-refused");
        assertThat(session.check(SyntheticCheck.TIME).findings().get(0).id()).isEqualTo("file-refused");
    }

    @Test
    void findingsPointAtTheLineInTheFile() {
        SyntheticSession session = session().replace(SERVER, "SR,A,2.000000", "SR,A,2.0");
        session.replace(SERVER, "\"device_type\": 49", "\n\"device_type\": 7");
        CheckResult result = session.check(SyntheticCheck.CONFIG);
        long line = result.findings().get(0).line();
        List<String> lines = session.read(SERVER).lines().toList();
        assertThat(lines.get((int) line - 1)).contains("\"device_type\": 7");
    }
}
