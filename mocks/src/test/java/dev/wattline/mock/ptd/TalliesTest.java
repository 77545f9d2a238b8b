package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TalliesTest {

    static Stream<Arguments> watts() {
        return Stream.of(
                Arguments.of(
                        List.of(),
                        "-1.000000,-1.000000,-1.000000,0,0,0",
                        "Avg watts -1.000000, min watts -1.000000, max watts -1.000000, samples 0, errors 0, valid 0"),
                Arguments.of(
                        List.of(10.0, 20.0, 33.0),
                        "21.000000,10.000000,33.000000,3,0,3",
                        "Avg watts 21.000000, min watts 10.000000, max watts 33.000000, samples 3, errors 0, valid 3"),
                Arguments.of(
                        List.of(-1.0, 14.77, -37.48, 38.79, -2.0),
                        "26.780000,14.770000,38.790000,5,3,2",
                        "Avg watts 26.780000, min watts 14.770000, max watts 38.790000, samples 5, errors 3, valid 2"),
                Arguments.of(
                        List.of(-1.0, -1.0),
                        "-1.000000,-1.000000,-1.000000,2,2,0",
                        "Avg watts -1.000000, min watts -1.000000, max watts -1.000000, samples 2, errors 2, valid 0"));
    }

    @ParameterizedTest
    @MethodSource("watts")
    void countsValidWattsAndOthers(List<Double> readings, String fields, String closing) {
        WattsTally tally = new WattsTally();
        readings.forEach(watts -> tally.add(watts, watts >= 0));
        assertThat(tally.fields()).isEqualTo(fields);
        assertThat(tally.closingLine()).isEqualTo(closing);
    }

    static Stream<Arguments> uncertainties() {
        return Stream.of(
                Arguments.of(List.of(), "-1.0,10000000.000000,0.000000,0,0,0,0"),
                Arguments.of(List.of(Double.NaN, Double.NaN), "-1.0,10000000.000000,0.000000,2,0,0,2"),
                Arguments.of(List.of(0.002, 0.004), "0.003000,0.002000,0.004000,2,0,2,0"),
                Arguments.of(List.of(0.002, 0.016, Double.NaN), "0.009000,0.002000,0.016000,3,1,1,1"),
                Arguments.of(List.of(0.01), "0.010000,0.010000,0.010000,1,0,1,0"));
    }

    @ParameterizedTest
    @MethodSource("uncertainties")
    void countsValidInvalidAndUnknownUncertainties(List<Double> fractions, String fields) {
        UncertaintyTally tally = new UncertaintyTally();
        fractions.forEach(value -> tally.add(Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value)));
        assertThat(tally.fields()).isEqualTo(fields);
    }
}
