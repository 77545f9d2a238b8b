package dev.wattline.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellWordsTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  \t ", List.of()),
                Arguments.of("--speed 60", List.of("--speed", "60")),
                Arguments.of("--state 'my file'", List.of("--state", "my file")),
                Arguments.of("--state \"my file\"x", List.of("--state", "my filex")),
                Arguments.of("a '' \"\"", List.of("a", "", "")),
                Arguments.of("my\\ file", List.of("my file")),
                Arguments.of("'a\\b'", List.of("a\\b")),
                Arguments.of("\"a\\b\\\"c\\\\\"", List.of("a\\b\"c\\")),
                Arguments.of("\"it's\" '\"'", List.of("it's", "\"")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void splitsAsAShellDoes(String line, List<String> words) {
        assertThat(ShellWords.split(line)).isEqualTo(words);
    }

    @Test
    void refusesAnOpenQuote() {
        assertThatThrownBy(() -> ShellWords.split("--state 'my file"))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("not closed");
    }
}
