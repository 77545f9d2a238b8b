package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasProofTest {
    private static final int SECONDS = 900;

    private static double[] series(double level, double swing, double periodS, double noise, SplittableRandom random) {
        double[] values = new double[SECONDS];
        for (int i = 0; i < SECONDS; i++) {
            values[i] = level + swing * Math.sin(2 * Math.PI * i / periodS) + noise * (random.nextDouble() - 0.5);
        }
        return values;
    }

    @ParameterizedTest(name = "period {0} s")
    @ValueSource(doubles = {5, 8, 20})
    void anOscillationThatTheAnalyzerLacksIsAnAlias(double periodS) {
        SplittableRandom random = new SplittableRandom(1);

        AliasProof proof = AliasProof.of(series(2000, 150, periodS, 100, random), series(2600, 0, periodS, 60, random));

        assertThat(proof.proven()).isTrue();
        assertThat(proof.periodS()).isBetween(0.8 * periodS, 1.25 * periodS);
        assertThat(proof.text()).contains("analyzer lacks");
    }

    @Test
    void anOscillationThatBothShowIsReal() {
        SplittableRandom random = new SplittableRandom(2);

        AliasProof proof = AliasProof.of(series(2000, 150, 8, 100, random), series(2600, 160, 8, 60, random));

        assertThat(proof.proven()).isFalse();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10})
    void noiseIsNoProof(long seed) {
        SplittableRandom random = new SplittableRandom(seed);

        AliasProof proof = AliasProof.of(series(2000, 0, 8, 300, random), series(2600, 0, 8, 60, random));

        assertThat(proof.proven()).isFalse();
    }

    @Test
    void aShortWindowTellsNothing() {
        AliasProof proof = AliasProof.of(new double[100], new double[100]);

        assertThat(proof.proven()).isFalse();
        assertThat(proof.text()).contains("too short");
    }
}
