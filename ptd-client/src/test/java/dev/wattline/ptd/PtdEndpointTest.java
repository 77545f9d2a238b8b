package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PtdEndpointTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:8888, localhost, 8888",
        "192.168.1.20:1, 192.168.1.20, 1",
        "[::1]:65535, ::1, 65535",
    })
    void hostAndPortAreReadAndWrittenAlike(String text, String host, int port) {
        assertThat(PtdEndpoint.parse(text))
                .isEqualTo(new PtdEndpoint(host, port))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8888", ":8888", "host", "host:", "host:x", "host:0", "host:65536", "::1:8888", " :1"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PtdEndpoint.parse(text));
    }
}
