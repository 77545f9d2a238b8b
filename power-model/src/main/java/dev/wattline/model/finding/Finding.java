package dev.wattline.model.finding;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user should know: what was found, where and when, with the numbers. Console, JSON, pages and the wire
 * carry this fact; what usually causes it and what to do stands in the {@link FindingCatalog} under its id. Immutable.
 *
 * @param id a word of the catalogue, as for {@code check --explain}
 * @param message what was found, in a sentence
 * @param subject what it is about
 * @param time when it happened or was noticed, where that is known
 * @param values what was read or measured, by name, units in the name or the text
 * @param limit what would have been right; empty where there is no such thing
 */
public record Finding(
        String id,
        Severity severity,
        String message,
        Subject subject,
        Optional<Instant> time,
        Map<String, String> values,
        String limit) {

    public Finding {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // Map.copyOf has no order
    }

    /** A finding about nothing in particular, without values. */
    public static Finding of(String id, Severity severity, String message) {
        return new Finding(id, severity, message, Subject.NONE, Optional.empty(), Map.of(), "");
    }

    /**
     * A finding with the severity that the catalogue gives its id.
     *
     * @throws IllegalStateException if the catalogue gives none, which is a defect
     */
    public static Finding of(String id, String message) {
        return of(id, FindingCatalog.severity(id), message);
    }

    /** A finding of severity error. */
    public static Finding error(String id, String message) {
        return of(id, Severity.ERROR, message);
    }

    /** A finding of severity warning. */
    public static Finding warning(String id, String message) {
        return of(id, Severity.WARNING, message);
    }

    /** The same about this. */
    public Finding about(Subject what) {
        return new Finding(id, severity, message, what, time, values, limit);
    }

    /** The same about this file as a whole. */
    public Finding in(@Nullable String file) {
        return about(Subject.file(file));
    }

    /** The same about this file on this line from 1. */
    public Finding at(@Nullable String file, long line) {
        return about(Subject.line(file, line));
    }

    /** The same at this time. */
    public Finding when(Instant then) {
        return new Finding(id, severity, message, subject, Optional.of(then), values, limit);
    }

    /** The same with one more value. */
    public Finding with(String name, Object value) {
        return withAll(Map.of(name, String.valueOf(value)));
    }

    /** The same with more values. */
    public Finding withAll(Map<String, String> others) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.putAll(others);
        return new Finding(id, severity, message, subject, time, more, limit);
    }

    /** The same with what would have been right. */
    public Finding limit(String right) {
        return new Finding(id, severity, message, subject, time, values, right);
    }

    /** The same as grave as this. */
    public Finding withSeverity(Severity other) {
        return new Finding(id, other, message, subject, time, values, limit);
    }

    /** The same in other words. */
    public Finding withMessage(String words) {
        return new Finding(id, severity, words, subject, time, values, limit);
    }

    /** The file that it is about, relative to the session's folder, if it is about one. */
    public @Nullable String file() {
        return subject.file();
    }

    /** The line in the file, from 1; 0 where it is about no single line. */
    public long line() {
        return subject.line();
    }

    /** What the catalogue says of its id: the rule, the usual cause, what to do. */
    public Explanation explanation() {
        return FindingCatalog.explain(id);
    }
}
