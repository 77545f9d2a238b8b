package dev.wattline.ledger.read.tree;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.read.json.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The descriptions in {@code systems} beside {@code results}, each read once. Safe for use by several threads. */
public final class SystemDescriptions {
    private final Path tree;
    private final Consumer<String> problems;
    private final Map<Path, Map<String, Object>> read = new ConcurrentHashMap<>();

    /**
     * @param problems takes a sentence for each description that cannot be read
     */
    public SystemDescriptions(Path tree, Consumer<String> problems) {
        this.tree = tree;
        this.problems = problems;
    }

    /** The description of the system of a place, {@code systems/SYSTEM.json}; empty if there is none. */
    public Map<String, Object> of(ResultPlace place) {
        return read(folder(place).resolve(place.system() + ".json"));
    }

    /** All descriptions of the organisation of a place, at any depth, by their files. */
    public Map<Path, Map<String, Object>> ofOrganization(ResultPlace place) {
        Map<Path, Map<String, Object>> all = new LinkedHashMap<>();
        Path folder = folder(place);
        if (!Files.isDirectory(folder)) {
            return all;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .forEach(file -> all.put(folder.relativize(file), read(file)));
        } catch (IOException e) {
            problems.accept(folder + " cannot be listed");
        }
        return all;
    }

    private Path folder(ResultPlace place) {
        return tree.resolve(place.division()).resolve(place.organization()).resolve("systems");
    }

    private Map<String, Object> read(Path file) {
        return read.computeIfAbsent(file, path -> {
            if (!Files.isRegularFile(path)) {
                return Map.of();
            }
            try {
                return JsonFile.object(path);
            } catch (LedgerException | IOException e) {
                problems.accept(String.valueOf(e.getMessage()));
                return Map.of();
            }
        });
    }

    /** A text of a description; empty if it is not there. */
    public static String text(Map<String, Object> description, String key) {
        Object value = description.get(key);
        return value == null ? "" : value.toString().strip();
    }
}
