package dev.wattline.director.results;

import dev.wattline.files.BoundedLines;
import dev.wattline.model.SplRow;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes {@code spl.txt} of a phase as the reference does, byte for byte where it is the log of one analyzer. */
public final class SplWriter {
    private static final int MAX_LINE = 1 << 16; // rows have some 70 characters a channel

    private SplWriter() {}

    /**
     * Writes one analyzer's rows with mark and channel labels, a line each, and the empty line that the reference's files
     * end with. The file is there only when all of its rows are.
     *
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if a row is none
     */
    public static void writeLabelled(List<String> rows, String mark, Path target) throws IOException {
        Files.createDirectories(folderOf(target));
        Path unfinished = target.resolveSibling(target.getFileName() + ".part");
        try {
            try (Writer out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                for (String row : rows) {
                    out.append(SplRow.label(row, mark)).append('\n');
                }
                out.append('\n');
            }
            Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Makes the phase's log: a copy of the only analyzer's, or the merged log of several.
     *
     * @param logs the labelled logs, analyzer 1 first
     * @return the rows that a merge had to leave out
     * @throws IOException if a file cannot be read or written
     */
    public static List<MergedLog.Unmatched> write(List<Path> logs, Path target) throws IOException {
        Files.createDirectories(folderOf(target));
        if (logs.size() == 1) {
            Files.copy(logs.get(0), target, StandardCopyOption.REPLACE_EXISTING);
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>();
        for (Path log : logs) {
            rows.add(read(log));
        }
        MergedLog merged = MergedLog.of(rows);
        try (Writer out = Files.newBufferedWriter(target, StandardCharsets.ISO_8859_1)) { // as it was read
            for (String line : merged.lines()) {
                out.append(line).append('\n');
            }
        }
        return merged.unmatched();
    }

    /** All lines, byte for byte, each up to a length that no row reaches. */
    private static List<String> read(Path log) throws IOException {
        List<String> rows = new ArrayList<>();
        try (BoundedLines lines = new BoundedLines(Files.newInputStream(log), MAX_LINE)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                rows.add(line);
            }
        }
        return rows;
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? Path.of("") : folder;
    }
}
