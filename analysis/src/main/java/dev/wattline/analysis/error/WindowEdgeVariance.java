package dev.wattline.analysis.error;

import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;

/**
 * What a periodic load may hide in the ends and joints of readings whose windows leave no gap ({@code W >= D}). Such
 * readings nearly smooth it out: their variance then says little about the power in the part of a window that an end cuts
 * off. What does is their spectrum. Let {@code C(t)} be the integral of power minus its mean, which for an amplitude a at a
 * frequency f swings by {@code a / (2 pi f)}. The readings show amplitude {@code b = a |sin(pi f W)| / (pi f W)}, so
 *
 * <pre>  C = b W / (2 |sin(pi f W)|),  at most  c = A / (2 pi f),  A = 4/pi of the mean:</pre>
 *
 * no load that reads this mean swings more than a square wave down to 0 W does. The readings show f folded into 0...1/(2D),
 * so the worst of {@code k/D +- f} that is too fast for them to follow ({@code f >= 1/(2W)}) counts. A cut end hides a
 * difference of C between two moments, of which the end itself often lies where the load begins, at an extreme of C: its RMS
 * is {@code C sqrt(3/2)}. Two windows that follow each other meet up to T early or late,
 * as a poll reads an update of unknown age, by which the joint between them hides {@code C sqrt(1 - sinc(f T)^2)}.
 *
 * <p>Only readings of which a sinusoid explains more than chance would (Fisher's test) hide anything in this sense: those of
 * steady and of noisy loads do not. A load whose beat with the readings has no full period in the interval cannot be seen.
 *
 * @param endWs RMS of what one cut end hides, in W s
 * @param jointWs RMS of what one joint between two windows hides, in W s
 */
record WindowEdgeVariance(double endWs, double jointWs) {
    /** Nothing hidden. */
    static final WindowEdgeVariance NONE = new WindowEdgeVariance(0, 0);

    private static final int MIN_VALUES = 10;
    private static final int LONGEST = 512; // readings whose spectrum is taken: an end is like what lies beside it
    private static final double SLOWEST = 0.05; // cycles a reading: below, a line is the load's own slow course
    private static final double LEAST_SHARE = 0.15; // of the variance, for a line
    private static final double CHANCE = 0.05; // of as strong a line in white noise
    private static final double IMPOSSIBLE = 1.3; // times what a load can swing: the line is of another frequency
    private static final double SQUARE = 4 / Math.PI; // amplitude of the fundamental over the half swing

    /**
     * @param values the readings of an interval, in W
     * @param stepS D in s
     * @param windowS W in s
     * @param ageS how old a reading may be when it is read, in s: T, or 0 where every update is read
     */
    static WindowEdgeVariance of(double[] values, double stepS, double windowS, double ageS) {
        if (values.length <= LONGEST) {
            return ofStretch(values, stepS, windowS, ageS);
        }
        WindowEdgeVariance begin = ofStretch(Arrays.copyOf(values, LONGEST), stepS, windowS, ageS);
        WindowEdgeVariance end =
                ofStretch(Arrays.copyOfRange(values, values.length - LONGEST, values.length), stepS, windowS, ageS);
        return new WindowEdgeVariance(
                rootMeanSquare(begin.endWs, end.endWs), rootMeanSquare(begin.jointWs, end.jointWs));
    }

    private static double rootMeanSquare(double a, double b) {
        return Math.hypot(a, b) / Math.sqrt(2);
    }

    private static WindowEdgeVariance ofStretch(double[] values, double stepS, double windowS, double ageS) {
        if (values.length < MIN_VALUES) {
            return NONE;
        }
        double folded = line(values);
        return Double.isNaN(folded)
                ? NONE
                : worst(
                        Math.sqrt(2 * Stats.variance(values)),
                        SQUARE * Math.abs(Stats.mean(values)),
                        folded / stepS,
                        stepS,
                        windowS,
                        ageS);
    }

    /** Frequency in cycles a reading of the sinusoid that explains most of the values' variance; NaN if it is chance. */
    private static double line(double[] values) {
        int n = values.length;
        double[] level = detrended(values);
        double square = 0;
        double[] cosine = new double[2 * n];
        double[] sine = new double[2 * n];
        for (int i = 0; i < 2 * n; i++) {
            square += i < n ? level[i] * level[i] : 0;
            cosine[i] = Math.cos(Math.PI * i / n);
            sine[i] = Math.sin(Math.PI * i / n);
        }
        double strongest = 0;
        int line = 0;
        for (int k = 2; k <= n; k++) { // half cycles apart, from one cycle on
            double a = 0;
            double b = 0;
            for (int i = 0; i < n; i++) {
                int angle = i * k % (2 * n);
                a += level[i] * cosine[angle];
                b += level[i] * sine[angle];
            }
            double share = (k == n ? 1 : 2) * (a * a + b * b) / (n * square);
            if (share > strongest) {
                strongest = share;
                line = k;
            }
        }
        // Fisher: of m ordinates of white noise the largest has a share above g with probability m (1 - g)^(m - 1).
        double byChance = n / 2.0 * Math.pow(Math.max(0, 1 - strongest), n / 2.0 - 1);
        boolean isLine = line >= 2.0 * n * SLOWEST && strongest >= LEAST_SHARE && byChance < CHANCE;
        return isLine ? line / (2.0 * n) : Double.NaN;
    }

    /** The values without the straight line through them. */
    private static double[] detrended(double[] values) {
        int n = values.length;
        double mean = Stats.mean(values);
        double middle = (n - 1) / 2.0;
        double slope = 0;
        for (int i = 0; i < n; i++) {
            slope += (i - middle) * values[i] * 12 / ((double) n * n * n - n);
        }
        double[] level = new double[n];
        for (int i = 0; i < n; i++) {
            level[i] = values[i] - mean - slope * (i - middle);
        }
        return level;
    }

    private static WindowEdgeVariance worst(
            double amplitude, double most, double folded, double stepS, double windowS, double ageS) {
        double end = 0;
        double joint = 0;
        double fastest = 1 / stepS + 1 / (ageS > 0 ? ageS : stepS); // beyond, both parts only fall
        for (int k = 0; k / stepS <= fastest; k++) {
            for (double f : new double[] {k / stepS - folded, k / stepS + folded}) {
                double through = Math.abs(Math.sin(Math.PI * f * windowS));
                double swing = amplitude * windowS / (2 * through);
                double largest = most / (2 * Math.PI * f);
                if (f >= 0.5 / windowS && swing <= IMPOSSIBLE * largest) {
                    swing = Math.min(swing, largest);
                    end = Math.max(end, Math.sqrt(1.5) * swing);
                    joint = Math.max(joint, swing * Math.sqrt(1 - Math.pow(sinc(f * ageS), 2)));
                }
            }
        }
        return new WindowEdgeVariance(end, joint);
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
