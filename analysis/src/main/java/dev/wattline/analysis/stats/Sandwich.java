package dev.wattline.analysis.stats;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Standard error of a least squares fit whose residuals neither scatter alike nor are independent: the long-run variance of
 * the scores between the inverses of the design. A residual counts for what it is short of, as its own value drew the fit.
 */
public final class Sandwich {
    private static final double MOST_LEVERAGE = 0.9;

    private Sandwich() {}

    /**
     * Standard error of the first coefficient; NaN where the design does not tell it.
     *
     * @param design derivatives by coefficient, a row a value
     * @param residuals what the fit leaves of each value
     */
    public static double firstError(double[][] design, double[] residuals) {
        int n = residuals.length;
        int columns = design[0].length;
        RealMatrix x = MatrixUtils.createRealMatrix(design);
        double[] scale = new double[columns];
        for (int k = 0; k < columns; k++) {
            scale[k] = x.getColumnVector(k).getNorm();
            if (!(scale[k] > 0)) {
                return Double.NaN;
            }
            x.setColumnVector(k, x.getColumnVector(k).mapDivide(scale[k]));
        }
        SingularValueDecomposition parts = new SingularValueDecomposition(x.transposeMultiply(x));
        if (n <= columns || parts.getRank() < columns) {
            return Double.NaN;
        }
        RealMatrix inverse = parts.getSolver().getInverse();
        RealMatrix weights = x.multiply(inverse);
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
            double leverage = weights.getRowVector(i).dotProduct(x.getRowVector(i));
            scores[i] = weights.getEntry(i, 0) * residuals[i] / Math.sqrt(1 - Math.min(MOST_LEVERAGE, leverage));
        }
        int lags = (int) Math.ceil(Math.sqrt(n));
        double alone = 0;
        for (double score : scores) {
            alone += score * score;
        }
        return Math.sqrt(Math.max(alone, n * Stats.bartlett(scores, scores, lags))) / scale[0];
    }
}
