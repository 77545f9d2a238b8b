package dev.wattline.analysis.source;

/**
 * What two sources say of each other.
 *
 * @param what which are compared
 * @param differenceJ the first minus the second, or the parts minus the whole, in J
 * @param sigmaJ its standard uncertainty in J
 * @param why the reason; empty where they are consistent
 */
public record CrossVerdict(String what, Outcome outcome, double differenceJ, double sigmaJ, String why) {
    /** How it came out. */
    public enum Outcome {
        CONSISTENT,
        CONTRADICT,
        CANNOT_SAY
    }
}
