package dev.wattline.analysis.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NodeReadingsTest {
    @Test
    void heldReadingsCountOnceAndASteadyStretchKeepsItsValueToItsEnd() {
        double[] at = new double[60];
        Arrays.setAll(at, i -> 2 * i);
        double[] watts = new double[60];
        // Renewed each 6 s, but steady from the 20th reading to the 40th.
        Arrays.setAll(watts, i -> i < 20 ? 300 + 10 * (i / 3) : i < 40 ? 500 : 600 + 10 * (i / 3));

        NodeReadings renewed = new NodeReadings("redfish", "x", at, watts).renewed();

        assertThat(renewed.watts()).hasSizeLessThan(25);
        for (int i = 1; i < renewed.atS().length; i++) {
            assertThat(renewed.atS()[i]).isGreaterThan(renewed.atS()[i - 1]);
            if (renewed.watts()[i - 1] == 500 && renewed.watts()[i] > 500) {
                assertThat(renewed.atS()[i] - renewed.atS()[i - 1]).isCloseTo(6, within(1.0));
            }
        }
    }

    @Test
    void meanOfAStepIsWithinItsIntervalForEachWindowAndDelay() {
        for (double window : new double[] {1, 10, 30}) {
            for (double delay : new double[] {0, 3, 8}) {
                NodeModel model = new NodeModel(
                        "redfish",
                        "x",
                        new double[] {5, 0.97, 0},
                        new double[][] {{1, 0, 0}, {0, 1e-5, 0}, {0, 0, 1e-8}},
                        window,
                        delay,
                        800,
                        200,
                        1,
                        1,
                        new HoldOut(0, 0, 0, ""));
                double[] at = new double[150];
                Arrays.setAll(at, i -> 2 * i + 0.5);
                double[] watts = Arrays.stream(at)
                        .map(t -> 5 + 0.97 * stepMean(t - delay - window, t - delay))
                        .toArray();

                NodeWindow found = NodeWindow.of(model, new NodeReadings("redfish", "x", at, watts), 0, 300);

                double truth = stepMean(0, 300);
                assertThat(Math.abs(found.watts() - truth))
                        .as("window %s, delay %s: %s", window, delay, found)
                        .isLessThan(1.96 * Math.sqrt(found.variance()) + 0.5)
                        .isLessThan(0.03 * truth);
            }
        }
    }

    /** 250 W before the window, 400 W, and 650 W from 200 s on. */
    private static double stepMean(double from, double to) {
        return (energy(to) - energy(from)) / (to - from);
    }

    private static double energy(double t) {
        return 250 * Math.min(t, 0) + 400 * Math.max(0, Math.min(t, 200)) + 650 * Math.max(0, t - 200);
    }

    @Test
    void covarianceIsSymmetricAndPositiveDefinite() {
        assertThat(Covariance.isValid(new double[][] {{4, 1}, {1, 3}})).isTrue();
        assertThat(Covariance.isValid(new double[][] {{4, 1}, {1.1, 3}})).isFalse();
        assertThat(Covariance.isValid(new double[][] {{1, 2}, {2, 1}})).isFalse();
        assertThat(Covariance.isValid(new double[][] {{1, 0}, {0, 0}})).isFalse();
        assertThat(Covariance.isValid(new double[][] {{1, 0}, {0, Double.NaN}})).isFalse();
    }
}
