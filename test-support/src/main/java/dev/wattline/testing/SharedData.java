package dev.wattline.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Real measurements that may lie beside a checkout, in {@code ../shared/data}, or where the system property
 * {@code wattline.shared} says. A fresh clone does without: tests that need them are skipped and say so.
 */
public final class SharedData {
    private static final String PROPERTY = "wattline.shared";

    private SharedData() {}

    /** A file or folder below the shared data; skips the calling test if it is not there. */
    public static Path orSkip(String relative) {
        Optional<Path> data = folder();
        assumeTrue(data.isPresent(), "no shared measurements beside this checkout: skipped");
        Path path = data.orElseThrow().resolve(relative);
        assumeTrue(Files.exists(path), () -> "no shared measurement " + path + ": skipped");
        return path;
    }

    /** The folder of the shared data, if there is one. */
    public static Optional<Path> folder() {
        String configured = System.getProperty(PROPERTY);
        if (configured != null) {
            return Optional.of(Path.of(configured, "data")).filter(Files::isDirectory);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolve("shared/data");
            if (Files.isDirectory(data)) {
                return Optional.of(data);
            }
        }
        return Optional.empty();
    }
}
