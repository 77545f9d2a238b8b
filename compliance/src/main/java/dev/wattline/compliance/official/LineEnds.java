package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.session.SessionView;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Whether a file whose hash is another one than recorded differs in nothing but its line ends: with the line ends changed
 * back, its hash is the recorded one.
 */
final class LineEnds {
    private static final int BUFFER = 1 << 16;

    private LineEnds() {}

    /** In which line ends the file is the one that was hashed, in a sentence; empty if in none. */
    static Optional<String> of(SessionView view, String file, String expected) throws IOException {
        MessageDigest allCarriage = digest(); // CR before every LF
        MessageDigest loneCarriage = digest(); // CR before each LF that has none
        MessageDigest plain = digest(); // no CR before LF
        byte[] in = new byte[BUFFER];
        byte[] all = new byte[2 * BUFFER];
        byte[] lone = new byte[2 * BUFFER];
        byte[] none = new byte[BUFFER + 1];
        boolean pending = false; // a CR at the end of the last block, which an LF may follow
        try (InputStream from = view.open(file)) {
            boolean before = false;
            for (int read = from.read(in); read >= 0; read = from.read(in)) {
                int a = 0;
                int l = 0;
                int n = 0;
                for (int i = 0; i < read; i++) {
                    byte b = in[i];
                    if (b == '\n') {
                        all[a++] = '\r';
                        if (!before) {
                            lone[l++] = '\r';
                        }
                    } else if (pending) {
                        none[n++] = '\r';
                    }
                    all[a++] = b;
                    lone[l++] = b;
                    before = b == '\r';
                    pending = before;
                    if (!pending) {
                        none[n++] = b;
                    }
                }
                allCarriage.update(all, 0, a);
                loneCarriage.update(lone, 0, l);
                plain.update(none, 0, n);
            }
        } catch (PyError e) {
            return Optional.empty(); // that it cannot be read is what the check says
        }
        if (pending) {
            plain.update((byte) '\r');
        }
        if (matches(allCarriage, expected) || matches(loneCarriage, expected)) {
            return Optional.of("with CRLF line ends it is the file that was hashed: no content changed");
        }
        return matches(plain, expected)
                ? Optional.of("with LF line ends it is the file that was hashed: no content changed")
                : Optional.empty();
    }

    private static boolean matches(MessageDigest digest, String expected) {
        return HexFormat.of().formatHex(digest.digest()).equalsIgnoreCase(expected);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
