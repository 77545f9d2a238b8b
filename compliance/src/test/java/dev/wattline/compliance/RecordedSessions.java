package dev.wattline.compliance;

import dev.wattline.compliance.python.PyJson;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The sessions of public submissions among the shared measurements, each with what the official programs made of it. */
public final class RecordedSessions {
    private static final String EXPECTED = "expected.json";

    private RecordedSessions() {}

    /** Their folders; skips the calling test if there are none. */
    public static List<Path> all() {
        try (Stream<Path> files =
                Files.find(SharedData.orSkip("corpus"), 3, (file, attributes) -> file.endsWith(EXPECTED))) {
            return files.map(Path::getParent).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the official checker and the submission checker say of a session. */
    public static Map<String, Object> expected(Path session) {
        try {
            return PyValues.object(PyJson.parse(Files.readString(session.resolve(EXPECTED))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of sessions that it is in: a round, {@code modernised} or {@code tampered}. */
    public static String group(Path session) {
        return session.getName(session.getNameCount() - 2).toString();
    }

    /** A session's name, such as {@code tampered/debug-true}. */
    public static String name(Path session) {
        return group(session) + "/" + session.getFileName();
    }
}
