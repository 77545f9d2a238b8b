package dev.wattline.model.finding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The explanations of all findings, by id, read from {@code findings.txt} beside this class when first asked for. An entry
 * is a line with the id, and with the severity where it is always the same, and a line each for the rule, the usual cause
 * and what to do.
 */
public final class FindingCatalog {
    private static final String RESOURCE = "findings.txt";

    private record Entry(Optional<Severity> severity, Explanation explanation) {}

    private FindingCatalog() {}

    /** All explanations in the order of the catalogue. */
    public static Map<String, Explanation> all() {
        Map<String, Explanation> all = new LinkedHashMap<>();
        Loaded.ENTRIES.forEach((id, entry) -> all.put(id, entry.explanation()));
        return Collections.unmodifiableMap(all);
    }

    /** The explanation of an id, if there is one. */
    public static Optional<Explanation> find(String id) {
        return Optional.ofNullable(Loaded.ENTRIES.get(id)).map(Entry::explanation);
    }

    /**
     * The explanation of a finding's id.
     *
     * @throws IllegalStateException if there is none, which is a defect
     */
    public static Explanation explain(String id) {
        return entry(id).explanation();
    }

    /**
     * The severity of all findings of this id.
     *
     * @throws IllegalStateException if there is none, which is a defect
     */
    public static Severity severity(String id) {
        return entry(id)
                .severity()
                .orElseThrow(() -> new IllegalStateException(RESOURCE + " has no severity for the finding " + id));
    }

    /**
     * The id itself, for rows that carry only ids.
     *
     * @throws IllegalStateException if it has no entry, which is a defect
     */
    public static String id(String id) {
        return entry(id).explanation().id();
    }

    private static Entry entry(String id) {
        Entry entry = Loaded.ENTRIES.get(id);
        if (entry == null) {
            throw new IllegalStateException("no explanation of the finding " + id);
        }
        return entry;
    }

    private static final class Loaded {
        static final Map<String, Entry> ENTRIES = load();

        private static Map<String, Entry> load() {
            Map<String, Entry> entries = new LinkedHashMap<>();
            try (InputStream in = FindingCatalog.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the build lacks " + RESOURCE);
                }
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        Entry entry = read(line.strip(), lines);
                        if (entries.put(entry.explanation().id(), entry) != null) {
                            throw new IllegalStateException(RESOURCE + " has this id twice: " + line);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return entries;
        }

        private static Entry read(String head, BufferedReader lines) throws IOException {
            int space = head.indexOf(' ');
            String id = space < 0 ? head : head.substring(0, space);
            Optional<Severity> severity = space < 0
                    ? Optional.empty()
                    : Optional.of(Severity.valueOf(head.substring(space).strip().toUpperCase(Locale.ROOT)));
            return new Entry(severity, new Explanation(id, text(lines, id), text(lines, id), text(lines, id)));
        }

        private static String text(BufferedReader lines, String id) throws IOException {
            String line = lines.readLine();
            if (line == null || !line.startsWith("  ")) {
                throw new IllegalStateException("the explanation of " + id + " is incomplete");
            }
            return line.strip();
        }
    }
}
