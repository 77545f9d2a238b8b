package dev.wattline.compliance.sample;

import dev.wattline.model.Reading;

/**
 * The greatest readings of one column of a power log, the encoding of values outside the analyzer's range undone. NaN, and
 * time 0, as long as nothing was measured. Not safe for use by several threads.
 */
public final class PeakTally {
    private double volts = Double.NaN;
    private double amps = Double.NaN;
    private double watts = Double.NaN;
    private long wattsMicros;

    /** Adds a reading that was taken so many microseconds after the epoch. */
    public void add(Reading reading, long micros) {
        volts = greater(volts, reading.decodedVolts());
        amps = greater(amps, reading.decodedAmps());
        double power = reading.decodedWatts();
        if (power > watts || (Double.isNaN(watts) && !Double.isNaN(power))) {
            watts = power;
            wattsMicros = micros;
        }
    }

    private static double greater(double before, double now) {
        return now > before || Double.isNaN(before) ? now : before;
    }

    /** V. */
    public double volts() {
        return volts;
    }

    /** A. */
    public double amps() {
        return amps;
    }

    /** W. */
    public double watts() {
        return watts;
    }

    /** When the greatest power was first read, microseconds since the epoch on the log's clock. */
    public long wattsMicros() {
        return wattsMicros;
    }
}
