package dev.wattline.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "4956.889,5,4956.9",
        "0.0123456,3,0.0123",
        "123456.7,5,123460",
        "-4.5,2,−4.5",
        "0,5,0",
        "99999.96,5,100000",
        "1e-7,2,0.00000010",
        "NaN,3,–",
        "Infinity,3,∞",
        "-Infinity,3,−∞"
    })
    void digits(double value, int digits, String text) {
        assertThat(Numbers.digits(value, digits)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-0.001,2,0.00", "-1.005,1,−1.0", "2.25,1,2.3", "NaN,1,–"})
    void fixedDecimals(double value, int decimals, String text) {
        assertThat(Numbers.fixed(value, decimals)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"3234881.06,3.2349 MJ", "123456.7,123.46 kJ", "9999.9,9999.9 J", "12.5,12.500 J", "NaN,–"})
    void joules(double value, String text) {
        assertThat(Numbers.joules(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"41.23,41.2 s", "725.4,12 min 05 s", "3720,1 h 02 min", "NaN,–"})
    void durations(double seconds, String text) {
        assertThat(Numbers.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-4.82,−4.8 %", "0.234,+0.23 %", "0,0.00 %", "12.34,+12.3 %"})
    void signedPercent(double value, String text) {
        assertThat(Numbers.signedPercent(value)).isEqualTo(text);
    }
}
