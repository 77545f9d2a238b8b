package dev.wattline.ledger.row;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The units of published results. Two measures of one dimension can be compared; {@link #toBase} gives both in the same
 * unit.
 */
public enum MeasureUnit {
    /** Mean power. */
    WATT("W", Dimension.POWER, 1),
    /** Energy of a query or stream of queries, as rounds up to v2.1 have it. */
    JOULE_PER_QUERY("J/query", Dimension.ENERGY_PER_QUERY, 1),
    /** Energy of a query since v3.0. */
    MILLIJOULE_PER_QUERY("mJ/query", Dimension.ENERGY_PER_QUERY, 1e-3),
    /** Energy of a query as leaderboards give it. */
    WATT_HOUR_PER_QUERY("Wh/query", Dimension.ENERGY_PER_QUERY, 3600),
    /** Energy of an inference of MLPerf Tiny. */
    MICROJOULE_PER_INFERENCE("uJ/inference", Dimension.ENERGY_PER_INFERENCE, 1e-6),
    JOULE_PER_TOKEN("J/token", Dimension.ENERGY_PER_TOKEN, 1),
    JOULE_PER_IMAGE("J/image", Dimension.ENERGY_PER_IMAGE, 1),
    JOULE_PER_VIDEO("J/video", Dimension.ENERGY_PER_VIDEO, 1),
    JOULE("J", Dimension.ENERGY, 1),
    MILLIJOULE("mJ", Dimension.ENERGY, 1e-3),
    WATT_HOUR("Wh", Dimension.ENERGY, 3600),
    /** Energy, mostly to train. */
    KILOJOULE("kJ", Dimension.ENERGY, 1e3),
    MEGAJOULE("MJ", Dimension.ENERGY, 1e6),
    /** Energy as electricity meters have it. */
    KILOWATT_HOUR("kWh", Dimension.ENERGY, 3.6e6),
    SAMPLES_PER_SECOND("samples/s", Dimension.SAMPLE_RATE, 1),
    QUERIES_PER_SECOND("queries/s", Dimension.QUERY_RATE, 1),
    TOKENS_PER_SECOND("tokens/s", Dimension.TOKEN_RATE, 1),
    IMAGES_PER_SECOND("images/s", Dimension.IMAGE_RATE, 1),
    VIDEOS_PER_SECOND("videos/s", Dimension.VIDEO_RATE, 1),
    TOKENS("tokens", Dimension.TOKENS, 1),
    SAMPLES("samples", Dimension.SAMPLES, 1),
    QUERIES("queries", Dimension.QUERIES, 1),
    GRAM_CO2("g CO2", Dimension.CO2, 1),
    KILOGRAM_CO2("kg CO2", Dimension.CO2, 1e3),
    NANOSECOND("ns", Dimension.TIME, 1e-9),
    SECOND("s", Dimension.TIME, 1),
    MILLISECOND("ms", Dimension.TIME, 1e-3),
    MINUTE("min", Dimension.TIME, 60),
    HOUR("h", Dimension.TIME, 3600);

    /** What a unit measures. */
    public enum Dimension {
        POWER,
        ENERGY,
        ENERGY_PER_QUERY,
        ENERGY_PER_INFERENCE,
        ENERGY_PER_TOKEN,
        ENERGY_PER_IMAGE,
        ENERGY_PER_VIDEO,
        SAMPLE_RATE,
        QUERY_RATE,
        TOKEN_RATE,
        IMAGE_RATE,
        VIDEO_RATE,
        TOKENS,
        SAMPLES,
        QUERIES,
        CO2,
        TIME;

        /** Whether it is power or energy, and not performance. */
        public boolean isPower() {
            return switch (this) {
                case POWER,
                        ENERGY,
                        ENERGY_PER_QUERY,
                        ENERGY_PER_INFERENCE,
                        ENERGY_PER_TOKEN,
                        ENERGY_PER_IMAGE,
                        ENERGY_PER_VIDEO -> true;
                default -> false;
            };
        }
    }

    /** The labels of published tables, in lower case. */
    private static final Map<String, MeasureUnit> LABELS = labels(Map.ofEntries(
            Map.entry("watt", WATT),
            Map.entry("watts", WATT),
            Map.entry("system power", WATT),
            Map.entry("system power (w)", WATT),
            Map.entry("power (w)", WATT),
            Map.entry("j/sample", JOULE_PER_QUERY),
            Map.entry("system energy (j) per stream*", JOULE_PER_QUERY),
            Map.entry("system energy (mj) per stream*", MILLIJOULE_PER_QUERY),
            Map.entry("millijoules", MILLIJOULE_PER_QUERY),
            Map.entry("energy in uj", MICROJOULE_PER_INFERENCE),
            Map.entry("uj/inf.", MICROJOULE_PER_INFERENCE),
            Map.entry("joules", JOULE),
            Map.entry("latency (ms)", MILLISECOND),
            Map.entry("latency in ms", MILLISECOND),
            Map.entry("latency (in minutes)", MINUTE)));

    /** Labels are compared without case, except those of units that differ in nothing else: mJ and MJ. */
    private static Map<String, MeasureUnit> labels(Map<String, MeasureUnit> others) {
        Map<String, MeasureUnit> labels = new HashMap<>(others);
        for (MeasureUnit unit : values()) {
            if (unit != MEGAJOULE) {
                labels.put(unit.symbol.toLowerCase(Locale.ROOT), unit);
            }
        }
        return Map.copyOf(labels);
    }

    private final String symbol;
    private final Dimension dimension;
    private final double factor;

    MeasureUnit(String symbol, Dimension dimension, double factor) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.factor = factor;
    }

    /** The unit that a table's label means; empty if it is not known. */
    public static Optional<MeasureUnit> ofLabel(@Nullable String label) {
        if (label == null) {
            return Optional.empty();
        }
        String plain = label.strip();
        return plain.equals(MEGAJOULE.symbol)
                ? Optional.of(MEGAJOULE)
                : Optional.ofNullable(LABELS.get(plain.toLowerCase(Locale.ROOT)));
    }

    /** The unit's name in ledgers, such as {@code mJ/query}. */
    public String symbol() {
        return symbol;
    }

    /** What it measures. */
    public Dimension dimension() {
        return dimension;
    }

    /** A value in this unit in the dimension's base: W, J, J a query, J an inference, per second, s. */
    public double toBase(double value) {
        return value * factor;
    }

    /** A value in the dimension's base in this unit. */
    public double fromBase(double base) {
        return base / factor;
    }
}
