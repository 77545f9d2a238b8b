package dev.wattline.mock.signal;

/**
 * The power that an imagined system draws, in W, over the seconds since the signal's start. Several instruments may
 * measure the same signal, so implementations are safe for use by several threads; all but the load of this machine are
 * pure functions of time.
 */
public interface SignalModel {

    /** Power in W at this moment. */
    double wattsAt(double seconds);

    /**
     * Mean power in W from one moment to a later one, as an instrument sees it that integrates over this window. The
     * default averages {@value #STEPS} equidistant moments.
     */
    default double meanWatts(double fromSeconds, double toSeconds) {
        double step = (toSeconds - fromSeconds) / STEPS;
        double sum = 0;
        for (int i = 0; i < STEPS; i++) {
            sum += wattsAt(fromSeconds + (i + 0.5) * step);
        }
        return sum / STEPS;
    }

    /**
     * What the cards of a system with this power at the wall draw together, on the same clock.
     *
     * @param otherWatts power at the wall of all but the cards, where the signal does not know it
     * @param efficiency of the supply, where the signal does not know it
     */
    default SignalModel ofCards(double otherWatts, double efficiency) {
        return new BehindSupply(this, otherWatts, efficiency);
    }

    /** Moments averaged by {@link #meanWatts} where nothing better is known. */
    int STEPS = 32;
}
