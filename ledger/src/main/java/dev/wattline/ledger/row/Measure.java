package dev.wattline.ledger.row;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A published value.
 *
 * @param value the number, thousands commas removed; NaN where the text is none
 * @param text as printed in the source
 * @param label the unit as printed in the source
 * @param unit the unit it means; null where the label is not known
 * @param scope what was measured
 * @param place where in the file the value stands: {@code line 12} or a JSON pointer
 * @param key the source's own name of the value: its column, its key, or LoadGen's key; empty if the label says all
 * @param basis how the source came by it
 * @param low lower end of the source's 95 % interval, in the unit of the value; null without one
 * @param high upper end
 */
public record Measure(
        double value,
        String text,
        String label,
        @Nullable MeasureUnit unit,
        Scope scope,
        String place,
        String key,
        Basis basis,
        @Nullable Double low,
        @Nullable Double high) {

    private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /** A measured value without a key or an interval. */
    public Measure(double value, String text, String label, @Nullable MeasureUnit unit, Scope scope, String place) {
        this(value, text, label, unit, scope, place, "", Basis.MEASURED, null, null);
    }

    /** How a source came by a value. Only measured ones enter statistics. */
    public enum Basis {
        /** Read from an instrument or sensor, or computed from such readings. */
        MEASURED,
        /** A rule of thumb or constant of the source, such as the power of memory by its size. */
        ESTIMATED,
        /** A product or ratio of other values of the row: it says nothing new. */
        DERIVED,
        /** A share of a measured total, split by another value. */
        APPORTIONED,
        /** A zero that means that nothing was measured. */
        MISSING
    }

    /** What a power or energy is of. Values of different scopes are never compared. */
    public enum Scope {
        /** The whole system at the wall. */
        WALL,
        /** A node, by its own sensors or supplies. */
        NODE,
        /** Accelerators only. */
        GPU,
        /** Processors only. */
        CPU,
        /** Memory only. */
        MEMORY,
        /** Not stated. */
        UNKNOWN
    }

    /** A measure as a table prints it. */
    public static Measure of(String text, String label, Scope scope, String place) {
        MeasureUnit unit = MeasureUnit.ofLabel(label).orElse(null);
        boolean power = unit != null && unit.dimension().isPower();
        return new Measure(number(text), text, label, unit, power ? scope : Scope.UNKNOWN, place);
    }

    /** The same value with the source's name for it and how the source came by it. */
    public Measure with(String name, Basis how) {
        return new Measure(value, text, label, unit, scope, place, name, how, low, high);
    }

    /** The same value with its 95 % interval. */
    public Measure within(@Nullable Double from, @Nullable Double to) {
        return new Measure(value, text, label, unit, scope, place, key, basis, from, to);
    }

    /** The number of a text with or without thousands commas; NaN where it is none. */
    public static double number(String text) {
        String plain = text.strip();
        if (plain.indexOf(',') >= 0 && THOUSANDS.matcher(plain).matches()) {
            plain = plain.replace(",", "");
        }
        if (!NUMBER.matcher(plain).matches()) {
            return Double.NaN;
        }
        return Double.parseDouble(plain);
    }

    /** Whether it is a power or an energy. */
    public boolean isPower() {
        return unit != null && unit.dimension().isPower();
    }

    /** Half a unit of the last digit printed, in the unit of the value; NaN where the text is no number. */
    public double halfDigit() {
        if (Double.isNaN(value)) {
            return Double.NaN;
        }
        String plain = text.strip().replace(",", "");
        int exponentAt = Math.max(plain.indexOf('e'), plain.indexOf('E'));
        int exponent = exponentAt < 0
                ? 0
                : Integer.parseInt(plain.substring(exponentAt + 1).replace("+", ""));
        String mantissa = exponentAt < 0 ? plain : plain.substring(0, exponentAt);
        int point = mantissa.indexOf('.');
        int decimals = point < 0 ? 0 : mantissa.length() - point - 1;
        return 0.5 * Math.pow(10, exponent - decimals);
    }
}
