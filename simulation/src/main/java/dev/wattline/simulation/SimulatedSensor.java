package dev.wattline.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A power register by the boxcar model: refreshed every T at {@code u_k = phase + k T} with the mean power over
 * {@code [u_k - d - W, u_k - d]} times a gain plus an offset, rounded to 0.01 W.
 *
 * @param periodMs T in ms
 * @param windowMs W in ms
 * @param delayMs d in ms
 * @param gain g
 * @param offsetW o in W
 * @param phaseMs an update's time in ms
 */
public record SimulatedSensor(
        double periodMs, double windowMs, double delayMs, double gain, double offsetW, double phaseMs) {

    /** The reading at a time, in mW as a log would have it. */
    public int read(StepLoad load, double ms) {
        double update = phaseMs + periodMs * Math.floor((ms - phaseMs) / periodMs);
        double mean = load.mean(update - delayMs - windowMs, update - delayMs);
        return (int) Math.round((gain * mean + offsetW) * 100) * 10;
    }

    /**
     * A log of polls of this register.
     *
     * @param fromMs time of the first poll in ms
     * @param toMs time that no poll exceeds
     * @param epochMs what the log's clock shows at time 0
     */
    public Polls poll(
            StepLoad load, Polling polling, double fromMs, double toMs, long epochMs, SplittableRandom random) {
        Polls log = new Polls();
        double last = Double.NEGATIVE_INFINITY;
        double due = fromMs;
        while (due <= toMs) {
            double at = due + polling.jitterMs() * (random.nextDouble() - 0.5);
            if (random.nextDouble() < polling.stallShare()) {
                at += polling.stallMs() * (0.5 + random.nextDouble());
                due = at;
            }
            long stamp = Math.round(at);
            if (stamp > last) {
                log.add(epochMs + stamp, read(load, at));
                last = stamp;
            }
            due += polling.intervalMs();
        }
        return log;
    }

    /** Takes a poll's time in ms and its reading in mW. */
    @FunctionalInterface
    public interface PollConsumer<T> {
        void add(T target, long epochMs, int milliwatts);
    }

    /** What polls read, in rising order of time. For one thread while it is filled. */
    public static final class Polls {
        private long[] timesMs = new long[256];
        private int[] milliwatts = new int[256];
        private int size;

        private void add(long epochMs, int reading) {
            if (size == timesMs.length) {
                timesMs = Arrays.copyOf(timesMs, 2 * size);
                milliwatts = Arrays.copyOf(milliwatts, 2 * size);
            }
            timesMs[size] = epochMs;
            milliwatts[size++] = reading;
        }

        /** Number of polls. */
        public int size() {
            return size;
        }

        /** Stamp of a poll in ms since the epoch. */
        public long timeMs(int index) {
            return timesMs[index];
        }

        /** Its reading in W. */
        public double watts(int index) {
            return milliwatts[index] / 1e3;
        }

        /** Adds all polls to a target, such as a series of another module, and returns it. */
        public <T> T into(T target, PollConsumer<T> consumer) {
            for (int i = 0; i < size; i++) {
                consumer.add(target, timesMs[i], milliwatts[i]);
            }
            return target;
        }
    }

    /**
     * How the register is polled.
     *
     * @param intervalMs interval in ms
     * @param jitterMs full width of each poll's jitter in ms
     * @param stallShare share of polls that come late
     * @param stallMs how late, on average, in ms
     */
    public record Polling(double intervalMs, double jitterMs, double stallShare, double stallMs) {
        /** Polls of a real log: some ms of jitter, one in fifty stalled by 60 ms or so. */
        public static Polling every(double intervalMs) {
            return new Polling(intervalMs, Math.min(0.3 * intervalMs, 12), 0.02, 60);
        }
    }
}
