package dev.wattline.analysis.error;

import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.stats.Stats;

/**
 * The error budget of one GPU's mean power over one interval. All half-widths are at 95 %, in W of true power, and exact
 * for the readings used: those that lie wholly inside, next to a step a boxcar would lose an eighth of the step times W.
 *
 * @param reportedW mean m of the readings used, in W as reported
 * @param powerW estimate of the true mean power in W
 * @param values readings used
 * @param variance s2, the larger of sample and long-run variance, in W² as reported
 * @param coverage half-width from unseen time
 * @param edge from the ends of the interval, were they as the readings inside; see {@link #atEnds}
 * @param floor from structure inside a window
 * @param quant from rounding
 * @param lag from the clocks' lag
 * @param gain from the gain
 * @param offset from the offset
 * @param prior whether gain and offset are the population's
 * @param gapShare share of the interval without readings
 * @param holes half-width from what those holes may hide
 * @param smoothed whether windows smooth out a load that repeats: then coverage and edge stand for its course, which cards
 *     under one load share
 * @param ends what the readings beside the ends allow these to add
 */
public record PhaseBudget(
        double reportedW,
        double powerW,
        int values,
        double variance,
        double coverage,
        double edge,
        double floor,
        double quant,
        double lag,
        double gain,
        double offset,
        boolean prior,
        double gapShare,
        double holes,
        boolean smoothed,
        UnseenEnds ends) {
    /** Readings below which no interval is given. */
    public static final int MIN_VALUES = 3;

    /** Share of holes above which their bound says nothing. */
    private static final double MAX_GAP_SHARE = 0.5;

    /** Half-width of that bound above which it says nothing, as a share of the mean. */
    private static final double MAX_HOLES = 0.5;

    private static final double FLOOR_SHARE = 0.001;
    private static final double MOST_READ_TWICE = 0.25; // each poll as likely to read one update as the next
    private static final double Z95 = 1.96;
    private static final double STEP_FROM_MS = 1000;
    private static final double STEP_TO_MS = 6000;

    /** Whether there are enough readings for a statement. */
    public boolean isGiven() {
        return values >= MIN_VALUES;
    }

    /** Whether that statement may be relied on: not where the bound of what holes hide says nothing. */
    public boolean isValid() {
        return isGiven() && isBounded(gapShare, holes, powerW);
    }

    /**
     * Whether the bound of what holes hide says anything: they take no more than half of the time, and may change the mean
     * by no more than half.
     */
    public static boolean isBounded(double gapShare, double holesW, double powerW) {
        return !(gapShare > MAX_GAP_SHARE || holesW > MAX_HOLES * powerW);
    }

    /** Half-width of the part that sampling alone causes, gain and offset taken as exact. */
    public double samplingHalfWidth() {
        return Math.sqrt(
                coverage * coverage + atEnds() * atEnds() + floor * floor + quant * quant + lag * lag + holes * holes);
    }

    /** Half-width from the ends of the interval: as the readings inside vary, or as those beside the ends allow if more. */
    public double atEnds() {
        return Math.max(edge, ends.bound());
    }

    /** Half-width of all of it. */
    public double halfWidth() {
        return Math.sqrt(Math.pow(samplingHalfWidth(), 2) + gain * gain + offset * offset);
    }

    /** No statement at all, of a sensor that says nothing or an interval that cannot be found in its log. */
    public static PhaseBudget none(Calibration card, double gapShare) {
        return none(0, card, gapShare);
    }

    private static PhaseBudget none(int values, Calibration card, double gapShare) {
        double nan = Double.NaN;
        return new PhaseBudget(
                nan,
                nan,
                values,
                nan,
                nan,
                nan,
                nan,
                nan,
                nan,
                nan,
                nan,
                card.prior(),
                gapShare,
                nan,
                false,
                UnseenEnds.NONE);
    }

    /**
     * @param fromMs begin in ms since the epoch
     * @param toMs end in ms since the epoch
     * @param sigmaLagS standard uncertainty of the lag in s
     * @param quantumW rounding of the readings in W
     */
    public static PhaseBudget of(
            Readings readings, double fromMs, double toMs, Calibration card, double sigmaLagS, double quantumW) {
        double[] values = readings.inside(fromMs, toMs);
        int n = values.length;
        double gaps = readings.gapShare(fromMs, toMs);
        if (n < MIN_VALUES) {
            return none(n, card, gaps);
        }
        double mean = Stats.mean(values);
        int lags = (int) Math.ceil(Math.sqrt(n));
        double s2 = Math.max(Stats.variance(values), Stats.longRunVariance(values, lags));
        double seconds = (toMs - fromMs) / 1e3;
        double step = readings.stepMs() / 1e3;
        // What lies within a margin of an end is taken to be like the rest. Over a time shorter than the window a load
        // without memory varies by W / margin more than the readings do.
        double margin = readings.marginMs() / 1e3;
        double omitted = margin * Math.max(margin, readings.model().trimWindowMs() / 1e3);
        WindowEdgeVariance hidden = hidden(readings, values);
        double t = Stats.t95(Math.max(4, (double) n / lags)) / card.gain();
        double median = Stats.median(values);
        double before = step(readings.between(fromMs - STEP_TO_MS, fromMs - STEP_FROM_MS), median);
        double after = step(readings.between(toMs + STEP_FROM_MS, toMs + STEP_TO_MS), median);
        double power = card.power(mean);
        return new PhaseBudget(
                mean,
                power,
                n,
                s2,
                t
                        * Math.max(
                                Math.sqrt(Math.max(unseen(readings, n, toMs - fromMs) * s2, readTwice(readings, values))
                                        / n),
                                Math.sqrt(n)
                                        * hidden.jointWs()
                                        * step
                                        / readings.model().windowMs()
                                        * 1e3
                                        / seconds),
                t * Math.sqrt(2 * Math.max((step * step / 12 + omitted) * s2, Math.pow(hidden.endWs(), 2))) / seconds,
                readings.model().coverage(readings.pollMs()) < 1 ? 0 : t * FLOOR_SHARE * mean / Z95,
                t * quantumW / Math.sqrt(12.0 * n),
                t * sigmaLagS * Math.hypot(before, after) / seconds,
                Z95 * power * card.gainSigma() / card.gain(),
                Z95 * card.offsetSigmaW() / card.gain(),
                card.prior(),
                gaps,
                gaps == 0 ? 0 : readings.holesW(fromMs, toMs, mean) / card.gain(),
                hidden.endWs() > 0,
                UnseenEnds.of(readings, fromMs, toMs, mean).times(1 / card.gain()));
    }

    /** What a periodic load may hide where windows leave no gap; readings with gaps between smooth little, s2 knows it. */
    private static WindowEdgeVariance hidden(Readings readings, double[] values) {
        SensorModel model = readings.model();
        // Polls nearly as fast as the updates read each of them at about the same age.
        double ageMs = readings.pollMs() >= 2 * model.periodMs() ? model.periodMs() : 0;
        return model.coverage(readings.pollMs()) < 1
                ? WindowEdgeVariance.NONE
                : WindowEdgeVariance.of(values, readings.stepMs() / 1e3, model.windowMs() / 1e3, ageMs / 1e3);
    }

    /** The factor f of the sample variance: the share of time that is not seen, at least that of late reading. */
    public static double unseen(Readings readings) {
        double period = readings.model().periodMs();
        double step = readings.stepMs();
        double age = readings.pollMs() >= period ? period * period / (step * step) / 6 : 0;
        return Math.max(1 - readings.model().coverage(readings.pollMs()), age);
    }

    /** The same with polls that are missing or late counted as time that is not seen. */
    private static double unseen(Readings readings, int values, double lengthMs) {
        double expected = Math.floor((lengthMs - readings.model().trimWindowMs()) / readings.stepMs());
        double present = Math.min(1, values / Math.max(1, expected));
        return Math.max(unseen(readings), 1 - present * readings.model().coverage(readings.pollMs()));
    }

    /**
     * Variance for n readings, times n, of polls about as slow as the updates: jitter makes them read one update twice and
     * miss the next, as often as not where polls and updates run in step for the whole interval. Each such reading stands
     * for its neighbour, and how often that happens shows in readings that equal the one before.
     */
    private static double readTwice(Readings readings, double[] values) {
        if (readings.stepMs() >= 2 * readings.model().periodMs()) {
            return 0; // polls so slow skip updates and read none twice
        }
        int equal = 0;
        double squares = 0;
        for (int i = 1; i < values.length; i++) {
            equal += values[i] == values[i - 1] ? 1 : 0;
            squares += Math.pow(values[i] - values[i - 1], 2);
        }
        double twice = Math.min(MOST_READ_TWICE, equal / (values.length - 1.0));
        // As many pairs skip an update, over which the power may have come back: the others alone are differences of
        // one.
        return twice / (1 - 2 * twice) * squares / (values.length - 1);
    }

    private static double step(double[] neighbours, double median) {
        return neighbours.length == 0 ? 0 : Stats.median(neighbours) - median;
    }
}
