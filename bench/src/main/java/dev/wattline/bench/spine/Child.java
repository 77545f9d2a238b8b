package dev.wattline.bench.spine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process under measurement: lines go to its standard input and come from its standard output; its standard error goes
 * to a file. For one thread.
 */
final class Child implements AutoCloseable {
    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);

    private final String name;
    private final Path errors;
    private final Process process;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>(); // empty: the end of the output

    private Child(String name, Path errors, Process process) {
        this.name = name;
        this.errors = errors;
        this.process = process;
    }

    /**
     * Starts a process in a folder, which also takes its standard error.
     *
     * @throws IOException if the program cannot be run
     */
    static Child start(String name, List<String> command, Map<String, String> environment, Path folder)
            throws IOException {
        Path errors = Files.createTempFile(folder, name + "-", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Child child = new Child(name, errors, builder.start());
        Thread reader = new Thread(child::read, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            lines.add(Optional.of("its output broke off: " + e.getMessage()));
        } finally {
            lines.add(Optional.empty());
        }
    }

    long pid() {
        return process.pid();
    }

    ProcessUsage usage() throws IOException {
        return ProcessUsage.of(pid());
    }

    /** Writes a line to its standard input. */
    void send(String line) {
        try {
            Writer out = process.outputWriter(StandardCharsets.UTF_8);
            out.write(line + "\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(failure("took no input"), e);
        }
    }

    /**
     * Waits for a line of its standard output and skips those before it.
     *
     * @throws IOException if none comes in time, or the process ends without it
     */
    Matcher await(Pattern pattern, Duration timeout) throws IOException, InterruptedException {
        while (true) {
            Optional<String> line = lines.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null || line.isEmpty()) {
                String how = line == null ? "printed nothing for " + timeout.toSeconds() + " s" : "ended";
                throw new IOException(failure(how + " while a line like '" + pattern + "' was due"));
            }
            Matcher matcher = pattern.matcher(line.get());
            if (matcher.find()) {
                return matcher;
            }
        }
    }

    /**
     * @throws IOException if it has ended
     */
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(failure("ended with exit status " + process.exitValue()));
        }
    }

    private String failure(String how) {
        String said;
        try {
            List<String> last = Files.readAllLines(errors, StandardCharsets.ISO_8859_1);
            said = String.join(" / ", last.subList(Math.max(0, last.size() - 3), last.size()));
        } catch (IOException e) {
            said = "its errors cannot be read: " + e.getMessage();
        }
        return name + " " + how + (said.isEmpty() ? "" : "; it said: " + said);
    }

    /** Ends it and waits for its end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
