package dev.wattline.mock.smi;

import dev.wattline.mock.signal.SignalModel;

/** The energy that was used since the signal's start, added up second by second. For one thread. */
final class CardEnergy {
    /** So much of the past may still change, as what other programs do to a card is seen late. */
    private static final double UNSETTLED_S = 5;

    private final SignalModel power;
    private double settledSeconds; // whole ones
    private double settledJoules;

    CardEnergy(SignalModel power) {
        this.power = power;
    }

    /** Joules from the start until a moment, in s since then; none before. A moment long before the latest is none. */
    double joulesUntil(double seconds) {
        while (settledSeconds + 1 <= seconds - UNSETTLED_S) {
            settledJoules += power.meanWatts(settledSeconds, settledSeconds + 1);
            settledSeconds++;
        }
        double joules = settledJoules;
        for (double from = settledSeconds; from < seconds; from++) {
            double to = Math.min(from + 1, seconds);
            joules += power.meanWatts(from, to) * (to - from);
        }
        return joules;
    }
}
