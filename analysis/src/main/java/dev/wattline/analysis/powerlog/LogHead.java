package dev.wattline.analysis.powerlog;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a file begins, by which its form is recognised.
 *
 * @param lines its first lines without their ends, those that are blank left out
 */
public record LogHead(List<String> lines) {
    /** How many bytes of a file are looked at. */
    public static final int BYTES = 1 << 16;

    public LogHead {
        lines = List.copyOf(lines);
    }

    /** The head of a file that begins with these bytes; a last line that is cut is left out if there are others. */
    public static LogHead of(byte[] bytes, boolean whole) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int end = whole ? -1 : bare.lastIndexOf('\n');
        return new LogHead((end < 0 ? bare : bare.substring(0, end))
                .lines()
                .filter(line -> !line.isBlank())
                .toList());
    }

    /** The first line; empty if there is none. */
    public String first() {
        return lines.isEmpty() ? "" : lines.get(0);
    }
}
