package dev.wattline.charts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Maps values to positions, evenly or by their logarithm, and knows where numbers belong. */
final class Scale {
    private static final int TICKS = 6;
    private static final double[] NICE = {1, 2, 5, 10};
    private static final int FEW_DECADES = 2;
    private static final double MANY_DECADES = 8; // with more, not every decade is named
    private static final double PLAIN_DIGITS = 1e6;
    private static final double LEAST_PLAIN = 4e-4; // 0.0001 is wider than the room beside an axis
    private static final double[] NICE_SECONDS = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400
    };
    private static final int MINUTE = 60;
    private static final int DAY = 86_400;

    private final boolean log;
    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final List<Double> values;
    private final DoubleFunction<String> label;
    private final List<Axis.Mark> marks;

    /** A number on an axis: its position and how it reads. */
    record Tick(double at, String label) {}

    private Scale(
            boolean log,
            double low,
            double high,
            double from,
            double to,
            List<Double> values,
            DoubleFunction<String> label,
            List<Axis.Mark> marks) {
        this.log = log;
        this.low = low;
        this.high = high;
        this.from = from;
        this.to = to;
        this.values = values;
        this.label = label;
        this.marks = marks;
    }

    /** Even, widened to round numbers. */
    static Scale linear(double low, double high, double from, double to) {
        double top = high > low ? high : low + 1;
        double step = step((top - low) / TICKS);
        double first = Math.floor(low / step + 1e-9) * step;
        double last = Math.ceil(top / step - 1e-9) * step;
        return new Scale(
                false,
                first,
                last,
                from,
                to,
                multiples(step((last - first) / TICKS), first, last),
                Scale::number,
                List.of());
    }

    /** Even, from end to end. */
    static Scale even(double low, double high, double from, double to) {
        return new Scale(false, low, high, from, to, List.of(), Scale::number, List.of());
    }

    /** The same with names at these values in place of round numbers. */
    Scale named(List<Axis.Mark> names) {
        return new Scale(log, low, high, from, to, List.of(), label, names);
    }

    /** By logarithm; both ends must be positive. */
    static Scale log(double low, double high, double from, double to) {
        double top = high > low ? high : low * 10;
        double[] mantissas = Math.log10(top / low) > FEW_DECADES ? new double[] {1} : new double[] {1, 2, 5};
        double slack = 1e-9 * top;
        int stride = (int) Math.ceil(Math.log10(top / low) / MANY_DECADES);
        List<Double> values = new ArrayList<>();
        for (int decade = (int) Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(top)); decade++) {
            for (double mantissa : mantissas) {
                double value = mantissa * Math.pow(10, decade);
                if (value >= low - slack && value <= top + slack && Math.floorMod(decade, Math.max(1, stride)) == 0) {
                    values.add(value);
                }
            }
        }
        return new Scale(true, low, top, from, to, values, Scale::number, List.of());
    }

    /** Even, in seconds since the epoch; numbers stand at round times of day. */
    static Scale time(double low, double high, double from, double to) {
        double top = high > low ? high : low + 1;
        double rough = (top - low) / TICKS;
        double step = rough < 1 ? step(rough) : rough > DAY ? Math.ceil(rough / DAY) * DAY : DAY;
        for (double nice : NICE_SECONDS) {
            if (rough >= 1 && nice >= rough) {
                step = nice;
                break;
            }
        }
        String pattern = step >= DAY ? "MM-dd" : step >= MINUTE ? "HH:mm" : step >= 1 ? "HH:mm:ss" : "HH:mm:ss.S";
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        return new Scale(
                false,
                low,
                top,
                from,
                to,
                multiples(step, low, top),
                seconds -> format.format(Instant.ofEpochMilli(Math.round(seconds * 1e3))),
                List.of());
    }

    /** The position of a value; a value beyond an end is put at the end. */
    double at(double value) {
        double clipped = Math.max(low, Math.min(high, value));
        double share = log ? Math.log(clipped / low) / Math.log(high / low) : (clipped - low) / (high - low);
        return from + share * (to - from);
    }

    /** Whether a value lies between the ends. */
    boolean holds(double value) {
        return value >= low && value <= high;
    }

    List<Tick> ticks() {
        if (!marks.isEmpty()) {
            return marks.stream()
                    .map(mark -> new Tick(at(mark.value()), mark.name()))
                    .toList();
        }
        return values.stream()
                .map(value -> new Tick(at(value), label.apply(value)))
                .toList();
    }

    private static List<Double> multiples(double step, double low, double high) {
        List<Double> values = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k <= (long) Math.floor(high / step + 1e-9); k++) {
            values.add(k * step);
        }
        return values;
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (size >= PLAIN_DIGITS || (size > 0 && size < LEAST_PLAIN)) {
            return power(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
        return rounded.signum() == 0
                ? "0"
                : rounded.stripTrailingZeros().toPlainString().replace('-', '−');
    }

    /** As 10⁹, or 2·10⁹ where it is no power of ten. */
    private static String power(double value) {
        int exponent = (int) Math.floor(Math.log10(Math.abs(value)) + 1e-9);
        BigDecimal mantissa = new BigDecimal(value / Math.pow(10, exponent)).round(new MathContext(2));
        StringBuilder text = new StringBuilder();
        if (mantissa.compareTo(BigDecimal.ONE) != 0) {
            text.append(mantissa.stripTrailingZeros().toPlainString().replace('-', '−'))
                    .append('·');
        }
        text.append("10");
        for (char digit : String.valueOf(exponent).toCharArray()) {
            text.append(digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(digit - '0'));
        }
        return text.toString();
    }

    /** The least round step that is not below this one. */
    private static double step(double rough) {
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double nice : NICE) {
            if (nice * decade >= rough * (1 - 1e-9)) {
                return nice * decade;
            }
        }
        return 10 * decade;
    }
}
