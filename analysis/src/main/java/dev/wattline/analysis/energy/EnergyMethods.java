package dev.wattline.analysis.energy;

import dev.wattline.analysis.series.Polyline;
import dev.wattline.analysis.series.PowerSeries;

/**
 * Energy of an interval from polled readings, by each method that a reader may have used: the plain ones on the stamps as
 * they are, and those that know the sensor.
 */
public final class EnergyMethods {
    private static final double GAP = 2.5;
    private static final double MAX_GAP_SHARE = 0.05;
    private static final double MAX_GUARD_BIAS_PCT = 1;
    private static final double SECOND_MS = 1000;

    private final PowerSeries polls;
    private final Polyline line;
    private final double periodMs;
    private final double windowMs;
    private final double delayMs;
    private final double pollMs;

    /**
     * @param polls the readings, stamps in UTC as they are
     * @param periodMs T in ms
     * @param windowMs W in ms
     * @param delayMs d in ms
     * @param pollMs median interval in ms
     */
    public EnergyMethods(PowerSeries polls, double periodMs, double windowMs, double delayMs, double pollMs) {
        this.polls = polls;
        this.line = Polyline.of(polls, 0);
        this.periodMs = periodMs;
        this.windowMs = windowMs;
        this.delayMs = delayMs;
        this.pollMs = pollMs;
    }

    /** All methods over an interval in ms since the epoch. */
    public EnergyComparison over(double fromMs, double toMs) {
        double shift = windowMs / 2 + delayMs + periodMs / 2;
        double shifted = line.energy(fromMs + shift, toMs + shift);
        double margin = windowMs + periodMs + pollMs;
        double after = meanOfPolls(toMs + margin, toMs + margin + SECOND_MS, true);
        double before = meanOfPolls(Double.NEGATIVE_INFINITY, fromMs, false);
        double guard = line.energy(fromMs - margin, toMs + margin) - margin * 1e-3 * (before + after);
        double tail = powerBehind(toMs + windowMs / 2 + periodMs / 2);
        double bias = 100 * margin * 1e-3 * Math.abs(tail - after) / guard;
        boolean covered = fromMs - margin >= line.firstMs() && toMs + margin + SECOND_MS <= line.lastMs();
        Gaps gaps = gaps(fromMs, toMs);
        return new EnergyComparison(
                meanOfPolls(fromMs, toMs, true) * (toMs - fromMs) * 1e-3,
                zeroOrderHold(fromMs, toMs),
                line.energy(fromMs, toMs),
                shifted,
                pollMs < periodMs ? updates(fromMs, toMs) : shifted,
                covered ? guard : Double.NaN,
                covered ? bias : Double.NaN,
                covered && bias <= MAX_GUARD_BIAS_PCT,
                gaps.seconds,
                gaps.joules,
                gaps.seconds * 1e3 <= MAX_GAP_SHARE * (toMs - fromMs));
    }

    /** Mean of the polls between two times, ends included or, with {@code closed} false, the upper end excluded. */
    private double meanOfPolls(double fromMs, double toMs, boolean closed) {
        double sum = 0;
        int n = 0;
        for (int i = polls.indexAtOrAfter(fromMs); i < polls.size(); i++) {
            double t = polls.timeMs(i);
            if (closed ? t > toMs : t >= toMs) {
                break;
            }
            sum += polls.watts(i);
            n++;
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    private double zeroOrderHold(double fromMs, double toMs) {
        double joules = 0;
        for (int i = Math.max(0, polls.indexAtOrAfter(fromMs) - 1); i < polls.size(); i++) {
            double start = Math.max((double) polls.timeMs(i), fromMs);
            double end = i + 1 < polls.size() ? Math.min((double) polls.timeMs(i + 1), toMs) : toMs;
            if (polls.timeMs(i) >= toMs) {
                break;
            }
            joules += Math.max(0, end - start) * polls.watts(i) * 1e-3;
        }
        return joules;
    }

    /** The midpoint rule over updates: each holds for T around the middle of its window. */
    private double updates(double fromMs, double toMs) {
        double joules = 0;
        double lead = windowMs / 2 + delayMs;
        // A reading shows at u for T; it stands for [u - lead - T/2, u - lead + T/2].
        double move = lead + periodMs / 2;
        for (int i = Math.max(0, polls.indexAtOrAfter(fromMs + move) - 1); i < polls.size(); i++) {
            if (polls.timeMs(i) - move >= toMs) {
                break;
            }
            double start = Math.max(visible(i) - move, fromMs);
            double end = i + 1 < polls.size() ? Math.min(visible(i + 1) - move, toMs) : toMs;
            joules += Math.max(0, end - start) * polls.watts(i) * 1e-3;
        }
        return joules;
    }

    /** When a poll's reading became visible: between the poll before and itself, if it changed. */
    private double visible(int index) {
        boolean changed = index > 0 && polls.milliwatts(index) != polls.milliwatts(index - 1);
        return changed ? (polls.timeMs(index) + polls.timeMs(index - 1)) / 2.0 : polls.timeMs(index);
    }

    private double powerBehind(double epochMs) {
        int i = Math.min(polls.indexAtOrAfter(epochMs), polls.size() - 1);
        return polls.watts(i);
    }

    private record Gaps(double seconds, double joules) {}

    private Gaps gaps(double fromMs, double toMs) {
        double seconds = 0;
        double joules = 0;
        double limit = GAP * Math.max(periodMs, pollMs);
        for (int i = Math.max(1, polls.indexAtOrAfter(fromMs)); i < polls.size(); i++) {
            double start = Math.max((double) polls.timeMs(i - 1), fromMs);
            double end = Math.min((double) polls.timeMs(i), toMs);
            if (start >= toMs) {
                break;
            }
            if (polls.timeMs(i) - polls.timeMs(i - 1) > limit && end > start) {
                seconds += (end - start) * 1e-3;
                joules += line.energy(start, end);
            }
        }
        return new Gaps(seconds, joules);
    }
}
