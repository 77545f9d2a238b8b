package dev.wattline.director.config;

import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import dev.wattline.model.finding.Subject;
import java.nio.file.Path;

/**
 * Findings about a configuration file. An error keeps the director from starting, a warning does under {@code --strict};
 * an info is about what MLCommons' own tools write.
 */
public final class ConfigFindings {
    private ConfigFindings() {}

    /**
     * @param line where it stands, from 1; 0 if it is about something that is not in the file
     * @param section the section, empty if it is about the file as a whole
     * @param key the key as the file or the documentation writes it, empty if it is about the section
     * @param message what was found and what was expected
     */
    static Finding of(String id, int line, String section, String key, String message) {
        String place = (section.isEmpty() ? "" : "[" + section + "] ") + key;
        return Finding.of(id, message).about(new Subject(null, line, place.strip()));
    }

    /** One line for a person: {@code error: director.conf:7: [analyzer1] networkPort: ...}. */
    public static String describe(Finding finding, Path file) {
        Subject subject = finding.subject();
        String line = subject.line() > 0 ? ":" + subject.line() : "";
        String part = subject.part();
        String place = part.isEmpty() ? "" : part.endsWith("]") ? part + " " : part + ": ";
        String word = finding.severity() == Severity.INFO
                ? "note"
                : finding.severity().word();
        return word + ": " + file + line + ": " + place + finding.message();
    }
}
