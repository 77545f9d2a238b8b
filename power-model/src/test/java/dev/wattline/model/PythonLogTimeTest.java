package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonLogTimeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-22T04:48:34.123456Z | UTC | 2026-11-22 04:48:34,123",
                "2026-01-02T03:04:05.006999Z | UTC | 2026-01-02 03:04:05,006",
                "2026-07-01T23:30:00Z | Europe/Berlin | 2026-07-02 01:30:00,000",
                "2026-12-31T23:30:00Z | Asia/Kolkata | 2027-01-01 05:00:00,000"
            })
    void isLocalTimeCutToTheMillisecond(Instant at, String zone, String expected) {
        assertThat(PythonLogTime.format(at, ZoneId.of(zone))).isEqualTo(expected);
    }
}
