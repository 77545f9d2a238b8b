package dev.wattline.analysis.calibration;

/** Whether a matrix can be a covariance. */
public final class Covariance {
    private static final double ROUNDING = 1e-9;

    private Covariance() {}

    /** Whether it is square, symmetric and positive definite. */
    public static boolean isValid(double[][] v) {
        int n = v.length;
        double[][] l = new double[n][n]; // its Cholesky factor after scaling the diagonal to 1
        for (int i = 0; i < n; i++) {
            if (v[i].length != n || !(v[i][i] > 0)) {
                return false;
            }
        }
        for (int i = 0; i < n; i++) {
            for (int k = 0; k <= i; k++) {
                double scale = Math.sqrt(v[i][i] * v[k][k]);
                double sum = v[i][k] / scale;
                if (!(Math.abs(v[i][k] - v[k][i]) <= ROUNDING * scale)) {
                    return false;
                }
                for (int j = 0; j < k; j++) {
                    sum -= l[i][j] * l[k][j];
                }
                if (i == k && !(sum > 0)) {
                    return false;
                }
                l[i][k] = i == k ? Math.sqrt(sum) : sum / l[k][k];
            }
        }
        return true;
    }
}
