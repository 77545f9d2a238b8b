package dev.wattline.sut.telemetry.source;

import dev.wattline.sut.SutException;
import dev.wattline.sut.process.Programs;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that prints its reading and ends, called with the C locale and without a shell. */
public final class ProgramCall {
    private static final int MOST_BYTES = 1 << 20;

    private final List<String> command;
    private final Duration timeout;

    private ProgramCall(List<String> command, Duration timeout) {
        this.command = List.copyOf(command);
        this.timeout = timeout;
    }

    /**
     * @param command program, by name or path, and arguments
     * @param timeout after which it is killed
     * @throws SutException if there is no such program
     */
    public static ProgramCall of(List<String> command, Duration timeout) {
        List<String> found = new ArrayList<>(command);
        found.set(
                0,
                Programs.find(command.get(0))
                        .orElseThrow(() -> new SutException(
                                "there is no program '" + command.get(0) + "'", "Install it, or leave the source out."))
                        .toString());
        return new ProgramCall(found, timeout);
    }

    /** The command line. */
    public List<String> command() {
        return command;
    }

    /**
     * What a call came to.
     *
     * @param status exit status; {@link #TIMED_OUT} where it was killed
     * @param output what it wrote to both streams
     */
    public record Answer(int status, String output) {
        /** Stands for the exit status of a program that did not end in time. */
        public static final int TIMED_OUT = -1;

        /** The first line that is not blank. */
        public String firstLine() {
            return output.lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse("nothing")
                    .strip();
        }
    }

    /**
     * Calls it and waits for its end.
     *
     * @throws SutException if it cannot be started
     */
    public Answer call() {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectInput(Redirect.PIPE);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<Process> ended = process.onExit()
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((done, late) -> {
                        if (late != null) {
                            process.descendants().forEach(ProcessHandle::destroyForcibly);
                            process.destroyForcibly(); // which ends the read below
                        }
                    });
            byte[] output = process.getInputStream().readNBytes(MOST_BYTES);
            if (output.length == MOST_BYTES) {
                process.destroyForcibly();
            }
            int status = process.waitFor();
            boolean late = ended.isCompletedExceptionally();
            return new Answer(late ? Answer.TIMED_OUT : status, new String(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new SutException("could not run " + String.join(" ", command) + ": " + e.getMessage(), null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SutException("interrupted while running " + String.join(" ", command), null, e);
        }
    }
}
