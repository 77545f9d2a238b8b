package dev.wattline.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.sample.TimeShift;
import dev.wattline.model.PtdTime;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeZoneRuleTest {
    private static final Pattern TIME = Pattern.compile("07-28-2025 \\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d");
    private static final List<String> LOADGEN = List.of("ranging/mlperf_log_detail.txt", "run_1/mlperf_log_detail.txt");
    private static final List<String> POWER = List.of("ranging/spl.txt", "run_1/spl.txt", "power/ptd_logs.txt");

    @TempDir
    Path temp;

    private static void shift(SyntheticSession session, List<String> files, long seconds) {
        for (String file : files) {
            session.edit(
                    file,
                    text -> TIME.matcher(text)
                            .replaceAll(
                                    time -> PtdTime.format(instant(time.group()).plusSeconds(seconds))));
        }
        session.rehash();
    }

    private static Instant instant(String time) {
        String clock = time.substring(11);
        return Instant.parse("2025-07-28T" + clock + "Z");
    }

    private static List<Finding> found(SessionReport report) {
        return report.audit().stream()
                .filter(finding -> finding.id().equals("time-zone"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "-25200, exactly 7 h behind",
        "3600, exactly 1 h ahead of",
        "19800, exactly 5 h 30 min ahead of",
        "-20700, exactly 5 h 45 min behind"
    })
    void aShiftOfLoadgensTimesIsNamed(long seconds, String words) {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        shift(session, LOADGEN, seconds);
        SessionReport report = session.check();
        assertThat(found(report))
                .hasSize(2)
                .allSatisfy(finding ->
                        assertThat(finding.message()).contains("LoadGen's times", words + " the SUT's clock"));
        assertThat(found(report)).extracting(Finding::severity).contains(Severity.ERROR);
        assertThat(Objects.requireNonNull(report.metric()).clean()).isFalse();
    }

    @Test
    void aShiftOfPtdaemonsTimesIsNamed() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        shift(session, POWER, -7 * 3600);
        assertThat(found(session.check()))
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.message())
                        .contains("PTDaemon's times", "exactly 7 h behind the director's clock"));
    }

    @Test
    void whatIsShiftedAlikeLeavesTheMetricRight() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        shift(session, LOADGEN, -3600);
        shift(session, POWER, -3600);
        SessionReport report = session.check();
        assertThat(found(report)).hasSize(4).extracting(Finding::severity).containsOnly(Severity.WARNING);
        assertThat(Objects.requireNonNull(report.metric()).value()).isEqualTo(250);
    }

    @ParameterizedTest
    @CsvSource({
        "-25200, 25200, the times are local time: the summary records the zone UTC-7",
        "-25200, 28800, 'the times are local time with daylight saving: the summary records the zone UTC-8 without it'",
        "-3600, 0, an hour is what daylight saving makes"
    })
    void theRecordedZoneExplainsIt(long seconds, long zone, String cause) {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        shift(session, LOADGEN, seconds);
        session.edit("power/client.json", text -> text.replace("\"timezone\": 0", "\"timezone\": " + zone + "  "));
        assertThat(found(session.check()).get(0).values()).containsEntry("explained by", cause);
    }

    /** 4 h 59 min: a clock that is wrong by itself. */
    @Test
    void aShiftThatIsNearlyATimeZoneIsNotCalledExactlyOne() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        shift(session, POWER, 17_940);
        assertThat(found(session.check())).isEmpty();
    }

    @Test
    void whatIsNoTimeZoneIsNotCalledOne() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        shift(session, LOADGEN, 400);
        assertThat(found(session.check())).isEmpty();
    }

    /** Into a long phase a short window of another run would fit by chance, moved by quarters of an hour. */
    @Test
    void aShiftIsLikelyOnlyWhereThereIsLittleRoomForChance() {
        assertThat(TimeShift.into(0, 60, 2690, 2790, 0)).hasValue(2700);
        assertThat(TimeShift.into(0, 60, 2400, 2800, 0)).isEmpty();
        assertThat(TimeShift.into(0, 60, 7000, 7800, 0)).hasValue(7200);
        assertThat(TimeShift.into(0, 60, 7000, 9000, 0)).isEmpty();
        assertThat(TimeShift.into(0, 60, 7000, 9000, 7200)).hasValue(7200); // recorded
        assertThat(TimeShift.into(0, 60, -10, 90, 7200)).isEmpty(); // inside as it is
    }

    @Test
    void theOfficialCheckNamesTheShiftAsWell() {
        SyntheticSession session = SyntheticSession.create(temp.resolve("session"));
        shift(session, LOADGEN, -7 * 3600);
        assertThat(session.check(SyntheticSession.SyntheticCheck.TIME)
                        .findings()
                        .get(0)
                        .values())
                .containsEntry("time zone", "LoadGen's times are exactly 7 h behind the SUT's clock");
    }
}
