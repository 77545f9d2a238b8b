package dev.wattline.analysis.read.table;

import dev.wattline.analysis.powerlog.NumberWithUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column's name as people write it, taken apart: {@code power.draw [W]}, {@code power_draw_W}, {@code Power Draw (W)} and
 * {@code GPU0 power (mW)}.
 *
 * @param words the name's words in lower case, the unit left out
 * @param unit the unit in lower case; empty if the name has none
 */
record ColumnName(List<String> words, String unit) {
    private static final Pattern BRACKETS = Pattern.compile("[\\[(]([^\\])]*)[\\])]\\s*$");
    /** Between the words of {@code gpuPower} and {@code GPUPower}, but not within {@code mW}. */
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[A-Z]{2})(?=[A-Z][a-z])");

    private static final List<String> TIME_UNITS = List.of("s", "sec", "seconds", "ms", "us", "ns");

    ColumnName {
        words = List.copyOf(words);
    }

    static ColumnName of(String cell) {
        String text = cell.strip().replace("\"", "");
        text = (text.startsWith("#") ? text.substring(1) : text).strip();
        Matcher brackets = BRACKETS.matcher(text);
        String unit = "";
        if (brackets.find()) {
            unit = brackets.group(1).strip().toLowerCase(Locale.ROOT);
            text = text.substring(0, brackets.start());
        }
        List<String> words = new ArrayList<>();
        for (String word :
                CAMEL.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT).split("[\\s._/:()\\[\\]{}-]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        boolean isUnit = !Double.isNaN(NumberWithUnit.watts(last))
                || !Double.isNaN(NumberWithUnit.joules(last))
                || (TIME_UNITS.contains(last) && words.size() > 1);
        if (unit.isEmpty() && isUnit) {
            unit = last;
            words.remove(words.size() - 1);
        }
        return new ColumnName(words, unit);
    }

    /** The words with points between them. */
    String text() {
        return String.join(".", words);
    }

    boolean hasAny(List<String> candidates) {
        return words.stream().anyMatch(candidates::contains);
    }

    /** Whether a word holds one of these, such as {@code powerw} holds {@code power}. */
    boolean holdsAny(List<String> parts) {
        return words.stream().anyMatch(word -> parts.stream().anyMatch(word::contains));
    }
}
