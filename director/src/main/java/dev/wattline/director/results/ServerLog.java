package dev.wattline.director.results;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.PythonLogTime;
import dev.wattline.model.PythonRepr;
import dev.wattline.model.TimeSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The session's {@code power/server.log} in the reference's format, {@code ptd-server <local time> [LEVEL] message}. It
 * begins with the connection's first command, before the session has a folder, and ends before the results are hashed;
 * what comes later is dropped. Each line is handed to the operating system at once unless lines are held. Safe for use by
 * several threads.
 */
public final class ServerLog implements Closeable {
    private static final int LONG_REPLY = 1000; // from here on the reference cuts a reply
    private static final int CUT_REPLY = 50;

    private final TimeSource time;
    private final ZoneId zone;

    @GuardedBy("this")
    private final StringBuilder kept = new StringBuilder(); // what is to be written once there is a file, or release

    @GuardedBy("this")
    private @Nullable GrowingFile file;

    @GuardedBy("this")
    private boolean held;

    @GuardedBy("this")
    private boolean closed;

    /** @param zone the one whose local time is written */
    public ServerLog(TimeSource time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    /**
     * Writes what was logged so far, and from now on each line, to this file.
     *
     * @throws IOException if it cannot be written
     */
    public synchronized void writeTo(Path path) throws IOException {
        Files.deleteIfExists(path);
        file = new GrowingFile(path);
        writeKept();
    }

    /** Keeps lines in memory from now on, so that no disk delays a reply whose delay is measured. */
    public synchronized void hold() {
        held = true;
    }

    /** Writes what was kept, and each further line at once. */
    public synchronized void release() {
        held = false;
        writeKept();
    }

    @GuardedBy("this")
    private void writeKept() {
        if (file != null && kept.length() > 0) {
            boolean unused = file.append(kept.toString()); // where there is no room it comes with a later line
            kept.setLength(0);
        }
    }

    public void info(String message) {
        line("INFO", message);
    }

    public void warning(String message) {
        line("WARNING", message);
    }

    public void error(String message) {
        line("ERROR", message);
    }

    /** A line from the client. */
    public void command(String line) {
        info("Got command from the client " + PythonRepr.of(line));
    }

    /** A line to the client. */
    public void reply(String line) {
        info(
                line.length() < LONG_REPLY
                        ? "Sending reply to client " + PythonRepr.of(line)
                        : "Sending reply to client " + PythonRepr.of(line.substring(0, CUT_REPLY)) + "... len="
                                + line.length());
    }

    private synchronized void line(String level, String message) {
        if (closed) {
            return;
        }
        kept.append("ptd-server ")
                .append(PythonLogTime.format(time.now(), zone))
                .append(" [")
                .append(level)
                .append("] ")
                .append(message)
                .append('\n');
        if (!held) {
            writeKept();
        }
    }

    /**
     * Ends the log; may be called again after it has failed.
     *
     * @throws IOException if something of it could not be written
     */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (file != null) {
            writeKept();
            file.end();
        }
    }
}
