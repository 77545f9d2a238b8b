package dev.wattline.compliance.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What CPython 3.11's json.loads answered to the same texts. */
class PyJsonTest {

    @Test
    void readsPythonsDialect() {
        assertThat(PyJson.parse(" [NaN, -Infinity, Infinity, 1E400, -0, -0.0, 1e5, null]"))
                .isEqualTo(List.of(
                        Double.NaN,
                        Double.NEGATIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        Double.POSITIVE_INFINITY,
                        0L,
                        -0.0,
                        100000.0,
                        PyNone.NONE));
        assertThat(PyJson.parse("10000000000000000000000000")).isEqualTo(new BigInteger("10000000000000000000000000"));
        assertThat(PyJson.parse("\"\\ud83d\\ude00 \\ud800 \\/ \\u00e9\"")).isEqualTo("\ud83d\ude00 \ud800 / é");
    }

    @Test
    void theLaterOfTwoEqualKeysCountsAtTheEarlierPlace() {
        Map<String, Object> map = PyValues.object(PyJson.parse("{\"a\": 1, \"b\": 2, \"a\": 3}"));
        assertThat(map).containsExactly(Map.entry("a", 3L), Map.entry("b", 2L));
        assertThat(PyJson.lineOf("{\n\"a\": 1,\n\"a\": 3}", "a")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "{\"a\":1,}", "01", "-", "1.", "1.e3", ".5", "[1 2]", "[1,]", "\"\u0001\"", "\"\\x\"", "\"\\u12\"",
                "\"\\u+123\"", "\ufeff{}", "{\"a\" 1}", "{a: 1}", "nan", "\"a", "{} x", "tru", "[", "{\"a\":", "+1",
                        "-x"
            })
    void refusesWhatPythonRefuses(String text) {
        assertThatThrownBy(() -> PyJson.parse(text)).isInstanceOf(PyError.class);
    }

    @Test
    void boundsTheNestingWithoutUsingTheStack() {
        assertThat(PyJson.parse("[".repeat(900) + "]".repeat(900))).isInstanceOf(List.class);
        assertThatThrownBy(() -> PyJson.parse("[".repeat(2_000_000)))
                .isInstanceOf(PyError.class)
                .hasMessageContaining("nested");
    }

    @Test
    void errorsNameLineAndColumn() {
        assertThatThrownBy(() -> PyJson.parse("{\n  \"a\": 1,\n}")).isInstanceOfSatisfying(PyError.class, e -> {
            assertThat(e.line()).isEqualTo(3);
            assertThat(e.words()).contains("line 3, column 1");
        });
    }

    @Test
    void findsTheLineOfAValue() {
        String text = "{\n\"x\": [\n{\"a\": 1},\n{\"a\":\n2}\n]}";
        assertThat(PyJson.lineOf(text, "x", 1, "a")).isEqualTo(5);
        assertThat(PyJson.lineOf(text, "x", 0)).isEqualTo(3);
        assertThat(PyJson.lineOf(text, "y")).isZero();
    }
}
