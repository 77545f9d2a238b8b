package dev.wattline.bench.spine;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One measured figure: a row of the table.
 *
 * @param what it is, with its unit
 * @param ours the value for Wattline
 * @param reference the value for the reference in the same run; empty where it was not measured
 * @param target what it has to be
 */
public record BenchFigure(String what, double ours, OptionalDouble reference, Target target) {
    /** Headings of {@link #cells}. */
    public static final List<String> HEADINGS = List.of("figure", "ours", "reference", "ours / ref.", "target", "met");

    /** A figure of ours alone, for reading. */
    static BenchFigure of(String what, double ours) {
        return new BenchFigure(what, ours, OptionalDouble.empty(), new Target.None());
    }

    BenchFigure against(OptionalDouble value) {
        return new BenchFigure(what, ours, value, target);
    }

    BenchFigure mustBe(Target value) {
        return new BenchFigure(what, ours, reference, value);
    }

    /** The row's texts, in the order of {@link #HEADINGS}. */
    public List<String> cells() {
        return List.of(
                what,
                number(ours),
                reference.isPresent() ? number(reference.getAsDouble()) : "",
                reference.isPresent() && reference.getAsDouble() != 0 ? number(ours / reference.getAsDouble()) : "",
                target.text(),
                target.met(ours, reference).map(met -> met ? "yes" : "NO").orElse(""));
    }

    /** Three significant digits, never with an exponent. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
