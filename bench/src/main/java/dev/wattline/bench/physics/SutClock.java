package dev.wattline.bench.physics;

import java.util.SplittableRandom;

/**
 * A SUT's clock that is off, runs fast or slow, and is set at times as NTP does it. Times are true ms from the run's
 * begin.
 *
 * @param aheadMs how far it is ahead at 0
 * @param ppm by how much it runs fast
 * @param stepsAtMs when it is set
 * @param stepsMs by how much
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers, never compared
public record SutClock(double aheadMs, double ppm, double[] stepsAtMs, double[] stepsMs) {

    /** A clock off by up to 50 s that drifts by up to 50 ppm and in a third of runs is set once or twice by some ms. */
    static SutClock random(double lengthMs, SplittableRandom random) {
        int steps = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
        double[] at = new double[steps];
        double[] by = new double[steps];
        for (int i = 0; i < steps; i++) {
            at[i] = lengthMs * random.nextDouble();
            by[i] = 40 * (random.nextDouble() - 0.5);
        }
        return new SutClock(1e5 * (random.nextDouble() - 0.5), 100 * (random.nextDouble() - 0.5), at, by);
    }

    /** A clock that drifts by 50 to 200 ppm and is set three to six times, each time by up to half a second. */
    static SutClock unsteady(double lengthMs, SplittableRandom random) {
        double[] at = new double[3 + random.nextInt(4)];
        double[] by = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = lengthMs * random.nextDouble();
            by[i] = 1000 * (random.nextDouble() - 0.5);
        }
        double ppm = (random.nextBoolean() ? 1 : -1) * (50 + 150 * random.nextDouble());
        return new SutClock(1e5 * (random.nextDouble() - 0.5), ppm, at, by);
    }

    /** What it adds to the true time at this moment, in ms. */
    public double errorMs(double trueMs) {
        double error = aheadMs + ppm * 1e-6 * trueMs;
        for (int i = 0; i < stepsAtMs.length; i++) {
            error += trueMs >= stepsAtMs[i] ? stepsMs[i] : 0;
        }
        return error;
    }

    /** Its mean error between two times, in s. */
    public double meanErrorS(double fromMs, double toMs) {
        double sum = 0;
        int points = 400;
        for (int i = 0; i < points; i++) {
            sum += errorMs(fromMs + (toMs - fromMs) * (i + 0.5) / points);
        }
        return sum / points / 1e3;
    }
}
