package dev.wattline.analysis.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SandwichTest {
    private static double[][] constant(int rows) {
        double[][] design = new double[rows][1];
        Arrays.stream(design).forEach(row -> row[0] = 1);
        return design;
    }

    @Test
    void aResidualCountsForWhatItIsShortOfAsItsValueDrewTheFit() {
        double error = Sandwich.firstError(constant(4), new double[] {1, -1, 1, -1});

        // Each value has a leverage of a quarter, and a weight of a quarter in the mean.
        assertThat(error).isCloseTo(Math.sqrt(4) / 4 / Math.sqrt(1 - 0.25), within(1e-12));
    }

    @Test
    void residualsThatLieOnOneSideForLongCountForMore() {
        double[] apart =
                IntStream.range(0, 100).mapToDouble(i -> i % 2 == 0 ? 1 : -1).toArray();
        double[] runs = IntStream.range(0, 100)
                .mapToDouble(i -> i / 10 % 2 == 0 ? 1 : -1)
                .toArray();

        assertThat(Sandwich.firstError(constant(100), runs))
                .isGreaterThan(1.5 * Sandwich.firstError(constant(100), apart));
    }

    @Test
    void aDesignThatCannotTellTheCoefficientHasNoError() {
        assertThat(Sandwich.firstError(new double[][] {{1, 1}, {2, 2}, {3, 3}, {4, 4}}, new double[] {1, -1, 1, -1}))
                .isNaN();
        assertThat(Sandwich.firstError(new double[][] {{0}, {0}, {0}}, new double[] {1, -1, 1}))
                .isNaN();
    }
}
