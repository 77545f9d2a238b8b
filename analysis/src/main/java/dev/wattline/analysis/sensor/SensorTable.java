package dev.wattline.analysis.sensor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Update period and window by card and power field, as GPU_Power_Benchmark measured them on 70 cards. It is a prior, not
 * the truth: single cards of a generation differ, so what the samples show counts first.
 */
public final class SensorTable {
    private static final double NO_WINDOW = Double.NaN;

    /**
     * What the table has.
     *
     * @param periodMs T in ms
     * @param windowMs W in ms; NaN where the sensor is an RC low-pass and no moving average
     * @param generation what it holds for
     */
    public record Entry(double periodMs, double windowMs, String generation) {}

    private enum Kind {
        /** .draw and .average over 1 s, .instant over 25 ms: GH100. */
        HOPPER,
        /** .draw and .average over 1 s, .instant over 100 ms: Ada, GA10x. */
        AVERAGING,
        /** The same for every field. */
        PLAIN
    }

    private record Row(Pattern name, String generation, Kind kind, double periodMs, double windowMs) {}

    private static final List<Row> ROWS = List.of(
            row("\\bH100\\b", "Hopper GH100", Kind.HOPPER, 100, 25),
            row("RTX 8000(?!.*Ada)", "Turing, Quadro RTX 8000", Kind.PLAIN, 100, 20),
            row("\\b(RTX 40\\d\\d|RTX \\d000 Ada|L4|L40S?|L20|L2)\\b", "Ada", Kind.AVERAGING, 100, 100),
            row("\\b(A100|A800|A30)\\b", "Ampere GA100", Kind.PLAIN, 100, 25),
            row(
                    "\\b(RTX 30\\d\\d|RTX A\\d000|A10G?|A16|A2|A40|A[2-6]000)\\b",
                    "Ampere GA10x",
                    Kind.AVERAGING,
                    100,
                    100),
            row("\\b(RTX 20\\d\\d|GTX 16\\d\\d|T4G?|T1000|Quadro RTX|TITAN RTX)\\b", "Turing", Kind.PLAIN, 100, 100),
            row("\\b(V100S?|TITAN V|GV100|P100|P40|P4|GTX 10\\d\\d|TITAN Xp?)\\b", "Volta, Pascal", Kind.PLAIN, 20, 10),
            row("\\bM40\\b", "Maxwell, Tesla M40", Kind.PLAIN, 31, 14.5),
            row("\\bK40m?\\b", "Kepler, K40", Kind.PLAIN, 15.4, NO_WINDOW),
            row("\\b(K80|GTX [79]\\d\\d|M60|TITAN X)\\b", "Kepler 2, Maxwell", Kind.PLAIN, 100, NO_WINDOW));

    private SensorTable() {}

    private static Row row(String name, String generation, Kind kind, double periodMs, double windowMs) {
        return new Row(Pattern.compile(name, Pattern.CASE_INSENSITIVE), generation, kind, periodMs, windowMs);
    }

    /**
     * The entry for a card and field; empty if the card is not in the table, or the field is not known for it.
     *
     * @param driver driver version, empty if not known: from 530 on {@code power.draw} changed its meaning
     */
    public static Optional<Entry> find(String card, String field, String driver) {
        for (Row row : ROWS) {
            if (row.name.matcher(card).find()) {
                return Optional.of(new Entry(row.periodMs, window(row, field, driver), row.generation));
            }
        }
        if (field.endsWith(".average")) {
            return Optional.of(new Entry(100, 1000, "every card that has power.draw.average"));
        }
        return Optional.empty();
    }

    private static double window(Row row, String field, String driver) {
        if (row.kind == Kind.PLAIN || field.endsWith(".instant")) {
            return row.windowMs;
        }
        // 530 alone, between two families that average over a second, reported .instant as power.draw.
        boolean odd = row.kind == Kind.AVERAGING && field.equals("power.draw") && major(driver) == 530;
        return odd ? row.windowMs : 1000;
    }

    private static int major(String driver) {
        Matcher digits = Pattern.compile("^(\\d{1,6})").matcher(driver.strip());
        return digits.find() ? Integer.parseInt(digits.group(1)) : -1;
    }

    /** Periods that the table knows for a card, or of all cards if it does not know the card. */
    public static List<Double> periods(String card, String field, String driver) {
        return find(card.toUpperCase(Locale.ROOT), field, driver)
                .map(entry -> List.of(entry.periodMs()))
                .orElse(List.of(15.4, 20.0, 31.0, 100.0, 101.2));
    }
}
