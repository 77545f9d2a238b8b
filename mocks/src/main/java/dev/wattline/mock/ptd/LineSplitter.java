package dev.wattline.mock.ptd;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Bytes into lines; LF ends one, a CR before it is dropped, bytes are read as ISO 8859-1, which no byte fails. */
final class LineSplitter {
    private static final int LIMIT = 65_536;

    private final StringBuilder line = new StringBuilder();

    void add(ByteBuffer bytes, Consumer<String> sink) {
        while (bytes.hasRemaining()) {
            char c = (char) (bytes.get() & 0xFF);
            if (c != '\n') {
                line.append(c);
                continue;
            }
            int length = line.length();
            if (length > 0 && line.charAt(length - 1) == '\r') {
                line.setLength(length - 1);
            }
            sink.accept(line.toString());
            line.setLength(0);
        }
    }

    /** Whether the line being read is longer than any command. */
    boolean overlong() {
        return line.length() > LIMIT;
    }
}
