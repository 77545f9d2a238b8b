package dev.wattline.lab.server;

import dev.wattline.director.LabDoor.Surroundings;
import dev.wattline.director.live.LiveState;
import dev.wattline.lab.queue.JobState;
import dev.wattline.lab.queue.LabJob;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.LabMessage;
import java.util.Optional;

/** Jobs as consoles are told of them. Lab thread only. */
final class JobRows {
    private static final int BRIEF = 200; // characters of a reason in the list of all jobs

    private final LabEngine engine;
    private final Surroundings director;

    JobRows(LabEngine engine, Surroundings director) {
        this.engine = engine;
        this.director = director;
    }

    /** All that is known of a job. */
    LabMessage row(LabJob job) {
        LabMessage row = job.order()
                .into(LabMessage.empty().with("job", job.id()))
                .with("by", job.by())
                .with("added", job.added().toString())
                .with("state", job.state().word())
                .with("attempt", job.attempt())
                .with("session", job.session());
        AgentLink agent = engine.agent(job.order().sut());
        if (job.state() == JobState.PREPARING && agent != null) {
            row = row.with("step", agent.step());
        }
        if (job.state() == JobState.MEASURING) {
            LiveState live = director.live().now();
            row = row.with("step", live.open().map(LiveState.Open::state).orElse(""));
            Optional<LiveState.Sample> sample = live.sampleAt(director.time().now());
            if (sample.isPresent()) {
                row = row.with("watts", sample.get().watts());
            }
        }
        if (job.report().isPresent()) {
            JobReport report = job.report().get();
            row = row.with("status", report.end().word())
                    .with("cause", report.cause())
                    .with("invalid", report.invalid())
                    .with("good", report.isGood());
        }
        return row;
    }

    /** The same with no more of its reasons than fits beside those of others. */
    LabMessage briefRow(LabJob job) {
        LabMessage row = row(job);
        if (job.report().isEmpty()) {
            return row;
        }
        JobReport report = job.report().get();
        return row.with("cause", brief(report.cause()))
                .with(
                        "invalid",
                        report.invalid().stream().limit(3).map(JobRows::brief).toList());
    }

    private static String brief(String text) {
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "...";
    }
}
