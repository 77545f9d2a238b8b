package dev.wattline.analysis.source;

import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.stats.Sandwich;
import dev.wattline.analysis.stats.Stats;
import java.util.List;

/**
 * A counter's joules in blocks of time as a straight line of those that samples make up: {@code counter = gain x samples +
 * offset x length}, the samples moved by a lag. Neighbouring blocks share the reading between them, whose age is not known:
 * what one has too much the other lacks. That covariance is known, so the blocks are freed of it before least squares, and
 * errors of the samples, which make a gain too small, are made up for as by Deming's regression with a known variance.
 */
final class CounterFit {
    /** The earliest and latest lag that is sought, in s. */
    static final double EARLIEST_S = -2;

    static final double LATEST_S = 4;

    private static final double COARSE_S = 0.1;
    private static final double FINE_S = 0.01;
    private static final double STAMP_S = 0.02; // how exact a reading's own time is
    private static final double LEAST_UNSEEN = 0.05; // share of the time, of which samples that see all of it are short
    private static final double K95 = 1.96;
    private static final double RARE = 3.1; // standard deviations

    private final List<Block> blocks;
    private final CardSamples samples;
    private final double[] y;
    private final double[] lengths;
    private final double[] sampleVariances;
    private final double[] edgeVariances; // at the begin of each block, and at the end of the last one
    private final double[][] factor; // of the covariance: its diagonal, and what is below it
    private final double lagS;
    private final double gain;
    private final double offsetW;
    private final double gainHalf;
    private final double offsetHalfW;
    private final double lagHalfS;
    private final double unexplained;
    private final double ratio;
    private final double ratioHalf;
    private final double samplesW;

    /**
     * Counter readings around a time, and by how much it rose between.
     *
     * @param fromS in s since 1970
     * @param toS in s since 1970
     */
    record Block(double fromS, double toS, double joules) {
        double seconds() {
            return toS - fromS;
        }
    }

    /** @param updateS how old a reading of the counter may be, in s */
    CounterFit(List<Block> blocks, CardSamples samples, double updateS, double resolutionJ) {
        this.blocks = blocks;
        this.samples = samples;
        int n = blocks.size();
        y = blocks.stream().mapToDouble(Block::joules).toArray();
        lengths = blocks.stream().mapToDouble(Block::seconds).toArray();
        sampleVariances = new double[n];
        edgeVariances = new double[n + 1];
        variances(updateS, resolutionJ);
        factor = factor();
        double lag = best(updateS / 2, EARLIEST_S, LATEST_S, COARSE_S);
        lagS = best(lag, lag - COARSE_S, lag + COARSE_S, FINE_S);
        double[] x = energies(lagS);
        double[][] design = {white(x), white(lengths), new double[n]};
        double[] target = white(y);
        double[] line = line(design, target);
        double[] change = energies(lagS + COARSE_S / 2);
        double[] earlier = energies(lagS - COARSE_S / 2);
        for (int k = 0; k < n; k++) {
            change[k] = line[0] * (change[k] - earlier[k]) / COARSE_S;
        }
        design[2] = white(change);
        double[] left = new double[n];
        double squares = 0;
        for (int k = 0; k < n; k++) {
            left[k] = target[k] - line[0] * design[0][k] - line[1] * design[1][k];
            squares += left[k] * left[k];
        }
        double noise = noiseShare(design);
        gain = line[0] * (1 + noise);
        offsetW = line[1] - line[0] * noise * Stats.mean(x) / Stats.mean(lengths); // the means stay on the line
        double t = Stats.t95(Math.max(1, n - 3));
        double[] errors = errors(design, left);
        gainHalf = t * errors[0] * (1 + noise);
        offsetHalfW = t * errors[1];
        lagHalfS = t * errors[2];
        double excess = squares / (n - 2) - 1;
        double variance = 0;
        for (int k = 0; k < n; k++) {
            variance += (factor[0][k] * factor[0][k] + factor[1][k] * factor[1][k]) / n;
        }
        unexplained = excess > RARE * Math.sqrt(2.0 / (n - 2)) ? Math.sqrt(excess * variance) / Stats.mean(y) : 0;
        samplesW = Stats.mean(x) / Stats.mean(lengths);
        ratio = Stats.mean(y) / Stats.mean(x);
        ratioHalf = ratioHalf(x);
    }

