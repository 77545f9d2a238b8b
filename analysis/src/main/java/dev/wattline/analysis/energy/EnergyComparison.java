package dev.wattline.analysis.energy;

/**
 * The energy of one interval by every method, in J.
 *
 * @param meanJ plain mean of the polls inside times the length
 * @param zohJ each poll held until the next
 * @param trapezoidJ linear between polls
 * @param shiftedJ the trapezoid after all stamps moved to the middle of what they saw
 * @param updatesJ one value per update times T at its middle (polls faster than T); else the trapezoid over middles
 * @param guardJ the guard band, which needs neither delay nor rise
 * @param guardBiasPct bound of the guard band's own bias, a slow tail booked to the load, in percent
 * @param guardUsable whether that bound is below 1 %
 * @param gapS seconds of holes in the log inside the interval
 * @param gapJ energy that was filled into them linearly
 * @param valid whether holes take at most 5 % of the interval
 */
public record EnergyComparison(
        double meanJ,
        double zohJ,
        double trapezoidJ,
        double shiftedJ,
        double updatesJ,
        double guardJ,
        double guardBiasPct,
        boolean guardUsable,
        double gapS,
        double gapJ,
        boolean valid) {

    /** An energy of readings turned into one of power: offset taken off, gain divided out. */
    public static double calibrated(double joules, double seconds, double gain, double offsetW) {
        return (joules - offsetW * seconds) / gain;
    }
}
