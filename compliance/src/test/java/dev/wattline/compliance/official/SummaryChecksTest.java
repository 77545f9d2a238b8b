package dev.wattline.compliance.official;

import static dev.wattline.compliance.SyntheticSession.NAME;
import static dev.wattline.compliance.official.CheckCase.CLIENT;
import static dev.wattline.compliance.official.CheckCase.SERVER;
import static dev.wattline.compliance.official.CheckCase.crash;
import static dev.wattline.compliance.official.CheckCase.fail;
import static dev.wattline.compliance.official.CheckCase.replace;

import dev.wattline.compliance.SyntheticSession.SyntheticCheck;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks that compare the two summaries, or look at one of them. */
class SummaryChecksTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheOfficialCheckerSays(CheckCase one) {
        one.verify(temp.resolve("session"));
    }

    static Stream<CheckCase> cases() {
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
}
