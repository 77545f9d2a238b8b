package dev.wattline.sut.telemetry.nvidia;

import dev.wattline.sut.SutException;
import dev.wattline.sut.process.Programs;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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

    /** What a call came to: its exit status and what it wrote to both streams. */
    public record Answer(int status, String output) {
        public List<String> lines() {
            return output.lines().filter(line -> !line.isBlank()).toList();
        }

        public String firstLine() {
            return lines().stream().findFirst().orElse("nothing");
        }

        /** The field that nvidia-smi does not know, where it refused a query for one; else empty. */
        public String refused() {
            return SmiFields.refused(output);
        }
    }

    /**
     * Calls it and waits for its end.
     *
     * @throws SutException if it cannot be started or does not end in time
     */
    public Answer ask(String... arguments) {
        return ask(TIMEOUT, arguments);
    }

    /** The same, with less patience. */
    public Answer ask(Duration timeout, String... arguments) {
        List<String> command = command(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(Redirect.PIPE)
                    .start();
            process.getOutputStream().close();
            CompletableFuture<Process> unused = process.onExit()
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((done, late) -> {
                        if (late != null) {
                            process.destroyForcibly(); // which ends the read below
                        }
                    });
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output);
        } catch (IOException e) {
            throw new SutException("could not run " + String.join(" ", command) + ": " + e.getMessage(), null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SutException("interrupted while running " + String.join(" ", command), null, e);
        }
    }
}
