package dev.wattline.sut.telemetry.nvidia;

import dev.wattline.model.process.Programs;
import dev.wattline.model.process.ShortProgram;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The nvidia-smi program, asked for something it answers at once. */
public final class SmiProgram {
    /** The first call after a boot without persistence mode initialises every card, which takes seconds each. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Path path;

    private SmiProgram(Path path) {
        this.path = path;
    }

    /**
     * Finds the program.
     *
     * @throws SutException if it is not there
     */
    public static SmiProgram find(String name) {
        return new SmiProgram(Programs.find(name)
                .orElseThrow(() -> new SutException(
                        "there is no program '" + name + "'",
                        "Install NVIDIA's driver, or name the program with --nvidia-smi.")));
    }

    /** A command line of this program. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(arguments);
        return command;
    }

    /**
     * Calls it and waits for its end.
     *
     * @throws SutException if it cannot be started or does not end in time
     */
    public Result ask(String... arguments) {
        return ask(TIMEOUT, arguments);
    }

    /** The same, with less patience. */
    public Result ask(Duration timeout, String... arguments) {
        List<String> command = command(List.of(arguments));
        Result result;
        try {
            result = ShortProgram.run(command, timeout);
        } catch (IOException e) {
            throw new SutException("could not run " + String.join(" ", command) + ": " + e.getMessage(), null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SutException("interrupted while running " + String.join(" ", command), null, e);
        }
        if (result.isLate()) {
            throw new SutException(
                    "no answer within " + timeout.toMillis() / 1e3 + " s to " + String.join(" ", command),
                    "Run it by hand: the driver may hang.");
        }
        return result;
    }

    /** The field that nvidia-smi does not know, where it refused a query for one; else empty. */
    public static String refused(Result answer) {
        return SmiFields.refused(answer.output());
    }
}
