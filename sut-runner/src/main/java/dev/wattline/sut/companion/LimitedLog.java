package dev.wattline.sut.companion;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that takes a program's output up to a size: the beginning as it comes, and of what comes after only the end, which is
 * written when it is closed. A line between both tells how much is missing. Safe for use by several threads.
 */
final class LimitedLog extends OutputStream {
    /** How much of the beginning is kept. */
    static final int HEAD = 8 * 1024 * 1024;

    /** How much of the end is kept. */
    static final int TAIL = 64 * 1024;

    @GuardedBy("this")
    private final OutputStream file;

    @GuardedBy("this")
    private long written;

    @GuardedBy("this")
    private long held; // behind the beginning, of which the last are in the ring

    @GuardedBy("this")
    private byte[] ring = new byte[0];

    @GuardedBy("this")
    private boolean closed;

    /** Begins the file anew, with the folder it lies in. */
    LimitedLog(Path path) throws IOException {
        Files.createDirectories(path.resolveSibling(""));
        file = Files.newOutputStream(path);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (closed) {
            return; // a straggler's last words
        }
        int fits = (int) Math.min(length, HEAD - written);
        if (fits > 0) {
            file.write(bytes, from, fits);
            written += fits;
        }
        if (fits < length && ring.length == 0) {
            ring = new byte[TAIL];
        }
        for (int i = from + Math.max(fits, 0); i < from + length; i++) {
            ring[(int) (held % TAIL)] = bytes[i];
            held++;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (file) {
            if (held > TAIL) {
                file.write(("\n[" + (held - TAIL) + " bytes are left out here]\n").getBytes(StandardCharsets.UTF_8));
            }
            for (long i = Math.max(0, held - TAIL); i < held; i++) {
                file.write(ring[(int) (i % TAIL)]);
            }
        }
    }
}
