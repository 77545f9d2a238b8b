package dev.wattline.faults;

import dev.wattline.model.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A program that runs as a process of its own, with each line that it says and when it said it. */
final class Program {
    private final String name;
    private final Process process;
    private final TimeSource time;
    private final List<Line> lines = new ArrayList<>();
    private boolean silent; // its output has ended

    /**
     * A line of its output.
     *
     * @param nanos when it was read, on the monotonic clock
     */
    record Line(long nanos, String text) {
        /** How long after a moment of the monotonic clock it came. */
        Duration after(long earlierNanos) {
            return Duration.ofNanos(nanos - earlierNanos);
        }

        /** The first group of a pattern that is found in it. */
        String group(String pattern) {
            Matcher matcher = Pattern.compile(pattern).matcher(text);
            if (!matcher.find()) {
                throw new AssertionError("no '" + pattern + "' in: " + text);
            }
            return matcher.group(1);
        }
    }

    /** What becomes of its standard input. */
    enum Input {
        CLOSED,
        /** Open, for {@link #type}. */
        TYPED
    }

    private Program(String name, Process process, Path output, TimeSource time) {
        this.name = name;
        this.process = process;
        this.time = time;
        Thread reader = new Thread(() -> read(output), "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param output gets a copy of all that it says, for the one who looks into a failed test
     */
    static Program start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Input input,
            Path folder,
            Path output,
            TimeSource time) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (input == Input.CLOSED) {
                process.getOutputStream().close();
            }
            return new Program(name, process, output, time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(Path output) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
                Writer copy = Files.newBufferedWriter(output)) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                Line line = new Line(time.nanoTime(), text);
                copy.write(text + "\n");
                copy.flush();
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (lines) {
                silent = true;
                lines.notifyAll();
            }
        }
    }

    /** Writes this to its standard input. */
    void type(String text) {
        try {
            OutputStream keys = process.getOutputStream();
            keys.write(text.getBytes(StandardCharsets.US_ASCII));
            keys.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("typing to " + name + ", which said:\n" + output(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void signal(Signal signal) {
        signal.sendTo(process.pid());
    }

    /** Returns when the stopped program has been seen stopped for so long. */
    void staysSuspended(Duration length) {
        staysSuspended(process.pid(), length);
    }

    /** The same of any process. */
    static void staysSuspended(long pid, Duration length) {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        Awaitility.await().atMost(length.plus(Lab.PATIENCE)).during(length).until(() -> {
            String text = Files.readString(stat);
            return text.charAt(text.lastIndexOf(')') + 2) == 'T';
        });
    }

    /** Waits for a line in which the pattern is found, wherever in the output it stands. */
    Line awaitLine(String pattern, Duration timeout) {
        Pattern wanted = Pattern.compile(pattern);
        long deadline = time.nanoTime() + timeout.toNanos();
        synchronized (lines) {
            int seen = 0;
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (wanted.matcher(lines.get(seen).text()).find()) {
                        return lines.get(seen);
                    }
                }
                long left = deadline - time.nanoTime();
                if (left <= 0 || silent) {
                    String why = silent ? " ended its output without '" : " did not say within " + timeout + ": '";
                    throw new AssertionError(name + why + pattern + "'; it said:\n" + output());
                }
                await(left);
            }
        }
    }

    private void await(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(lines, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + name, e);
        }
    }

    /** The first line so far in which the pattern is found. */
    Optional<Line> line(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        synchronized (lines) {
            return lines.stream()
                    .filter(line -> wanted.matcher(line.text()).find())
                    .findFirst();
        }
    }

    /** Waits until it has exited, and returns its exit status; 128 + n after signal n. */
    int awaitExit(Duration timeout) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " has not ended within " + timeout + "; it said:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the end of " + name, e);
        }
        return process.exitValue();
    }

    /** Whether it has exited, once it has or this long has passed. */
    boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the end of " + name, e);
        }
    }

    /** All that it has said so far. */
    String output() {
        synchronized (lines) {
            return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
        }
    }
}
