package dev.wattline.analysis.calibration;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * Least squares with a normal prior: {@code V = (X'X/s2 + L)^-1, b = V (X'y/s2 + L mu)}. Rows can be taken out again, so
 * that leaving one part out after the other costs no new pass over the rest.
 */
final class Ridge {
    private final RealVector mean;
    private final RealMatrix precision;
    private final RealMatrix squares;
    private final RealVector products;

    /**
     * @param mean what is expected of the coefficients
     * @param covariance how far they are expected from that
     */
    Ridge(double[] mean, double[][] covariance) {
        this.mean = new ArrayRealVector(mean);
        this.precision = inverse(new Array2DRowRealMatrix(covariance));
        this.squares = MatrixUtils.createRealMatrix(mean.length, mean.length);
        this.products = new ArrayRealVector(mean.length);
    }

    private Ridge(RealVector mean, RealMatrix precision, RealMatrix squares, RealVector products) {
        this.mean = mean;
        this.precision = precision;
        this.squares = squares;
        this.products = products;
    }

    /** Coefficients and their covariance. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Solution(double[] b, double[][] v) {
        double at(double[] x) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                sum += b[i] * x[i];
            }
            return sum;
        }

        double variance(double[] x) {
            return quadratic(v, x);
        }
    }

    /** {@code x'Vx}. */
    static double quadratic(double[][] v, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < x.length; k++) {
                sum += x[i] * v[i][k] * x[k];
            }
        }
        return sum;
    }

    void add(double[] x, double y) {
        accumulate(x, y, 1);
    }

    private void accumulate(double[] x, double y, int sign) {
        for (int i = 0; i < x.length; i++) {
            products.addToEntry(i, sign * x[i] * y);
            for (int k = 0; k < x.length; k++) {
                squares.addToEntry(i, k, sign * x[i] * x[k]);
            }
        }
    }

    /** The same without these rows. */
    Ridge without(Iterable<Row> rows) {
        Ridge rest = new Ridge(mean, precision, squares.copy(), products.copy());
        rows.forEach(row -> rest.accumulate(row.x, row.y, -1));
        return rest;
    }

    /** @param variance of the residuals, above 0 */
    Solution solve(double variance) {
        RealMatrix v = inverse(squares.scalarMultiply(1 / variance).add(precision));
        RealVector b = v.operate(products.mapMultiply(1 / variance).add(precision.operate(mean)));
        return new Solution(b.toArray(), v.getData());
    }

    /** One observation. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(double[] x, double y, int stair, double atS) {}

    /** Inverse of a symmetric positive definite matrix, scaled so that regressors of any size can stand side by side. */
    private static RealMatrix inverse(RealMatrix matrix) {
        int n = matrix.getRowDimension();
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = 1 / Math.sqrt(matrix.getEntry(i, i));
        }
        RealMatrix d = MatrixUtils.createRealDiagonalMatrix(scale);
        RealMatrix scaled = d.multiply(matrix).multiply(d);
        RealMatrix inverse =
                new CholeskyDecomposition(scaled, 1e-8, 1e-14).getSolver().getInverse();
        RealMatrix result = d.multiply(inverse).multiply(d);
        return result.add(result.transpose()).scalarMultiply(0.5);
    }

    /** Lag-1 autocorrelation of residuals, within 0 to 0.95. */
    static double lag1(double[] residuals) {
        double r = dev.wattline.analysis.stats.Stats.lag1(residuals);
        return Double.isNaN(r) ? 0 : Math.max(0, Math.min(0.95, r));
    }

    /** Variance of residuals, as many more as their autocorrelation makes of each. */
    static double variance(double[] residuals, double lag1) {
        double sum = 0;
        for (double e : residuals) {
            sum += e * e;
        }
        return Math.max(1e-6, sum / Math.max(1, residuals.length)) * (1 + lag1) / (1 - lag1);
    }
}
