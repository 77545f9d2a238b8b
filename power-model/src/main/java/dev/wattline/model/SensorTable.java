package dev.wattline.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Update period and window of NVIDIA cards' power sensors by card name and power field, read from {@code sensors.txt}
 * beside this class, which states the source of each row. Immutable, safe for all threads.
 */
public final class SensorTable {
    private static final String FILE = "sensors.txt";
    private static final int CELLS = 6;
    private static final double AVERAGE_WINDOW_MS = 1000;
    private static final double AVERAGE_PERIOD_MS = 100;

    /** From this driver on, and before the next, power.draw was the instantaneous reading on some generations. */
    private static final int ODD_DRIVER = 530;

    private static final List<Row> ROWS = load();

    private SensorTable() {}

    /**
     * What the table has of one power field of a card.
     *
     * @param periodMs update period T in ms
     * @param windowMs averaging window W in ms; NaN where there is none or it is not known
     * @param lowPass whether the sensor is an RC low-pass, which has no window at all
     * @param generation what the row holds for
     * @param source where the row comes from: a word that {@code sensors.txt} explains
     */
    public record Entry(double periodMs, double windowMs, boolean lowPass, String generation, String source) {}

    private enum Draw {
        AVERAGE,
        INSTANT,
        AVERAGE_BUT_530
    }

    private record Row(Pattern name, String chip, double periodMs, String window, Draw draw, String source) {
        boolean fits(String card) {
            return name.matcher(card).find();
        }

        boolean averages() {
            return draw != Draw.INSTANT;
        }

        Entry entry(String field, String driver) {
            String generation = source.equals("same-chip") ? chip + ", by its chip and not measured" : chip;
            boolean instant = !averages()
                    || field.endsWith(".instant")
                    || (draw == Draw.AVERAGE_BUT_530 && field.equals("power.draw") && major(driver) == ODD_DRIVER);
            if (!instant) {
                return new Entry(periodMs, AVERAGE_WINDOW_MS, false, generation, source);
            }
            boolean number = Character.isDigit(window.charAt(0));
            return new Entry(
                    periodMs,
                    number ? Double.parseDouble(window) : Double.NaN,
                    window.equals("rc"),
                    generation,
                    source);
        }
    }

    /**
     * The entry for a card and power field; empty if the card is not in the table.
     *
     * @param card the name that nvidia-smi gives, empty if not known
     * @param field the power field, such as {@code power.draw.instant}
     * @param driver driver version, empty if not known: with 530 {@code power.draw} had another meaning
     */
    public static Optional<Entry> find(String card, String field, String driver) {
        Optional<Row> row = row(card);
        if (row.isPresent()) {
            return Optional.of(row.get().entry(field, driver));
        }
        // Which cards have this field is the vendor's statement; that it is a mean over a second holds for all of them.
        return field.endsWith(".average")
                ? Optional.of(new Entry(
                        AVERAGE_PERIOD_MS, AVERAGE_WINDOW_MS, false, "every card that has power.draw.average", "help"))
                : Optional.empty();
    }

    /** Whether the card's power.draw is a mean over a second; empty if the card is not in the table. */
    public static Optional<Boolean> averages(String card) {
        return row(card).map(Row::averages);
    }

    /** The periods in ms that the table has for a card and field, or those of all cards if it does not know the card. */
    public static List<Double> periods(String card, String field, String driver) {
        return find(card, field, driver)
                .map(entry -> List.of(entry.periodMs()))
                .orElseGet(() ->
                        ROWS.stream().map(Row::periodMs).distinct().sorted().toList());
    }

    private static Optional<Row> row(String card) {
        return card.isEmpty()
                ? Optional.empty()
                : ROWS.stream().filter(row -> row.fits(card)).findFirst();
    }

    private static int major(String driver) {
        Matcher digits = Pattern.compile("^(\\d{1,6})").matcher(driver.strip());
        return digits.find() ? Integer.parseInt(digits.group(1)) : -1;
    }

    private static List<Row> load() {
        try (InputStream in = SensorTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not beside " + SensorTable.class);
            }
            List<Row> rows = new ArrayList<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> rows.add(parse(line)));
            return List.copyOf(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row parse(String line) {
        String[] cells = line.split(" ; ", -1);
        if (cells.length != CELLS) {
            throw new IllegalStateException(FILE + ": expected " + CELLS + " cells in '" + line + "'");
        }
        return new Row(
                Pattern.compile(cells[0].strip(), Pattern.CASE_INSENSITIVE),
                cells[1].strip(),
                Double.parseDouble(cells[2].strip()),
                cells[3].strip(),
                Draw.valueOf(cells[4].strip().toUpperCase(java.util.Locale.ROOT).replace('-', '_')),
                cells[5].strip());
    }
}
