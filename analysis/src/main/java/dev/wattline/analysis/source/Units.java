package dev.wattline.analysis.source;

import dev.wattline.analysis.powerlog.NumberWithUnit;

/** What the units of readings are in W and J; upper and lower case tell {@code mJ} from {@code MJ}, which no source has. */
final class Units {
    private Units() {}

    static double watts(String unit) {
        return known(NumberWithUnit.watts(unit), unit);
    }

    static double joules(String unit) {
        return known(NumberWithUnit.joules(unit), unit);
    }

    private static double known(double factor, String unit) {
        if (Double.isNaN(factor)) {
            throw new IllegalArgumentException("no unit of this quantity: " + unit);
        }
        return factor;
    }
}
