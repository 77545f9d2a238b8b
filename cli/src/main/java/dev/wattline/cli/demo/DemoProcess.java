package dev.wattline.cli.demo;

import dev.wattline.model.IoErrors;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A daemon of the demo: its output goes to a log file, and one line of it says that it is ready. Ending it
 * waits for its end.
 */
final class DemoProcess {
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

    private final String name;
    private final Path log;
    private final Process process;
    private final CompletableFuture<Matcher> ready = new CompletableFuture<>();

    private DemoProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static DemoProcess start(
            String name, List<String> command, Path folder, Map<String, String> environment, Path log, Pattern ready)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        DemoProcess started = new DemoProcess(name, log, builder.start());
        Thread reader = new Thread(() -> started.readOutput(ready), "demo-" + name);
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    private void readOutput(Pattern pattern) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter out = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.write(line);
                out.newLine();
                out.flush();
                Matcher matcher = pattern.matcher(line);
                if (!ready.isDone() && matcher.find()) {
                    ready.complete(matcher);
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
            throw new UncheckedIOException(log + ": cannot be written", e);
        }
        ready.completeExceptionally(new IOException("it ended"));
    }

    /** Waits for the ready line and returns what it matched. */
    Matcher awaitReady(Duration timeout) throws InterruptedException {
        try {
            return ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            String why = e instanceof TimeoutException
                    ? "did not get ready in " + timeout.toSeconds() + " s"
                    : "ended at once";
            throw new DemoException("the demo's " + name + " " + why + lastLine(), "All it said is in " + log + ".", e);
        }
    }

    private String lastLine() {
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1);
        } catch (IOException e) {
            return " (and " + log + " cannot be read: " + IoErrors.of(e) + ")";
        }
    }

    /** Ends it and waits for its end. */
    void end() {
        end(process);
    }

    /**
     * Asks a process to end, and kills it with all it started if it does not. By its handle, for {@link Process#destroy} closes
     * its output, and what it says last would be missing in its log.
     */
    static void end(Process process) {
        ProcessHandle handle = process.toHandle();
        handle.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                handle.destroyForcibly();
            }
        } catch (InterruptedException e) {
            handle.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
