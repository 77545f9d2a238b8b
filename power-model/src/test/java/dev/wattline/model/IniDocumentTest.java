package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.IniDocument.Entry;
import dev.wattline.model.IniDocument.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IniDocumentTest {

    /** A document, and the lines that ini/generate.py printed of it with Python's configparser. */
    record Golden(String document, List<String> expected) {}

    @ParameterizedTest
    @MethodSource
    void readsWhatConfigparserReads(Golden golden) {
        IniDocument read = IniDocument.parse(golden.document());

        assertThat(describe(read)).isEqualTo(golden.expected());
    }

    static Stream<Golden> readsWhatConfigparserReads() throws IOException {
        List<Golden> goldens = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(IniDocumentTest.class.getResourceAsStream("/ini/golden.txt"))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("case ")) {
                    goldens.add(new Golden(unquote(line.substring(5)), new ArrayList<>()));
                } else {
                    goldens.get(goldens.size() - 1).expected().add(line);
                }
            }
        }
        assertThat(goldens).hasSizeGreaterThan(400);
        return goldens.stream();
    }

    @Test
    void keepsTheLineOfEachKeyAndSection() {
        IniDocument document = IniDocument.parse("# note\n[server]\n\nntpServer: x\nlisten =\n  a\n[ptd]\n");

        assertThat(document.entries("server"))
                .containsExactly(new Entry("ntpserver", "ntpServer", "x", 4), new Entry("listen", "listen", "\na", 5));
        assertThat(document.line("server")).isEqualTo(2);
        assertThat(document.line("ptd")).isEqualTo(7);
        assertThat(document.line("none")).isZero();
    }

    @Test
    void reportsAllProblemsAtOnce() {
        IniDocument document = IniDocument.parse("early = 1\n[a]\nk = v\nK = w\nnonsense\n[a]\n= x\n");

        assertThat(document.problems()).extracting(Problem::line).containsExactly(1, 4, 5, 6, 7);
    }

    @Test
    void namesWhatCannotBeInterpolated() {
        IniDocument document = IniDocument.parse("[a]\nptd = %(nowhere)s/ptd\nload = 100%\n");

        assertThatThrownBy(() -> document.value("a", "ptd")).hasMessageContaining("nowhere");
        assertThatThrownBy(() -> document.value("a", "load")).hasMessageContaining("write a percent sign as '%%'");
    }

    private static List<String> describe(IniDocument document) {
        if (!document.problems().isEmpty()) {
            return List.of("error");
        }
        List<String> lines = new ArrayList<>();
        for (String section : document.sections()) {
            lines.add("section " + quote(section));
            // Python lists the section's own keys first, then the fallback's that it lacks.
            List<String> keys = new ArrayList<>();
            document.entries(section).forEach(entry -> keys.add(entry.key()));
            document.entries(IniDocument.DEFAULT_SECTION).stream()
                    .map(Entry::key)
                    .filter(key -> !keys.contains(key))
                    .toList()
                    .forEach(keys::add);
            for (String key : keys) {
                lines.add("value " + quote(section) + " " + quote(key) + " " + valueOf(document, section, key));
            }
        }
        return lines;
    }

    private static String valueOf(IniDocument document, String section, String key) {
        try {
            return quote(document.value(section, key).orElseThrow());
        } catch (IllegalArgumentException e) {
            return "!";
        }
    }

    private static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c > 0x7e) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static String unquote(String json) {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < json.length() - 1; i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            c = json.charAt(++i);
            switch (c) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
