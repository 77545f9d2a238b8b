package dev.wattline.analysis.error;

import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.series.PowerSeries;
import java.util.Arrays;

/**
 * The readings of one GPU that count: one per update where polls are faster than updates, else one per poll, each at the
 * middle of the time it saw, in UTC. Immutable.
 */
public final class Readings {
    private static final double GAP = 2.5;

    private final double[] centresMs;
    private final double[] watts;
    private final double pollMs;
    private final SensorModel model;

    private Readings(double[] centresMs, double[] watts, double pollMs, SensorModel model) {
        this.centresMs = centresMs;
        this.watts = watts;
        this.pollMs = pollMs;
        this.model = model;
    }

    /**
     * @param polls the readings, stamps in the SUT's clock with the zone taken out
     * @param pollMs their median interval in ms
     * @param lagMs how far the SUT's clock is ahead
     */
    public static Readings of(PowerSeries polls, SensorModel model, double pollMs, double lagMs) {
        return pollMs < model.periodMs()
                ? perUpdate(polls, model, pollMs, lagMs)
                : perPoll(polls, model, pollMs, lagMs);
    }

    private static Readings perPoll(PowerSeries polls, SensorModel model, double pollMs, double lagMs) {
        double move = model.centreShiftMs() + lagMs;
        double[] centres = new double[polls.size()];
        double[] watts = new double[centres.length];
        for (int i = 0; i < centres.length; i++) {
            centres[i] = polls.timeMs(i) - move;
            watts[i] = polls.watts(i);
        }
        return new Readings(centres, watts, pollMs, model);
    }

    private static Readings perUpdate(PowerSeries polls, SensorModel model, double pollMs, double lagMs) {
        double period = model.periodMs();
        // With the updates' phase known, each is read at its end and its age is known; else it is T/2 on average.
        boolean phased = model.period().isUsable();
        double first = phased ? model.period().updateAtOrBefore(polls.firstMs()) : polls.firstMs();
        double move = (phased ? model.windowMs() / 2 + model.delayMs() : model.centreShiftMs()) + lagMs;
        int expected = (int) ((polls.lastMs() - first) / period) + 1;
        double[] centres = new double[expected];
        double[] watts = new double[expected];
        int n = 0;
        int next = 0;
        for (int k = 0; k < expected; k++) {
            double update = first + k * period;
            int before = next;
            while (next < polls.size() && polls.timeMs(next) < update + period) {
                next++;
            }
            if (next > before) {
                centres[n] = update - move;
                watts[n++] = polls.watts(next - 1);
            }
        }
        return new Readings(Arrays.copyOf(centres, n), Arrays.copyOf(watts, n), pollMs, model);
    }

    public SensorModel model() {
        return model;
    }

    /** Median interval of the polls in ms. */
    public double pollMs() {
        return pollMs;
    }

    /** The effective step D in ms. */
    public double stepMs() {
        return model.stepMs(pollMs);
    }

    public int size() {
        return centresMs.length;
    }

    public double centreMs(int index) {
        return centresMs[index];
    }

    public double watts(int index) {
        return watts[index];
    }

    private int indexAtOrAfter(double epochMs) {
        int found = Arrays.binarySearch(centresMs, epochMs);
        return found >= 0 ? found : -found - 1;
    }

    /** Readings whose centre lies between two times in ms, ends included. */
    public double[] between(double fromMs, double toMs) {
        int from = indexAtOrAfter(fromMs);
        int to = indexAtOrAfter(Math.nextUp(toMs));
        return to <= from ? new double[0] : Arrays.copyOfRange(watts, from, to);
    }

    /** Readings that saw nothing but the time between two times in ms. */
    public double[] inside(double fromMs, double toMs) {
        return between(fromMs + marginMs(), toMs - marginMs());
    }

    /** How far a centre must lie from an end for its window to lie wholly inside, in ms. */
    public double marginMs() {
        return model.trimWindowMs() / 2 + (pollMs >= model.periodMs() ? model.periodMs() / 2 : 0);
    }

    /** The reading that was current at each of these rising times in ms; NaN before the first. */
    public double[] at(double[] epochMs) {
        double[] found = new double[epochMs.length];
        int next = 0;
        for (int k = 0; k < epochMs.length; k++) {
            while (next < centresMs.length && centresMs[next] <= epochMs[k]) {
                next++;
            }
            found[k] = next == 0 ? Double.NaN : watts[next - 1];
        }
        return found;
    }

    /** Share of the time between two times in ms that lies in holes of more than 2.5 steps. */
    public double gapShare(double fromMs, double toMs) {
        double limit = GAP * stepMs();
        double lost = 0;
        for (int i = Math.max(1, indexAtOrAfter(fromMs)); i < centresMs.length && centresMs[i - 1] < toMs; i++) {
            if (centresMs[i] - centresMs[i - 1] > limit) {
                lost += Math.min(centresMs[i], toMs) - Math.max(centresMs[i - 1], fromMs);
            }
        }
        if (centresMs.length > 0) {
            double head = centresMs[0] - fromMs;
            double tail = toMs - centresMs[centresMs.length - 1];
            double longest = limit + model.trimWindowMs();
            lost += (head > longest ? Math.min(head, toMs - fromMs) : 0)
                    + (tail > longest ? Math.min(tail, toMs - fromMs) : 0);
        }
        return lost / (toMs - fromMs);
    }
}
