package dev.wattline.analysis.source;

import java.util.List;

/**
 * What two sources say of each other.
 *
 * @param what which are compared
 * @param figures scope and source of each figure that is compared
 * @param outcome how it came out
 * @param differenceJ the first minus the second, or the parts minus the whole, in J; NaN where their course is compared
 * @param sigmaJ its standard uncertainty in J; NaN likewise
 * @param why the reason; empty where they are consistent
 */
public record CrossVerdict(
        String what, List<String> figures, Outcome outcome, double differenceJ, double sigmaJ, String why) {
    public CrossVerdict {
        figures = List.copyOf(figures);
    }

    /** Whether energies are compared, and not how the sources move. */
    public boolean isOfEnergy() {
        return !Double.isNaN(differenceJ);
    }

    /** A figure's scope and source. */
    static String name(ScopeEnergy energy) {
        return energy.scope() + " " + energy.source();
    }

    /** Whether a figure is one of those that are compared. */
    boolean of(ScopeEnergy energy) {
        return figures.contains(name(energy));
    }

    /** How it came out. */
    public enum Outcome {
        CONSISTENT,
        CONTRADICT,
        CANNOT_SAY
    }
}
