package dev.wattline.compliance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The explanations of all findings, by id, read from {@code findings.txt} beside this class when first asked for. */
public final class FindingCatalog {
    private static final String RESOURCE = "findings.txt";

    private FindingCatalog() {}

    /** All explanations in the order of the catalogue. */
    public static Map<String, Explanation> all() {
        return Loaded.EXPLANATIONS;
    }

    /** The explanation of an id, if there is one. */
    public static Optional<Explanation> find(String id) {
        return Optional.ofNullable(Loaded.EXPLANATIONS.get(id));
    }

    /**
     * The explanation of a finding's id.
     *
     * @throws IllegalStateException if there is none, which is a defect
     */
    public static Explanation explain(String id) {
        return find(id).orElseThrow(() -> new IllegalStateException("no explanation of the finding " + id));
    }

    private static final class Loaded {
        static final Map<String, Explanation> EXPLANATIONS = load();

        private static Map<String, Explanation> load() {
            Map<String, Explanation> explanations = new LinkedHashMap<>();
            try (InputStream in = FindingCatalog.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the build lacks " + RESOURCE);
                }
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.isBlank() || line.startsWith("#")) {
                        continue;
                    }
                    String id = line.strip();
                    explanations.put(id, new Explanation(id, field(lines, id), field(lines, id), field(lines, id)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Collections.unmodifiableMap(explanations);
        }

        private static String field(BufferedReader lines, String id) throws IOException {
            String line = lines.readLine();
            if (line == null || !line.startsWith("  ")) {
                throw new IllegalStateException("the explanation of " + id + " is incomplete");
            }
            return line.strip();
        }
    }
}
