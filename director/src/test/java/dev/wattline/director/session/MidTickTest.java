package dev.wattline.director.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the director waits before it stops analyzers that have a tick each second. */
class MidTickTest {
    @ParameterizedTest
    @CsvSource({
        "0, 500000000",
        "499999999, 1",
        "500000000, 0",
        "500000001, 999999999",
        "999999999, 500000001",
        "1000000000, 500000000",
        "86399300000000, 200000000",
        "-1, 500000001"
    })
    void isTheNextMiddleBetweenTwoTicks(long sinceGo, long wait) {
        assertThat(AnalyzerPhase.nanosToMidTick(sinceGo)).isEqualTo(wait);
    }
}
