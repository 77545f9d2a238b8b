package dev.wattline.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Runs a command line in this JVM with stdout and stderr caught. A class that uses it, or logs within this JVM, has the
 * streams for itself: {@code @ResourceLock(Resources.SYSTEM_OUT)}.
 */
final class CapturedStreams {

    /** How it ended and what it printed. */
    record Outcome(int exitCode, String out, String err) {}

    private CapturedStreams() {}

    static Outcome run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream caughtOut = new ByteArrayOutputStream();
        ByteArrayOutputStream caughtErr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(caughtErr, true, StandardCharsets.UTF_8));
            int code = Main.run(args);
            return new Outcome(
                    code, caughtOut.toString(StandardCharsets.UTF_8), caughtErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
