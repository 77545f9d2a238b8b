package dev.wattline.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * This machine's clocks with a wall clock that a test can set wrong, for one process: where the system property
 * {@value #PROPERTY} names a file, {@link #now()} adds the milliseconds that the file holds at that moment, and nothing
 * while there is no such file. The monotonic clock stays as it is.
 */
final class ShiftedTimeSource implements TimeSource {
    static final String PROPERTY = "wattline.test.clock";

    /** What this process goes by. */
    static final TimeSource OF_THIS_PROCESS = choose(System.getProperty(PROPERTY));

    private final TimeSource clocks;
    private final Path file;

    ShiftedTimeSource(TimeSource clocks, Path file) {
        this.clocks = clocks;
        this.file = file;
    }

    private static TimeSource choose(@Nullable String file) {
        TimeSource clocks = SystemTimeSource.INSTANCE;
        return file == null ? clocks : new ShiftedTimeSource(clocks, Path.of(file));
    }

    @Override
    public Instant now() {
        try {
            long millis =
                    Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
            return clocks.now().plusMillis(millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long nanoTime() {
        return clocks.nanoTime();
    }
}
