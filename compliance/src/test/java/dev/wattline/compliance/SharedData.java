package dev.wattline.compliance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real measurements that lie beside a checkout, where there are some; a fresh clone does without. */
public final class SharedData {
    private SharedData() {}

    /** A file or folder below the shared data; skips the calling test if there is none. */
    public static Path orSkip(String relative) {
        Path path = root().resolve("data").resolve(relative);
        assumeTrue(Files.exists(path), () -> "no shared measurements at " + path + ": skipped");
        return path;
    }

    /** The recorded sessions, those with an {@code expected.json}; skips the calling test if there are none. */
    public static List<Path> corpus() {
        try (Stream<Path> files =
                Files.find(orSkip("corpus"), 3, (file, attributes) -> file.endsWith("expected.json"))) {
            return files.map(Path::getParent).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A recorded session's name, such as {@code tampered/debug-true}. */
    public static String name(Path session) {
        return session.subpath(session.getNameCount() - 2, session.getNameCount())
                .toString();
    }

    private static Path root() {
        String configured = System.getProperty("wattline.shared");
        if (configured != null) {
            return Path.of(configured);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("shared/data"))) {
            folder = folder.getParent();
        }
        return (folder == null ? Path.of("..") : folder).resolve("shared");
    }
}
