package dev.wattline.compliance.sample;

import java.util.DoubleSummaryStatistics;

/**
 * By how much power changed within a stretch of time: the mean of its last minute against that of its first. Not safe for
 * use by several threads.
 */
public final class PowerDrift {
    private static final long MINUTE_MICROS = 60_000_000;

    private final long beginMicros;
    private final long endMicros;
    private final DoubleSummaryStatistics first = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics last = new DoubleSummaryStatistics();

    /**
     * @param beginMicros of the stretch, in microseconds
     * @param endMicros of the stretch, in microseconds
     */
    public PowerDrift(long beginMicros, long endMicros) {
        this.beginMicros = beginMicros;
        this.endMicros = endMicros;
    }

    /** Adds a sample of the stretch. What is not above 0 W is no power and left out. */
    public void add(long micros, double watts) {
        if (!(watts > 0)) {
            return;
        }
        if (micros < beginMicros + MINUTE_MICROS) {
            first.accept(watts);
        }
        if (micros >= endMicros - MINUTE_MICROS) {
            last.accept(watts);
        }
    }

    /** As a share of the first minute's mean: -0.02 for 2 % less. NaN for a stretch of less than two minutes. */
    public double share() {
        boolean apart = endMicros - beginMicros >= 2 * MINUTE_MICROS;
        return apart && first.getCount() > 0 && last.getCount() > 0
                ? last.getAverage() / first.getAverage() - 1
                : Double.NaN;
    }
}
