package dev.wattline.director.results;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code power/ptd_logs.txt}: for each analyzer a line {@code Analyzer N} and all that its PTDaemon printed. Line ends
 * become line feeds as in the reference's file; a byte that is no UTF-8 becomes the replacement character, because the
 * official checker fails at such a byte. The bytes as they came stay in the analyzer's own file.
 */
public final class PtdOutput {
    private static final int BUFFER = 1 << 16;

    private PtdOutput() {}

    /**
     * Writes the file anew; to be called when the PTDaemons have ended, so that nothing is missing.
     *
     * @param outputs what each PTDaemon printed, analyzer 1 first; one that was never started has no file
     * @throws IOException if a file cannot be read or written
     */
    public static void join(List<Path> outputs, Path target) throws IOException {
        try (Writer out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
            for (int i = 0; i < outputs.size(); i++) {
                out.append("Analyzer ").append(Integer.toString(i + 1)).append('\n');
                if (Files.exists(outputs.get(i))) {
                    append(outputs.get(i), out);
                }
            }
        }
    }

    private static void append(Path output, Writer out) throws IOException {
        char[] buffer = new char[BUFFER];
        boolean afterReturn = false;
        // A reader made from a charset replaces what it cannot decode; one from Files would throw.
        try (Reader in = new java.io.InputStreamReader(Files.newInputStream(output), StandardCharsets.UTF_8)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    char c = buffer[i];
                    if (c == '\n' && afterReturn) {
                        afterReturn = false;
                        continue; // the carriage return before it became the line feed
                    }
                    afterReturn = c == '\r';
                    out.write(afterReturn ? '\n' : c);
                }
            }
        }
    }
}
