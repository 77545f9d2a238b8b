package dev.wattline.ledger.study;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.ledger.study.TraceCorrelations.Pair;
import dev.wattline.ledger.study.TraceCorrelations.Trace;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TraceCorrelationsTest {
    private static final int SECONDS = 4000;

    /** A shared part of variance 1 and an own part of variance 3 correlate by 1/4. */
    @Test
    void theCoefficientOfKnownPartsLiesInItsInterval() {
        double[] shared = noise(1);
        double[] own = noise(2);
        double[] other = noise(3);

        Pair pair = only(
                trace("a", 1000, i -> 300 + shared[i] + Math.sqrt(3) * own[i]),
                trace("b", 1000, i -> 400 + shared[i] + Math.sqrt(3) * other[i]));

        assertThat(pair.power()).isEqualTo(0.25, within(0.06));
        assertThat(pair.low()).isLessThan(0.25);
        assertThat(pair.high()).isGreaterThan(0.25);
        assertThat(requireNonNull(pair.high()) - requireNonNull(pair.low())).isEqualTo(0.058, within(0.006));
        assertThat(pair.steps()).isEqualTo(SECONDS);
    }

    /** Two cards that go through the same two phases, and within them each for itself. */
    @Test
    void phasesInCommonMakePowerCorrelateAndChangesNot() {
        double[] own = noise(4);
        double[] other = noise(5);

        Pair pair = only(
                trace("a", 1000, i -> (i / 500 % 2 == 0 ? 100 : 400) + own[i]),
                trace("b", 1000, i -> (i / 500 % 2 == 0 ? 100 : 400) + other[i]));

        assertThat(pair.power()).isGreaterThan(0.99);
        assertThat(pair.changes()).isEqualTo(0, within(0.06));
        // Few of the steps are independent, which the interval knows.
        assertThat(requireNonNull(pair.power()) - requireNonNull(pair.low())).isGreaterThan(1e-6);
    }

    @Test
    void theSlowestTraceSetsTheStep() {
        double[] shared = noise(6);

        TraceCorrelations found = TraceCorrelations.of(List.of(
                trace("fast", 100, i -> 200 + shared[i / 50]), trace("slow", 5000, i -> 300 + shared[i])));

        assertThat(found.stepMillis()).isEqualTo(5000);
        assertThat(found.pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.power()).isEqualTo(1, within(1e-9)));
    }

    @Test
    void withoutVariationOrCommonTimeNothingIsSaid() {
        double[] noise = noise(7);
        Trace varying = trace("a", 1000, i -> 100 + noise[i]);

        Pair constant = only(varying, trace("b", 1000, i -> 100));
        Pair apart = only(
                varying,
                new Trace(
                        "c",
                        LongStream.range(0, 100)
                                .map(i -> 1_000_000_000L + 1000 * i)
                                .toArray(),
                        new double[100]));

        assertThat(constant.power()).isNull();
        assertThat(constant.changes()).isNull();
        assertThat(apart.steps()).isZero();
        assertThat(apart.power()).isNull();
    }

    private static Pair only(Trace... traces) {
        return TraceCorrelations.of(List.of(traces)).pairs().get(0);
    }

    private static Trace trace(String name, long interval, IntToDoubleFunction watts) {
        return new Trace(
                name,
                LongStream.range(0, SECONDS).map(i -> i * interval).toArray(),
                IntStream.range(0, SECONDS).mapToDouble(watts).toArray());
    }

    private static double[] noise(long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, SECONDS)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
    }
}
