package dev.wattline.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.source.ObserverEffect.Unpolled;
import dev.wattline.analysis.source.ObserverEffect.Verdict;
import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Idle cards of known power whose counters are read by an engine each second. */
class ObserverEffectTest {
    private static final Series COUNTER =
            new Series("GPU-1", "NVIDIA H100", "gpu", "energy", "mJ", Kind.COUNTER, 1, 0, 1000.0, null);

    private static Unpolled unpolled(SplittableRandom random, double watts, double seconds) {
        double shown = seconds + random.nextDouble() - random.nextDouble(); // both readings are up to a second old
        return new Unpolled(COUNTER, seconds, Math.rint(1e3 * watts * shown), 0.05);
    }

    private static Track polled(SplittableRandom random, double watts, double seconds) {
        Track track = new Track("nvml", COUNTER);
        double phase = random.nextDouble();
        for (double at = 100; at <= 100 + seconds; at++) {
            double called = at + 0.03 * random.nextDouble();
            double engine = phase + Math.floor(called - phase);
            track.add(called, 1e9 + Math.rint(1e3 * watts * engine));
        }
        return track;
    }

    private static ObserverEffect effect(int seed, double unpolledW, double polledW, double seconds) {
        SplittableRandom random = new SplittableRandom(seed);
        return ObserverEffect.of(
                unpolled(random, unpolledW, seconds), polled(random, polledW, seconds), 100, 100 + seconds);
    }

    private static Map<Verdict, Integer> count(double unpolledW, double polledW, double seconds) {
        Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
        for (int seed = 0; seed < 300; seed++) {
            counts.merge(effect(seed, unpolledW, polledW, seconds).verdict(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void aCardThatDrawsTheSameIsNeverSaidToBeKeptAwake() {
        Map<Verdict, Integer> counts = count(60, 60, 30);

        assertThat(counts).doesNotContainKey(Verdict.KEPT_AWAKE);
        assertThat(counts.get(Verdict.NONE)).isGreaterThan(150);
        assertThat(count(60, 60, 90)).containsOnlyKeys(Verdict.NONE);
    }

    @Test
    void aCardThatPollingKeepsAwakeIsFound() {
        assertThat(count(60, 100, 30)).containsOnlyKeys(Verdict.KEPT_AWAKE); // 187 against 327 J were once seen
        ObserverEffect one = effect(1, 60, 100, 30);
        assertThat(one.unpolledW()).isCloseTo(60, within(one.unpolledHalfW()));
        assertThat(one.polledW()).isCloseTo(100, within(one.polledHalfW()));
        assertThat(one.why()).contains("unpolled", "polled", "W ±");
    }

    @Test
    void theIntervalsHoldTheTruth() {
        int inside = 0;
        for (int seed = 0; seed < 300; seed++) {
            ObserverEffect one = effect(seed, 60, 75, 30);
            inside += Math.abs(one.unpolledW() - 60) <= one.unpolledHalfW()
                            && Math.abs(one.polledW() - 75) <= one.polledHalfW()
                    ? 1
                    : 0;
        }

        assertThat(inside).isGreaterThan((int) (0.93 * 300));
    }

    @Test
    void aDifferenceThatTheReadingsDoNotResolveIsNotSaid() {
        assertThat(count(60, 64, 20)).doesNotContainKey(Verdict.NONE);
        assertThat(effect(1, 60, 63, 10).verdict()).isEqualTo(Verdict.CANNOT_SAY);
    }

    @Test
    void lessThanTwoWattsAreNoEffect() {
        assertThat(count(8, 9, 60)).containsOnlyKeys(Verdict.NONE); // 12 % apart
    }

    @Test
    void lessPowerWhilePolledIsNoEffectOfPolling() {
        ObserverEffect one = effect(1, 150, 60, 30);

        assertThat(one.verdict()).isEqualTo(Verdict.CANNOT_SAY);
        assertThat(one.why()).contains("something else ran before");
    }

    @Test
    void countersThatTellNothingAreSaidWithTheReason() {
        SplittableRandom random = new SplittableRandom(1);
        Track track = polled(random, 60, 30);
        Track stuck = new Track("nvml", COUNTER);
        Track anew = new Track("nvml", COUNTER);
        for (int i = 0; i < 30; i++) {
            stuck.add(100 + i, 5e9);
            anew.add(100 + i, i < 15 ? 5e9 + i * 6e4 : i * 6e4);
        }

        assertThat(why(new Unpolled(COUNTER, 30, Double.NaN, 0.1), track)).contains("could not be read");
        assertThat(why(new Unpolled(COUNTER, 30, -5, 0.1), track)).contains("began anew while nothing polled it");
        assertThat(why(new Unpolled(COUNTER, 30, 0, 0.1), track)).contains("stood still for 30 s");
        assertThat(why(unpolled(random, 60, 30), stuck)).contains("changed 0 times");
        assertThat(why(unpolled(random, 60, 30), anew)).contains("began anew while it was polled");
        assertThat(why(unpolled(random, 60, 30), new Track("nvml", COUNTER))).contains("changed 0 times");
    }

    private static String why(Unpolled unpolled, Track polled) {
        ObserverEffect one = ObserverEffect.of(unpolled, polled, 100, 130);
        assertThat(one.verdict()).isEqualTo(Verdict.CANNOT_SAY);
        assertThat(one.unpolledW()).isNaN();
        return one.why();
    }
}
