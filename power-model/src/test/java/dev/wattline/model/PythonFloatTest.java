package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonFloatTest {

    @ParameterizedTest
    @CsvSource({
        "0.0,0.0",
        "-0.0,-0.0",
        "1,1.0",
        "-2.5,-2.5",
        "100,100.0",
        "0.1,0.1",
        "0.0001,0.0001",
        "0.00001,1e-05",
        "0.0000123,1.23e-05",
        "1e15,1000000000000000.0",
        "1e16,1e+16",
        "1.5e100,1.5e+100",
        "2e-3,0.002",
        "2.2E-322,2.2e-322",
        "1795322914.526807,1795322914.526807",
        "1753712706.325826,1753712706.325826",
        "900.0000953674316,900.0000953674316",
        "0.33085800000000004,0.33085800000000004",
        "2.0e-44,2e-44",
        "9007199254740993,9007199254740992.0",
        "NaN,nan",
        "Infinity,inf",
        "-Infinity,-inf",
    })
    void printsAsPythonDoes(double value, String expected) {
        assertThat(PythonFloat.repr(value)).isEqualTo(expected);
    }

    @Test
    void readsBackAsTheSameNumber() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(PythonFloat.repr(value)))
                        .as("seed %d", seed)
                        .isEqualTo(value);
            }
        }
    }
}
