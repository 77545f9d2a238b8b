package dev.wattline.mock.signal;

import java.util.SplittableRandom;

/**
 * A signal with normally distributed noise on each reading. The noise is a function of the seed and the reading's
 * moment (to the millisecond), so that two instruments see the same one, and the same seed gives the same run.
 *
 * @param sigmaWatts standard deviation in W
 */
public record NoisySignal(SignalModel base, double sigmaWatts, long seed) implements SignalModel {

    @Override
    public double wattsAt(double seconds) {
        return Math.max(0, base.wattsAt(seconds) + noise(seconds));
    }

    @Override
    public double meanWatts(double fromSeconds, double toSeconds) {
        return Math.max(0, base.meanWatts(fromSeconds, toSeconds) + noise(toSeconds));
    }

    @Override
    public SignalModel ofCards(double otherWatts, double efficiency) {
        return new NoisySignal(base.ofCards(otherWatts, efficiency), sigmaWatts * efficiency, seed);
    }

    private double noise(double seconds) {
        long millis = Math.round(seconds * 1e3);
        return sigmaWatts * new SplittableRandom(seed ^ (millis * 0x9E3779B97F4A7C15L)).nextGaussian();
    }
}
