package dev.wattline.compliance.audit;

import dev.wattline.compliance.Decimals;

/** What a finding does to the metric, in words for its values. */
final class Effect {
    /** Name of the value. */
    static final String NAME = "effect on the metric";

    private Effect() {}

    /** By how much the metric's mean is off, if this other mean is the right one; both W. */
    static String ofMeans(double metric, double right) {
        if (Double.isNaN(metric) || Double.isNaN(right) || right == 0) {
            return "unknown";
        }
        double off = metric / right - 1;
        return (off >= 0 ? "+" : "") + Decimals.percent(off, 4);
    }

    static String watts(double value) {
        return Decimals.fixed(value, 6);
    }

    static String seconds(double value) {
        return Decimals.fixed(value, 3);
    }
}
