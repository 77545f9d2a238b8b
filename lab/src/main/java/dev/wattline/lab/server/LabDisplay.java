package dev.wattline.lab.server;

import dev.wattline.director.live.LiveLab;
import dev.wattline.lab.queue.JobState;
import dev.wattline.lab.queue.LabJob;
import dev.wattline.lab.queue.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Machines and jobs for the live page. Lab thread only. */
final class LabDisplay {
    private final LabEngine engine;

    LabDisplay(LabEngine engine) {
        this.engine = engine;
    }

    /** As they are now. */
    LiveLab shown() {
        List<LabJob> jobs = new ArrayList<>(engine.queue().active());
        jobs.addAll(engine.queue().waiting());
        SortedSet<String> names = new TreeSet<>(engine.agents().keySet());
        jobs.forEach(job -> names.add(job.order().sut()));
        int more = Math.max(0, jobs.size() - LiveLab.MOST_JOBS);
        return new LiveLab(
                names.stream().map(this::shownSut).toList(),
                jobs.stream().limit(LiveLab.MOST_JOBS).map(this::shownJob).toList(),
                more,
                engine.paused(),
                engine.queue().reservation().map(Reservation::describe));
    }

    private LiveLab.Sut shownSut(String name) {
        AgentLink agent = engine.agent(name);
        Optional<LabJob> job = engine.queue().activeOf(name);
        if (job.isPresent()) {
            return new LiveLab.Sut(
                    name, job.get().state().word(), "job " + job.get().id());
        }
        return agent == null
                ? new LiveLab.Sut(name, "away", "")
                : new LiveLab.Sut(name, agent.isReady() ? "ready" : "not-ready", agent.why());
    }

    private LiveLab.Job shownJob(LabJob job) {
        boolean waits = job.state() == JobState.QUEUED;
        return new LiveLab.Job(
                job.id(),
                job.order().sut(),
                job.order().workload(),
                job.order().kind().word(),
                job.by(),
                job.state().word(),
                waits ? engine.obstacle(job).orElse("") : "");
    }
}
