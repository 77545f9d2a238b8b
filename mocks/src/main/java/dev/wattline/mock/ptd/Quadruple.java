package dev.wattline.mock.ptd;

import java.util.Locale;

/** Watts, volts, amps and power factor of one channel as text, exactly as they stand in a row. */
record Quadruple(String watts, String volts, String amps, String powerFactor) {
    /** What a channel shows whose answer was no number. */
    static final Quadruple ERROR = of(-1, -1, -1, -1);
    /** What each channel shows of a missed sample. */
    static final Quadruple MISSED = of(-2, -2, -2, -2);
    /** What a channel shows that is not measured. */
    static final Quadruple UNUSED = of(0, 0, 0, 0);

    static Quadruple of(double watts, double volts, double amps, double powerFactor) {
        return new Quadruple(number(watts), number(volts), number(amps), number(powerFactor));
    }

    /** A number as C's {@code %f} prints it, with six decimals. */
    static String number(double value) {
        long millionths = Math.round(value * 1e6);
        if (millionths / 1e6 != value || Math.abs(value) >= 1e9) {
            return String.format(Locale.ROOT, "%f", value);
        }
        // The usual case, a value with at most six decimals, is written without a format's cost for each field.
        String digits = Long.toString(Math.abs(millionths) + 1_000_000_000_000_000_000L);
        int point = digits.length() - 6;
        return (Double.compare(value, 0) < 0 ? "-" : "") + Math.abs(millionths) / 1_000_000 + "."
                + digits.substring(point);
    }

    double wattsValue() {
        return Double.parseDouble(watts);
    }

    double value(MeasuredQuantity quantity) {
        return Double.parseDouble(
                switch (quantity) {
                    case WATTS -> watts;
                    case VOLTS -> volts;
                    case AMPS -> amps;
                    case PF -> powerFactor;
                });
    }

    /** Whether the reading counts in the statistics: whatever is negative does not. */
    boolean valid() {
        return wattsValue() >= 0;
    }

    /** Whether watts and amps are encoded as {@code -(x+3)}, measured outside the range's window. */
    boolean outOfRange() {
        return wattsValue() <= -3;
    }

    /** The same reading as the instrument gives it outside its range's window. */
    Quadruple encoded() {
        return valid()
                ? new Quadruple(
                        number(-(wattsValue() + 3)), volts, number(-(value(MeasuredQuantity.AMPS) + 3)), powerFactor)
                : this;
    }

    boolean missed() {
        return wattsValue() == -2;
    }

    void appendTo(StringBuilder row) {
        row.append(",Watts,").append(watts).append(",Volts,").append(volts);
        row.append(",Amps,").append(amps).append(",PF,").append(powerFactor);
    }
}
