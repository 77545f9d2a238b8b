package dev.wattline.campaign.plan;

import dev.wattline.campaign.CampaignException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A campaign as its plan says it.
 *
 * @param file the plan
 * @param name names its folder and its sessions
 * @param kind of the sessions
 * @param order in which cells are measured
 * @param seed of a random order; empty if the plan leaves it to chance
 * @param factors the names of the matrix, in the plan's order
 * @param cells what to measure, and how often each, in the plan's order
 * @param before the gates, in this order
 * @param limits until when it goes on
 * @param reboot when the machine is started anew
 * @param rangingSeconds a shorter ranging phase; empty for one as long as the testing phase
 * @param telemetry sources as of {@code run}; empty for none
 * @param submission what an official campaign is for
 * @param comparisons of the report
 * @param metrics keys of the index that the report is about
 */
public record CampaignPlan(
        Path file,
        String name,
        Kind kind,
        Order order,
        Optional<Long> seed,
        List<String> factors,
        Map<Cell, Integer> cells,
        List<Gate> before,
        RetryPolicy retry,
        CampaignLimits limits,
        Optional<RebootPolicy> reboot,
        Optional<Integer> rangingSeconds,
        String telemetry,
        Optional<Submission> submission,
        List<BaselineComparison> comparisons,
        List<String> metrics) {
    /** What the sessions are for. */
    public enum Kind {
        /** Sessions for oneself. */
        PROFILE,
        /** Sessions that may be submitted. */
        OFFICIAL,
        /** One phase each, measured by the machine's own sources; no plan says so, but how it is run. */
        INFORMAL
    }

    /** In which order cells are measured. */
    public enum Order {
        /** All cells as the matrix lists them, then all once more. */
        LISTED,
        /** All in a random order. */
        RANDOM,
        /** Each cell once, in a random order, then each once more in another one. */
        RANDOM_BLOCKS
    }

    public CampaignPlan {
        factors = List.copyOf(factors);
        cells = new LinkedHashMap<>(cells);
        before = List.copyOf(before);
        comparisons = List.copyOf(comparisons);
        metrics = List.copyOf(metrics);
    }

    /**
     * The same without director and analyzer.
     *
     * @throws CampaignException if the plan is one of sessions that are to be submitted
     */
    public CampaignPlan informal() {
        if (kind == Kind.OFFICIAL) {
            throw new CampaignException(
                    "--local: " + file + " is a plan of official sessions, which need a director and an analyzer",
                    "Leave --local out, or say kind: profile.",
                    null);
        }
        return new CampaignPlan(
                file,
                name,
                Kind.INFORMAL,
                order,
                seed,
                factors,
                cells,
                before,
                retry,
                limits,
                reboot,
                Optional.empty(),
                telemetry,
                submission,
                comparisons,
                metrics);
    }

    /** Whether it is measured without director and analyzer. */
    public boolean isInformal() {
        return kind == Kind.INFORMAL;
    }

    /** The plan as a command line of {@code wattline campaign} names it. */
    public String argument() {
        return file + (isInformal() ? " --local" : "");
    }

    /** How many sessions there are if none has to be repeated. */
    public int sessions() {
        return cells.values().stream().mapToInt(Integer::intValue).sum();
    }
}
