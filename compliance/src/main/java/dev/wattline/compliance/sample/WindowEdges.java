package dev.wattline.compliance.sample;

import dev.wattline.model.PowerSample;

/**
 * The samples at both ends of the power window, and how far the mean of the samples inside may lie from the mean power
 * over the window on their account. A sample is the mean over the time since the one before: the first one inside holds
 * time from before the window, and the time behind the last one is in a sample that does not count.
 */
public final class WindowEdges {
    private static final double MILLIS_PER_SECOND = 1e3;

    private double beforeWatts = Double.NaN;
    private double firstWatts = Double.NaN;
    private double lastWatts = Double.NaN;
    private double afterWatts = Double.NaN;
    private long beforeMillis;
    private long lastMillis;

    /**
     * Adds the next sample; those without a power above zero are left out.
     *
     * @param inside whether it lies in the window
     */
    public void add(PowerSample sample, boolean inside) {
        double watts = sample.reading().watts();
        if (!(watts > 0)) {
            return;
        }
        if (inside) {
            firstWatts = Double.isNaN(firstWatts) ? watts : firstWatts;
            lastWatts = watts;
            lastMillis = sample.at().toEpochMilli();
        } else if (Double.isNaN(firstWatts)) {
            beforeWatts = watts;
            beforeMillis = sample.at().toEpochMilli();
        } else if (Double.isNaN(afterWatts)) {
            afterWatts = watts;
        }
    }

    /**
     * The most by which the mean of the samples may be off for the seconds that the window's ends cut, each taken to lie
     * between its sample and the one beside it. 0 at an end behind which the log has no sample.
     *
     * @param meanWatts mean of the samples inside, W
     * @param beginSeconds begin of the window, s since the epoch on the samples' clock
     * @param endSeconds end of the window, s since the epoch
     * @return a fraction of the mean
     */
    public double fraction(double meanWatts, double beginSeconds, double endSeconds) {
        double head = beginSeconds - beforeMillis / MILLIS_PER_SECOND;
        double tail = endSeconds - lastMillis / MILLIS_PER_SECOND;
        double joules = Double.isNaN(beforeWatts) ? 0 : head * furthest(beforeWatts, firstWatts, meanWatts);
        joules += Double.isNaN(afterWatts) ? 0 : tail * furthest(lastWatts, afterWatts, meanWatts);
        double fraction = joules / (endSeconds - beginSeconds) / meanWatts;
        return fraction > 0 ? fraction : 0;
    }

    private static double furthest(double one, double other, double mean) {
        return Math.max(Math.abs(one - mean), Math.abs(other - mean));
    }
}
