package dev.wattline.lab.queue;

import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.JobReport;
import java.time.Instant;
import java.util.Optional;

/**
 * A job.
 *
 * @param id its id
 * @param order what was asked for
 * @param by who asked
 * @param added when
 * @param state where it stands
 * @param attempt the number of the present or last attempt; 0 before the first
 * @param notBegun how many attempts in a row came to nothing before anything was begun
 * @param session the session's name; empty if there is none yet
 * @param stopBy who wants it stopped; empty if nobody does
 * @param report what it came to, once it has ended
 */
public record LabJob(
        String id,
        JobOrder order,
        String by,
        Instant added,
        JobState state,
        int attempt,
        int notBegun,
        String session,
        Optional<String> stopBy,
        Optional<JobReport> report) {

    static LabJob queued(String id, JobOrder order, String by, Instant added) {
        return new LabJob(id, order, by, added, JobState.QUEUED, 0, 0, "", Optional.empty(), Optional.empty());
    }

    LabJob in(JobState next) {
        return new LabJob(id, order, by, added, next, attempt, notBegun, session, stopBy, report);
    }

    LabJob tried(int number) {
        return new LabJob(id, order, by, added, JobState.PREPARING, number, notBegun, "", stopBy, report);
    }

    LabJob opened(String name) {
        return new LabJob(id, order, by, added, JobState.MEASURING, attempt, 0, name, stopBy, report);
    }

    LabJob again() {
        return new LabJob(id, order, by, added, JobState.QUEUED, attempt, notBegun + 1, "", stopBy, report);
    }

    LabJob toStop(String who) {
        return new LabJob(id, order, by, added, state, attempt, notBegun, session, Optional.of(who), report);
    }

    LabJob ended(JobReport how) {
        String name = how.session().isEmpty() ? session : how.session();
        return new LabJob(id, order, by, added, JobState.ENDED, attempt, notBegun, name, stopBy, Optional.of(how));
    }
}
