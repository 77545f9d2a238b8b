package dev.wattline.ledger.imports;

import java.util.HashSet;
import java.util.Set;

/**
 * Tells whether energies are one total split by time: then all have the same power, to the digits that are printed,
 * though their times differ. Not safe for use by several threads.
 */
public final class ApportionedCheck {
    private static final int ENOUGH = 3;
    private static final double EQUAL = 1e-9;
    /** Digits so coarse that a steady load would look the same prove nothing. */
    private static final double COARSE = 0.01;

    private double lowest = Double.POSITIVE_INFINITY;
    private double highest = Double.NEGATIVE_INFINITY;
    private double sum;
    private long rows;
    private double highestLow = Double.NEGATIVE_INFINITY;
    private double lowestHigh = Double.POSITIVE_INFINITY;
    private boolean coarse;
    private final Set<Double> times = new HashSet<>();

    /**
     * Adds a row.
     *
     * @param joules its energy, above 0
     * @param halfJoule half a unit of its last printed digit
     * @param seconds its time, above 0
     * @param halfSecond half a unit of its last printed digit
     */
    public void add(double joules, double halfJoule, double seconds, double halfSecond) {
        double watts = joules / seconds;
        lowest = Math.min(lowest, watts);
        highest = Math.max(highest, watts);
        sum += watts;
        rows++;
        double low = (joules - halfJoule) / (seconds + halfSecond);
        double high = seconds > halfSecond ? (joules + halfJoule) / (seconds - halfSecond) : Double.POSITIVE_INFINITY;
        coarse |= high - low > COARSE * watts;
        highestLow = Math.max(highestLow, low);
        lowestHigh = Math.min(lowestHigh, high);
        if (times.size() < ENOUGH) {
            times.add(seconds);
        }
    }

    /** Greatest less least power over the mean. */
    public double relativeSpread() {
        return (highest - lowest) / (sum / rows);
    }

    /** Whether three rows or more of different time have one power. */
    public boolean apportioned() {
        return times.size() >= ENOUGH && (relativeSpread() < EQUAL || (!coarse && highestLow <= lowestHigh));
    }
}
