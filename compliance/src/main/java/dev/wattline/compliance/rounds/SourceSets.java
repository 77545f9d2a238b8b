package dev.wattline.compliance.rounds;

import dev.wattline.compliance.python.PyJson;
import dev.wattline.compliance.python.PyValues;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sets of source hashes that a round accepts. They are read when they are first asked for: a cold start that looks at
 * one session would spend more time on those of the other rounds than on the session. Safe for use by several threads.
 */
final class SourceSets {
    private static final Map<String, SourceSets> KNOWN = new ConcurrentHashMap<>(); // some rounds share theirs

    private final String resource;
    private volatile @Nullable List<Map<String, Object>> sets;

    static SourceSets of(String resource) {
        return KNOWN.computeIfAbsent(resource, SourceSets::new);
    }

    private SourceSets(String resource) {
        this.resource = resource;
    }

    /** Each set: the hash of each source file, by its name. */
    List<Map<String, Object>> all() {
        List<Map<String, Object>> read = sets;
        if (read == null) {
            read = read();
            sets = read;
        }
        return read;
    }

    private List<Map<String, Object>> read() {
        try (InputStream in = Rounds.resource(resource)) {
            Object json = PyJson.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return PyValues.iterate(json).stream().map(PyValues::object).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return resource;
    }
}
