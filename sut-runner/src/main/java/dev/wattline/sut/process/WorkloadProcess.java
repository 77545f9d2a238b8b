package dev.wattline.sut.process;

import dev.wattline.sut.process.GuardedProcess.Launch;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The workload: a command line run by a shell with the runner's environment, working folder and standard input, its
 * output passed through. Ends with the runner, see {@link GuardedProcess}. Safe for use by several threads.
 */
public final class WorkloadProcess implements AutoCloseable {
    /** Set in the workload's environment, so that what escapes the process group can be named later. */
    public static final String SESSION_VARIABLE = "WATTLINE_SESSION";

    /** Set beside it where there is a {@code /proc}: the runner, so that a session that still runs is known from one that ended. */
    static final String RUNNER_VARIABLE = "WATTLINE_RUNNER";

    private static final Duration LATE_OUTPUT = Duration.ofSeconds(1);

    private final GuardedProcess process;
    private final OutputTee out;
    private final OutputTee err;

    private WorkloadProcess(GuardedProcess process, PrintStream out, PrintStream err) {
        this.process = process;
        this.out = OutputTee.start(process.process().getInputStream(), out, "workload-stdout");
        this.err = OutputTee.start(process.process().getErrorStream(), err, "workload-stderr");
    }

    /**
     * Starts the command.
     *
     * @param session name of the session, put into {@link #SESSION_VARIABLE}
     * @throws dev.wattline.sut.SutException if there is no shell to run it
     */
    public static WorkloadProcess start(String command, String session, PrintStream out, PrintStream err) {
        List<String> shell =
                Programs.isWindows() ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
        Map<String, String> environment = new HashMap<>(Map.of(SESSION_VARIABLE, session));
        RunnerMark.ofThisProcess().ifPresent(runner -> environment.put(RUNNER_VARIABLE, runner.text()));
        Launch launch = new Launch(shell, environment, Redirect.INHERIT, Redirect.PIPE, Redirect.PIPE);
        return new WorkloadProcess(GuardedProcess.start(launch), out, err);
    }

    /** Completes with the command's exit status; 128 + n after signal n. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    public long pid() {
        return process.process().pid();
    }

    /** Whether the whole process group ends with the runner, even when that is killed. */
    public boolean isGuarded() {
        return process.isGuarded();
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

    @Override
    public void close() {
        process.close();
    }
}
