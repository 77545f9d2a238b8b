package dev.wattline.model;

/** What PTDaemon says of a reading by the sign and size of its watts. */
public enum ReadingKind {
    /** A measured value, zero or more. */
    VALID,
    /** {@code -1}: the analyzer's answer was no number or an overflow. */
    ERROR,
    /** {@code -2}: the sample's second passed while the previous one was still being read. */
    MISSED,
    /**
     * {@code -(x+3)}: x was measured, but outside the analyzer's valid window for its range; watts and amps are
     * encoded so, volts and power factor are plain.
     */
    OUT_OF_RANGE;

    /** The kind of a reading whose watts field is this; NaN counts as an error. */
    public static ReadingKind ofWatts(double watts) {
        if (watts >= 0) {
            return VALID;
        }
        if (watts <= -3) {
            return OUT_OF_RANGE;
        }
        return watts == -2 ? MISSED : ERROR;
    }
}
