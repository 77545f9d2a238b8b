package dev.wattline.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration file in the dialect of Python's {@code configparser} with its defaults, which is what the reference
 * director reads: {@code =} or {@code :} (the first one splits), comments only as whole lines with {@code #} or {@code ;},
 * no inline comments, keys without regard to case, sections with, indented continuation lines, blank lines inside
 * values, {@code [DEFAULT]} as fallback of every section, {@code %(key)s} and {@code %%} interpolated when a value is
 * read. A duplicate section or key, text before the first section and a line without delimiter are problems; unlike
 * Python, which stops at the first of most of these, all of them are collected, each with its line.
 */
public final class IniDocument {
    /** The section whose keys every other section falls back to. */
    public static final String DEFAULT_SECTION = "DEFAULT";

    /** What is wrong with a line; lines count from 1. */
    public record Problem(int line, String message) {}

    /**
     * One key of a section.
     *
     * @param key in lower case
     * @param writtenKey as it stands in the file
     * @param rawValue the value before interpolation, continuation lines joined by line feeds
     * @param line where the key stands, from 1
     */
    public record Entry(String key, String writtenKey, String rawValue, int line) {}

    private final Map<String, Section> sections;
    private final Section defaults;
    private final List<Problem> problems;

    private IniDocument(Map<String, Section> sections, Section defaults, List<Problem> problems) {
        this.sections = sections;
        this.defaults = defaults;
        this.problems = List.copyOf(problems);
    }

    /** Reads a whole document; what is wrong with it is in {@link #problems}, never thrown. */
    public static IniDocument parse(String text) {
        return new IniReader().read(text);
    }

    static IniDocument of(Map<String, Section> sections, Section defaults, List<Problem> problems) {
        return new IniDocument(sections, defaults, problems);
    }

    /** The lines that Python would reject the file for, in file order. */
    public List<Problem> problems() {
        return problems;
    }

    /** Names of the sections in file order, without {@value #DEFAULT_SECTION}. */
    public List<String> sections() {
        return List.copyOf(sections.keySet());
    }

    public boolean hasSection(String section) {
        return sections.containsKey(section);
    }

    /** The line of a section's header, from 1; 0 if there is no such section. */
    public int line(String section) {
        Section found = section.equals(DEFAULT_SECTION) ? defaults : sections.get(section);
        return found == null ? 0 : found.line;
    }

    /** A section's own keys in file order, those of {@value #DEFAULT_SECTION} left out unless that section is asked for. */
    public List<Entry> entries(String section) {
        Section found = section.equals(DEFAULT_SECTION) ? defaults : sections.get(section);
        return found == null ? List.of() : found.entries();
    }

    /** The entry that a section has for a key, its own or the fallback; empty too if the section does not exist. */
    public Optional<Entry> find(String section, String key) {
        Section found = sections.get(section);
        if (found == null) {
            return Optional.empty();
        }
        String wanted = key.toLowerCase(Locale.ROOT);
        Entry own = found.find(wanted);
        return Optional.ofNullable(own == null ? defaults.find(wanted) : own);
    }

    /**
     * The interpolated value of a key, its own or the fallback; empty if neither exists.
     *
     * @throws IllegalArgumentException if the value refers to a key that does not exist, has a {@code %} that is neither
     *     doubled nor the start of a reference, or refers to itself
     */
    public Optional<String> value(String section, String key) {
        return find(section, key).map(entry -> new IniInterpolation(this, section).expand(entry.rawValue()));
    }

    /** A section while it is read, and after. */
    static final class Section {
        final int line;
        private final Map<String, Pending> keys = new LinkedHashMap<>();

        Section(int line) {
            this.line = line;
        }

        /** A key whose value may still grow by continuation lines. */
        record Pending(String key, String writtenKey, List<String> values, int line) {
            Entry entry() {
                return new Entry(key, writtenKey, IniReader.stripTrailing(String.join("\n", values)), line);
            }
        }

        Pending add(String key, String writtenKey, String value, int atLine) {
            List<String> values = new ArrayList<>();
            values.add(value);
            Pending pending = new Pending(key, writtenKey, values, atLine);
            keys.put(key, pending);
            return pending;
        }

        @org.jspecify.annotations.Nullable
        Entry find(String key) {
            Pending pending = keys.get(key);
            return pending == null ? null : pending.entry();
        }

        List<Entry> entries() {
            return keys.values().stream().map(Pending::entry).toList();
        }
    }
}
