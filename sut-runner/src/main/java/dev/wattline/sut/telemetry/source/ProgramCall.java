package dev.wattline.sut.telemetry.source;

import dev.wattline.model.process.Programs;
import dev.wattline.model.process.ShortProgram;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that prints its reading and ends, called with the C locale and without a shell. */
public final class ProgramCall {
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
     * Calls it and waits for its end.
     *
     * @throws SutException if it cannot be started
     */
    public Result call() {
        try {
            return ShortProgram.run(command, Map.of("LC_ALL", "C"), "", timeout);
        } catch (IOException e) {
            throw new SutException("could not run " + String.join(" ", command) + ": " + e.getMessage(), null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SutException("interrupted while running " + String.join(" ", command), null, e);
        }
    }
}
