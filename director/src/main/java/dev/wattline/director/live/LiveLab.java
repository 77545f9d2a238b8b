package dev.wattline.director.live;

import java.util.List;
import java.util.Optional;

/**
 * The lab's machines and jobs at one moment, as they are shown.
 *
 * @param suts the machines that are known, by name
 * @param jobs those that are begun, then those that wait, the next first; {@link #MOST_JOBS} at most
 * @param more how many more there are
 * @param paused why nothing is begun; empty if jobs are
 * @param reserved who has the analyzers for a while; empty if nobody does
 */
public record LiveLab(List<Sut> suts, List<Job> jobs, int more, Optional<String> paused, Optional<String> reserved) {
    /** How many jobs are shown. */
    public static final int MOST_JOBS = 50;

    /**
     * A measured machine.
     *
     * @param state {@code ready}, {@code not-ready}, {@code away}, or the state of its job
     * @param why why it is not ready, or the job that it has; empty if there is nothing to say
     */
    public record Sut(String name, String state, String why) {}

    /**
     * A job.
     *
     * @param by who asked for it
     * @param state {@code queued}, {@code preparing}, {@code handed-over}, {@code measuring} or {@code finishing}
     * @param waitsFor why one that is queued is not begun; empty if it is next
     */
    public record Job(String id, String sut, String workload, String kind, String by, String state, String waitsFor) {}

    public LiveLab {
        suts = List.copyOf(suts);
        jobs = List.copyOf(jobs);
    }
}
