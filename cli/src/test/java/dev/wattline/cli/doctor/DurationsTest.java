package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "13h, PT13H, 13 h",
        "2h30m, PT2H30M, 2 h 30 min",
        "90m, PT1H30M, 1 h 30 min",
        "45s, PT45S, 45 s",
        "1h1m1s, PT1H1M1S, 1 h 1 min 1 s"
    })
    void lengthIsReadAndWritten(String text, Duration length, String written) {
        assertThat(Durations.parse(text)).isEqualTo(length);
        assertThat(Durations.text(length)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0h", "13", "1d", "h", "-1h", "1m1h", "99999999999h", "1.5h"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }
}
