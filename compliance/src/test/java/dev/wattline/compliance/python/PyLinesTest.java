package dev.wattline.compliance.python;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PyLinesTest {
    private static final int CHUNK = 8192;

    private static List<String> all(byte[] bytes) throws IOException {
        List<String> lines = new ArrayList<>();
        try (PyLines in = new PyLines(new ByteArrayInputStream(bytes))) {
            for (String line = in.next(); line != null; line = in.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @Test
    void everyKindOfLineEndIsANewline() throws IOException {
        assertThat(all("a\r\nb\rc\n\r\r\nd".getBytes(UTF_8))).containsExactly("a\n", "b\n", "c\n", "\n", "\n", "d");
        assertThat(all(new byte[0])).isEmpty();
        assertThat(all("\r".getBytes(UTF_8))).containsExactly("\n");
    }

    @Test
    void linesAreNumberedByLfAsEditorsDo() throws IOException {
        byte[] bytes = "a\r\r\nb\rc\r\n\nd".getBytes(UTF_8); // PTDaemon on Windows ends lines in CR CR LF
        List<String> numbered = new ArrayList<>();
        try (PyLines in = new PyLines(new ByteArrayInputStream(bytes))) {
            for (String line = in.next(); line != null; line = in.next()) {
                numbered.add(in.line() + line.strip());
            }
        }
        assertThat(numbered).containsExactly("1a", "1", "2b", "2c", "3", "4d");
    }

    @Test
    void aLineEndAcrossChunksIsOne() throws IOException {
        String first = "x".repeat(CHUNK - 1);
        assertThat(all((first + "\r\ny").getBytes(UTF_8))).containsExactly(first + "\n", "y");
        assertThat(all((first + "\ry").getBytes(UTF_8))).containsExactly(first + "\n", "y");
    }

    @Test
    void aCharacterAcrossChunksIsOne() throws IOException {
        for (int before = CHUNK - 4; before <= CHUNK; before++) {
            String text = "x".repeat(before) + "\ud83d\ude00é\n";
            assertThat(all(text.getBytes(UTF_8))).containsExactly(text);
        }
    }

    @Test
    void aReplacementCharacterInTheFileIsNoError() throws IOException {
        assertThat(all("a\ufffdb\n".getBytes(UTF_8))).containsExactly("a\ufffdb\n");
    }

    @Test
    void aBadByteIsAnErrorWhenItsChunkIsNeededAndNotBefore() throws IOException {
        byte[] good = "line\n".repeat(2000).getBytes(UTF_8); // ends in the second chunk
        byte[] bytes = concat(good, new byte[] {(byte) 0xb0}, "\n".getBytes(UTF_8));
        try (PyLines in = new PyLines(new ByteArrayInputStream(bytes))) {
            int whole = CHUNK / 5; // lines that end in the first chunk
            for (int i = 0; i < whole; i++) {
                assertThat(in.next()).isEqualTo("line\n");
            }
            assertThatThrownBy(in::next).isInstanceOfSatisfying(PyError.class, e -> {
                assertThat(e.id()).isEqualTo("file-not-utf8");
                assertThat(e.words()).contains("0xb0");
                assertThat(e.line()).isEqualTo(2001);
            });
        }
    }

    @Test
    void anUnfinishedCharacterIsAnErrorOnlyAtTheEnd() throws IOException {
        byte[] bytes = concat("a\nb\n".getBytes(UTF_8), new byte[] {(byte) 0xe2, (byte) 0x82});
        try (PyLines in = new PyLines(new ByteArrayInputStream(bytes))) {
            assertThat(in.next()).isEqualTo("a\n");
            assertThat(in.next()).isEqualTo("b\n");
            assertThatThrownBy(in::next).isInstanceOf(PyError.class);
        }
    }

    @Test
    void surrogatesAndOverlongFormsAreNoUtf8() {
        assertThatThrownBy(() -> all(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
                .isInstanceOf(PyError.class);
        assertThatThrownBy(() -> all(new byte[] {(byte) 0xc0, (byte) 0xaf})).isInstanceOf(PyError.class);
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
        byte[] bytes = new byte[PyLines.MAX_LINE + 2 * CHUNK];
        Arrays.fill(bytes, (byte) 'x');
        assertThatThrownBy(() -> all(bytes))
                .isInstanceOfSatisfying(PyError.class, e -> assertThat(e.id()).isEqualTo("line-too-long"));
    }
}
