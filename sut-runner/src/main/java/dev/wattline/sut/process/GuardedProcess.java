package dev.wattline.sut.process;

import dev.wattline.sut.SutException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program in a session and process group of its own, whose whole group ends with this JVM, even when that is killed
 * by SIGKILL: a guard, a shell of a few lines, blocks in a read on a pipe that only this JVM holds; when the pipe
 * closes without the word that releases it, the guard sends SIGTERM to the group, and SIGKILL one second later to what
 * is left. The guard ignores the terminal's signals and costs nothing while it waits.
 *
 * <p>Where there is no {@code setsid} (Windows, macOS without util-linux) the program runs in the runner's group, and
 * {@link #end()} ends its known descendants; {@link #isGuarded()} tells. Safe for use by several threads.
 */
public final class GuardedProcess implements AutoCloseable {
    /** How long a program has between SIGTERM and SIGKILL. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final String RELEASE = "release\n";

    // POSIX but for the fraction of a second in sleep, which GNU, BSD and busybox all take. The first line is the
    // group's
    // number, which is written the moment it is known, so that the guard is there before the program is.
    private static final String GUARD = """
            trap '' INT TERM HUP
            read -r group || exit 0
            read -r word
            [ "$word" = release ] && exit 0
            kill -s TERM -- "-$group" 2>/dev/null
            i=0
            while [ "$i" -lt 10 ] && kill -s 0 -- "-$group" 2>/dev/null; do sleep 0.1; i=$((i+1)); done
            kill -s KILL -- "-$group" 2>/dev/null
            exit 0
            """;

    private final Process process;
    private final @Nullable Process guard;

    private GuardedProcess(Process process, @Nullable Process guard) {
        this.process = process;
        this.guard = guard;
    }

    /** What to start: the arguments, variables added to the inherited environment, and where its streams go. */
    public record Launch(
            List<String> command, Map<String, String> environment, Redirect input, Redirect output, Redirect error) {
        public Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Starts the program in the current working folder.
     *
     * @throws SutException if the program cannot be started
     */
    public static GuardedProcess start(Launch launch) {
        Optional<Path> setsid = Programs.find("setsid");
        List<String> command = new ArrayList<>();
        setsid.ifPresent(path -> command.add(path.toString()));
        command.addAll(launch.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(launch.input())
                .redirectOutput(launch.output())
                .redirectError(launch.error());
        builder.environment().putAll(launch.environment());
        if (setsid.isEmpty()) {
            return new GuardedProcess(start(builder, launch.command().get(0)), null);
        }
        Process guard = startGuard(setsid.get());
        try {
            Process process = start(builder, launch.command().get(0));
            // The JVM forks it without making it a group leader, so setsid executes in place and the pid is the
            // group's.
            tell(guard, process.pid() + "\n");
            return new GuardedProcess(process, guard);
        } catch (SutException e) {
            guard.destroyForcibly();
            throw e;
        }
    }

    private static Process startGuard(Path setsid) {
        ProcessBuilder builder = new ProcessBuilder(setsid.toString(), "sh", "-c", GUARD, "wattline-guard")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        return start(builder, "sh");
    }

    private static void tell(Process guard, String line) {
        try {
            OutputStream pipe = guard.getOutputStream();
            pipe.write(line.getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            throw new SutException("the guard of a started program ended: " + e.getMessage(), null, e);
        }
    }

    private static Process start(ProcessBuilder builder, String what) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new SutException(
                    "could not start " + what + ": " + e.getMessage(), "Check that it is installed and on PATH.", e);
        }
    }

    /** The program's process; its pid is the group's number where {@link #isGuarded()}. */
    public Process process() {
        return process;
    }

    /** Whether the group ends with this JVM whatever happens to it. */
    public boolean isGuarded() {
        return guard != null;
    }

    /** Completes when the program itself has exited; children it left in the background may still run. */
    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /**
     * Ends the program and everything it started, at the latest {@link #GRACE} and a little more after the call, and
     * returns when that is done.
     */
    public void end() {
        List<ProcessHandle> descendants = process.descendants().toList();
        if (guard != null) {
            closeGuard("");
        } else {
            process.destroy();
            descendants.forEach(ProcessHandle::destroy);
            awaitExit(process, GRACE);
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
            closeGuard(RELEASE);
        }
    }

    private void closeGuard(String lastWord) {
        Process shell = guard;
        if (shell == null || !shell.isAlive()) {
            return;
        }
        try (OutputStream pipe = shell.getOutputStream()) {
            pipe.write(lastWord.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The guard is gone already: somebody killed it. The group is then ended from here.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        awaitExit(shell, GRACE.multipliedBy(3));
    }

    private static void awaitExit(Process process, Duration timeout) {
        try {
            process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
