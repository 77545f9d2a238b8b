package dev.wattline.analysis.report.chart;

import dev.wattline.analysis.report.page.Figure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Maps values to drawing units, evenly or by their logarithm, and knows where numbers belong. */
final class Scale {
    private static final int TICKS = 6;
    private static final double[] NICE = {1, 2, 5, 10};
    private static final int FEW_DECADES = 2;

    private final boolean log;
    private final double low;
    private final double high;
    private final double from;
    private final double to;

    private Scale(boolean log, double low, double high, double from, double to) {
        this.log = log;
        this.low = low;
        this.high = high;
        this.from = from;
        this.to = to;
    }

    /** Even, widened to round numbers. */
    static Scale linear(double low, double high, double from, double to) {
        double top = high > low ? high : low + 1;
        double step = step(top - low);
        return new Scale(false, Math.floor(low / step + 1e-9) * step, Math.ceil(top / step - 1e-9) * step, from, to);
    }

    /** By logarithm; both ends must be positive. */
    static Scale log(double low, double high, double from, double to) {
        return new Scale(true, low, high > low ? high : low * 10, from, to);
    }

    /** The position of a value; a value beyond an end is put at the end. */
    double at(double value) {
        double clipped = Math.max(low, Math.min(high, value));
        double share = log ? Math.log(clipped / low) / Math.log(high / low) : (clipped - low) / (high - low);
        return Math.round((from + share * (to - from)) * 10) / 10.0;
    }

    List<Figure.Tick> ticks() {
        List<Figure.Tick> ticks = new ArrayList<>();
        if (log) {
            double[] mantissas = Math.log10(high / low) > FEW_DECADES ? new double[] {1} : new double[] {1, 2, 5};
            for (int decade = (int) Math.floor(Math.log10(low)); decade <= Math.ceil(Math.log10(high)); decade++) {
                for (double mantissa : mantissas) {
                    add(ticks, mantissa * Math.pow(10, decade));
                }
            }
        } else {
            double step = step(high - low);
            for (long k = Math.round(low / step); k <= Math.round(high / step); k++) {
                add(ticks, k * step);
            }
        }
        return ticks;
    }

    private void add(List<Figure.Tick> ticks, double value) {
        double slack = 1e-9 * Math.abs(high);
        if (value >= low - slack && value <= high + slack) {
            ticks.add(new Figure.Tick(at(value), label(value)));
        }
    }

    private static String label(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new java.math.MathContext(3));
        return rounded.signum() == 0
                ? "0"
                : rounded.stripTrailingZeros().toPlainString().replace('-', '−');
    }

    private static double step(double range) {
        double rough = range / TICKS;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double nice : NICE) {
            if (nice * decade >= rough * (1 - 1e-9)) {
                return nice * decade;
            }
        }
        return 10 * decade;
    }
}