    private double ratioHalf(double[] x) {
        int n = x.length;
        double variance = edgeVariances[0] + edgeVariances[n];
        for (int k = 0; k < n; k++) {
            variance += sampleVariances[k];
            if (k > 0 && !isNext(k)) {
                variance += 2 * edgeVariances[k];
            }
        }
        double[] watts = watts(0);
        double moved = watts[n] - watts[0];
        return K95
                * Math.hypot(Math.sqrt(variance), moved)
                / (n * Stats.mean(x)); // a second of lag, as none may be known
    }

    private void variances(double updateS, double resolutionJ) {
        PowerSeries series = samples.series();
        double squares = 0;
        double seconds = (series.lastMs() - series.firstMs()) / 1e3;
        for (int i = 1; i < series.size(); i++) {
            squares += Math.pow(series.watts(i) - series.watts(i - 1), 2);
        }
        double steps = series.size() - 1.0;
        double unseen = squares / steps / 2 * (seconds / steps) * Math.max(LEAST_UNSEEN, 1 - samples.coverage());
        int n = blocks.size();
        double[] watts = watts(0);
        double[] before = watts(-0.5);
        double[] after = watts(0.5);
        for (int k = 0; k <= n; k++) {
            double change = after[k] - before[k];
            edgeVariances[k] = (updateS * updateS / 12 + STAMP_S * STAMP_S) * watts[k] * watts[k]
                    + samples.windowS() * samples.windowS() / 12 * change * change
                    + resolutionJ * resolutionJ / 12;
            if (k < n) {
                sampleVariances[k] = unseen * lengths[k];
            }
        }
    }

    /** Whether a block begins where the one before it ends. */
    private boolean isNext(int k) {
        return Math.abs(blocks.get(k).fromS() - blocks.get(k - 1).toS()) < 1e-6;
    }

    /** Cholesky's factor of the covariance of the blocks, which reaches from each to the next alone. */
    private double[][] factor() {
        int n = blocks.size();
        double[][] parts = new double[2][n];
        for (int k = 0; k < n; k++) {
            double own = edgeVariances[k] + edgeVariances[k + 1] + sampleVariances[k];
            double below = k > 0 && isNext(k) ? -edgeVariances[k] / parts[0][k - 1] : 0;
            parts[1][k] = below;
            parts[0][k] = Math.sqrt(Math.max(own - below * below, 1e-9 + 1e-6 * own));
        }
        return parts;
    }

    /** Values whose errors have the variance 1 and are independent. */
    private double[] white(double[] values) {
        double[] free = new double[values.length];
        for (int k = 0; k < free.length; k++) {
            double before = k > 0 ? factor[1][k] * free[k - 1] : 0;
            free[k] = (values[k] - before) / factor[0][k];
        }
        return free;
    }

    private double[] energies(double lag) {
        double[] at = new double[2 * blocks.size()];
        for (int k = 0; k < blocks.size(); k++) {
            at[2 * k] = blocks.get(k).fromS();
            at[2 * k + 1] = blocks.get(k).toS();
        }
        double[] joules = joules(at, -lag);
        double[] x = new double[blocks.size()];
        for (int k = 0; k < x.length; k++) {
            x[k] = joules[2 * k + 1] - joules[2 * k];
        }
        return x;
    }

