package dev.wattline.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What ran beside a session's workload.
 *
 * @param name as it was asked for: a workload's name, {@code @} with the GPUs if they were named, and {@code loop}
 * @param command its command line; empty if it is not to be told
 * @param phases how it ran in each phase that came to an end
 */
public record CompanionRecord(String name, String command, List<PhaseRun> phases) {
    /** Id of the suspicion that it ended before the workload. */
    public static final String ENDED = "companion-ended";

    public CompanionRecord {
        phases = List.copyOf(phases);
    }

    /** Why the session does not count: where it ended before the workload, a sentence each with the id in front; mostly none. */
    public List<String> suspicions() {
        return phases.stream()
                .flatMap(run -> run.ended().stream()
                        .map(how -> ENDED + ": " + name + " ended with status " + how.status() + " at " + how.at()
                                + " in the " + run.phase() + " phase, before the workload"))
                .toList();
    }

    /** The same without the command line. */
    public CompanionRecord withoutCommand() {
        return new CompanionRecord(name, "", phases);
    }

    /**
     * How it ran in a phase.
     *
     * @param phase {@code ranging} or {@code testing}
     * @param starts how often it was started
     * @param ended how it ended before the workload; empty where it ran as long as it was to
     */
    public record PhaseRun(String phase, int starts, Optional<Ended> ended) {}

    /**
     * An end too early.
     *
     * @param at when, UTC
     * @param status the exit status; 128 + n after signal n
     */
    public record Ended(Instant at, int status) {}
}
