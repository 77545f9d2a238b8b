package dev.wattline.agent.setting;

import dev.wattline.agent.AgentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a short command without a shell, with nothing on its standard input, and takes what it printed. */
public final class SettingCommand {
    private static final int MAX_OUTPUT = 1 << 16;
    private static final Duration TO_END = Duration.ofSeconds(2);

    private SettingCommand() {}

    /** How it ended, and what it wrote to its standard output and error. */
    public record Outcome(int status, String output) {}

    /**
     * Runs it to its end.
     *
     * @throws AgentException if it cannot be started or does not end in time; it is ended then, unless it cannot be, as a
     *     child of root
     */
    public static Outcome run(List<String> command, Duration timeout) {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new AgentException(
                    "could not start " + shown(command) + ": " + e.getMessage(), "Check that it is installed.", e);
        }
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw end(process, shown(command) + " did not end within " + timeout.toSeconds() + " s");
            }
            return new Outcome(process.exitValue(), output.get(TO_END.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Outcome(process.exitValue(), ""); // it has left a child that holds its output
        } catch (ExecutionException e) {
            throw new AgentException("could not read what " + shown(command) + " printed: " + e.getMessage(), null, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw end(process, "interrupted while " + shown(command) + " ran");
        }
    }

    private static AgentException end(Process process, String what) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        boolean gone = process.onExit()
                .completeOnTimeout(process, TO_END.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(ended -> !ended.isAlive())
                .join();
        return new AgentException(
                what + (gone ? "" : ", and cannot be ended"), "Run it by hand as the agent's user.", null);
    }

    private static String read(InputStream in) {
        try (in) {
            byte[] kept = in.readNBytes(MAX_OUTPUT);
            in.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // the process was ended, and with it its output
        }
    }

    /** A command as it is named in messages. */
    public static String shown(List<String> command) {
        return "'" + String.join(" ", command) + "'";
    }
}
