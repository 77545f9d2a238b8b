package dev.wattline.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.result.Interval;
import org.junit.jupiter.api.Test;
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
    @CsvSource({"739.7214,1.82,739.7", "1501.26,0.37,1501.26", "25431.7,250,25430", "25431.7,NaN,25430", "NaN,1,–"})
    void asManyDecimalsAsTheIntervalCanBear(double value, double halfWidth, String text) {
        assertThat(Numbers.within(value, halfWidth)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-0.001,2,0.00", "-1.005,1,−1.0", "2.25,1,2.3", "NaN,1,–"})
    void fixedDecimals(double value, int decimals, String text) {
        assertThat(Numbers.fixed(value, decimals)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "3234881.06,41000,3.235 MJ",
        "123456.7,NaN,123.5 kJ",
        "9999.9,0.5,9999.90 J",
        "7757.1,256.8,7760 J",
        "12.5,NaN,12.5 J",
        "NaN,NaN,–"
    })
    void joules(double value, double halfWidth, String text) {
        assertThat(Numbers.joules(value, Interval.around(value, halfWidth))).isEqualTo(text);
    }

    @Test
    void endsHaveTheDigitsOfTheirInterval() {
        assertThat(Numbers.joules(new Interval(7500.3, 8013.9))).isEqualTo("7500 … 8010 J");
        assertThat(Numbers.joules(new Interval(9950, 10050))).isEqualTo("9.950 … 10.050 kJ");
        assertThat(Numbers.ends(new Interval(-0.4, 0.4), "s")).isEqualTo("−0.40 … 0.40 s");
        assertThat(Numbers.ends(Interval.NONE, "s")).isEqualTo("–");
        assertThat(Numbers.ends(new Interval(99.87, Double.POSITIVE_INFINITY), "W/s"))
                .isEqualTo("at least 99.87 W/s");
        assertThat(Numbers.ends(new Interval(Double.NEGATIVE_INFINITY, -45), ""))
                .isEqualTo("at most −45.0");
    }

    @ParameterizedTest
    @CsvSource({"100,100", "16.6667,16.67", "20.5,20.5", "1000,1000", "NaN,–"})
    void nominal(double value, String text) {
        assertThat(Numbers.nominal(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-5.4123,2.75,−5.4 %", "-5.4123,25,−5 %", "0.0012,0.4,0.00 %", "1.234,0.4,+1.23 %"})
    void signedPercentInItsInterval(double value, double halfWidth, String text) {
        assertThat(Numbers.signedPercent(value, Interval.around(value, halfWidth)))
                .isEqualTo(text);
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
