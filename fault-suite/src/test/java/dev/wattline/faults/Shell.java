package dev.wattline.faults;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short commands of the system that Java has no word for. */
final class Shell {
    private Shell() {}

    /** How a command ended, and what it wrote to both of its streams. */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /** Runs a command line, and fails if that fails. */
    static String run(String command) {
        Result result = attempt(command);
        if (!result.succeeded()) {
            throw new IllegalStateException(
                    "'" + command + "' ended with status " + result.status() + ": " + result.output());
        }
        return result.output();
    }

    /** Runs a command line, whatever comes of it. */
    static Result attempt(String command) {
        return attempt(List.of("/bin/sh", "-c", command));
    }

    private static Result attempt(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(TestDeadlines.exitOf(process, 20), output.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
