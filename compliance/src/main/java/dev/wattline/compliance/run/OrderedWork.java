package dev.wattline.compliance.run;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Works on many items on several threads and hands the results on in the order of the items. Only as many results wait as
 * keep the threads busy, so that the number of items does not matter to memory.
 */
public final class OrderedWork {
    private static final int AHEAD = 8; // results a thread may be in front of the slowest

    /** The values of a summary nest up to a thousand levels, and comparing and printing them takes a frame each. */
    private static final long STACK_BYTES = 4L << 20;

    private OrderedWork() {}

    /**
     * Works on the items; results come on the calling thread.
     *
     * @param threads how many items to work on at a time, 1 or more
     * @throws InterruptedException if the calling thread is interrupted; no further item is begun then
     * @throws RuntimeException what the work on an item threw
     */
    public static <T, R> void run(List<T> items, int threads, Function<T, R> work, Consumer<R> results)
            throws InterruptedException {
        if (items.size() == 1) {
            // A pool for one item is what a cold start would notice.
            FutureTask<R> only = new FutureTask<>(() -> work.apply(items.get(0)));
            new Thread(null, only, "check", STACK_BYTES).start();
            results.accept(result(only));
            return;
        }
        ExecutorService pool =
                Executors.newFixedThreadPool(threads, task -> new Thread(null, task, "check", STACK_BYTES));
        try {
            Queue<Future<R>> pending = new ArrayDeque<>();
            for (T item : items) {
                if (pending.size() >= threads * AHEAD) {
                    results.accept(result(pending.remove()));
                }
                pending.add(pool.submit(() -> work.apply(item)));
            }
            while (!pending.isEmpty()) {
                results.accept(result(pending.remove()));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static <R> R result(Future<R> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("work on an item ended in an error", e.getCause());
        }
    }
}
