package dev.wattline.sut.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Passes a program's output on, byte for byte as it comes, and keeps its last lines for an error message. One daemon
 * thread, blocked in the read while the program is silent.
 */
final class OutputTee {
    private static final int KEPT_LINES = 10;
    private static final int KEPT_CHARS = 300;

    private final Thread thread;

    @GuardedBy("this")
    private final Deque<String> lines = new ArrayDeque<>();

    @GuardedBy("this")
    private final byte[] line = new byte[KEPT_CHARS];

    @GuardedBy("this")
    private int length;

    private OutputTee(InputStream in, OutputStream out, String name) {
        thread = new Thread(null, () -> copy(in, out), name, 128 * 1024L);
        thread.setDaemon(true);
    }

    static OutputTee start(InputStream in, OutputStream out, String name) {
        OutputTee tee = new OutputTee(in, out, name);
        tee.thread.start();
        return tee;
    }

    private void copy(InputStream in, OutputStream out) {
        byte[] buffer = new byte[8192];
        boolean passOn = true;
        try (in) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (passOn) {
                    passOn = pass(out, buffer, n);
                }
                keep(buffer, n);
            }
        } catch (IOException e) {
            // The program's end closes the pipe under a pending read; there is nothing left to pass on.
            keepLine("(output lost: " + e.getMessage() + ")");
        }
    }

    /** A reader of ours that went away (a closed pager) must not stop the workload: its output is dropped then. */
    private static boolean pass(OutputStream out, byte[] buffer, int n) {
        try {
            out.write(buffer, 0, n);
            out.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void keep(byte[] buffer, int n) {
        for (int i = 0; i < n; i++) {
            byte b = buffer[i];
            if (b == '\n' || b == '\r') {
                endLine();
            } else if (length < line.length) {
                line[length++] = b;
            }
        }
    }

    @GuardedBy("this")
    private void endLine() {
        if (length > 0) {
            keepLine(new String(line, 0, length, StandardCharsets.UTF_8));
            length = 0;
        }
    }

    private synchronized void keepLine(String text) {
        if (lines.size() == KEPT_LINES) {
            lines.removeFirst();
        }
        lines.addLast(text);
    }

    /** The last non-empty lines; waits a moment for output that is still in the pipe. */
    List<String> lastLines(Duration wait) {
        try {
            TimeUnit.MILLISECONDS.timedJoin(thread, wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            endLine();
            return List.copyOf(lines);
        }
    }
}
