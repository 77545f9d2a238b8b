package dev.wattline.sut.telemetry.source;

import dev.wattline.model.IniDocument;
import dev.wattline.model.IoErrors;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The user's own file of settings for sources, a section each: the one place that may name programs, paths and addresses
 * to read, and where credentials lie.
 */
public final class SourceSettings {
    private final String file;
    private final IniDocument document;

    private SourceSettings(String file, IniDocument document) {
        this.file = file;
        this.document = document;
    }

    /** No settings: every source as it is by itself. */
    public static SourceSettings none() {
        return new SourceSettings("", IniDocument.parse(""));
    }

    /**
     * @throws SutException if the file cannot be read or is none of this form
     */
    public static SourceSettings read(Path file) {
        IniDocument document;
        try {
            document = IniDocument.parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new SutException(
                    "the settings of the sources, " + file + ", cannot be read: " + IoErrors.of(e),
                    "Name another file with --telemetry-settings.",
                    e);
        }
        if (!document.problems().isEmpty()) {
            IniDocument.Problem first = document.problems().get(0);
            throw new SutException(file + ", line " + first.line() + ": " + first.message(), "Correct that line.");
        }
        return new SourceSettings(file.toString(), document);
    }

    /** Whether a source of this name is one that the user declares. */
    public static boolean isDeclared(String name) {
        return name.matches("(command|file):[A-Za-z0-9_.-]{1,64}");
    }

    /** The sources that are declared here. */
    public List<String> declared() {
        return document.sections().stream().filter(SourceSettings::isDeclared).toList();
    }

    /** Whether a source has a section. */
    public boolean has(String section) {
        return document.hasSection(section);
    }

    /**
     * A source's section; one that is not there has no keys.
     *
     * @param known the keys that it may have
     * @throws SutException if it has another key
     */
    public Section section(String name, String... known) {
        Set<String> allowed =
                Arrays.stream(known).map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        for (IniDocument.Entry entry : document.entries(name)) {
            if (!allowed.contains(entry.key())) {
                throw new SutException(
                        file + ", line " + entry.line() + ": [" + name + "] has no key '" + entry.writtenKey() + "'",
                        "Its keys are " + String.join(", ", known) + ".");
            }
        }
        return new Section(name);
    }

    /** The keys of one source. */
    public final class Section {
        private final String name;

        private Section(String name) {
            this.name = name;
        }

        /** The value of a key; empty if it is not there or blank. */
        public Optional<String> text(String key) {
            try {
                return document.value(name, key).map(String::strip).filter(value -> !value.isEmpty());
            } catch (IllegalArgumentException e) {
                throw wrong(key, String.valueOf(e.getMessage()));
            }
        }

        /**
         * @throws SutException if the key is not there
         */
        public String required(String key) {
            return text(key)
                    .orElseThrow(
                            () -> wrong(key, "is missing" + (file.isEmpty() ? ", as no settings file was given" : "")));
        }

        public Path path(String key, String otherwise) {
            return Path.of(text(key).orElse(otherwise));
        }

        /** A number of 0 or more. */
        public double number(String key, double otherwise) {
            Optional<String> given = text(key);
            if (given.isEmpty()) {
                return otherwise;
            }
            if (!given.get().matches("\\d{1,15}(\\.\\d{1,9})?")) {
                throw wrong(key, "expected a number such as 2 or 0.5, got '" + given.get() + "'");
            }
            return Double.parseDouble(given.get());
        }

        /** One of some words. */
        public String word(String key, List<String> allowed) {
            String given = required(key);
            if (!allowed.contains(given)) {
                throw wrong(key, "expected one of " + String.join(", ", allowed) + ", got '" + given + "'");
            }
            return given;
        }

        /** What to throw where a key's value is of no use. */
        public SutException wrong(String key, String what) {
            int line = document.find(name, key).map(IniDocument.Entry::line).orElse(0);
            return new SutException(
                    (file.isEmpty() ? "" : file + (line > 0 ? ", line " + line : "") + ": ") + "[" + name + "] " + key
                            + ": " + what,
                    "Write it into the file that --telemetry-settings names; docs/power-sources.md lists the keys.");
        }
    }
}
