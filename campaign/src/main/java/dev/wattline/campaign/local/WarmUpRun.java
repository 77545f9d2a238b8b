package dev.wattline.campaign.local;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.agent.AgentException;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload that runs unmeasured for some time. It ends with its time also where the campaign is killed, and at once where its
 * process is there no more: {@code timeout} has it in a process group of its own, {@code setpriv} tells timeout of the end.
 */
final class WarmUpRun {
    private static final TimeSource TIME = TimeSource.system();
    private static final int TIMED_OUT = 124;

    @GuardedBy("this")
    private final List<String> command;

    private final Path folder;
    private final Path output;

    @GuardedBy("this")
    private final Map<String, String> environment;

    @GuardedBy("this")
    private @Nullable Process process;

    @GuardedBy("this")
    private boolean ended;

    /**
     * @param folder the working folder
     * @param output gets what it prints
     */
    WarmUpRun(List<String> command, Path folder, Path output, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.folder = folder;
        this.output = output;
        this.environment = Map.copyOf(environment);
    }

    /** Ends it, from any thread. */
    synchronized void end() {
        ended = true;
        if (process != null) {
            process.destroy(); // timeout passes it on
        }
    }

    /**
     * Runs it, again and again where it ends before the time is over.
     *
     * @throws AgentException if it cannot be started, or fails
     */
    void run(Duration length) {
        long begin = TIME.nanoTime();
        while (true) {
            Duration left = length.minusNanos(TIME.nanoTime() - begin);
            if (left.isNegative() || left.isZero()) {
                return;
            }
            Process started = start(left);
            if (started == null) {
                return;
            }
            try {
                int status = started.waitFor();
                if (status == TIMED_OUT || isEnded()) {
                    return;
                } else if (status != 0) {
                    throw new AgentException(
                            "the workload failed while warming up, with exit status " + status,
                            "What it printed is in " + output + ".",
                            null);
                }
            } catch (InterruptedException e) {
                end();
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized @Nullable Process start(Duration left) {
        if (ended) {
            return null;
        }
        List<String> words = new ArrayList<>(List.of(
                "setpriv",
                "--pdeathsig=TERM",
                "timeout",
                "--kill-after=10",
                String.format(Locale.ROOT, "%.3f", left.toMillis() / 1000.0)));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            process = started;
            return started;
        } catch (IOException e) {
            throw new AgentException(
                    "could not start " + String.join(" ", words) + ": " + IoErrors.of(e),
                    "setpriv and timeout are in the packages util-linux and coreutils.",
                    e);
        }
    }
}
