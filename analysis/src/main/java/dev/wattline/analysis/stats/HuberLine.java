package dev.wattline.analysis.stats;

import java.util.Arrays;

/**
 * A robust line {@code y = intercept + slope * x}: Huber's M-estimate by reweighted least squares, k = 1.345, scale
 * 1.4826 MAD of the residuals.
 *
 * @param intercept at x = 0
 * @param slope y per x
 * @param scale robust standard deviation of the residuals
 */
public record HuberLine(double intercept, double slope, double scale) {
    /** Huber's tuning constant: 95 % efficient for normal residuals. */
    public static final double K = 1.345;

    private static final int MAX_ROUNDS = 30;
    private static final double CONVERGED = 1e-7;

    /** Fits the line; with x constant the slope is 0. */
    public static HuberLine fit(double[] x, double[] y) {
        double[] alike = new double[x.length];
        Arrays.fill(alike, 1);
        return fit(x, y, alike);
    }

    /**
     * The same of points that do not all tell as much.
     *
     * @param counts weight of each point's square, above 0
     */
    public static HuberLine fit(double[] x, double[] y, double[] counts) {
        double[] weights = counts.clone();
        HuberLine line = weighted(x, y, weights, 0);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            double[] residuals = line.residuals(x, y);
            for (int i = 0; i < x.length; i++) {
                residuals[i] *= Math.sqrt(counts[i]);
            }
            double scale = Stats.madSd(residuals);
            if (scale <= 0) {
                return new HuberLine(line.intercept, line.slope, 0);
            }
            for (int i = 0; i < x.length; i++) {
                double size = Math.abs(residuals[i]) / scale;
                weights[i] = size <= K ? counts[i] : counts[i] * K / size;
            }
            HuberLine next = weighted(x, y, weights, scale);
            boolean done = Math.abs(next.slope - line.slope) <= CONVERGED * Math.abs(next.slope);
            line = next;
            if (done) {
                break;
            }
        }
        return line;
    }

    private static HuberLine weighted(double[] x, double[] y, double[] w, double scale) {
        double sw = 0;
        double mx = 0;
        double my = 0;
        for (int i = 0; i < x.length; i++) {
            sw += w[i];
            mx += w[i] * x[i];
            my += w[i] * y[i];
        }
        mx /= sw;
        my /= sw;
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < x.length; i++) {
            sxx += w[i] * (x[i] - mx) * (x[i] - mx);
            sxy += w[i] * (x[i] - mx) * (y[i] - my);
        }
        double slope = sxx == 0 ? 0 : sxy / sxx;
        return new HuberLine(my - slope * mx, slope, scale);
    }

    /** Residuals of the line. */
    public double[] residuals(double[] x, double[] y) {
        double[] residuals = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            residuals[i] = y[i] - intercept - slope * x[i];
        }
        return residuals;
    }

    /** Unweighted mean square of the residuals. */
    public double meanSquare(double[] x, double[] y) {
        double sum = 0;
        for (double residual : residuals(x, y)) {
            sum += residual * residual;
        }
        return sum / x.length;
    }
}
