package dev.wattline.sut.companion;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.files.CompanionRecord.Ended;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import dev.wattline.sut.process.WorkloadProcess;
import dev.wattline.sut.process.WorkloadVariables;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The companion of one phase: in a process group of its own, ended with this runner whatever happens to it, its output in a
 * file. One that loops is started again as soon as it has ended well. Safe for use by several threads.
 */
final class CompanionProcess implements Closeable {
    /** One that ends sooner is no load, and starting it over and over would be what is measured. */
    static final Duration SHORTEST_LOOP = Duration.ofSeconds(1);

    private static final int NOT_STARTED = 127; // a shell's status where it cannot start a program

    private final CompanionOrder order;
    private final WorkloadVariables told;
    private final TimeSource time;
    private final LimitedLog log;
    private final CountDownLatch over = new CountDownLatch(1); // it has ended for good

    @GuardedBy("this")
    private WorkloadProcess process;

    @GuardedBy("this")
    private long startedNanos;

    @GuardedBy("this")
    private int starts = 1;

    @GuardedBy("this")
    private boolean closing;

    @GuardedBy("this")
    private Optional<Ended> ended = Optional.empty();

    @GuardedBy("this")
    private long endedNanos;

    private CompanionProcess(CompanionOrder order, WorkloadVariables told, LimitedLog log, TimeSource time) {
        this.order = order;
        this.told = told;
        this.log = log;
        this.time = time;
        this.startedNanos = time.nanoTime();
        this.process = start();
    }

    /**
     * Starts it.
     *
     * @param told what it is told, besides that it is a companion
     * @param file gets its output
     * @throws SutException if that fails
     */
    static CompanionProcess start(CompanionOrder order, WorkloadVariables told, Path file, TimeSource time) {
        LimitedLog log;
        try {
            log = new LimitedLog(file);
        } catch (IOException e) {
            throw new SutException(
                    "could not write the companion's output to " + file + ": " + IoErrors.of(e), null, e);
        }
        CompanionProcess started = new CompanionProcess(order, told.asCompanion(order.gpus()), log, time);
        started.watch();
        return started;
    }

    private WorkloadProcess start() {
        return WorkloadProcess.startApart(order.command(), told, log, log);
    }

    private synchronized void watch() {
        WorkloadProcess watched = process;
        CompletableFuture<Void> unused = watched.onExit().thenAccept(status -> exited(watched, status));
    }

    private synchronized void exited(WorkloadProcess which, int status) {
        if (closing || which != process) {
            return;
        }
        boolean ranLong = time.nanoTime() - startedNanos >= SHORTEST_LOOP.toNanos();
        if (!order.loop() || status != 0 || !ranLong) {
            endsWith(status);
            return;
        }
        which.close(); // what it left in the background would add up
        startedNanos = time.nanoTime();
        try {
            process = start();
        } catch (SutException e) { // no more processes, perhaps
            endsWith(NOT_STARTED);
            return;
        }
        starts++;
        watch();
    }

    @GuardedBy("this")
    private void endsWith(int status) {
        ended = Optional.of(new Ended(time.now(), status));
        endedNanos = time.nanoTime();
        over.countDown();
    }

    /** Waits until it has run for so long, or has ended. */
    void await(Duration length) {
        try {
            boolean unused = over.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** When and how it ended for good by itself; empty while it runs, and where it was ended. */
    synchronized Optional<Ended> ended() {
        return ended;
    }

    /** The same, if it was before an instant of the monotonic clock. */
    synchronized Optional<Ended> endedBefore(long nanos) {
        return ended.filter(how -> endedNanos - nanos < 0);
    }

    /** How often it was started. */
    synchronized int starts() {
        return starts;
    }

    /** Its last lines. */
    synchronized List<String> lastLines() {
        return process.lastLines();
    }

    /**
     * Ends it and all that it left running.
     *
     * @throws IOException if its output could not be written
     */
    @Override
    public void close() throws IOException {
        over.countDown();
        synchronized (this) {
            closing = true;
            process.close();
        }
        log.close();
    }
}
