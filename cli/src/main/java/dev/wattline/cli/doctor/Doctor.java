package dev.wattline.cli.doctor;

import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs all checks at the same time and ends within its limit, and the seconds that a check which is cut short needs to end
 * what it started. {@link #close} may be called by another thread to end it early.
 */
public final class Doctor implements AutoCloseable {
    private final List<DoctorCheck> checks;
    private final Duration limit;
    private final TimeSource time;
    private final ExecutorService threads;

    /** @param limit for all checks together */
    public Doctor(List<DoctorCheck> checks, Duration limit, TimeSource time) {
        this.checks = List.copyOf(checks);
        this.limit = limit;
        this.time = time;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "doctor");
            thread.setDaemon(true); // one that hangs in a name service must not keep the program
            return thread;
        });
    }

    /** Runs the checks; a check that is not through in time has failed. */
    public DoctorReport run() throws InterruptedException {
        Instant at = time.now();
        long started = time.nanoTime();
        List<Callable<CheckOutcome>> tasks = new ArrayList<>();
        checks.forEach(check -> tasks.add(() -> outcome(check)));
        List<Future<CheckOutcome>> futures = threads.invokeAll(tasks, limit.toMillis(), TimeUnit.MILLISECONDS);
        List<DoctorReport.Row> rows = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            rows.add(new DoctorReport.Row(checks.get(i).name(), result(futures.get(i))));
        }
        return new DoctorReport(rows, at, Duration.ofNanos(time.nanoTime() - started));
    }

    private static CheckOutcome outcome(DoctorCheck check) throws InterruptedException {
        try {
            return check.run();
        } catch (WattlineException e) {
            return CheckOutcome.fail(e);
        }
    }

    private CheckOutcome result(Future<CheckOutcome> future) throws InterruptedException {
        if (future.isCancelled()) {
            return CheckOutcome.fail(
                    "no result within " + Durations.text(limit),
                    "Find out what hangs, or grant more time with --timeout.");
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                return CheckOutcome.fail("was ended before it was through", "Let the doctor end by itself.");
            }
            return CheckOutcome.fail(
                    "could not be checked: unexpected " + e.getCause(),
                    "This is a defect of Wattline: please report it.");
        }
    }

    /** Ends what still runs and waits, unless it is interrupted, until what the checks started is gone. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            for (DoctorCheck check : checks) {
                check.settle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
