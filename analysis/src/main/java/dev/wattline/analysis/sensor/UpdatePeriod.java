package dev.wattline.analysis.sensor;

/**
 * The update period of a sensor as its changes show it.
 *
 * @param periodMs period T in ms; NaN where none could be computed
 * @param concentration R, how closely the changes keep to multiples of T, 0...1; NaN without T
 * @param phaseMs an instant of the lattice of updates, in ms since the epoch; NaN without T
 * @param sigmaMs standard uncertainty of T in ms, from blocks; NaN for fewer than 80 changes
 * @param indexLsMs the cross-check: T by least squares over counted periods
 * @param indexLsRmsMs its residual; the check is void where it exceeds 0.75 of a poll
 * @param changes changes used
 * @param pollMs median poll interval in ms
 * @param status whether T may be relied on
 * @param reason why not
 */
public record UpdatePeriod(
        double periodMs,
        double concentration,
        double phaseMs,
        double sigmaMs,
        double indexLsMs,
        double indexLsRmsMs,
        int changes,
        double pollMs,
        Status status,
        String reason) {

    /** What T rests on. */
    public enum Status {
        /** The samples show it. */
        IDENTIFIED,
        /** The samples hint at it, and the table has the same period within 2 %. */
        TABLE_CONFIRMED,
        /** It cannot be told from these samples. */
        NOT_IDENTIFIABLE
    }

    static UpdatePeriod none(int changes, double pollMs, String reason) {
        double nan = Double.NaN;
        return new UpdatePeriod(nan, nan, nan, nan, nan, nan, changes, pollMs, Status.NOT_IDENTIFIABLE, reason);
    }

    /** Of a reading that does not follow the load: no period, whatever its few changes look like. */
    public static UpdatePeriod stuck(UpdatePeriod seen) {
        return none(seen.changes(), seen.pollMs(), "the reading is stuck");
    }

    /** Whether there is a value, whatever its status. */
    public boolean isComputed() {
        return !Double.isNaN(periodMs);
    }

    /** Whether T is what polls slower than a third of it would show: worth telling, not worth relying on. */
    public boolean isCandidate() {
        return isComputed()
                && !isUsable()
                && concentration >= PeriodDetector.MIN_CONCENTRATION
                && pollMs > periodMs / 3;
    }

    /** Whether T may be used. */
    public boolean isUsable() {
        return status != Status.NOT_IDENTIFIABLE;
    }

    /** Whether the index least squares agree to be a check at all. */
    public boolean indexLsValid() {
        return indexLsRmsMs <= 0.75 * pollMs;
    }

    /** The update at or before this time, by the lattice. */
    public double updateAtOrBefore(double epochMs) {
        return phaseMs + periodMs * Math.floor((epochMs - phaseMs) / periodMs);
    }

    /** The update nearest to this time, by the lattice. */
    public double nearestUpdate(double epochMs) {
        return phaseMs + periodMs * Math.rint((epochMs - phaseMs) / periodMs);
    }
}
