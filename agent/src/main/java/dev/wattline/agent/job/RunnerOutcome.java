package dev.wattline.agent.job;

import dev.wattline.model.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a run ended, as the runner leaves it for whoever gave it the job: a file that is there only where the runner came to an
 * end by itself.
 *
 * @param end in which way
 * @param detail the session's folder of a complete run, else the message
 */
public record RunnerOutcome(End end, String detail) {
    /** The option of {@code run} that names the file. */
    public static final String OPTION = "--job-outcome";

    /** In which way a run ended. */
    public enum End {
        /** There is a complete session. */
        COMPLETE,
        /** The workload ended with another status than 0. */
        WORKLOAD,
        /** A signal ended it. */
        STOPPED,
        /** Anything else went wrong: director, analyzer, network, clock, disk. */
        INFRASTRUCTURE
    }

    /** Writes it; it appears whole or not at all, and is on the disk when this returns. */
    public void write(Path file) throws IOException {
        DurableFile.replace(file, end + "\n" + detail);
    }

    /**
     * Notes where the session lies as soon as it is open, for whoever wants its log also where the runner comes to no end by
     * itself.
     *
     * @param file of the outcome to be
     */
    public static void noteSession(Path file, Path session) throws IOException {
        Files.writeString(sessionNote(file), session.toString());
    }

    /** The session of a run, by the file of its outcome; empty if none was opened. */
    public static Optional<Path> session(Path file) {
        try {
            return Optional.of(Path.of(Files.readString(sessionNote(file))));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Removes it and what was noted beside it. */
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(sessionNote(file));
    }

    private static Path sessionNote(Path file) {
        return file.resolveSibling(file.getFileName() + ".session");
    }

    /** Reads it; empty if there is none. */
    public static Optional<RunnerOutcome> read(Path file) throws IOException {
        try {
            String text = Files.readString(file);
            int line = text.indexOf('\n');
            return Optional.of(new RunnerOutcome(End.valueOf(text.substring(0, line)), text.substring(line + 1)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is no outcome of a run", e);
        }
    }
}
