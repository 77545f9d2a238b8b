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

    private final double baseMs;
    private final double tickMs; // what one step of an offset stands for
    private final int[] offsets; // of the centres, in ticks since the base: half the memory of doubles
    private final int[] milliwatts;
    private final int size;
    private final double pollMs;
    private final SensorModel model;

    private Readings(Builder built, double pollMs, SensorModel model) {
        this.baseMs = built.baseMs;
        this.tickMs = built.tickMs;
        this.size = built.size;
        this.offsets = Arrays.copyOf(built.offsets, size);
        this.milliwatts = Arrays.copyOf(built.milliwatts, size);
        this.pollMs = pollMs;
        this.model = model;
    }

    private static final class Builder {
        private static final double FINEST_TICK_MS = 0.01;
        private static final double TICKS = 2e9;

        private final double baseMs;
        private final double tickMs;
        private final int[] offsets;
        private final int[] milliwatts;
        private int size;

        Builder(int capacity, double firstMs, double lastMs) {
            baseMs = firstMs;
            tickMs = Math.max(FINEST_TICK_MS, (lastMs - firstMs) / TICKS);
            offsets = new int[capacity];
            milliwatts = new int[capacity];
        }

        void add(double centreMs, int reading) {
            offsets[size] = (int) Math.round((centreMs - baseMs) / tickMs);
            milliwatts[size++] = reading;
        }
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
        Builder built = new Builder(polls.size(), polls.firstMs() - move, polls.lastMs() - move);
        for (int i = 0; i < polls.size(); i++) {
            built.add(polls.timeMs(i) - move, polls.milliwatts(i));
        }
        return new Readings(built, pollMs, model);
    }

    private static Readings perUpdate(PowerSeries polls, SensorModel model, double pollMs, double lagMs) {
        double period = model.periodMs();
        // With the updates' phase known, each is read at its end and its age is known; else it is T/2 on average.
        boolean phased = model.period().isUsable();
        double first = phased ? model.period().updateAtOrBefore(polls.firstMs()) : polls.firstMs();
        double move = (phased ? model.windowMs() / 2 + model.delayMs() : model.centreShiftMs()) + lagMs;
        int expected = (int) ((polls.lastMs() - first) / period) + 1;
        Builder built = new Builder(expected, first - move, polls.lastMs() - move);
        int next = 0;
        for (int k = 0; k < expected; k++) {
            double update = first + k * period;
            int before = next;
            while (next < polls.size() && polls.timeMs(next) < update + period) {
                next++;
            }
            if (next > before) {
                built.add(update - move, polls.milliwatts(next - 1));
            }
        }
        return new Readings(built, pollMs, model);
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
        return size;
    }

    public double centreMs(int index) {
        return baseMs + offsets[index] * tickMs;
    }

    public double watts(int index) {
        return milliwatts[index] / 1e3;
    }

    private int indexAtOrAfter(double epochMs) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (centreMs(middle) < epochMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Readings whose centre lies between two times in ms, ends included. */
    public double[] between(double fromMs, double toMs) {
        int from = indexAtOrAfter(fromMs);
        int to = indexAtOrAfter(Math.nextUp(toMs));
        double[] found = new double[Math.max(0, to - from)];
        for (int i = 0; i < found.length; i++) {
            found[i] = watts(from + i);
        }
        return found;
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
            while (next < size && centreMs(next) <= epochMs[k]) {
                next++;
            }
            found[k] = next == 0 ? Double.NaN : watts(next - 1);
        }
        return found;
    }

    /** Share of the time between two times in ms that lies in holes of more than 2.5 steps. */
    public double gapShare(double fromMs, double toMs) {
        double limit = GAP * stepMs();
        double lost = 0;
        for (int i = Math.max(1, indexAtOrAfter(fromMs)); i < size && centreMs(i - 1) < toMs; i++) {
            if (centreMs(i) - centreMs(i - 1) > limit) {
                lost += Math.min(centreMs(i), toMs) - Math.max(centreMs(i - 1), fromMs);
            }
        }
        if (size > 0) {
            double head = centreMs(0) - fromMs;
            double tail = toMs - centreMs(size - 1);
            double longest = limit + model.trimWindowMs();
            lost += (head > longest ? Math.min(head, toMs - fromMs) : 0)
                    + (tail > longest ? Math.min(tail, toMs - fromMs) : 0);
        }
        return lost / (toMs - fromMs);
    }
}
