package dev.wattline.mock.ptd;

import dev.wattline.mock.MockException;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The {@code -l} file: each row is written at once, behind what is there already. */
final class PtdLogFile implements AutoCloseable {
    private final OutputStream out;
    private final String lineEnd;

    private PtdLogFile(OutputStream out, String lineEnd) {
        this.out = out;
        this.lineEnd = lineEnd;
    }

    static PtdLogFile open(Path file, boolean windowsText) {
        try {
            return new PtdLogFile(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    windowsText ? "\r\n" : "\n");
        } catch (IOException e) {
            throw new MockException(
                    "cannot write the data log " + file + ": " + IoErrors.of(e),
                    "Its folder must exist and be writable.",
                    e);
        }
    }

    void row(String row) {
        try {
            out.write((row + lineEnd).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to the data log: " + IoErrors.of(e), e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the data log: " + IoErrors.of(e), e);
        }
    }
}
