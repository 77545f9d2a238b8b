package dev.wattline.analysis.error;

import dev.wattline.analysis.stats.CrossCorrelation;
import dev.wattline.analysis.stats.Stats;
import java.util.Locale;
import org.hipparchus.complex.Complex;

/**
 * Looks for an oscillation that nvidia-smi shows and the analyzer lacks. Both saw the same load second by second, so such
 * an oscillation is an alias of a faster one: then the mean of nvidia-smi may be wrong by any amount.
 *
 * @param proven whether there is one
 * @param periodS its apparent period in s; NaN without any
 * @param share its share of the variance of nvidia-smi
 * @param coherence squared coherence with the analyzer at its frequency, 0...1
 * @param untested why nothing could be tested; empty where it was
 */
public record AliasProof(boolean proven, double periodS, double share, double coherence, String untested) {
    private static final int SEGMENT = 64;
    private static final int MIN_SEGMENTS = 6;
    private static final double MAX_COHERENCE = 0.3;
    private static final double MIN_SHARE = 0.2;
    private static final double MIN_RELATIVE_SD = 0.005;

    /** Nothing could be tested, and why. */
    public static AliasProof none(String why) {
        return new AliasProof(false, Double.NaN, Double.NaN, Double.NaN, why);
    }

    /**
     * @param gpuW the GPUs' reported power by second over one phase
     * @param wallW the analyzer's over the same seconds
     */
    public static AliasProof of(double[] gpuW, double[] wallW) {
        int hop = SEGMENT / 2;
        int segments = (gpuW.length - SEGMENT) / hop + 1;
        if (gpuW.length < SEGMENT || segments < MIN_SEGMENTS) {
            return none("the window is too short to look for an alias");
        }
        int bins = SEGMENT / 2;
        double[] sgg = new double[bins];
        double[] sww = new double[bins];
        Complex[] sgw = new Complex[bins];
        java.util.Arrays.fill(sgw, Complex.ZERO);
        for (int s = 0; s < segments; s++) {
            Complex[] g = spectrum(gpuW, s * hop);
            Complex[] w = spectrum(wallW, s * hop);
            for (int k = 0; k < bins; k++) {
                sgg[k] += square(g[k]);
                sww[k] += square(w[k]);
                sgw[k] = sgw[k].add(g[k].conjugate().multiply(w[k]));
            }
        }
        double total = java.util.Arrays.stream(sgg, 1, bins).sum();
        AliasProof best = new AliasProof(false, Double.NaN, 0, Double.NaN, "");
        boolean varies = Stats.sd(gpuW) > MIN_RELATIVE_SD * Stats.mean(gpuW);
        for (int k = 2; k < bins - 1 && varies; k++) {
            // Hann's window spreads a line over three bins.
            double share = (sgg[k - 1] + sgg[k] + sgg[k + 1]) / total;
            double coherence = square(sgw[k]) / (sgg[k] * sww[k]);
            if (share > best.share && sgg[k] >= sgg[k - 1] && sgg[k] >= sgg[k + 1]) {
                // Noise fills three bins in thirty with a tenth of its variance; a line towers over its neighbours.
                boolean line = share > MIN_SHARE && sgg[k] > 4 * median(sgg);
                best = new AliasProof(line && coherence < MAX_COHERENCE, (double) SEGMENT / k, share, coherence, "");
            }
        }
        return best;
    }

    private static double square(Complex z) {
        return z.getReal() * z.getReal() + z.getImaginary() * z.getImaginary();
    }

    private static double median(double[] spectrum) {
        return Stats.median(java.util.Arrays.copyOfRange(spectrum, 1, spectrum.length));
    }

    private static Complex[] spectrum(double[] values, int from) {
        double[] segment = java.util.Arrays.copyOfRange(values, from, from + SEGMENT);
        double mean = Stats.mean(segment);
        for (int i = 0; i < SEGMENT; i++) {
            segment[i] = (segment[i] - mean) * 0.5 * (1 - Math.cos(2 * Math.PI * i / SEGMENT));
        }
        return CrossCorrelation.transform(segment);
    }

    /** What was found, in one sentence. */
    public String text() {
        if (!untested.isEmpty()) {
            return untested;
        }
        if (!proven) {
            return "the analyzer shows no sign of an alias";
        }
        return String.format(
                Locale.ROOT,
                "nvidia-smi swings with a period of %.1f s (%.0f %% of its variance) that the analyzer lacks (coherence"
                        + " %.2f): use the analyzer's energy",
                periodS,
                100 * share,
                coherence);
    }
}
