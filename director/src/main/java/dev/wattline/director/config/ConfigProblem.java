package dev.wattline.director.config;

import java.nio.file.Path;

/**
 * Something about a configuration file that the user should know.
 *
 * @param line where it stands, from 1; 0 if it is about something that is not in the file
 * @param section the section, empty if it is about the file as a whole
 * @param key the key as the file or the documentation writes it, empty if it is about the section
 * @param message what was found and what was expected
 */
public record ConfigProblem(Severity severity, int line, String section, String key, String message) {

    /** Whether the director can start in spite of it. */
    public enum Severity {
        /** It cannot. */
        ERROR,
        /** It can, but not under {@code --strict}. */
        WARNING,
        /** It can, and MLCommons' own tools write such files. */
        NOTE
    }

    /** One line for a person: {@code error: director.conf:7: [analyzer1] networkPort: ...}. */
    public String describe(Path file) {
        StringBuilder out = new StringBuilder();
        out.append(severity.name().toLowerCase(java.util.Locale.ROOT))
                .append(": ")
                .append(file);
        if (line > 0) {
            out.append(':').append(line);
        }
        out.append(": ");
        if (!section.isEmpty()) {
            out.append('[').append(section).append("] ");
        }
        if (!key.isEmpty()) {
            out.append(key).append(": ");
        }
        return out.append(message).toString();
    }

    ConfigProblem withSeverity(Severity other) {
        return new ConfigProblem(other, line, section, key, message);
    }
}
