package dev.wattline.files;

import dev.wattline.model.PowerSample;
import dev.wattline.model.SplRow;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of an {@code spl.txt} or of PTDaemon's {@code -l} file one by one. Blank lines, carriage returns and
 * trailing blanks are taken as they come; a line that is no sample is counted and skipped. Not safe for use by several
 * threads.
 */
public final class SplReader implements Closeable {
    private static final int REMEMBERED = 20;
    private static final int MAX_ROW = 1 << 16; // characters; a row of eight analyzers has a few thousand

    /** A line that was skipped: its number from 1, and what is wrong with it. */
    public record Rejection(long line, String reason) {}

    private final BoundedLines lines;
    private final List<Rejection> rejections = new ArrayList<>();
    private long line;
    private long rejected;
    private String row = "";

    private SplReader(BoundedLines lines) {
        this.lines = lines;
    }

    /**
     * @throws IOException if the file cannot be opened
     */
    public static SplReader open(Path file) throws IOException {
        return of(Files.newInputStream(file));
    }

    /** Reads from an open file, which it closes. */
    public static SplReader of(InputStream in) {
        return new SplReader(new BoundedLines(in, MAX_ROW));
    }

    /**
     * The next sample, or null at the end.
     *
     * @throws IOException if the file cannot be read
     */
    public @Nullable PowerSample next() throws IOException {
        for (String text = lines.next(); text != null; text = lines.next()) {
            line++;
            if (text.isBlank()) {
                continue;
            }
            try {
                PowerSample sample = SplRow.parse(text);
                row = text;
                return sample;
            } catch (IllegalArgumentException e) {
                rejected++;
                if (rejections.size() < REMEMBERED) {
                    rejections.add(new Rejection(line, String.valueOf(e.getMessage())));
                }
            }
        }
        return null;
    }

    /** The text of the sample that {@link #next} gave last. */
    public String row() {
        return row;
    }

    /** The number of the line read last, from 1. */
    public long line() {
        return line;
    }

    /** How many lines were no samples. */
    public long rejected() {
        return rejected;
    }

    /** The first of them. */
    public List<Rejection> rejections() {
        return List.copyOf(rejections);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
