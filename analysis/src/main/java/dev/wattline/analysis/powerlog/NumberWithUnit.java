package dev.wattline.analysis.powerlog;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units as logs have them: {@code 46.19 W}, {@code 5542mW}, {@code 33,09}. */
public final class NumberWithUnit {
    private static final Pattern NUMBER_AND_UNIT =
            Pattern.compile("([+-]?\\d{1,15}(?:[.,]\\d{1,18})?(?:[eE][+-]?\\d{1,2})?) ?([a-zA-Zµ%°/]{0,12})");
    private static final Map<String, Double> WATTS = Map.ofEntries(
            Map.entry("w", 1.0),
            Map.entry("watt", 1.0),
            Map.entry("watts", 1.0),
            Map.entry("mw", 1e-3),
            Map.entry("milliwatt", 1e-3),
            Map.entry("milliwatts", 1e-3),
            Map.entry("uw", 1e-6),
            Map.entry("microwatts", 1e-6),
            Map.entry("kw", 1e3));
    private static final Map<String, Double> JOULES = Map.of(
            "j", 1.0, "joule", 1.0, "joules", 1.0, "mj", 1e-3, "uj", 1e-6, "kj", 1e3, "wh", 3600.0, "kwh", 3.6e6);

    private NumberWithUnit() {}

    /** What a unit of power is in W; NaN if the word is none. */
    public static double watts(String unit) {
        return WATTS.getOrDefault(unit.toLowerCase(Locale.ROOT), Double.NaN);
    }

    /** What a unit of energy is in J; NaN if the word is none. */
    public static double joules(String unit) {
        return JOULES.getOrDefault(unit.toLowerCase(Locale.ROOT), Double.NaN);
    }

    /**
     * The power in a cell in W; NaN if it holds none.
     *
     * @param scale what a number without a unit is in W
     */
    public static double power(String cell, double scale) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(cell.strip());
        if (!matcher.matches()) {
            return Double.NaN;
        }
        double unit = matcher.group(2).isEmpty() ? scale : watts(matcher.group(2));
        double value = Double.parseDouble(matcher.group(1).replace(',', '.')) * unit;
        return value >= 0 ? value : Double.NaN;
    }

    /** The number in a cell, whatever its unit; NaN if it holds none. */
    public static double number(String cell) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(cell.strip());
        return matcher.matches() ? Double.parseDouble(matcher.group(1).replace(',', '.')) : Double.NaN;
    }
}
