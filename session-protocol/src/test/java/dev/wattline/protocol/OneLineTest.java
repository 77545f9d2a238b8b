package dev.wattline.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
    @Test
    void controlCharactersBecomeBlanks() {
        assertThat(OneLine.of("a\r\nb\tc\u001b[31m")).isEqualTo("a  b c [31m");
        assertThat(OneLine.whole("a\nb")).isEqualTo("'a b'");
    }

    @Test
    void quotedTextIsCutAndWholeTextIsNot() {
        String text = "x".repeat(300);

        assertThat(OneLine.quoted(text)).hasSize(85).endsWith("...'");
        assertThat(OneLine.whole(text)).isEqualTo("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u00e4", "\u20ac", "\ud83d\ude00"})
    void noCharacterIsCutInPart(String character) {
        int length = character.getBytes(StandardCharsets.UTF_8).length;

        assertThat(OneLine.of(character.repeat(10), 10 * length)).isEqualTo(character.repeat(10));
        assertThat(OneLine.of(character.repeat(11), 11 * length - 1)).isEqualTo(character.repeat(10) + "...");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u20ac"})
    void anErrorAlwaysFitsIntoALine(String character) {
        ControlReply reply = ControlReply.error("analyzer 2: " + character.repeat(10_000));

        assertThat(reply.line().getBytes(StandardCharsets.UTF_8))
                .hasSizeBetween(ControlProtocol.MAX_LINE_BYTES / 2, ControlProtocol.MAX_LINE_BYTES - 2);
        assertThat(reply.line()).startsWith("Error: analyzer 2: ").endsWith("...");
    }
}
