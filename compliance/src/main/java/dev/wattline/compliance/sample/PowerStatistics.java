package dev.wattline.compliance.sample;

import dev.wattline.model.PowerSample;

/**
 * Sums over samples in their order: as the submission checkers count them, and as they should be counted. Watts are W.
 */
public final class PowerStatistics {
    private long count;
    private double sum;
    private long positiveCount;
    private double positiveSum;
    private long decodedCount;
    private double decodedSum;
    private double weightedSum; // W s, each value over the time to the sample before
    private double weight; // s
    private long lastMillis = Long.MIN_VALUE;
    private double lastWatts;
    private double powerFactorSum;
    private long powerFactorCount;
    private double maxAmps;

    /** Adds the next sample. */
    public void add(PowerSample sample) {
        double watts = sample.reading().watts();
        count++;
        sum += watts;
        if (watts > 0) {
            positiveCount++;
            positiveSum += watts;
        }
        double decoded = sample.reading().decodedWatts();
        if (!Double.isNaN(decoded)) {
            decodedCount++;
            decodedSum += decoded;
            weigh(sample.at().toEpochMilli(), decoded);
        }
        if (sample.reading().powerFactor() > 0) {
            powerFactorCount++;
            powerFactorSum += sample.reading().powerFactor();
        }
        maxAmps = Math.max(maxAmps, sample.reading().amps());
    }

    private void weigh(long millis, double watts) {
        if (lastMillis != Long.MIN_VALUE && millis > lastMillis) {
            double seconds = (millis - lastMillis) / 1e3;
            weightedSum += (watts + lastWatts) / 2 * seconds;
            weight += seconds;
        }
        lastMillis = millis;
        lastWatts = watts;
    }

    /** Number of samples of any kind. */
    public long count() {
        return count;
    }

    /** Number of samples above zero. */
    public long positiveCount() {
        return positiveCount;
    }

    /** Mean of all fields as they stand, encoded ones too, W; NaN of none. This is the metric's mean up to v3.0. */
    public double mean() {
        return sum / count;
    }

    /** Mean of the fields above zero, W; NaN if there are none. This is the metric's mean since v3.1. */
    public double positiveMean() {
        return positiveSum / positiveCount;
    }

    /** Mean of all that was measured, zeros and decoded out-of-range values included, W; NaN of none. */
    public double decodedMean() {
        return decodedSum / decodedCount;
    }

    /** Mean over time of all that was measured, gaps bridged by their ends, W; NaN of fewer than two samples. */
    public double timeWeightedMean() {
        return weightedSum / weight;
    }

    /** Mean power factor of the samples that have one above zero; NaN if none has. */
    public double powerFactor() {
        return powerFactorSum / powerFactorCount;
    }

    /** Greatest current, A. */
    public double maxAmps() {
        return maxAmps;
    }
}
