package dev.wattline.sut.process;

import dev.wattline.model.process.Programs;
import dev.wattline.sut.SutException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that ends with this JVM together with all that it started, even when the JVM is killed by SIGKILL, see
 * {@link Guard}. It runs in a session and process group of its own, unless it is to keep the terminal: then it stays in
 * the JVM's group, which is the terminal's foreground group where the JVM's is.
 *
 * <p>Where there is no {@code setsid} (Windows, macOS without util-linux) there is no guard: the program runs in the
 * JVM's group, and {@link #end()} ends its known descendants. Safe for use by several threads.
 */
public final class GuardedProcess implements AutoCloseable {
    private final Process process;
    private final @Nullable Guard guard;
    private final boolean hasTerminal;

    private GuardedProcess(Process process, @Nullable Guard guard, boolean hasTerminal) {
        this.process = process;
        this.guard = guard;
        this.hasTerminal = hasTerminal;
    }

    /** Whether a program stays with the terminal by which this JVM is controlled, if it is by one. */
    public enum Terminal {
        /** It can read from it and gets its signals: Ctrl-C, Ctrl-Z, the hang-up. */
        KEPT,
        /** It has none. */
        NONE
    }

    /**
     * What to start.
     *
     * @param command the program and its arguments
     * @param environment variables added to the inherited ones
     * @param mark which of them is in no other program's environment; empty if none is
     */
    public record Launch(
            List<String> command,
            Map<String, String> environment,
            Optional<String> mark,
            Terminal terminal,
            Redirect input,
            Redirect output,
            Redirect error) {
        public Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        private String markText() {
            return mark.filter(environment::containsKey)
                    .map(name -> name + "=" + environment.get(name))
                    .orElse("");
        }
    }

    /**
     * Starts the program in the current working folder.
     *
     * @throws SutException if the program cannot be started
     */
    public static GuardedProcess start(Launch launch) {
        Optional<Path> setsid = Programs.find("setsid");
        boolean hasTerminal = launch.terminal() == Terminal.KEPT && keepsTerminal();
        if (setsid.isEmpty()) {
            return new GuardedProcess(start(launch, launch.command()), null, hasTerminal);
        }
        List<String> command = new ArrayList<>(launch.command());
        if (!hasTerminal) {
            command.add(0, setsid.get().toString());
        }
        Guard guard = Guard.start(setsid.get(), launch.markText());
        try {
            Process process = start(launch, command);
            // The JVM forks it without making it a group leader, so setsid executes in place and the pid is the
            // group's.
            guard.watch(process.pid(), !hasTerminal);
            return new GuardedProcess(process, guard, hasTerminal);
        } catch (SutException e) {
            guard.release();
            throw e;
        }
    }

    /** Without a group of its own a program's processes are found by {@code /proc} and {@code grep} alone. */
    private static boolean keepsTerminal() {
        return ProcStat.ofThisProcess().map(ProcStat::hasTerminal).orElse(false)
                && Programs.find("grep").isPresent();
    }

    private static Process start(Launch launch, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(launch.input())
                .redirectOutput(launch.output())
                .redirectError(launch.error());
        builder.environment().putAll(launch.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new SutException(
                    "could not start " + launch.command().get(0) + ": " + e.getMessage(),
                    "Check that it is installed and on PATH.",
                    e);
        }
    }

    /** The program's process. */
    public Process process() {
        return process;
    }

    /** Whether all that it started ends with this JVM whatever happens to it. */
    public boolean isGuarded() {
        return guard != null;
    }

    /** Whether it gets the signals of the terminal by which this JVM is controlled. */
    public boolean hasTerminal() {
        return hasTerminal;
    }

    /** Completes when the program itself has exited; children it left in the background may still run. */
    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /**
     * Ends the program and everything it started, at the latest {@link Guard#GRACE} and a little more after the call, and
     * returns when that is done.
     */
    public void end() {
        List<ProcessHandle> descendants = process.descendants().toList();
        if (guard == null || !guard.endProgram()) {
            process.destroy();
            descendants.forEach(ProcessHandle::destroy);
            awaitExit();
        }
        // What left the group but is still a known descendant goes too.
        descendants.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Lets go of a program that has ended, or ends one that has not. */
    @Override
    public void close() {
        if (process.isAlive()) {
            end();
        } else if (guard != null) {
            guard.release();
        }
    }

    private void awaitExit() {
        try {
            process.waitFor(Guard.GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
