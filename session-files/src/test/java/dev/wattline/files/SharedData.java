package dev.wattline.files;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real measurements that lie beside a checkout, where there are some; a fresh clone does without. */
final class SharedData {
    private SharedData() {}

    /** A file or folder below the shared data; skips the calling test if there is none. */
    static Path orSkip(String relative) {
        String configured = System.getProperty("wattline.shared");
        if (configured != null) {
            return existingOrSkip(Path.of(configured, "data", relative));
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("shared/data"))) {
            folder = folder.getParent();
        }
        return existingOrSkip(
                (folder == null ? Path.of("..") : folder).resolve("shared/data").resolve(relative));
    }

    private static Path existingOrSkip(Path path) {
        assumeTrue(Files.exists(path), () -> "no shared measurements at " + path + ": skipped");
        return path;
    }
}
