package dev.wattline.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|10|0 2 4 6 8 10",
                "-8.1|0|−10 −8 −6 −4 −2 0",
                "0|0.003|0 0.0005 0.001 0.0015 0.002 0.0025 0.003",
                "0|1234|0 500 1000 1500",
                "7|7|7 7.2 7.4 7.6 7.8 8"
            })
    void aLinearAxisIsWidenedToRoundNumbers(double low, double high, String numbers) {
        assertThat(labels(Scale.linear(low, high, 0, 100))).containsExactly(numbers.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1|1000|1 10 100 1000", "2|30|2 5 10 20", "0.5|0.5|0.5 1 2 5"})
    void aLogarithmicAxisIsNumberedByDecades(double low, double high, String numbers) {
        assertThat(labels(Scale.log(low, high, 0, 100))).containsExactly(numbers.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"15, 10:00:00, 10:00:15", "3600, 10:00, 11:00", "86400, 12:00, 06:00", "864000, 03-02, 03-10"})
    void anAxisOfTimeIsNumberedAtRoundTimes(long seconds, String first, String last) {
        Instant from = Instant.parse("2026-03-01T10:00:00Z");
        List<String> labels =
                labels(Axis.time("time", from, from.plusSeconds(seconds)).scale(0, 100));

        assertThat(labels).hasSizeBetween(3, 11).startsWith(first).endsWith(last);
    }

    @Test
    void valuesLieWhereTheAxisPutsThemAndThoseBeyondItAtItsEnd() {
        Scale linear = Scale.linear(0, 10, 100, 200);
        assertThat(linear.at(2.5)).isCloseTo(125, within(1e-9));
        assertThat(linear.at(-1)).isEqualTo(100);
        assertThat(linear.at(11)).isEqualTo(200);
        assertThat(linear.holds(11)).isFalse();
        assertThat(Scale.log(1, 100, 0, 100).at(10)).isCloseTo(50, within(1e-9));
    }

    @Test
    void anAxisThatCannotBeDrawnIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.linear("power", 0, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Axis.linear("power", 2, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Axis.log("rate", 0, 1))
                .withMessageContaining("rate");
    }

    private static List<String> labels(Scale scale) {
        return scale.ticks().stream().map(Scale.Tick::label).toList();
    }
}
