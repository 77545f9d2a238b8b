package dev.wattline.compliance.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class PowerDriftTest {
    private static double drift(int seconds, LongToDoubleFunction watts) {
        PowerDrift drift = new PowerDrift(0, seconds * 1_000_000L);
        for (long second = 0; second < seconds; second++) {
            drift.add(second * 1_000_000, watts.applyAsDouble(second));
        }
        return drift.share();
    }

    @Test
    void lastMinuteStandsAgainstTheFirstAndWhatIsBetweenCountsForNothing() {
        assertThat(drift(600, second -> second < 60 ? 500 : second < 540 ? 900 : 490))
                .isEqualTo(-0.02, within(1e-12));
    }

    @Test
    void stretchOfLessThanTwoMinutesHasNone() {
        assertThat(drift(119, second -> 500)).isNaN();
        assertThat(drift(120, second -> second < 60 ? 500 : 505)).isEqualTo(0.01, within(1e-12));
    }

    @Test
    void whatIsNoPowerIsLeftOut() {
        assertThat(drift(180, second -> second == 3 ? -1 : second == 170 ? Double.NaN : second == 171 ? 0 : 400))
                .isEqualTo(0, within(1e-12));
        assertThat(drift(180, second -> second < 60 ? -1 : 400)).isNaN();
    }
}
