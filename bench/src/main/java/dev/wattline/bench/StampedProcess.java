package dev.wattline.bench;

import dev.wattline.model.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process whose lines, of both of its streams, are stamped with the wall clock as they come. Read by one thread. */
final class StampedProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;
    private final Process process;
    private final TimeSource time;
    private final Object lock = new Object();
    private final List<StampedLine> lines = new ArrayList<>(); // behind the lock
    private boolean ended; // behind the lock
    private int read;

    /** A line and when it came. */
    record StampedLine(Instant at, String text) {}

    private StampedProcess(String name, Process process, TimeSource time) {
        this.name = name;
        this.process = process;
        this.time = time;
    }

    /**
     * Starts a process in a folder.
     *
     * @throws IOException if the program cannot be run
     */
    static StampedProcess start(
            String name, List<String> command, Map<String, String> environment, Path folder, TimeSource time)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        StampedProcess started = new StampedProcess(name, builder.start(), time);
        Thread reader = new Thread(started::read, "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(new StampedLine(time.now(), line));
            }
        } catch (IOException e) {
            add(new StampedLine(time.now(), "its output broke off: " + e.getMessage()));
        }
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    private void add(StampedLine line) {
        synchronized (lock) {
            lines.add(line);
            lock.notifyAll();
        }
    }

    /**
     * Waits for a line that holds this text, behind the one that was returned last.
     *
     * @throws IOException if none comes in time, or the process ends without it
     */
    StampedLine next(String text) throws IOException, InterruptedException {
        long begin = time.nanoTime();
        synchronized (lock) {
            while (true) {
                while (read < lines.size()) {
                    StampedLine line = lines.get(read++);
                    if (line.text().contains(text)) {
                        return line;
                    }
                }
                long left = PATIENCE.toNanos() - (time.nanoTime() - begin);
                if (ended || left <= 0) {
                    List<StampedLine> last = lines.subList(Math.max(0, lines.size() - 5), lines.size());
                    throw new IOException(name + (ended ? " ended" : " said nothing for " + PATIENCE.toSeconds() + " s")
                            + " while a line with '" + text + "' was due; the last ones are " + last);
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        }
    }

    /** Passes over all that has come so far. */
    void skip() {
        synchronized (lock) {
            read = lines.size();
        }
    }

    /** Kills it, as a power loss would, and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it and waits for its end. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
