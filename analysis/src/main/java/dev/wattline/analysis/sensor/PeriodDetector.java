package dev.wattline.analysis.sensor;

import dev.wattline.analysis.sensor.UpdatePeriod.Status;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.stats.Phasor;
import dev.wattline.analysis.stats.Stats;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the update period by a periodogram of the change times: the frequency at which the changes agree best, first
 * averaged over blocks, then over ever longer parts of the series. Counting periods instead would slip at every stall of
 * the polling.
 */
public final class PeriodDetector {
    private static final int MIN_CHANGES = 20;
    private static final int BLOCK = 150;
    private static final int SCAN_BLOCKS = 64;
    private static final int MAX_CHANGES = 60_000;
    static final double MIN_CONCENTRATION = 0.35;
    private static final double TABLE_TOLERANCE = 0.02;
    private static final double LONGEST_PERIOD_MS = 1000;
    private static final int FEW_CHANGES = 80;
    private static final double FAST_POLLS = 7; // a period, for the middles between polls to err by chance
    private static final int MAX_BRACKETS = 400; // more changes than that average the middles out
    private static final double MAX_CHANCE = 1e-4; // that changes at random keep to some frequency as well
    private static final double PAUSE_MS = 600_000; // no sensor's updates can be counted over a longer one
    private static final double MAX_TERMS = 3e8; // of phasors in one search: some ten seconds

    private final Changes changes;
    private final double pollMs;
    private final double[] times;

    private PeriodDetector(Changes changes, double pollMs) {
        this.changes = changes;
        this.pollMs = pollMs;
        this.times = changes.timesMs();
    }

    /**
     * @param pollMs median poll interval in ms
     * @param priorsMs periods that the table knows for this card and field, or for any if the card is unknown
     */
    public static UpdatePeriod detect(PowerSeries series, double pollMs, List<Double> priorsMs) {
        Changes changes = Changes.of(series, MAX_CHANGES).longestWithoutPause(PAUSE_MS);
        if (changes.size() < MIN_CHANGES) {
            return UpdatePeriod.none(
                    changes.size(),
                    pollMs,
                    "only " + changes.size() + " changes of the reading, " + MIN_CHANGES + " are needed");
        }
        return new PeriodDetector(changes, pollMs).run(priorsMs);
    }

    private UpdatePeriod run(List<Double> priorsMs) {
        double mode = mode(changes.intervals());
        double[] ls = indexLeastSquares(mode);
        double shortest = Math.max(0.75 * Math.min(mode, ls[0]), shortestMs());
        double longest = 1.3 * Math.max(mode, ls[0]);
        if (shortest >= longest) {
            UpdatePeriod none = UpdatePeriod.none(
                    times.length,
                    pollMs,
                    String.format(
                            java.util.Locale.ROOT,
                            "polls every %.0f ms are too slow: an update period can only be seen by polls faster than"
                                    + " a third of it, and one below %.0f ms, two polls, is not looked for",
                            pollMs,
                            shortestMs()));
            return belowTwoPolls(none, ls, priorsMs);
        }
        double frequency = refine(scan(1 / longest, 1 / shortest));
        if (Double.isNaN(frequency)) {
            return UpdatePeriod.none(
                    times.length,
                    pollMs,
                    String.format(
                            java.util.Locale.ROOT,
                            "the reading changes too rarely, %d times in %.0f s, for a period to be told from its multiples",
                            times.length,
                            (times[times.length - 1] - times[0]) / 1e3));
        }
        UpdatePeriod found = at(preferShorter(frequency), ls, priorsMs);
        found = found.isUsable() ? found : finer(found, ls, priorsMs);
        return found.isUsable() ? found : belowTwoPolls(found, ls, priorsMs);
    }

    /** The shortest period looked for without being told of it: below two polls it cannot be told from its alias. */
    private double shortestMs() {
        return 2 * pollMs;
    }

    /**
     * Between one poll and two a period has an alias as likely as itself, so only those of the table are looked for. One
     * that the changes keep to, and not by chance, is confirmed.
     */
    private UpdatePeriod belowTwoPolls(UpdatePeriod otherwise, double[] ls, List<Double> priorsMs) {
        for (double prior : priorsMs) {
            if (prior <= pollMs || prior >= shortestMs()) {
                continue;
            }
            double lowest = 1 / (prior * (1 + TABLE_TOLERANCE));
            double highest = 1 / (prior * (1 - TABLE_TOLERANCE));
            double frequency = refine(scan(lowest, highest));
            if (Double.isNaN(frequency)) {
                continue;
            }
            UpdatePeriod found = at(frequency, ls, priorsMs);
            if (found.isUsable() && isSignificant(found, lowest, highest)) {
                return found;
            }
        }
        return otherwise;
    }

