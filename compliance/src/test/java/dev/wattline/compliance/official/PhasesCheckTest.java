package dev.wattline.compliance.official;

import static dev.wattline.compliance.SyntheticSession.stamp;
import static dev.wattline.compliance.official.CheckCase.CLIENT;
import static dev.wattline.compliance.official.CheckCase.crash;
import static dev.wattline.compliance.official.CheckCase.fail;
import static dev.wattline.compliance.official.CheckCase.replace;
import static dev.wattline.compliance.official.CheckCase.warn;

import dev.wattline.compliance.SyntheticSession.SyntheticCheck;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Marks of the phases, the power window within them, durations and mean power. */
class PhasesCheckTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheOfficialCheckerSays(CheckCase one) {
        one.verify(temp.resolve("session"));
    }

    static Stream<CheckCase> cases() {
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
                warn(
                        "a much shorter test",
                        SyntheticCheck.TIME,
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
}
