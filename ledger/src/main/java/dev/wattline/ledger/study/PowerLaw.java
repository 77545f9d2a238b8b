package dev.wattline.ledger.study;

import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.regression.SimpleRegression;
import org.jspecify.annotations.Nullable;

/**
 * The exponent b of y = a x^b: ordinary least squares of ln y on ln x.
 *
 * @param exponent b
 * @param low lower end of its 95 % interval, from Student's t with n - 2 degrees of freedom; null of two points
 * @param high upper end
 * @param r2 share of the variance of ln y that the line explains; null where y does not vary
 * @param points n
 */
public record PowerLaw(
        double exponent,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Double r2,
        long points) {
    private static final double CONFIDENT = 0.975;

    /**
     * A pair of numbers above 0.
     */
    public record Point(double x, double y) {}

    /** Fits points; empty if they have fewer than two different x. */
    public static Optional<PowerLaw> fit(List<Point> points) {
        if (points.stream().mapToDouble(Point::x).distinct().count() < 2) {
            return Optional.empty();
        }
        SimpleRegression regression = new SimpleRegression();
        for (Point point : points) {
            regression.addData(Math.log(point.x), Math.log(point.y));
        }
        double slope = regression.getSlope();
        long n = regression.getN();
        double r2 = regression.getRSquare();
        Double half = n < 3
                ? null
                : new TDistribution(n - 2.0).inverseCumulativeProbability(CONFIDENT) * regression.getSlopeStdErr();
        return Optional.of(new PowerLaw(
                slope,
                half == null || half.isNaN() ? null : slope - half,
                half == null || half.isNaN() ? null : slope + half,
                Double.isNaN(r2) ? null : r2,
                n));
    }
}
