package dev.wattline.analysis.stats;

import org.hipparchus.complex.Complex;
import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;

/** Cross-correlation of two equally spaced series by FFT, and power spectra. */
public final class CrossCorrelation {
    private static final FastFourierTransformer FFT = new FastFourierTransformer(DftNormalization.STANDARD);

    private CrossCorrelation() {}

    /**
     * {@code r[m + max] = sum of a[i] * b[i + m]} over the overlap divided by its length, for m = -max...max; both series
     * centred first.
     */
    public static double[] of(double[] a, double[] b, int max) {
        int size = Integer.highestOneBit(Math.max(a.length, b.length) + max) * 2;
        Complex[] fa = FFT.transform(padded(a, size), TransformType.FORWARD);
        Complex[] fb = FFT.transform(padded(b, size), TransformType.FORWARD);
        for (int i = 0; i < size; i++) {
            fa[i] = fa[i].conjugate().multiply(fb[i]);
        }
        Complex[] r = FFT.transform(fa, TransformType.INVERSE);
        double[] result = new double[2 * max + 1];
        for (int m = -max; m <= max; m++) {
            int overlap = Math.min(a.length, b.length - m) - Math.max(0, -m);
            result[m + max] = overlap < 1 ? 0 : r[m < 0 ? size + m : m].getReal() / overlap;
        }
        return result;
    }

    private static double[] padded(double[] values, int size) {
        double mean = Stats.mean(values);
        double[] padded = new double[size];
        for (int i = 0; i < values.length; i++) {
            padded[i] = values[i] - mean;
        }
        return padded;
    }

    /** The discrete Fourier transform of a series whose length is a power of two. */
    public static Complex[] transform(double[] values) {
        return FFT.transform(values, TransformType.FORWARD);
    }
}
