package dev.wattline.compliance.official;

import static dev.wattline.compliance.SyntheticSession.stamp;
import static dev.wattline.compliance.official.CheckCase.LOG;
import static dev.wattline.compliance.official.CheckCase.crash;
import static dev.wattline.compliance.official.CheckCase.fail;
import static dev.wattline.compliance.official.CheckCase.replace;
import static dev.wattline.compliance.official.CheckCase.warn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.SyntheticSession.SyntheticCheck;
import dev.wattline.compliance.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PTDaemon's log: uncertainty, errors and warnings. */
class PtdLogCheckTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheOfficialCheckerSays(CheckCase one) {
        one.verify(temp.resolve("session"));
    }

    private SyntheticSession session() {
        return SyntheticSession.create(temp.resolve("session"));
    }

    static Stream<CheckCase> cases() {
        UnaryOperator<String> late = line -> stamp(250) + ": " + line + "\n";
        return Stream.of(
                fail(
                        "a warning deep in a long load",
                        SyntheticCheck.LOG,
                        "ptd-log-uncertainty",
                        "'" + stamp(1500) + ": " + TOO_UNCERTAIN
                                + "' during testing phase. Test start time: 1753715040.0, Log time: 1753716300.0,"
                                + " Test stop time: 1753717800.0 ",
                        longLoad(TOO_UNCERTAIN)),
                warn(
                        "the same in the words for a channel",
                        SyntheticCheck.LOG,
                        "ptd-log-warning",
                        "'" + stamp(1500) + ": " + TOO_UNCERTAIN.replace("sample!", "sample, logical channel 1!")
                                + "' in ptd_log.txt during load stage",
                        longLoad(TOO_UNCERTAIN.replace("sample!", "sample, logical channel 1!"))),
                warn(
                        "too few digits for that expression, whose point is any character",
                        SyntheticCheck.LOG,
                        "ptd-log-warning",
                        "'" + stamp(1500) + ": " + TOO_UNCERTAIN.replace("1.35%", "13%")
                                + "' in ptd_log.txt during load stage",
                        longLoad(TOO_UNCERTAIN.replace("1.35%", "13%"))),
                fail(
                        "just enough digits",
                        SyntheticCheck.LOG,
                        "ptd-log-uncertainty",
                        "'" + stamp(1500) + ": " + TOO_UNCERTAIN.replace("1.35%", "135%")
                                + "' during testing phase. Test start time: 1753715040.0, Log time: 1753716300.0,"
                                + " Test stop time: 1753717800.0 ",
                        longLoad(TOO_UNCERTAIN.replace("1.35%", "135%"))),
                fail(
                        "an error while testing",
                        SyntheticCheck.LOG,
                        "ptd-log-error",
                        "'" + stamp(250) + ": ERROR: x' in ptd_log.txt",
                        appended(late.apply("ERROR: x"))),
                warn(
                        "the harmless error",
                        SyntheticCheck.LOG,
                        "ptd-log-accepted-error",
                        "'" + stamp(250)
                                + ": Warning: USB.' in ptd_log.txt during testing stage but it is accepted. Treated as"
                                + " WARNING",
                        appended(late.apply("ERROR: USB."))),
                warn(
                        "an unusual error while ranging",
                        SyntheticCheck.LOG,
                        "ptd-log-ranging-error",
                        "\"" + stamp(60) + ": Warning: it's\" in ptd_log.txt during ranging stage. Treated as WARNING",
                        appended(stamp(60) + ": ERROR: it's\n")),
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
                crash("an error without a time", SyntheticCheck.LOG, "time-missing", appended("ERROR: x\n")),
                crash("no log", SyntheticCheck.LOG, "file-missing", session -> session.delete(LOG)),
                crash(
                        "a bad byte behind everything",
                        SyntheticCheck.LOG,
                        "file-not-utf8",
                        session -> session.write(
                                LOG, (session.read(LOG) + "\u00e4").getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static Consumer<SyntheticSession> appended(String line) {
        return session -> session.edit(LOG, text -> text + line);
    }

    private static final String TOO_UNCERTAIN =
            "WARNING: Uncertainty 1.35%, which is above 1.00% limit for the last sample!";

    private static Consumer<SyntheticSession> longLoad(String line) {
        return session -> session.edit(LOG, log -> log + stamp(1500) + ": " + line + "\n")
                .replace("run_1/mlperf_log_detail.txt", stamp(300), stamp(3000));
    }

    @Test
    void aWarningWithinEightHundredSecondsOfAnEndOfTheLoadIsNotSeen() {
        SyntheticSession session = session();
        session.edit(LOG, log -> log + stamp(1500) + ": " + TOO_UNCERTAIN + "\n")
                .rehash();
        assertThat(session.check(SyntheticCheck.LOG).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    @Timeout(60)
    void aLineOfNothingButDigitsTakesNoLongerThanItIs() {
        SyntheticSession session = session();
        String digits = "1".repeat(1_000_000);
        session.edit(LOG, log -> log + stamp(1500) + ": WARNING: Uncertainty " + digits + "\n")
                .replace("run_1/mlperf_log_detail.txt", stamp(300), stamp(3000))
                .edit("run_1/mlperf_log_detail.txt", log -> digits + "-" + digits + " power_begin\n" + log)
                .rehash();
        assertThat(session.check(SyntheticCheck.TIME).findings().get(0).id()).isEqualTo("time-missing");
    }
}
