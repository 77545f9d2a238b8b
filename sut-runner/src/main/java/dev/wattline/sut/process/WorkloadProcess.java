package dev.wattline.sut.process;

import dev.wattline.model.process.Programs;
import dev.wattline.sut.process.GuardedProcess.Launch;
import dev.wattline.sut.process.GuardedProcess.Terminal;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workload: a command line run by a shell with the runner's environment, working folder, standard input and
 * controlling terminal, its output passed through. Ends with the runner, see {@link GuardedProcess}. Safe for use by
 * several threads.
 */
public final class WorkloadProcess implements AutoCloseable {
    /** Set beside it where there is a {@code /proc}: the runner, so that a session that still runs is known from one that ended. */
    static final String RUNNER_VARIABLE = "WATTLINE_RUNNER";

    /** Set beside both: the runner and the number of its workload, by which the guard knows what belongs to this one alone. */
    static final String WORKLOAD_VARIABLE = "WATTLINE_WORKLOAD";

    private static final AtomicInteger STARTED = new AtomicInteger();

    private static final Duration LATE_OUTPUT = Duration.ofSeconds(1);

    private final GuardedProcess process;
    private final OutputTee out;
    private final OutputTee err;
    private boolean released; // for the thread that closes it

    private WorkloadProcess(GuardedProcess process, OutputStream out, OutputStream err) {
        this.process = process;
        this.out = OutputTee.start(process.process().getInputStream(), out, "workload-stdout");
        this.err = OutputTee.start(process.process().getErrorStream(), err, "workload-stderr");
    }

    /**
     * Starts the command.
     *
     * @param told what it is told by its environment
     * @throws dev.wattline.sut.SutException if there is no shell to run it
     */
    public static WorkloadProcess start(String command, WorkloadVariables told, PrintStream out, PrintStream err) {
        return start(command, told, Terminal.KEPT, Redirect.INHERIT, out, err);
    }

    /**
     * Starts the command apart from this runner's terminal and standard input.
     *
     * @param told what it is told by its environment
     * @throws dev.wattline.sut.SutException if there is no shell to run it
     */
    public static WorkloadProcess startApart(
            String command, WorkloadVariables told, OutputStream out, OutputStream err) {
        Redirect nothing = Redirect.from(new File(Programs.isWindows() ? "NUL" : "/dev/null"));
        return start(command, told, Terminal.NONE, nothing, out, err);
    }

    private static WorkloadProcess start(
            String command,
            WorkloadVariables told,
            Terminal terminal,
            Redirect input,
            OutputStream out,
            OutputStream err) {
        List<String> shell =
                Programs.isWindows() ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
        Map<String, String> environment = new HashMap<>(told.variables());
        RunnerMark.ofThisProcess().ifPresent(runner -> {
            environment.put(RUNNER_VARIABLE, runner.text());
            environment.put(WORKLOAD_VARIABLE, runner.text() + ":" + STARTED.incrementAndGet());
        });
        Launch launch = new Launch(
                shell, environment, Optional.of(WORKLOAD_VARIABLE), terminal, input, Redirect.PIPE, Redirect.PIPE);
        return new WorkloadProcess(GuardedProcess.start(launch), out, err);
    }

    /** Completes with the command's exit status; 128 + n after signal n. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    public long pid() {
        return process.process().pid();
    }

    /** Whether all that it started ends with the runner, even when that is killed. */
    public boolean isGuarded() {
        return process.isGuarded();
    }

    /** Whether a signal from the runner's terminal, such as Ctrl-C, reaches it as well as the runner. */
    public boolean hasTerminal() {
        return process.hasTerminal();
    }

    /** The last lines of its standard error, or of its standard output if it wrote nothing to the former. */
    public List<String> lastLines() {
        List<String> errors = err.lastLines(LATE_OUTPUT);
        return errors.isEmpty() ? out.lastLines(LATE_OUTPUT) : errors;
    }

    /** Ends the workload and everything it started; returns when that is done. */
    public void end() {
        process.end();
    }

    /** It has ended well: what it left in the background stays when this is closed. */
    public void release() {
        released = true;
    }

    /** Ends all that it started, unless it has ended and was released. */
    @Override
    public void close() {
        if (released) {
            process.close();
        } else {
            process.end();
        }
    }
}
