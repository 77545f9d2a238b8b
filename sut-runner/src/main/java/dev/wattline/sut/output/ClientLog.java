package dev.wattline.sut.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.model.IoErrors;
import dev.wattline.model.PythonLogTime;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code power/client.log} in the reference client's format, {@code client YYYY-MM-DD hh:mm:ss,mmm [LEVEL] message},
 * local time. Lines are kept in memory until the session folder exists and are then written as they come, so that a
 * runner that is killed leaves its log. Safe for use by several threads.
 */
public final class ClientLog implements AutoCloseable {
    private final TimeSource time;
    private final ZoneId zone;
    private final Consumer<String> echo;

    @GuardedBy("this")
    private final StringBuilder early = new StringBuilder();

    @GuardedBy("this")
    private @Nullable OutputStream file; // unbuffered: a line is one write, cold and interpreted beside the workload

    @GuardedBy("this")
    private boolean closed;

    /** Creates a log that hands each line, without its end, to {@code echo} too. */
    public ClientLog(TimeSource time, ZoneId zone, Consumer<String> echo) {
        this.time = time;
        this.zone = zone;
        this.echo = echo;
    }

    public void info(String message) {
        log("INFO", message);
    }

    public void warning(String message) {
        log("WARNING", message);
    }

    public void error(String message) {
        log("ERROR", message);
    }

    private synchronized void log(String level, String message) {
        String line = "client " + PythonLogTime.format(time.now(), zone) + " [" + level + "] " + message;
        echo.accept(line);
        if (closed) {
            return;
        }
        if (file == null) {
            early.append(line).append('\n');
        } else {
            write(line + "\n");
        }
    }

    /**
     * Writes what was logged so far to a new file, and from now on each line as it comes.
     *
     * @throws SutException if the file cannot be made
     */
    public synchronized void writeTo(Path path) {
        try {
            file = new FileOutputStream(Files.createFile(path).toFile());
            write(early.toString());
            early.setLength(0);
        } catch (IOException e) {
            throw new SutException(
                    "could not create " + path + ": " + IoErrors.of(e), "Check the output folder's permissions.", e);
        }
    }

    @GuardedBy("this")
    private void write(String text) {
        try {
            if (file != null) {
                file.write(text.getBytes(UTF_8));
            }
        } catch (IOException e) {
            file = null;
            closed = true;
            echo.accept("client.log ends here, writing it failed: " + IoErrors.of(e));
        }
    }

    /** Ends the file; later lines are only echoed, because the summary holds the file's hash. */
    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            echo.accept("client.log may be incomplete, closing it failed: " + IoErrors.of(e));
        }
    }
}
