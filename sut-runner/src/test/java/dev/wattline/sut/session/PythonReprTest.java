package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are what Python 3.11's repr() gives. */
class PythonReprTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "time | 'time'",
                "it's | \"it's\"",
                "say \"hi\" | 'say \"hi\"'",
                "it's \"it\" | 'it\\'s \"it\"'",
                "C:\\new | 'C:\\\\new'",
                "µ | 'µ'"
            })
    void quotesAsPythonDoes(String text, String expected) {
        assertThat(PythonRepr.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "9, '''\\t'''",
        "10, '''\\n'''",
        "13, '''\\r'''",
        "1, '''\\x01'''",
        "127, '''\\x7f'''",
        "133, '''\\x85'''"
    })
    void escapesControlCharacters(int character, String expected) {
        assertThat(PythonRepr.of(Character.toString(character))).isEqualTo(expected);
    }
}