    /** The samples' energy up to each of these rising times, in s, and as much later. */
    private double[] joules(double[] at, double laterS) {
        double[] ms = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            ms[i] = 1e3 * (at[i] + samples.behindS() + laterS);
        }
        return samples.series().energyAt(ms);
    }

    /** Mean power of the second around each begin of a block, and the last one's end, and as much later. */
    private double[] watts(double laterS) {
        int n = blocks.size();
        double[] at = new double[n + 1];
        for (int k = 0; k < n; k++) {
            at[k] = blocks.get(k).fromS();
        }
        at[n] = blocks.get(n - 1).toS();
        double[] before = joules(at, laterS - 0.5);
        double[] after = joules(at, laterS + 0.5);
        for (int k = 0; k <= n; k++) {
            after[k] -= before[k];
        }
        return after;
    }

    private double best(double guess, double from, double to, double step) {
        double[][] design = {new double[0], white(lengths)};
        double[] target = white(y);
        double best = guess;
        double least = Double.POSITIVE_INFINITY;
        int steps = (int) Math.round((to - from) / step);
        for (int i = 0; i <= steps; i++) {
            double lag = Math.max(EARLIEST_S, Math.min(LATEST_S, from + i * step));
            design[0] = white(energies(lag));
            double[] line = line(design, target);
            double squares = 0;
            for (int k = 0; k < target.length; k++) {
                squares += Math.pow(target[k] - line[0] * design[0][k] - line[1] * design[1][k], 2);
            }
            if (squares < least) {
                least = squares;
                best = lag;
            }
        }
        return best;
    }

    private static double[] line(double[][] design, double[] target) {
        double aa = dot(design[0], design[0]);
        double ab = dot(design[0], design[1]);
        double bb = dot(design[1], design[1]);
        double ay = dot(design[0], target);
        double by = dot(design[1], target);
        double determinant = aa * bb - ab * ab;
        if (determinant <= 1e-9 * aa * bb) {
            return new double[] {ay / aa, 0}; // a power that never changes
        }
        return new double[] {(bb * ay - ab * by) / determinant, (aa * by - ab * ay) / determinant};
    }

    /** The variance of the samples' errors over that of what they tell beside their mean. */
    private double noiseShare(double[][] design) {
        int n = lengths.length;
        double noise = 0;
        for (int k = 0; k < n; k++) {
            double[] one = new double[n];
            one[k] = 1;
            noise += sampleVariances[k] * dot(white(one), white(one));
        }
        double ab = dot(design[0], design[1]);
        double told = dot(design[0], design[0]) - ab * ab / dot(design[1], design[1]);
        return told > 2 * noise ? noise / (told - noise) : Double.NaN;
    }

    /** Standard errors: those that the known variances make, or those that the residuals show, whichever is larger. */
    private static double[] errors(double[][] design, double[] left) {
        double[] errors = new double[3];
        int n = left.length;
        for (int first = 0; first < 3; first++) {
            int second = first == 0 ? 1 : 0;
            int third = first == 2 ? 1 : 2;
            double[][] rows = new double[n][];
            for (int k = 0; k < n; k++) {
                rows[k] = new double[] {design[first][k], design[second][k], design[third][k]};
            }
            double shown = Sandwich.firstError(rows, left);
            if (Double.isNaN(shown) && first < 2) {
                for (int k = 0; k < n; k++) {
                    rows[k] = new double[] {design[first][k], design[second][k]}; // no lag is told
                }
                shown = Sandwich.firstError(rows, left);
            }
            double other = dot(design[first], design[second]);
            double alone = dot(design[first], design[first]) - other * other / dot(design[second], design[second]);
            errors[first] = alone > 0 ? Math.max(shown, 1 / Math.sqrt(alone)) : Double.NaN;
        }
        return errors;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    double gain() {
        return gain;
    }

    /** Half of the gain's 95 % interval; not a number or endless where the load tells none. */
    double gainHalf() {
        return gainHalf;
    }

    double offsetW() {
        return offsetW;
    }

    double offsetHalfW() {
        return offsetHalfW;
    }

    double lagS() {
        return lagS;
    }

    double lagHalfS() {
        return lagHalfS;
    }

    /** Scatter beyond what the errors of both explain, as a share of a block's energy; 0 where that may be chance. */
    double unexplained() {
        return unexplained;
    }

    /** The counter's joules over those of the samples. */
    double ratio() {
        return ratio;
    }

    double ratioHalf() {
        return ratioHalf;
    }

    /** The samples' mean power in W. */
    double samplesW() {
        return samplesW;
    }
}
