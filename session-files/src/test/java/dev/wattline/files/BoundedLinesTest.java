package dev.wattline.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

    @Test
    void linesThatAreCutAreCounted() throws IOException {
        String longer = "x".repeat((1 << 16) + 7);
        try (BoundedLines lines = new BoundedLines(
                new ByteArrayInputStream(("abcde\nabcd\n" + longer + "\nab").getBytes(StandardCharsets.ISO_8859_1)),
                4)) {
            List<Long> cut = new ArrayList<>();
            while (lines.next() != null) {
                cut.add(lines.cutLines());
            }
            assertThat(cut).containsExactly(1L, 1L, 2L, 2L);
        }
    }

    private static List<String> lines(String text, int limit) throws IOException {
        List<String> all = new ArrayList<>();
        try (BoundedLines lines =
                new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), limit)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                all.add(line);
            }
        }
        return all;
    }

    @Test
    void lineEndsOfEverySystemAreDropped() throws IOException {
        assertThat(lines("a\nb\r\nc\r\r\n\nd", 80)).containsExactly("a", "b", "c", "", "d");
        assertThat(lines("", 80)).isEmpty();
        assertThat(lines("a\n", 80)).containsExactly("a");
    }

    @Test
    void bytesBeyondAsciiDoNoHarm() throws IOException {
        assertThat(lines("\u00b0\u00ff\n", 80)).containsExactly("\u00b0\u00ff");
    }

    @Test
    void linesLongerThanTheBufferAreWhole() throws IOException {
        for (int length = (1 << 15) - 2; length <= (1 << 15) + 2; length++) {
            String line = "x".repeat(length);
            assertThat(lines(line + "\r\ny\n", 1 << 20)).containsExactly(line, "y");
        }
    }

    @Test
    void noMoreIsKeptThanTheLimit() throws IOException {
        String line = "x".repeat(1 << 17);
        assertThat(lines("abcdef\n" + line + "\nghi", 4)).containsExactly("abcd", "xxxx", "ghi");
    }
}
