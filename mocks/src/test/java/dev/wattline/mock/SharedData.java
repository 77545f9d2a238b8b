package dev.wattline.mock;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real measurements that lie beside a checkout, where there are some; a fresh clone does without. */
public final class SharedData {
    private SharedData() {}

    /**
     * A file or folder of the shared data, in {@code shared/data} beside this checkout or one above it, or where
     * {@code -Dwattline.shared} says; skips the calling test if there is none.
     */
    public static Path orSkip(String relative) {
        String configured = System.getProperty("wattline.shared");
        Path folder = configured == null ? search() : Path.of(configured);
        Path path = folder.resolve("data").resolve(relative);
        assumeTrue(Files.exists(path), () -> "no shared measurements at " + path + ": skipped");
        return path;
    }

    private static Path search() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/data"))) {
                return at.resolve("shared");
            }
        }
        return Path.of("../shared");
    }
}
