package dev.wattline.sut.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DgemmTest {

    @ParameterizedTest
    @ValueSource(ints = {64, 72, 256, 264, 520})
    void equalsTheSumOfItsProducts(int size) {
        DoubleMatrices matrices = new DoubleMatrices(size, 42);

        new Dgemm(size).multiply(matrices.a, matrices.b, matrices.c, 0, size);

        for (int row = 0; row < size; row += 7) {
            for (int column = 0; column < size; column += 5) {
                double expected = 0;
                for (int k = 0; k < size; k++) {
                    expected += matrices.a[row * size + k] * matrices.b[k * size + column];
                }
                assertThat(matrices.c[row * size + column])
                        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-13 * size));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128})
    void leavesOtherRowsAlone(int size) {
        DoubleMatrices matrices = new DoubleMatrices(size, 1);
        java.util.Arrays.fill(matrices.c, 5.0);

        new Dgemm(size).multiply(matrices.a, matrices.b, matrices.c, 8, 16);

        assertThat(matrices.c[8 * size - 1]).isEqualTo(5.0);
        assertThat(matrices.c[8 * size]).isNotEqualTo(5.0);
        assertThat(matrices.c[16 * size]).isEqualTo(5.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 64 * 64})
    void aWrongElementIsNotPlausible(long choice) {
        DoubleMatrices matrices = new DoubleMatrices(64, 3);
        new Dgemm(64).multiply(matrices.a, matrices.b, matrices.c, 0, 64);
        assertThat(matrices.isPlausible(choice)).isTrue();

        for (int i = 0; i < matrices.c.length; i++) {
            matrices.c[i] += 1e-6;
        }

        assertThat(matrices.isPlausible(choice)).isFalse();
    }
}
