package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are what Python 3.11's repr() gives. */
/** Expectations are Python's own. */
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
        "133, '''\\x85'''",
        "160, '''\\xa0'''",
        "173, '''\\xad'''",
        "8203, '''\\u200b'''",
        "8232, '''\\u2028'''",
        "12288, '''\\u3000'''",
        "57344, '''\\ue000'''",
        "917505, '''\\U000e0001'''",
        "233, '''é'''",
        "128512, '''😀'''"
    })
    void escapesWhatIsNotPrintable(int character, String expected) {
        assertThat(PythonRepr.of(Character.toString(character))).isEqualTo(expected);
    }

    @Test
    void writesListsInBrackets() {
        assertThat(PythonRepr.of(List.of("a", "b\r\n\u0001"))).isEqualTo("['a', 'b\\r\\n\\x01']");
    }
}
