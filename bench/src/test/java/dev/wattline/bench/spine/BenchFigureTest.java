package dev.wattline.bench.spine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchFigureTest {

    @Test
    void showsARatioAndAVerdictAgainstTheReference() {
        BenchFigure figure = BenchFigure.of("download: MB/s", 500)
                .against(OptionalDouble.of(100))
                .mustBe(new Target.TimesMore(2));

        assertThat(figure.cells()).containsExactly("download: MB/s", "500", "100", "5", "reference x 2", "yes");
    }

    @Test
    void leavesOpenWhatOnlyAReferenceCouldDecide() {
        BenchFigure figure = BenchFigure.of("CPU ms", 20).mustBe(new Target.TimesLess(10));

        assertThat(figure.cells()).containsExactly("CPU ms", "20", "", "", "reference / 10", "");
    }

    @Test
    void hasNoRatioToNothing() {
        assertThat(BenchFigure.of("CPU ticks", 3).against(OptionalDouble.of(0)).cells())
                .containsExactly("CPU ticks", "3", "0", "", "", "");
    }

    @ParameterizedTest
    @CsvSource({"10, 100, yes", "10.1, 100, NO"})
    void timesLessIsMetUpToTheReferenceOverTheFactor(double ours, double reference, String met) {
        BenchFigure figure = BenchFigure.of("CPU ms", ours)
                .against(OptionalDouble.of(reference))
                .mustBe(new Target.TimesLess(10));

        assertThat(figure.cells()).endsWith(met);
    }

    @ParameterizedTest
    @CsvSource({"1.999, 1, NO", "2, 1, yes"})
    void timesMoreIsMetFromTheFactorOn(double ours, double reference, String met) {
        BenchFigure figure = BenchFigure.of("MB/s", ours)
                .against(OptionalDouble.of(reference))
                .mustBe(new Target.TimesMore(2));

        assertThat(figure.cells()).endsWith(met);
    }

    @ParameterizedTest
    @CsvSource({"1, yes, NO", "0.999, yes, yes", "1.001, NO, NO"})
    void limitsDifferInWhetherTheyAreReached(double ours, String atMost, String below) {
        assertThat(BenchFigure.of("ms", ours).mustBe(new Target.AtMost(1)).cells())
                .endsWith("<= 1", atMost);
        assertThat(BenchFigure.of("ms", ours).mustBe(new Target.Below(1)).cells())
                .endsWith("< 1", below);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0421, 0.042", "1, 1", "1.234, 1.23", "12.34, 12.3", "123.4, 123", "1234567.8, 1234568"})
    void numbersHaveAboutThreeDigits(double value, String text) {
        assertThat(BenchFigure.number(value)).isEqualTo(text);
    }
}
