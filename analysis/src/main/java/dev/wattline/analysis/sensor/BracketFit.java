package dev.wattline.analysis.sensor;

/**
 * The period of a lattice from brackets: each change lies between the poll before it and the poll that saw it, so that
 * some update does. Where polls are nearly a fraction of the period their middles err alike for many changes in a row,
 * which the periodogram takes for a drift; that an update must lie inside of every bracket holds all the same.
 *
 * @param periodMs mean of the period over its likelihood, in ms
 * @param sigmaMs standard deviation of it, in ms
 */
record BracketFit(double periodMs, double sigmaMs) {
    private static final int STEPS = 25;
    private static final int ROUNDS = 6;
    private static final double STAMP_SIGMA_MS = 0.7; // stamps are whole ms, and reading takes a moment
    private static final double OUTLIER_SHARE = 0.01;
    private static final double CLEAR_SIGMAS = 6;
    private static final double OUTSIDE = Math.log(OUTLIER_SHARE);
    private static final double LONGEST_BRACKET = 0.7; // of the period: a longer one holds an update anyway

    /** Refines a period whose counted multiples are right all over the series. */
    static BracketFit of(Changes changes, double periodMs, double phaseMs) {
        double[] seen = changes.seenMs();
        double[] middle = changes.timesMs();
        int n = seen.length;
        double centre = (middle[0] + middle[n - 1]) / 2;
        double origin = phaseMs + periodMs * Math.rint((centre - phaseMs) / periodMs);
        double[] from = new double[n];
        double[] to = new double[n];
        double[] index = new double[n];
        int used = 0;
        for (int i = 0; i < n; i++) {
            double half = seen[i] - middle[i];
            if (2 * half <= LONGEST_BRACKET * periodMs) {
                index[used] = Math.rint((middle[i] - origin) / periodMs);
                from[used] = middle[i] - half - origin - index[used] * periodMs;
                to[used++] = middle[i] + half - origin - index[used - 1] * periodMs;
            }
        }
        double resolution = periodMs * periodMs / (middle[n - 1] - middle[0]);
        return search(from, to, index, used, periodMs, resolution);
    }

    /** Narrows a grid of periods and phases to where the likelihood is. */
    private static BracketFit search(
            double[] from, double[] to, double[] index, int n, double periodMs, double resolutionMs) {
        Axis period = new Axis(0, resolutionMs / 2);
        Axis phase = new Axis(0, periodMs / 4);
        double[][] log = new double[STEPS][STEPS];
        for (int round = 0; round < ROUNDS; round++) {
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < STEPS; i++) {
                for (int j = 0; j < STEPS; j++) {
                    log[i][j] = logLikelihood(from, to, index, n, period.at(i), phase.at(j));
                    highest = Math.max(highest, log[i][j]);
                }
            }
            double[] periods = new double[STEPS];
            double[] phases = new double[STEPS];
            for (int i = 0; i < STEPS; i++) {
                for (int j = 0; j < STEPS; j++) {
                    double weight = Math.exp(log[i][j] - highest);
                    periods[i] += weight;
                    phases[j] += weight;
                }
            }
            period = period.narrowed(periods);
            phase = phase.narrowed(phases);
        }
        return new BracketFit(periodMs + period.centre, period.sigma);
    }

    private static double logLikelihood(
            double[] from, double[] to, double[] index, int n, double periodOff, double phaseOff) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            double update = phaseOff + periodOff * index[k];
            double depth = Math.min(to[k] - update, update - from[k]) / STAMP_SIGMA_MS;
            if (Math.abs(depth) < CLEAR_SIGMAS) {
                double inside = below((to[k] - update) / STAMP_SIGMA_MS) - below((from[k] - update) / STAMP_SIGMA_MS);
                sum += Math.log(OUTLIER_SHARE + (1 - OUTLIER_SHARE) * inside);
            } else if (depth < 0) {
                sum += OUTSIDE;
            }
        }
        return sum;
    }

    /** The logistic curve that is nearest to the normal distribution's. */
    private static double below(double sigmas) {
        return 1 / (1 + Math.exp(-1.702 * sigmas));
    }

    /** Grid points around a centre. */
    private static final class Axis {
        private final double centre;
        private final double half;
        private final double sigma;

        Axis(double centre, double half) {
            this(centre, half, half);
        }

        private Axis(double centre, double half, double sigma) {
            this.centre = centre;
            this.half = half;
            this.sigma = sigma;
        }

        double at(int step) {
            return centre + half * (2.0 * step / (STEPS - 1) - 1);
        }

        Axis narrowed(double[] weights) {
            double total = 0;
            double mean = 0;
            for (int i = 0; i < STEPS; i++) {
                total += weights[i];
                mean += weights[i] * at(i);
            }
            mean /= total;
            double square = 0;
            for (int i = 0; i < STEPS; i++) {
                square += weights[i] * Math.pow(at(i) - mean, 2) / total;
            }
            double step = 2 * half / (STEPS - 1);
            double deviation = Math.sqrt(square);
            return new Axis(mean, Math.max(5 * deviation, 2 * step), Math.max(deviation, step / 2));
        }
    }
}
