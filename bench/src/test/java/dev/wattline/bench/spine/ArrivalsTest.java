package dev.wattline.bench.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals(TimeSource.system());

    @Test
    void skewIsFromTheFirstToTheLastOfARound() {
        long[] twoRoundsOfThree = {5_000_000, 3_000_000, 4_000_000, 10_000_000, 10_000_000, 10_500_000};
        for (long at : twoRoundsOfThree) {
            arrivals.add(at);
        }

        Quantiles skews = arrivals.skews(3);

        assertThat(skews.max()).isEqualTo(2.0);
        assertThat(skews.at(0.5)).isEqualTo(0.5);
    }

    @Test
    void anIncompleteRoundIsAFailureOfTheMeasurement() {
        arrivals.add(1);

        assertThatThrownBy(() -> arrivals.skews(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyGoCounts() throws IOException {
        OutputStream mock = arrivals.output();
        mock.write("07-23-2024 13:28:10.096: Go with mark 'bench'\n".getBytes(StandardCharsets.US_ASCII));
        mock.write("07-23-2024 13:28:10.096: Completed test\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(arrivals.skews(1).max()).isZero();
    }
}
