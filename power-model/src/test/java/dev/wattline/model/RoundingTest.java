package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundingTest {
    @ParameterizedTest
    @CsvSource({
        "739.7214, 1.82, 739.7",
        "1501.26, 0.37, 1501.26",
        "7757.1, 256.8, 7760",
        "7757.1, 99, 7757",
        "25431.7, 2500, 25400",
        "0.1032063, 0.00113, 0.1032",
        "12, 5000, 0",
        "-0.0001, 0.5, 0.00",
        "644.9, 1e-9, 644.900000",
        "4.214e-5, 1e-7, 0.00004214",
        "4.214e-9, 3e-10, 0.00000000421"
    })
    void theHalfWidthKeepsTwoDigits(double value, double halfWidth, String text) {
        assertThat(Rounding.within(value, halfWidth)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "25431.7, NaN, 25430",
        "0.123456, 0, 0.1235",
        "3, Infinity, 3.0",
        "1e-7, NaN, 0.00000010",
        "NaN, 1, unknown"
    })
    void fourDigitsWhereThereIsNoInterval(double value, double halfWidth, String text) {
        assertThat(Rounding.within(value, halfWidth)).isEqualTo(text);
    }
}
