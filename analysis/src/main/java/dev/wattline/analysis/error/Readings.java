package dev.wattline.analysis.error;

import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.series.PowerSeries;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one GPU that count: one per update where polls are faster than updates, else one per poll, each at the
 * middle of the time it saw, in UTC. For one thread.
 */
public final class Readings {
    /** Steps between two readings above which there is a hole. */
    static final double GAP = 2.5;

    private final double baseMs;
    private final double tickMs; // what one step of an offset stands for
    private final int[] offsets; // of the centres, in ticks since the base: half the memory of doubles
    private final int[] milliwatts;
    private final int size;
    private final double pollMs;
    private final SensorModel model;
    private double limitW = Double.NaN;
    private @Nullable HoleBound holeBound; // once a hole was looked at

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
        // One step a poll and not one a period: a hole of days holds more periods than there is memory for.
        Builder built = new Builder(polls.size(), first - move, polls.lastMs() - move);
        for (int i = 0; i < polls.size(); i++) {
            double update = Math.floor((polls.timeMs(i) - first) / period);
            boolean lastOfUpdate = i + 1 == polls.size() || Math.floor((polls.timeMs(i + 1) - first) / period) > update;
            if (lastOfUpdate) {
                built.add(first + update * period - move, polls.milliwatts(i));
            }
        }
        return new Readings(built, pollMs, model);
    }

    /** Bounds what holes may hide by the card's power limit in W; NaN where it is not known. */
    public Readings withLimit(double watts) {
        limitW = watts;
        return this;
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

    /** Index of the first reading whose centre lies at this time in ms or later; the size if there is none. */
    int indexAtOrAfter(double epochMs) {
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

    /**
     * The reading that was current at each of these rising times in ms; NaN before the first, and where the last is more
     * than 2.5 steps old: in a hole, or after the end.
     */
    public double[] at(double[] epochMs) {
        double[] found = new double[epochMs.length];
        double oldest = GAP * stepMs();
        int next = 0;
        for (int k = 0; k < epochMs.length; k++) {
            while (next < size && centreMs(next) <= epochMs[k]) {
                next++;
            }
            found[k] = next == 0 || epochMs[k] - centreMs(next - 1) > oldest ? Double.NaN : watts(next - 1);
        }
        return found;
    }

    /** Share of the time between two times in ms that lies in holes of more than 2.5 steps. */
    public double gapShare(double fromMs, double toMs) {
        double[] lost = {0};
        holes(fromMs, toMs, (lengthMs, before, after) -> lost[0] += lengthMs);
        return lost[0] / (toMs - fromMs);
    }

    /**
     * How far the holes between two times in ms may put their mean from a level in W: each hole's share of the time, times
     * what it may hide at most.
     */
    public double holesW(double fromMs, double toMs, double levelW) {
        double[] hidden = {0};
        holes(fromMs, toMs, (lengthMs, before, after) -> {
            HoleBound bound = holeBound == null ? new HoleBound(this, limitW) : holeBound;
            holeBound = bound;
            hidden[0] += lengthMs * bound.farthest(lengthMs, before, after, levelW);
        });
        return hidden[0] / (toMs - fromMs);
    }

    /** Takes a hole's length in ms and the readings beside it in W, NaN where there is none. */
    private interface HoleVisitor {
        void take(double lengthMs, double before, double after);
    }

    private void holes(double fromMs, double toMs, HoleVisitor visitor) {
        double limit = GAP * stepMs();
        for (int i = Math.max(1, indexAtOrAfter(fromMs)); i < size && centreMs(i - 1) < toMs; i++) {
            if (centreMs(i) - centreMs(i - 1) > limit) {
                double length = Math.min(centreMs(i), toMs) - Math.max(centreMs(i - 1), fromMs);
                visitor.take(length, watts(i - 1), watts(i));
            }
        }
        if (size > 0) {
            double head = centreMs(0) - fromMs;
            double tail = toMs - centreMs(size - 1);
            double longest = limit + model.trimWindowMs();
            if (head > longest) {
                visitor.take(Math.min(head, toMs - fromMs), Double.NaN, watts(0));
            }
            if (tail > longest) {
                visitor.take(Math.min(tail, toMs - fromMs), watts(size - 1), Double.NaN);
            }
        }
    }
}
