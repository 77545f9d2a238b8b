package dev.wattline.cli;

import dev.wattline.files.SessionFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small made-up session to check while the class archive is made, so that what a check loads, lambdas included, is in
 * it: linking those anew takes a cold start longer than reading a session.
 */
final class RehearsalSession {
    private RehearsalSession() {}

    /** Writes the session to this folder. */
    static void write(Path folder) throws IOException {
        for (SessionFile one : SessionFile.values()) {
            String name = one.place();
            Path file = one.of(folder);
            Files.createDirectories(file.resolveSibling(""));
            try (InputStream in = RehearsalSession.class.getResourceAsStream("rehearsal/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("the build lacks rehearsal/" + name);
                }
                Files.copy(in, file);
            }
        }
    }

    /** Gives the session the form of round v1.1, whose directors did not ask for uncertainties. */
    static void makeOld(Path folder) throws IOException {
        Path summary = SessionFile.SERVER_JSON.of(folder);
        String text = Files.readString(summary);
        Files.writeString(
                summary, text.replace("version=1.11.1-", "version=1.9.2-").replace("\"Uncertainty\"", "\"Watts\""));
    }
}
