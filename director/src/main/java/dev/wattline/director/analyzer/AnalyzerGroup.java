package dev.wattline.director.analyzer;

import dev.wattline.model.TimeSource;
import dev.wattline.ptd.PtdCommand;
import dev.wattline.ptd.PtdConnection;
import dev.wattline.ptd.PtdException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All analyzers of a session, driven together: what one is told all are told, and it is done only if all did it. Used by
 * the session's thread.
 */
public final class AnalyzerGroup implements AutoCloseable {

    /** Something done with one analyzer that waits for it. */
    public interface Step {
        void on(Analyzer analyzer) throws InterruptedException;
    }

    private static final int INTERVAL_MILLIS = 1000;
    private static final long INTERRUPT_AGAIN_MILLIS = 50; // a step that was about to begin has not heard it

    private final List<Analyzer> analyzers;
    private final TimeSource time;
    private final ExecutorService threads;
    private volatile long goNanos; // when analyzer 1 confirmed its last Go: the origin of its ticks
    private volatile Instant goAt = Instant.EPOCH;
    private volatile Instant goSentAt = Instant.EPOCH;

    public AnalyzerGroup(List<Analyzer> analyzers, TimeSource time) {
        this.analyzers = List.copyOf(analyzers);
        this.time = time;
        ThreadFactory daemon = task -> {
            Thread thread = new Thread(task, "analyzers");
            thread.setDaemon(true);
            return thread;
        };
        this.threads = Executors.newFixedThreadPool(analyzers.size(), daemon);
    }

    public List<Analyzer> analyzers() {
        return analyzers;
    }

    /**
     * Does this with all analyzers at once and returns when all are through, whether they succeeded or not. A thread that
     * is interrupted meanwhile interrupts the steps and waits for their end.
     *
     * @throws RuntimeException the failure of the first analyzer that has one, with the others' suppressed
     */
    public void all(Step step) throws InterruptedException {
        List<Future<?>> pending = new ArrayList<>();
        Set<Thread> working = ConcurrentHashMap.newKeySet();
        CountDownLatch through = new CountDownLatch(analyzers.size());
        for (Analyzer analyzer : analyzers) {
            pending.add(threads.submit(() -> {
                working.add(Thread.currentThread());
                try {
                    step.on(analyzer);
                } finally {
                    working.remove(Thread.currentThread());
                    through.countDown();
                }
                return null;
            }));
        }
        try {
            throwFirst(pending);
        } catch (InterruptedException e) {
            interruptUntil(through, working);
            throw e;
        }
    }

    /** The interruption is passed on, and waited for: whoever comes next must not meet a step that is still at work. */
    private static void interruptUntil(CountDownLatch through, Set<Thread> working) {
        boolean ended = false;
        while (!ended) {
            working.forEach(Thread::interrupt);
            try {
                ended = through.await(INTERRUPT_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                ended = false; // the caller is being told already
            }
        }
    }

    /**
     * Starts the measurement on all analyzers, back to back on the network thread with nothing between the writes, so that
     * their grids lie less than a millisecond apart, and returns when each has confirmed it.
     *
     * @throws AnalyzerException if one did not; the others have been stopped then
     */
    public void go(String mark) throws InterruptedException {
        goSentAt = time.now();
        List<CompletableFuture<?>> replies = sendAll(new PtdCommand.Go(INTERVAL_MILLIS, 0, mark));
        replies.set(0, replies.get(0).thenRun(() -> {
            goNanos = time.nanoTime();
            goAt = time.now();
        }));
        try {
            throwFirst(replies);
        } catch (RuntimeException e) {
            stopStarted(replies, e);
            throw e;
        }
    }

    private void stopStarted(List<CompletableFuture<?>> replies, RuntimeException failure) throws InterruptedException {
        List<CompletableFuture<?>> stops = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            if (!replies.get(i).isCompletedExceptionally()) {
                stops.add(analyzers.get(i).stop());
            }
        }
        try {
            throwFirst(stops);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /** Stops the measurement on all analyzers, back to back, and returns when each has confirmed it. */
    public void stop() throws InterruptedException {
        throwFirst(sendAll(new PtdCommand.Stop()));
    }

    private List<CompletableFuture<?>> sendAll(PtdCommand<?> command) {
        List<PtdConnection> connections =
                analyzers.stream().map(Analyzer::connection).toList();
        return new ArrayList<>(PtdConnection.executeTogether(connections, command));
    }

    /** Monotonic time of analyzer 1's tick 0; later ticks follow each second. */
    public long goNanos() {
        return goNanos;
    }

    /** Wall time before the first analyzer was told to begin. */
    public Instant goSentAt() {
        return goSentAt;
    }

    /** Wall time of analyzer 1's tick 0. */
    public Instant goAt() {
        return goAt;
    }

    /** Waits for all, one for each analyzer in their order. */
    private void throwFirst(List<? extends Future<?>> pending) throws InterruptedException {
        RuntimeException first = null;
        for (int i = 0; i < pending.size(); i++) {
            try {
                pending.get(i).get();
            } catch (ExecutionException e) {
                RuntimeException failure = failure(analyzers.get(i), e.getCause());
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** PTDaemon's part knows its port only; the one who reads of a failure knows his analyzers by their numbers. */
    private static RuntimeException failure(Analyzer analyzer, @Nullable Throwable cause) {
        if (cause instanceof PtdException ptd) {
            return AnalyzerException.of(analyzer.number(), ptd);
        }
        return cause instanceof RuntimeException known
                ? known
                : new IllegalStateException("an analyzer's step failed in an unforeseen way", cause);
    }

    /** Ends the threads; the analyzers must have been ended before. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
