package dev.wattline.director.results;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** PTDaemon's own log file, its {@code -l} argument, as the source of rows that could not be read from PTDaemon any more. */
public final class DataLog {
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
        try (Writer out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
            if (Files.exists(dataLog)) {
                try (BufferedReader in = new BufferedReader(
                        new InputStreamReader(Files.newInputStream(dataLog), StandardCharsets.UTF_8))) {
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
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
