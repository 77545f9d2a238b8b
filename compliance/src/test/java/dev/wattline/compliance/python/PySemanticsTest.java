package dev.wattline.compliance.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CPython 3.11 answered to the same questions. */
class PySemanticsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "' 5 ';5.0",
                "1_0;10.0",
                "1e1_0;10000000000.0",
                "infinity;Infinity",
                "-Inf;-Infinity",
                "+nan;NaN",
                "5.;5.0",
                ".5;0.5",
                "1.e3;1000.0",
                "-37.480000;-37.48",
                "\u0661\u0662;12.0",
                "1e400;Infinity",
            })
    void floatReadsWhatPythonReads(String text, double expected) {
        assertThat(PyNumbers.parseFloat(text)).isEqualTo(Double.valueOf(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "abc", "1__0", "_1", "1_", "1_.0", "1._0", "1e", ".", ".e1", "0x1", "1f", "1 2", "\u001c1",
                "--1"
            })
    void floatRefusesWhatPythonRefuses(String text) {
        assertThatThrownBy(() -> PyNumbers.parseFloat(text)).isInstanceOf(PyError.class);
    }

    @ParameterizedTest
    @CsvSource({"1f,31", "0x1f,31", "0x_1f,31", "1_f,31", "+1f,31", "' 1f ',31", "-1,-1"})
    void intReadsHexadecimalAsPython(String text, long expected) {
        assertThat(PyNumbers.parseInt(text, 16)).isEqualTo(BigInteger.valueOf(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"_1f", "0x", "1__f", "g", ""})
    void intRefusesWhatPythonRefuses(String text) {
        assertThatThrownBy(() -> PyNumbers.parseInt(text, 16)).isInstanceOf(PyError.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2.675,2,2.67", // the number is a little less than its digits
        "0.125,2,0.12", // a tie goes to even
        "0.375,2,0.38",
        "-0.001,2,-0.0",
        "1e300,5,1e300",
        "NaN,2,NaN",
        "-Infinity,2,-Infinity"
    })
    void roundIsExactAndTiesGoToEven(double value, int digits, double expected) {
        assertThat(PyNumbers.round(value, digits)).isEqualTo(Double.valueOf(expected));
    }

    @Test
    void integersAndFloatsCompareByTheirExactValues() {
        assertThat(PyValues.equal(49L, 49.0)).isTrue();
        assertThat(PyValues.equal(true, 1L)).isTrue();
        assertThat(PyValues.equal(9007199254740993L, 9007199254740992.0)).isFalse();
        assertThat(PyNumbers.less(9007199254740992.0, 9007199254740993L)).isTrue();
        assertThat(PyNumbers.less(Double.NaN, 1L)).isFalse();
        assertThatThrownBy(() -> PyNumbers.less("1", 2.0)).isInstanceOf(PyError.class);
    }

    @Test
    void reprQuotesAsPythonDoes() {
        assertThat(PyRepr.repr("plain")).isEqualTo("'plain'");
        assertThat(PyRepr.repr("it's")).isEqualTo("\"it's\"");
        assertThat(PyRepr.repr("a'b\"c")).isEqualTo("'a\\'b\"c'");
        assertThat(PyRepr.repr("tab\tend\\")).isEqualTo("'tab\\tend\\\\'");
        assertThat(PyRepr.repr("Größe")).isEqualTo("'Größe'");
        assertThat(PyRepr.repr("\u007f\u00a0\u00ad")).isEqualTo("'\\x7f\\xa0\\xad'");
        assertThat(PyRepr.repr("\u200b\u2028\ud800")).isEqualTo("'\\u200b\\u2028\\ud800'");
        assertThat(PyRepr.repr("\ud83d\ude00\udb40\udc01")).isEqualTo("'\ud83d\ude00\\U000e0001'");
    }

    @Test
    void reprOfContainersIsPythons() {
        Object value = PyJson.parse("{\"a\": [1, 2.0, null, true, \"x\"], \"b\": {}, \"c\": 1e22}");
        assertThat(PyRepr.str(value)).isEqualTo("{'a': [1, 2.0, None, True, 'x'], 'b': {}, 'c': 1e+22}");
    }

    @ParameterizedTest
    @CsvSource({
        "08-07-2021 11:58:49.160,1628337529160000",
        "8-7-2021 1:5:9.1,1628298309100000",
        "08-07-2021 11:58:49.123456,1628337529123456",
        "01-01-1970 00:00:00.000,0",
        "'08-07-2021  11:58:49.160',1628337529160000"
    })
    void strptimeReadsWhatPythonReads(String text, long micros) {
        assertThat(PyTime.parse(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08-07-2021 11:58:49",
                "08-07-2021 11:58:49.1234567",
                "13-07-2021 11:58:49.160",
                "02-30-2021 11:58:49.160",
                "08-07-2021 24:58:49.160",
                "08-07-2021 11:58:60.160",
                "08-07-2021T11:58:49.160",
                "08-07-2021 11:58:49,160",
                "08-07-0000 11:58:49.160",
                "--  ::."
            })
    void strptimeRefusesWhatPythonRefuses(String text) {
        assertThatThrownBy(() -> PyTime.parse(text)).isInstanceOf(PyError.class);
    }

    @Test
    void secondsBecomeMicrosecondsAsFromtimestampRounds() {
        assertThat(PyTime.micros(1628337529.16)).isEqualTo(1628337529160000L);
        assertThat(PyTime.seconds(1628337529160000L)).isEqualTo(1628337529.16);
        assertThat(PyTime.micros(0.0000005)).isZero(); // a tie goes to even
        assertThat(PyTime.micros(0.0000015)).isEqualTo(2);
    }

    @Test
    void mapsAndListsCompareWhateverTheOrderOfKeys() {
        Object one = PyJson.parse("{\"a\": [1], \"b\": 2}");
        Object two = PyJson.parse("{\"b\": 2.0, \"a\": [true]}");
        assertThat(PyValues.equal(one, two)).isTrue();
        assertThat(PyValues.equal(one, Map.of())).isFalse();
        assertThat(PyValues.truth(List.of())).isFalse();
        assertThat(PyValues.truth(PyNone.NONE)).isFalse();
        assertThat(PyValues.truth("0")).isTrue();
    }

    @Test
    void stripTakesPythonsBlanks() {
        assertThat(PySpace.strip("\u00a0\u2003\u001c x\u0085\n")).isEqualTo("x");
        assertThat(PySpace.strip("\u200bx")).isEqualTo("\u200bx");
    }
}
