package dev.wattline.records.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainLineTest {
    private static final List<String> KEYS = List.of(
            "session", "params.gpus", "metric.value", "tags", "valid", "none", "tags", "machine", "peaks.ranging");

    private static final String LINE =
            "{\"v\":1,\"session\":\"2026_a\",\"params\":{\"gpus\":\"8\",\"x\\ty\":\"\\u00e4\"},"
                    + "\"machine\":{\"cpu\":\"INTEL(R) \\\"X\\\"\",\"gpus\":8,\"limits\":[]},\"metric\":{\"value\":-1.5E+3,\"lo\":0.0,"
                    + "\"clean\":false},\"peaks\":{\"ranging\":[{\"V\":239.4,\"A\":[1,2]},7,\"u\"],\"testing\":[]},\"suspect\":null,"
                    + "\"tags\":[\"a\",\"b\",3,true,null], \"valid\" : true ,\"empty\":{}}";

    private static @Nullable String @Nullable [] plain(byte[] line) {
        @Nullable String[] values = new @Nullable String[KEYS.size()];
        return new PlainLine(WantedKeys.of(KEYS)).read(line, 0, line.length, values) ? values : null;
    }

    private static @Nullable String @Nullable [] any(byte[] line) {
        @Nullable String[] values = new @Nullable String[KEYS.size()];
        return IndexScan.readAny(line, 0, line.length, WantedKeys.of(KEYS), values) ? values : null;
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void readsTheWantedKeys() {
        String line = LINE.replace("\\u00e4", "\\n").replace("x\\ty", "xy");

        assertThat(plain(bytes(line)))
                .containsExactly(
                        "2026_a", "8", "-1.5E+3", "a,b,3,true,null", "true", null, "a,b,3,true,null", null, "7,u");
        assertThat(plain(bytes(line))).isEqualTo(any(bytes(line)));
    }

    @Test
    void readsALineInTheMiddleOfABuffer() {
        byte[] buffer = bytes("xx{\"session\":\"a\"}yy");
        @Nullable String[] values = new @Nullable String[KEYS.size()];

        assertThat(new PlainLine(WantedKeys.of(KEYS)).read(buffer, 2, buffer.length - 4, values))
                .isTrue();
        assertThat(values[0]).isEqualTo("a");
        assertThat(new PlainLine(WantedKeys.of(KEYS)).read(buffer, 2, buffer.length - 5, values))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}x",
                "[]",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":tru}",
                "{\"a\":truex}",
                "{\"a\":NaN}",
                "{\"a\":\"x}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"x\ty\"}",
                "{\"a\":\"\u00e4\"}",
                "{\"session\":\"\\u0061\"}",
                "{\"tags\":[\"\\t\"]}",
                "{\"sess\\u0069on\":1}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":[1}",
                "{,}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1/**/}"
            })
    void givesUpOnWhatIsNotPlain(String line) {
        assertThat(plain(bytes(line))).isNull();
    }

    /** However a line is damaged: what it reads is what the general parser reads. */
    @Test
    void whatItReadsIsWhatTheGeneralParserReads() {
        Random random = new Random(11);
        byte[] alphabet = bytes("{}[]\",:\\ \t0123456789.-+eEtruefalsn/'\u00e4x\0");
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] line = bytes(i % 2 == 0 ? LINE : LINE.replace("\\u00e4", "").replace("x\\ty", "xy"));
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(line.length);
                if (random.nextInt(3) == 0) {
                    int from = random.nextInt(line.length);
                    System.arraycopy(
                            line, from, line, at, Math.min(random.nextInt(8), line.length - Math.max(at, from)));
                } else {
                    line[at] = alphabet[random.nextInt(alphabet.length)];
                }
            }
            @Nullable String @Nullable [] values = plain(line);
            if (values != null) {
                assertThat(values).as(new String(line, StandardCharsets.UTF_8)).isEqualTo(any(line));
                read++;
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }
}
