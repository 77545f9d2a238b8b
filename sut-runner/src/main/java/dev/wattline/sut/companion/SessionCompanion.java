package dev.wattline.sut.companion;

import dev.wattline.files.CompanionRecord;
import dev.wattline.files.CompanionRecord.Ended;
import dev.wattline.files.CompanionRecord.PhaseRun;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.IoErrors;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.process.WorkloadVariables;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The companion of a session, which runs beside the workload in each of its phases, if there is one. For one thread, but for
 * {@link #end}.
 */
public final class SessionCompanion implements AutoCloseable {
    private final Optional<CompanionOrder> order;
    private final TimeSource time;
    private final Consumer<String> warn;
    private final List<PhaseRun> runs = new CopyOnWriteArrayList<>();
    private volatile boolean interrupted;
    private volatile @Nullable CompanionProcess running;

    /** @param warn told what went wrong with it that spoils no measurement */
    public SessionCompanion(Optional<CompanionOrder> order, TimeSource time, Consumer<String> warn) {
        this.order = order;
        this.time = time;
        this.warn = warn;
    }

    /**
     * Starts it for a phase, and returns when it has run for as long as it is to before anything is measured.
     *
     * @param told what the workload is told
     * @throws dev.wattline.sut.SutException if it cannot be started
     */
    public void start(Phase phase, SessionFolder folder, WorkloadVariables told) {
        if (order.isEmpty() || interrupted) {
            return;
        }
        CompanionProcess started = CompanionProcess.start(order.get(), told, folder.companionLog(phase), time);
        running = started;
        if (interrupted) {
            close(started);
        }
        started.await(order.get().warm());
    }

    /** As it is shown; empty if there is none. */
    public Optional<String> shown() {
        return order.map(CompanionOrder::shown);
    }

    /**
     * Sees that there is something to be measured beside.
     *
     * @throws CompanionFailedException if it has ended by itself
     */
    public void requireRunning() {
        CompanionProcess now = running;
        if (now != null) {
            now.ended().ifPresent(how -> {
                throw new CompanionFailedException(order.orElseThrow(), how.status(), now.lastLines());
            });
        }
    }

    /**
     * Ends it, when what was measured beside it has been.
     *
     * @param workloadEndedNanos when the workload ended, by {@link TimeSource#nanoTime}
     * @return why the phase does not count: it had ended before the workload; mostly nothing
     */
    public List<String> stop(Phase phase, long workloadEndedNanos) {
        CompanionProcess now = running;
        if (now == null) {
            return List.of();
        }
        PhaseRun run = note(phase, now, now.endedBefore(workloadEndedNanos));
        return new CompanionRecord(order.orElseThrow().shown(), "", List.of(run)).suspicions();
    }

    /** Ends it where a phase was cut short; does nothing where it was stopped. */
    public void abandon(Phase phase) {
        CompanionProcess now = running;
        if (now != null) {
            var unused = note(phase, now, now.ended());
        }
    }

    private PhaseRun note(Phase phase, CompanionProcess now, Optional<Ended> how) {
        running = null;
        int starts = now.starts();
        close(now);
        PhaseRun run = new PhaseRun(phase.word(), starts, how);
        runs.add(run);
        return run;
    }

    /** What ran beside the workload so far; empty if nothing was to. */
    public Optional<CompanionRecord> record() {
        return order.map(of -> new CompanionRecord(of.shown(), of.command(), runs));
    }

    /** Ends it, and lets none be started any more; from any thread. */
    public void end() {
        interrupted = true;
        CompanionProcess now = running;
        if (now != null) {
            close(now);
        }
    }

    private void close(CompanionProcess of) {
        try {
            of.close();
        } catch (IOException e) {
            warn.accept("the companion's output is not complete: " + IoErrors.of(e));
        }
    }

    /** As {@link #end}. */
    @Override
    public void close() {
        end();
    }
}
