package dev.wattline.director.results;

import dev.wattline.files.BoundedLines;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** PTDaemon's own log file, its {@code -l} argument, as the source of rows that could not be read from PTDaemon any more. */
public final class DataLog {
    private static final int MAX_ROW = 1 << 14; // a row of six channels has some 700 characters

    private DataLog() {}

    /**
     * Copies the complete rows with this mark, and the empty line that a power log ends with.
     *
     * @param dataLog may be absent, if PTDaemon never came to write
     * @return the number of rows
     * @throws IOException if a file cannot be read or written
     */
    public static int extract(Path dataLog, String mark, Path target) throws IOException {
        int rows = 0;
        String label = ",Mark," + mark;
        try (Writer out = Files.newBufferedWriter(target, StandardCharsets.ISO_8859_1)) { // as the lines are read
            if (Files.exists(dataLog)) {
                try (BoundedLines in = new BoundedLines(Files.newInputStream(dataLog), MAX_ROW)) {
                    for (String line = in.next(); line != null; line = in.next()) {
                        String row = line.stripTrailing();
                        if (isRow(row, label)) {
                            out.append(row).append('\n');
                            rows++;
                        }
                    }
                }
            }
            out.append('\n');
        }
        return rows;
    }

    private static boolean isRow(String row, String label) {
        int at = row.indexOf(label);
        if (!row.startsWith("Time,") || at < 0) {
            return false;
        }
        int end = at + label.length();
        if (end < row.length() && row.charAt(end) != ',') {
            return false; // a longer mark that begins like this one
        }
        try {
            dev.wattline.model.SplRow.parse(row);
            return true;
        } catch (IllegalArgumentException e) {
            return false; // the last row of a killed PTDaemon may be cut
        }
    }
}
