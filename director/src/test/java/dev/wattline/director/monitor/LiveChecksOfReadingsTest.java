package dev.wattline.director.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.compliance.sample.SetRanges;
import dev.wattline.director.config.LiveCheck;
import dev.wattline.model.Phase;
import dev.wattline.model.SplRow;
import dev.wattline.model.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which readings of a running testing phase are reported, and as what. The ranges are 300 V and 2 A. */
class LiveChecksOfReadingsTest {
    private final List<Finding> faults = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "199.96, 230.07, 0.89, ''",
        "0.000001, 230.07, 0.89, ''",
        "0.000000, 230.07, 0.00, READING",
        "-1.000000, -1.000000, -1.000000, READING", // not a number, as PTDaemon encodes it
        "-2.000000, -2.000000, -2.000000, READING", // missed
        "-0.500000, 230.07, 0.89, READING",
        "NaN, 230.07, 0.89, READING",
        "-453.000000, 230.07, -5.10, RANGE", // 450 W outside the valid window, as PTDaemon encodes it
        "459.9, 230.07, 1.999999, ''",
        "460.1, 230.07, 2.000000, RANGE", // at the range
        "480.1, 230.07, 2.100000, RANGE", // above it
        "199.96, 300.00, 0.89, RANGE",
    })
    void readingIsReportedAs(String watts, String volts, String amps, String check) {
        SetRanges ranges = new SetRanges();
        ranges.message("Volt range set to 300.0000V");
        ranges.message("Amp range set to 2.000000A");
        LiveChecks checks = new LiveChecks(1, Phase.TESTING, ranges, 0, faults::add);

        checks.sample(
                SplRow.parse("Time,11-22-2026 04:48:46.343,Watts," + watts + ",Volts," + volts + ",Amps," + amps
                        + ",PF,0.970000,Mark,2026-11-22_04-48-34_testing"),
                1_000_000_000L);

        if (check.isEmpty()) {
            assertThat(faults).isEmpty();
        } else {
            assertThat(faults).extracting(Finding::id).hasSize(1);
            assertThat(LiveCheck.finding(faults.get(0).id())).contains(LiveCheck.valueOf(check));
            assertThat(faults.get(0).time()).contains(Instant.parse("2026-11-22T04:48:46.343Z"));
        }
    }

    @Test
    void readingsSayNothingWhileRangesAreSought() {
        LiveChecks checks = new LiveChecks(1, Phase.RANGING, new SetRanges(), 0, faults::add);

        checks.sample(
                SplRow.parse("Time,11-22-2026 04:48:46.343,Watts,-1.0,Volts,-1.0,Amps,-1.0,PF,-1.0,Mark,x_ranging"),
                1_000_000_000L);

        assertThat(faults).isEmpty();
    }
}
