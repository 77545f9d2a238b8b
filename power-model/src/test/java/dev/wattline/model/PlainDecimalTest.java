package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDecimalTest {

    @Test
    void isTheSameToTheLastBitAsTheGeneralWay() {
        long seed = 20261122;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(9));
            String text = String.format(Locale.ROOT, "%." + random.nextInt(7) + "f", value);
            assertThat(Double.doubleToRawLongBits(PlainDecimal.parse(text, 0, text.length())))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "-0.0", "5.", ".5", "123456789012345", "0.12345678901234", "000001.5"})
    void readsEveryPlainForm(String text) {
        assertThat(PlainDecimal.parse("x" + text + ",", 1, 1 + text.length())).isEqualTo(Double.valueOf(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "-.", "1.2.3", "1e3", "+1", " 1", "nan", "1_0", "1234567890123456", "--1"})
    void leavesEverythingElseToTheGeneralWay(String text) {
        assertThat(PlainDecimal.parse(text, 0, text.length())).isNaN();
    }
}