    private boolean isSignificant(UpdatePeriod found, double lowest, double highest) {
        double trials = Math.max(2, (highest - lowest) * (times[times.length - 1] - times[0]));
        double chance = Math.log(trials) - Math.log(MAX_CHANCE);
        return times.length * Math.pow(found.concentration(), 2) > chance;
    }

    /** What the changes show at a frequency. */
    private UpdatePeriod at(double frequency, double[] ls, List<Double> priorsMs) {
        Phasor whole = Phasor.of(times, 0, times.length, frequency);
        double period = 1 / frequency;
        double sigma = sigma(frequency);
        double phase = times[0] + period * whole.turns();
        boolean few = times.length < FEW_CHANGES || pollMs > period / FAST_POLLS;
        if (few && times.length <= MAX_BRACKETS && whole.length() >= MIN_CONCENTRATION) {
            BracketFit fit = BracketFit.of(changes, period, phase);
            period = fit.periodMs();
            sigma = fit.sigmaMs();
            phase = times[0]
                    + period * Phasor.of(times, 0, times.length, 1 / period).turns();
        }
        return judge(period, sigma, whole.length(), phase, ls, priorsMs);
    }

    /**
     * Where the load stands still between its steps, the reading changes with them, and no interval between changes is
     * one period long: every frequency up to that of the polls is tried then. The lowest of those that fit equally well
     * is the sensor's, and by chance none of them fits.
     */
    private UpdatePeriod finer(UpdatePeriod coarse, double[] ls, List<Double> priorsMs) {
        double lowest = 1 / Math.min(coarse.periodMs(), LONGEST_PERIOD_MS);
        double highest = 1 / shortestMs();
        if (lowest >= highest) {
            return coarse;
        }
        double frequency = refine(scan(lowest, highest));
        if (Double.isNaN(frequency)) {
            return coarse;
        }
        UpdatePeriod fine = at(frequency, ls, priorsMs);
        return fine.isUsable() && isSignificant(fine, lowest, highest) ? fine : coarse;
    }

    private UpdatePeriod judge(
            double period, double sigma, double r, double phase, double[] ls, List<Double> priorsMs) {
        Status status = Status.NOT_IDENTIFIABLE;
        String reason = "";
        if (period > LONGEST_PERIOD_MS) {
            reason = "no sensor updates as rarely as the reading changes: that is the load's pace, or the polls'";
        } else if (shareBelow(0.6 * period) > 0.1) {
            reason = String.format(
                    java.util.Locale.ROOT,
                    "the reading changes faster than the period found, and a period below %.0f ms, two polls, is not"
                            + " looked for",
                    shortestMs());
        } else if (r < MIN_CONCENTRATION) {
            reason = String.format(
                    java.util.Locale.ROOT,
                    "the changes do not keep to one period (R = %.2f, 0.35 is needed), and a period below %.0f ms, two polls,"
                            + " is not looked for",
                    r,
                    shortestMs());
        } else if (pollMs <= period / 3) {
            status = Status.IDENTIFIED;
        } else {
            reason = String.format(
                    java.util.Locale.ROOT, "polls every %.1f ms are slower than a third of the period", pollMs);
            if (priorsMs.stream().anyMatch(prior -> Math.abs(period / prior - 1) <= TABLE_TOLERANCE)) {
                status = Status.TABLE_CONFIRMED;
                reason += ", but the table of cards has the same period";
            }
        }
        return new UpdatePeriod(period, r, phase, sigma, ls[0], ls[1], times.length, pollMs, status, reason);
    }

    private double shareBelow(double limitMs) {
        double[] intervals = changes.intervals();
        return Arrays.stream(intervals).filter(interval -> interval < limitMs).count() / (double) intervals.length;
    }

    /** The commonest interval between changes. */
    private double mode(double[] intervals) {
        double width = Math.max(1, pollMs / 2);
        double[] sorted = intervals.clone();
        Arrays.sort(sorted);
        int best = 0;
        double centre = sorted[0];
        for (int low = 0, high = 0; low < sorted.length; low++) {
            while (high < sorted.length && sorted[high] <= sorted[low] + width) {
                high++;
            }
            if (high - low > best) {
                best = high - low;
                centre = Stats.mean(Arrays.copyOfRange(sorted, low, high));
            }
        }
        return centre;
    }

    /** Period and residual RMS of a line through the change times over their counted periods. */
    private double[] indexLeastSquares(double start) {
        double period = start;
        double rms = Double.NaN;
        for (int round = 0; round < 4; round++) {
            double[] index = new double[times.length];
            for (int i = 1; i < times.length; i++) {
                index[i] = index[i - 1] + Math.max(1, Math.rint((times[i] - times[i - 1]) / period));
            }
            double meanIndex = Stats.mean(index);
            double meanTime = 0;
            for (double time : times) {
                meanTime += (time - times[0]) / times.length;
            }
            double sxy = 0;
            double sxx = 0;
            for (int i = 0; i < times.length; i++) {
                sxy += (index[i] - meanIndex) * (times[i] - times[0] - meanTime);
                sxx += (index[i] - meanIndex) * (index[i] - meanIndex);
            }
            period = sxy / sxx;
            double sse = 0;
            for (int i = 0; i < times.length; i++) {
                double residual = times[i] - times[0] - meanTime - period * (index[i] - meanIndex);
                sse += residual * residual;
            }
            rms = Math.sqrt(sse / times.length);
        }
        return new double[] {period, rms};
    }

