package dev.wattline.analysis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real measurements that lie beside a checkout, where there are some; a fresh clone does without. */
public final class SharedData {
    private SharedData() {}

    /** A file or folder below the shared data; skips the calling test if there is none. */
    public static Path orSkip(String relative) {
        String configured = System.getProperty("wattline.shared");
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("shared/data"))) {
            folder = folder.getParent();
        }
        Path base =
                configured != null ? Path.of(configured) : (folder == null ? Path.of("..") : folder).resolve("shared");
        Path path = base.resolve("data").resolve(relative);
        assumeTrue(Files.exists(path), () -> "no shared measurements at " + path + ": skipped");
        return path;
    }

    /** The JSON file that says what is true of a folder. */
    public static JsonNode json(Path file) {
        try {
            return new JsonMapper().readTree(Files.readString(file).replace("NaN", "null"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
