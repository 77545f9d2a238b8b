package dev.wattline.model.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program that says something and ends, without a shell. Safe for use by several threads. */
public final class ShortProgram {
    /** How many bytes of the output are kept; what follows is read and dropped, so that the program can go on. */
    static final int MAX_OUTPUT = 1 << 20;

    /** How long a killed program may take to be gone, and the output of one that has ended to come to its end. */
    private static final Duration AFTER_END = Duration.ofSeconds(2);

    private ShortProgram() {}

    /** How a run came to its end. */
    public enum End {
        /** The program ended in time. */
        EXITED,
        /** It did not, and was killed. */
        KILLED,
        /** It did not, and could not be killed: it belongs to another user, as below sudo, or hangs in the kernel. */
        STILL_RUNNING
    }

    /**
     * What a run came to.
     *
     * @param status exit status where it {@linkplain End#EXITED ended in time}, else -1
     * @param output what it wrote to both streams, at most 1 MiB of it, read as UTF-8
     */
    public record Result(End end, int status, String output) {
        /** Whether it ended in time with status 0. */
        public boolean succeeded() {
            return end == End.EXITED && status == 0;
        }

        /** Whether it had to be killed because the time was over. */
        public boolean isLate() {
            return end != End.EXITED;
        }

        /** The lines of the output that are not blank. */
        public List<String> lines() {
            return output.lines().filter(line -> !line.isBlank()).toList();
        }

        /** What it said first, for a message: the first line that is not blank, or the word "nothing". */
        public String said() {
            return lines().stream().findFirst().map(String::strip).orElse("nothing");
        }
    }

    /** Runs it in this process' environment and with an empty input, see {@link #run(List, Map, String, Duration)}. */
    public static Result run(List<String> command, Duration limit) throws IOException, InterruptedException {
        return run(command, Map.of(), "", limit);
    }

    /**
     * Runs it to its end, or kills it and what it started when the time is over. What it leaves running when it ends in
     * time is left alone, and waited for no longer than two seconds where it holds the output.
     *
     * @param command program and arguments
     * @param environment variables beside those of this process
     * @param input what it finds on its standard input, in UTF-8: less than a pipe holds, 4 KiB everywhere, since this
     *     waits for a program that reads none of a longer one
     * @throws IOException if it cannot be started
     * @throws InterruptedException if this thread is interrupted; the program is killed then
     */
    public static Result run(List<String> command, Map<String, String> environment, String input, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        Output output = new Output(process.getInputStream());
        Thread reader = new Thread(output, "output of " + command.get(0));
        reader.setDaemon(true);
        reader.start();
        boolean over = false;
        try {
            give(process, input);
            over = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (!over) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        boolean gone = over || process.waitFor(AFTER_END.toMillis(), TimeUnit.MILLISECONDS);
        if (gone) {
            reader.join(AFTER_END.toMillis());
        }
        End end = over ? End.EXITED : gone ? End.KILLED : End.STILL_RUNNING;
        return new Result(end, over ? process.exitValue() : -1, output.text());
    }

    private static void give(Process process, String input) throws IOException {
        OutputStream in = process.getOutputStream();
        if (input.isEmpty()) {
            in.close();
            return;
        }
        try (in) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            return; // it has closed its input or has ended: a program need not read what it is given
        }
    }

    /** Takes what a program writes, for a thread that may be left behind with a stream that nobody ends. */
    private static final class Output implements Runnable {
        private final InputStream in;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream(); // guarded by itself

        Output(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (in) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    synchronized (kept) {
                        kept.write(buffer, 0, Math.min(read, MAX_OUTPUT - kept.size()));
                    }
                }
            } catch (IOException closed) {
                return; // the stream of a killed program is closed: what came before is all there is
            }
        }

        String text() {
            synchronized (kept) {
                return kept.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
