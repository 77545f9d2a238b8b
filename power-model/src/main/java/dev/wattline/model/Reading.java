package dev.wattline.model;

/**
 * One quadruple of an analyzer's row as it stands in the log, encoded values included: watts (W), volts (V), amps (A)
 * and power factor (1). The sum columns of a multichannel row may hold {@code -1} in volts, amps and power factor
 * although the watts are good.
 */
public record Reading(double watts, double volts, double amps, double powerFactor) {

    /** What the watts field says of this reading. */
    public ReadingKind kind() {
        return ReadingKind.ofWatts(watts);
    }

    /** Power in W with the out-of-range encoding undone; NaN where nothing was measured. */
    public double decodedWatts() {
        return decode(watts);
    }

    /** Current in A with the out-of-range encoding undone; NaN where nothing was measured. */
    public double decodedAmps() {
        return decode(amps);
    }

    /** Voltage in V; NaN where nothing was measured. Volts are never encoded. */
    public double decodedVolts() {
        return volts >= 0 ? volts : Double.NaN;
    }

    /** The value behind a watts or amps field: itself, {@code x} of {@code -(x+3)}, or NaN. */
    public static double decode(double field) {
        return switch (ReadingKind.ofWatts(field)) {
            case VALID -> field;
            case OUT_OF_RANGE -> -field - 3;
            case ERROR, MISSED -> Double.NaN;
        };
    }
}
