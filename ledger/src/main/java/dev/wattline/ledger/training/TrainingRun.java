package dev.wattline.ledger.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The energy of one training run. Energies are in joule, without the scaling factor; null where the logs do not allow one.
 *
 * @param name the result file's name without {@code .txt}
 * @param trainSeconds time to train, from {@code run_start} to {@code run_stop}; null if the result lacks either
 * @param converged whether the run ended with success
 * @param officialJ mean power of each node's whole log, readings in the order of their stamps, times the time to train,
 *     and the interconnect
 * @param fileOrderJ the same with the readings in the file's order, as the published values were computed
 * @param windowJ energy of all nodes within the run's window, and the interconnect
 * @param interconnectJ the part of both that switches are estimated to have used
 * @param nodes what each node's log says
 * @param copyOf the name of an earlier run with the same window and readings, or null
 */
public record TrainingRun(
        String name,
        @Nullable Double trainSeconds,
        boolean converged,
        @Nullable Double officialJ,
        @Nullable Double fileOrderJ,
        @Nullable Double windowJ,
        double interconnectJ,
        List<Node> nodes,
        @Nullable String copyOf) {

    public TrainingRun {
        nodes = List.copyOf(nodes);
    }

    /**
     * What a node's log says; powers are multiplied by the efficiency that the log states.
     *
     * @param outOfOrder how many readings are older than the one before them
     * @param stopAtStart whether the stop stamp is not later than the start stamp, or missing
     * @param efficiency {@code conversion_eff}, 1 where there is none
     * @param log from the start stamp to the end of the log
     * @param before the readings before the run
     * @param window the run's window
     * @param after the readings after the run
     * @param coverage the share of the run's window that has readings, 0 to 1
     */
    public record Node(
            String file,
            int readings,
            int outOfOrder,
            boolean stopAtStart,
            double efficiency,
            Span log,
            Span before,
            Span window,
            Span after,
            double coverage) {}

    /** A stretch of a log: how long it is, s, and its mean power, W. Both are 0 where there is no reading. */
    public record Span(double seconds, double watts) {}

    /** By how much the energy in the window is above the official one, as a fraction; null if one of them is not known. */
    public @Nullable Double understatement() {
        return officialJ == null || windowJ == null ? null : windowJ / officialJ - 1;
    }
}
