package dev.wattline.bench.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantilesTest {

    @ParameterizedTest
    @CsvSource({"0.005, 1", "0.0051, 2", "0.5, 100", "0.99, 198", "0.995, 199", "1, 200"})
    void takesTheSmallestValueThatSoLargeAShareDoesNotExceed(double share, double expected) {
        Quantiles oneTo200 = new Quantiles(
                IntStream.rangeClosed(1, 200).map(i -> 201 - i).asDoubleStream().toArray());

        assertThat(oneTo200.at(share)).isEqualTo(expected);
    }

    @Test
    void ofOneValueAllAreThatValue() {
        Quantiles one = new Quantiles(7);

        assertThat(one.median()).isEqualTo(7);
        assertThat(one.p99()).isEqualTo(7);
        assertThat(one.max()).isEqualTo(7);
    }

    @Test
    void leavesTheGivenValuesAsTheyAre() {
        double[] values = {3, 1, 2};

        assertThat(new Quantiles(values).max()).isEqualTo(3);
        assertThat(values).containsExactly(3, 1, 2);
    }

    @Test
    void refusesNothingAndSharesThatAreNone() {
        assertThatThrownBy(Quantiles::new).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quantiles(1).at(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quantiles(1).at(1.01)).isInstanceOf(IllegalArgumentException.class);
    }
}
