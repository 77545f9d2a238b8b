package dev.wattline.compliance.official;

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

/** The dialogue with PTDaemon. */
class PtdMessagesCheckTest {
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
}
