package dev.wattline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A small made-up session to check while the class archive is made, so that what a check loads, lambdas included, is in
 * it: linking those anew takes a cold start longer than reading a session.
 */
final class RehearsalSession {
    private static final List<String> FILES = List.of(
            "power/client.json",
            "power/client.log",
            "power/ptd_logs.txt",
            "power/server.json",
            "power/server.log",
            "ranging/mlperf_log_detail.txt",
            "ranging/mlperf_log_summary.txt",
            "ranging/spl.txt",
            "run_1/mlperf_log_detail.txt",
            "run_1/mlperf_log_summary.txt",
            "run_1/spl.txt");

    private RehearsalSession() {}

    /** Writes the session to this folder. */
    static void write(Path folder) throws IOException {
        for (String name : FILES) {
            Path file = folder.resolve(name);
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
        Path summary = folder.resolve("power/server.json");
        String text = Files.readString(summary);
        Files.writeString(
                summary, text.replace("version=1.11.1-", "version=1.9.2-").replace("\"Uncertainty\"", "\"Watts\""));
    }
}
