package dev.wattline.compliance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a rule found. What usually causes it and what to do stands in the {@link FindingCatalog} under its id.
 *
 * @param id name of the rule, as for {@code check --explain}
 * @param message what was found, in a sentence
 * @param file relative to the session folder, where one is concerned
 * @param line from 1; 0 where no single line is concerned
 * @param values what was read or measured, by name, units in the name or the text
 * @param limit what would have been right; empty where there is no such thing
 */
public record Finding(
        String id,
        Severity severity,
        String message,
        @Nullable String file,
        long line,
        Map<String, String> values,
        String limit) {

    public Finding {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A finding without a place, values or limit. */
    public static Finding of(String id, Severity severity, String message) {
        return new Finding(id, severity, message, null, 0, Map.of(), "");
    }

    /** A finding of severity error. */
    public static Finding error(String id, String message) {
        return of(id, Severity.ERROR, message);
    }

    /** A finding of severity warning. */
    public static Finding warning(String id, String message) {
        return of(id, Severity.WARNING, message);
    }

    /** The same, in this file, as a whole. */
    public Finding in(@Nullable String where) {
        return at(where, 0);
    }

    /** The same, in this file on this line from 1. */
    public Finding at(@Nullable String where, long atLine) {
        return new Finding(id, severity, message, where, atLine, values, limit);
    }

    /** The same with one more value. */
    public Finding with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, String.valueOf(value));
        return new Finding(id, severity, message, file, line, more, limit);
    }

    /** The same with what would have been right. */
    public Finding limit(String right) {
        return new Finding(id, severity, message, file, line, values, right);
    }
}
