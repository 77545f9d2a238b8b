package dev.wattline.ledger.figure;

import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One published value with the row that it stands in, as figures compare them.
 *
 * @param row the row
 * @param measure the value; of a unit that is known
 */
record Value(LedgerRow row, Measure measure) {
    private static final Pattern NUMBER = Pattern.compile("(\\d+)$");

    /** The value in the unit as printed, thousands commas removed; NaN where there is no number. */
    double number() {
        return measure.value();
    }

    /** Whether the text is a number only once commas are removed: the paper's scripts lose some of these. */
    boolean hasComma() {
        return measure.text().contains(",") && !Double.isNaN(measure.value());
    }

    String id() {
        String id = row.submission().id();
        return id.startsWith("v") ? id.substring(1) : id;
    }

    String round() {
        return row.submission().round();
    }

    String model() {
        return row.task().model();
    }

    /** The model in a form that can be compared: without case, blanks and hyphens; 99 is 99.0. */
    String modelKey() {
        return key(model());
    }

    static String key(String model) {
        String key = model.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
        if (key.endsWith("99.0")) {
            key = key.substring(0, key.length() - 2);
        }
        return key.equals("resnet50") ? "resnet" : key;
    }

    String scenario() {
        return row.task().scenario().toLowerCase(Locale.ROOT).replace(" ", "");
    }

    boolean offline() {
        return scenario().equals("offline");
    }

    /** The system's name in letters and digits. */
    String system() {
        return plain(row.machine().name());
    }

    static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    boolean of(Suite suite) {
        return row.submission().suite() == suite;
    }

    boolean category(String category) {
        return row.submission().category().equalsIgnoreCase(category);
    }

    @Nullable
    MeasureUnit unit() {
        return measure.unit();
    }

    boolean isWatts() {
        return unit() == MeasureUnit.WATT;
    }

    boolean isTokens() {
        return unit() == MeasureUnit.TOKENS_PER_SECOND;
    }

    /** Whether it is samples or queries a second, which are the same in Offline. */
    boolean isSamples() {
        MeasureUnit unit = unit();
        return unit != null && (unit.dimension() == Dimension.SAMPLE_RATE || unit.dimension() == Dimension.QUERY_RATE);
    }

    boolean isRate() {
        return isSamples() || isTokens();
    }

    boolean isMilliseconds() {
        return unit() == MeasureUnit.MILLISECOND;
    }

    boolean isMicrojoules() {
        return unit() == MeasureUnit.MICROJOULE_PER_INFERENCE;
    }

    /** File and place, such as {@code data_cleaned_tiny.csv, line 12}. */
    String where() {
        return row.origin().file() + ", " + measure.place();
    }

    /** The line in the file; -1 where places are no lines. */
    long line() {
        Matcher number = NUMBER.matcher(measure.place());
        return measure.place().startsWith("line ") && number.find() ? Long.parseLong(number.group(1)) : -1;
    }
}
