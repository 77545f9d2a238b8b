package dev.wattline.analysis.simulation;

import dev.wattline.analysis.series.PowerSeries;
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
    public PowerSeries poll(
            StepLoad load, Polling polling, double fromMs, double toMs, long epochMs, SplittableRandom random) {
        PowerSeries log = new PowerSeries();
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
