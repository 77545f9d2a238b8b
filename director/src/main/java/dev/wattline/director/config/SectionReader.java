package dev.wattline.director.config;

import dev.wattline.model.IniDocument;
import dev.wattline.model.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Typed values of one section; what is wrong goes to the list of problems, and the caller goes on with a stand-in. */
final class SectionReader {
    private final IniDocument document;
    private final String section;
    private final List<Finding> problems;

    SectionReader(IniDocument document, String section, List<Finding> problems) {
        this.document = document;
        this.section = section;
        this.problems = problems;
    }

    /** The value of a key that must be there; null if it is not or is wrong. */
    <T> @Nullable T required(ConfigKey key, Function<String, T> parser) {
        if (document.find(section, key.written()).isEmpty()) {
            add("config-missing", document.line(section), key, "is missing: " + key.meaning());
            return null;
        }
        return optional(key, parser);
    }

    /** The value of a key; null if it is absent or wrong. */
    <T> @Nullable T optional(ConfigKey key, Function<String, T> parser) {
        Optional<IniDocument.Entry> entry = document.find(section, key.written());
        if (entry.isEmpty()) {
            return null;
        }
        try {
            return parser.apply(document.value(section, key.written()).orElseThrow());
        } catch (IllegalArgumentException e) {
            add("config-value", entry.get().line(), key, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The value of a key, or what its documented default parses to. */
    <T> T orDefault(ConfigKey key, Function<String, T> parser) {
        T value = optional(key, parser);
        return value == null ? parser.apply(key.fallback()) : value;
    }

    boolean has(ConfigKey key) {
        return document.find(section, key.written()).isPresent();
    }

    int line(ConfigKey key) {
        return document.find(section, key.written())
                .map(IniDocument.Entry::line)
                .orElse(document.line(section));
    }

    void error(ConfigKey key, String message) {
        add("config-value", line(key), key, message);
    }

    void warning(ConfigKey key, String message) {
        add("config-doubtful", line(key), key, message);
    }

    void note(ConfigKey key, String message) {
        add("config-type-unlisted", line(key), key, message);
    }

    private void add(String id, int line, ConfigKey key, String message) {
        problems.add(ConfigFindings.of(id, line, section, key.written(), message));
    }
}
