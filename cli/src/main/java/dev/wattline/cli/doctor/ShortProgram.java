package dev.wattline.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program that says a few lines and ends. */
final class ShortProgram {
    private static final int MOST_BYTES = 32 * 1024; // less than a pipe holds, so that the program need not wait for us

    private ShortProgram() {}

    /**
     * How it ended.
     *
     * @param output what it wrote to both streams, without white space around it
     */
    record Result(int exitStatus, String output) {
        boolean succeeded() {
            return exitStatus == 0;
        }

        String firstLine() {
            return output.lines().findFirst().orElse("");
        }
    }

    /**
     * Runs it; it is killed when the time is over.
     *
     * @throws IOException if it cannot be started, or is not through in time
     */
    static Result run(List<String> command, Duration limit) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("no answer within " + Durations.text(limit));
            }
            // Not to its end: a child that it left behind may hold the pipe open.
            int there = Math.min(process.getInputStream().available(), MOST_BYTES);
            byte[] output = process.getInputStream().readNBytes(there);
            return new Result(process.exitValue(), new String(output, StandardCharsets.UTF_8).strip());
        } finally {
            process.destroyForcibly();
        }
    }
}
