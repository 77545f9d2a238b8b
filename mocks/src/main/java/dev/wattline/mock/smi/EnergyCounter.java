package dev.wattline.mock.smi;

import dev.wattline.mock.signal.SignalModel;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * The register that counts a card's energy since its driver was loaded, in mJ. It is a function of time alone, so that each
 * call of a program sees the same counter; within one it never goes back. For one thread.
 */
final class EnergyCounter {
    private static final long LEAST_MJ = 1_000_000_000L; // it has counted before the signal began
    private static final long MOST_MJ = 100_000_000_000L;

    private final CounterSpec spec;
    private final CardEnergy energy;
    private final long beginMillijoules;
    private final double phase;
    private long latest;

    /**
     * @param power of what is counted
     * @param random for what it showed when the signal began, and for when it is renewed
     */
    EnergyCounter(CounterSpec spec, SignalModel power, SplittableRandom random) {
        this.spec = spec;
        this.energy = new CardEnergy(power);
        this.beginMillijoules = random.nextLong(LEAST_MJ, MOST_MJ);
        this.phase = random.nextDouble() * spec.periodMillis() / 1e3;
    }

    CounterSpec spec() {
        return spec;
    }

    /** What the counter shows at a moment, in s since the signal's start; empty for a card without one. */
    OptionalLong millijoules(double seconds) {
        if (spec.scope() == CounterSpec.Scope.NONE) {
            return OptionalLong.empty();
        }
        double period = spec.periodMillis() / 1e3;
        double renewed = phase + Math.floor((seconds - phase) / period) * period;
        double shown =
                Math.max(0, Math.min(renewed - spec.lagSeconds(), spec.stuckAt().orElse(renewed)));
        double joules = spec.gain() * energy.joulesUntil(shown) + spec.offsetWatts() * shown;
        latest = Math.max(latest, beginMillijoules + Math.round(1e3 * Math.max(0, joules)));
        return OptionalLong.of(latest);
    }
}
