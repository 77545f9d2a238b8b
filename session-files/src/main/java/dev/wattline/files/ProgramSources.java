package dev.wattline.files;

import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The program that wrote a summary, for its {@code modules} and {@code sources}: packages by the jar or folder they were
 * loaded from, and the SHA-1 of these. The official checker compares {@code sources} with hashes of the reference's own
 * files; ours are the hashes of ours, so that a session says truthfully what measured it.
 *
 * @param modules package to the name of its jar or folder
 * @param sources name of a jar or folder to its SHA-1; a folder's is that of its files' hashes and names
 */
public record ProgramSources(SortedMap<String, String> modules, SortedMap<String, String> sources) {
    public ProgramSources {
        modules = new TreeMap<>(modules);
        sources = new TreeMap<>(sources);
    }

    /**
     * The program that these classes stand for, one class a package.
     *
     * @throws SessionFilesException if their jar cannot be read
     */
    public static ProgramSources of(Class<?>... classes) {
        SortedMap<String, String> modules = new TreeMap<>();
        SortedMap<String, String> sources = new TreeMap<>();
        for (Class<?> type : classes) {
            CodeSource code = type.getProtectionDomain().getCodeSource();
            if (code == null) {
                throw new IllegalArgumentException(type + " belongs to the Java platform");
            }
            Path location = path(code);
            String name = name(location);
            modules.put(type.getPackageName(), name);
            sources.computeIfAbsent(name, key -> hash(location));
        }
        return new ProgramSources(modules, sources);
    }

    private static Path path(CodeSource code) {
        try {
            return Path.of(code.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no place on disk: " + code.getLocation(), e);
        }
    }

    /** The file's name; of a module's {@code target/classes} the module's too. */
    private static String name(Path location) {
        if (!Files.isDirectory(location) || location.getNameCount() < 3) {
            return String.valueOf(location.getFileName());
        }
        return location.getName(location.getNameCount() - 3) + "/classes";
    }

    private static String hash(Path location) {
        try {
            if (!Files.isDirectory(location)) {
                return FileHashes.sha1(location);
            }
            String listing = FileHashes.tree(location).entrySet().stream()
                    .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
                    .collect(Collectors.joining());
            return FileHashes.sha1(listing.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new SessionFilesException(location, "cannot be read for its hash: " + IoErrors.of(e), null, e);
        }
    }
}
