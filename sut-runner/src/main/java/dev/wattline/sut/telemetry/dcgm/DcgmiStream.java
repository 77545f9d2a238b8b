package dev.wattline.sut.telemetry.dcgm;

import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.sut.process.GuardedProcess;
import dev.wattline.sut.process.GuardedProcess.Launch;
import dev.wattline.sut.process.GuardedProcess.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@code dcgmi dmon} that writes into a file of its own, so that this JVM neither waits nor wakes for its rows. They
 * carry no time; it is that of the file's last change, since dmon writes a round of rows at once. The file lies in the
 * folder for temporary files, where the clock that stamps it is this machine's. The program ends with the runner, even
 * when that is killed. For one thread at a time.
 */
final class DcgmiStream implements AutoCloseable {
    /** An older row means that dmon has stopped, or that the clock was set. */
    private static final Duration FRESH = Duration.ofMillis(2500);

    private static final int TAIL_BYTES = 16 * 1024; // sixteen GPUs with seven instances each

    private final GuardedProcess child;
    private final Path file;
    private final TimeSource time;

    /**
     * The end of what dmon has written.
     *
     * @param epochMillis when its last row was written
     */
    record Rows(long epochMillis, String text) {}

    private DcgmiStream(GuardedProcess child, Path file, TimeSource time) {
        this.child = child;
        this.file = file;
        this.time = time;
    }

    /** Empty where the program or its file cannot be had: then the calls do it alone. */
    static Optional<DcgmiStream> start(List<String> command, TimeSource time) {
        Path file;
        try {
            file = Files.createTempFile("wattline-dcgmi", ".txt");
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DcgmiStream(
                    GuardedProcess.start(new Launch(
                            command,
                            Map.of("LC_ALL", "C"),
                            Optional.empty(),
                            Terminal.NONE,
                            Redirect.PIPE,
                            Redirect.to(file.toFile()),
                            Redirect.DISCARD)),
                    file,
                    time));
        } catch (WattlineException e) {
            delete(file);
            return Optional.empty();
        }
    }

    /** The newest rows; empty where there are none, they are old, or dmon has ended. */
    Optional<Rows> newest() {
        if (!child.process().isAlive()) {
            return Optional.empty(); // what it wrote last may be its error
        }
        try (InputStream in = Files.newInputStream(file)) {
            FileTime written = Files.getLastModifiedTime(file);
            in.skipNBytes(Math.max(0, Files.size(file) - TAIL_BYTES));
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            boolean inMidRound = !text.endsWith("\n")
                    || !Files.getLastModifiedTime(file).equals(written);
            long age = time.epochMillis() - written.toMillis();
            return inMidRound || Math.abs(age) > FRESH.toMillis()
                    ? Optional.empty()
                    : Optional.of(new Rows(written.toMillis(), text));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Ends the program. */
    @Override
    public void close() {
        child.process().destroy();
        child.close();
        delete(file);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
