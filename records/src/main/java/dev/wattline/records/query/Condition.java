package dev.wattline.records.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One word of a {@code --where}: a key, an operator, a value. Numbers are compared as numbers, all else as text; with
 * {@code =} and {@code !=} a {@code *} stands for any characters, and a list holds a value if one of its elements is it.
 */
public final class Condition {
    private static final Pattern WORD = Pattern.compile("([A-Za-z][A-Za-z0-9._-]*)(!=|<=|>=|=|<|>)(.*)");

    /** Words that stand for a condition. */
    private static final Map<String, String> SHORT = Map.of(
            "valid", "valid=true",
            "official", "kind=official");

    private final String key;
    private final String operator;
    private final String value;
    private final double number;
    private final @Nullable Pattern pattern;

    private Condition(String key, String operator, String value) {
        this.key = key;
        this.operator = operator;
        this.value = value;
        this.number = number(value);
        this.pattern = value.contains("*")
                ? Pattern.compile(("\\Q" + value.replace("*", "\\E.*\\Q") + "\\E").replace("\\Q\\E", ""))
                : null;
    }

    /**
     * The conditions of a text, all of which must hold; words are separated by blanks.
     *
     * @throws IllegalArgumentException if a word is no condition
     */
    public static List<Condition> parse(String text) {
        List<Condition> all = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                all.add(word(SHORT.getOrDefault(word, word)));
            }
        }
        return all;
    }

    private static Condition word(String word) {
        Matcher matcher = WORD.matcher(word);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected KEY=VALUE, KEY!=VALUE, KEY<VALUE, KEY<=VALUE, KEY>VALUE, KEY>=VALUE, 'valid' or"
                            + " 'official', got '" + word + "'");
        }
        String key = matcher.group(1);
        String operator = matcher.group(2);
        if (key.equals("since") || key.equals("until")) {
            if (!operator.equals("=")) {
                throw new IllegalArgumentException("expected " + key + "=DATE, got '" + word + "'");
            }
            return new Condition("start", key.equals("since") ? ">=" : "<", matcher.group(3));
        }
        return new Condition(key, operator, matcher.group(3));
    }

    /** The key as it was written. */
    public String key() {
        return key;
    }

    /** Whether it holds for a value; a session without the value meets only {@code !=}. */
    public boolean holds(@Nullable String found) {
        if (found == null) {
            return operator.equals("!=");
        }
        return switch (operator) {
            case "=" -> equal(found);
            case "!=" -> !equal(found);
            default -> ordered(found);
        };
    }

    private boolean equal(String found) {
        if (found.indexOf(',') >= 0) {
            for (String element : found.split(",", -1)) {
                if (same(element)) {
                    return true;
                }
            }
        }
        return same(found);
    }

    private boolean same(String found) {
        if (pattern != null) {
            return pattern.matcher(found).matches();
        }
        return found.equals(value) || (!Double.isNaN(number) && number(found) == number);
    }

    private boolean ordered(String found) {
        double other = number(found);
        int order =
                !Double.isNaN(number) && !Double.isNaN(other) ? Double.compare(other, number) : found.compareTo(value);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    /** NaN if the text is no number. */
    static double number(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        if (!Character.isDigit(first) && first != '-' && first != '+' && first != '.') {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN; // a date, for one
        }
    }
}