    /**
     * The frequency of the highest mean block power; steps an eighth of a block's resolution. NaN where changes lie so far
     * apart that there would be too many steps.
     */
    private double scan(double lowest, double highest) {
        int blocks = Math.max(1, (times.length + BLOCK - 1) / BLOCK);
        double duration = (times[times.length - 1] - times[0]) / blocks;
        double step = 1 / (8 * duration);
        double terms = (highest - lowest) / step * Math.min(blocks, SCAN_BLOCKS) * times.length / blocks;
        if (!(terms <= MAX_TERMS)) {
            return Double.NaN;
        }
        double best = lowest;
        double bestScore = -1;
        int steps = (int) ((highest - lowest) / step);
        for (int i = 0; i <= steps; i++) {
            double f = lowest + i * step;
            double score = score(f, blocks);
            if (score > bestScore) {
                bestScore = score;
                best = f;
            }
        }
        return best;
    }

    private double score(double frequency, int blocks) {
        double sum = 0;
        int used = Math.min(blocks, SCAN_BLOCKS);
        for (int k = 0; k < used; k++) {
            int block = (int) ((long) k * blocks / used);
            int from = (int) ((long) block * times.length / blocks);
            int to = (int) ((long) (block + 1) * times.length / blocks);
            sum += Phasor.of(times, from, to, frequency).power();
        }
        return sum / used;
    }

    /**
     * Sharpens a frequency on parts of the series four times as many changes each, up to all of it. NaN of NaN, and where a
     * part is so much longer than the one before that too many frequencies would fit.
     */
    private double refine(double start) {
        double f = start;
        int n = Math.min(times.length, BLOCK);
        double known = 1 / (times[n - 1] - times[0]); // how far the true frequency may be off
        for (int part = 0; part < Integer.SIZE; part++) {
            double step = 1 / (10 * (times[n - 1] - times[0]));
            if (!(2 * known / step * n <= MAX_TERMS)) {
                return Double.NaN;
            }
            f = peak(f, known, step, 0, n);
            if (n == times.length) {
                return f;
            }
            known = 4 * step;
            n = Math.min(times.length, 4 * n);
        }
        throw new IllegalStateException("quadrupling " + BLOCK + " never reached " + times.length);
    }

    /** The frequency of the largest phasor within a distance, between grid points by a parabola. */
    private double peak(double centre, double distance, double step, int from, int to) {
        int half = (int) Math.ceil(distance / step);
        double[] power = new double[2 * half + 1];
        int best = 0;
        for (int i = 0; i < power.length; i++) {
            power[i] = Phasor.of(times, from, to, centre + (i - half) * step).power();
            if (power[i] > power[best]) {
                best = i;
            }
        }
        double shift = 0;
        if (best > 0 && best < power.length - 1) {
            double curvature = power[best - 1] - 2 * power[best] + power[best + 1];
            shift = curvature == 0 ? 0 : 0.5 * (power[best - 1] - power[best + 1]) / curvature;
        }
        return centre + (best - half + shift) * step;
    }

    /** Where a flat load hides updates the commonest interval is a multiple of T: then a fraction of it fits better. */
    private double preferShorter(double frequency) {
        double best = frequency;
        double r = Phasor.of(times, 0, times.length, frequency).length();
        for (int divisor = 2; divisor <= 3; divisor++) {
            if (1 / (divisor * frequency) < shortestMs()) {
                break;
            }
            double candidate = refine(divisor * frequency);
            if (Double.isNaN(candidate)) {
                continue;
            }
            double length = Phasor.of(times, 0, times.length, candidate).length();
            if (length > 1.3 * r) {
                best = candidate;
                r = length;
            }
        }
        return best;
    }

    /** Uncertainty of T from at least four blocks of at least 20 changes. */
    private double sigma(double frequency) {
        int blocks = Math.max(4, (times.length + BLOCK - 1) / BLOCK);
        if (times.length / blocks < MIN_CHANGES) {
            return Double.NaN;
        }
        double[] periods = new double[blocks];
        for (int k = 0; k < blocks; k++) {
            int from = (int) ((long) k * times.length / blocks);
            int to = (int) ((long) (k + 1) * times.length / blocks);
            double duration = times[to - 1] - times[from];
            periods[k] = 1 / peak(frequency, 0.5 / duration, 1 / (20 * duration), from, to);
        }
        return Stats.sd(periods) / Math.sqrt(blocks);
    }
}
