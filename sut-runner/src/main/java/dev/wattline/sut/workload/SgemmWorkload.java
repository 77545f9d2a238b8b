package dev.wattline.sut.workload;

import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Loads the processors with matrix products for a given time and writes LoadGen-format logs about it. It stands in for
 * a benchmark where none is at hand: the products are real and checked, the figures are measured, and the logs name
 * what they come from.
 */
public final class SgemmWorkload {
    /** Shortest time of warming up, in which HotSpot compiles the kernel; it lies before power_begin. */
    private static final Duration WARM_UP = Duration.ofMillis(600);

    /** Rows between two looks at the square wave. */
    private static final int PANEL = 64;

    private final WorkloadPlan plan;
    private final TimeSource time;
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final Latencies latencies = new Latencies();

    public SgemmWorkload(WorkloadPlan plan, TimeSource time) {
        this.plan = plan;
        this.time = time;
    }

    /**
     * Runs the workload and writes {@code mlperf_log_detail.txt} and {@code mlperf_log_summary.txt}.
     *
     * @throws SutException if the logs cannot be written
     */
    public WorkloadResult run() {
        long logStart = time.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(plan.threads());
        try {
            warmUp(threads);
            Instant beganAt = time.now();
            long startNanos = time.nanoTime();
            LoadCycle cycle = new LoadCycle(time, plan.duration(), plan.squareWave(), plan.duty());
            if (plan.scenario() == Scenario.Offline) {
                offline(threads, cycle, startNanos);
            } else {
                singleStream(threads, cycle);
            }
            long endNanos = time.nanoTime();
            Instant endedAt = time.now();
            long queries = plan.scenario() == Scenario.Offline ? 1 : samples.get();
            WorkloadResult result = new WorkloadResult(
                    plan, beganAt, endedAt, (endNanos - startNanos) / 1e9, queries, samples.get(), wrong.get());
            double timeMs = (endNanos - logStart) / 1e6;
            new LoadgenLogWriter(plan.output()).write(result, latencies.statistics(), timeMs);
            return result;
        } finally {
            threads.shutdownNow();
        }
    }

    private void warmUp(ExecutorService threads) {
        LoadCycle cycle = new LoadCycle(time, WARM_UP, null, 0.5);
        runAll(threads, thread -> () -> {
            MatrixProduct.Kernel kernel = matrices(thread).kernel();
            while (cycle.awaitLoad()) {
                kernel.multiply(0, plan.size());
            }
            return null;
        });
    }

    private void offline(ExecutorService threads, LoadCycle cycle, long startNanos) {
        runAll(threads, thread -> () -> {
            MatrixProduct matrices = matrices(thread);
            MatrixProduct.Kernel kernel = matrices.kernel();
            do {
                product(kernel, cycle, 0, plan.size());
                finish(matrices, time.nanoTime() - startNanos);
            } while (cycle.awaitLoad());
            return null;
        });
    }

    private void singleStream(ExecutorService threads, LoadCycle cycle) {
        MatrixProduct matrices = matrices(1);
        Stream stream = new Stream(cycle, matrices);
        CyclicBarrier queryDone = new CyclicBarrier(plan.threads(), stream);
        runAll(threads, thread -> () -> {
            MatrixProduct.Kernel kernel = matrices.kernel();
            int from = share(thread);
            int to = share(thread + 1);
            do {
                product(kernel, cycle, from, to);
                queryDone.await();
            } while (stream.more);
            return null;
        });
    }

    /** What happens between two queries of a stream, by the last thread to finish its rows. */
    private final class Stream implements Runnable {
        private final LoadCycle cycle;
        private final MatrixProduct matrices;
        private long queryNanos;
        private volatile boolean more = true;

        Stream(LoadCycle cycle, MatrixProduct matrices) {
            this.cycle = cycle;
            this.matrices = matrices;
            this.queryNanos = time.nanoTime();
        }

        @Override
        public void run() {
            finish(matrices, time.nanoTime() - queryNanos);
            more = cycle.awaitLoad();
            queryNanos = time.nanoTime();
        }
    }

    /** First row of a thread's share of the matrix, a multiple of four. */
    private int share(int thread) {
        return (int) ((long) plan.size() / 4 * thread / plan.threads()) * 4;
    }

    private MatrixProduct matrices(int seed) {
        return MatrixProduct.of(plan.precision(), plan.size(), seed);
    }

    private static void product(MatrixProduct.Kernel kernel, LoadCycle cycle, int from, int to) {
        for (int row = from; row < to; row += PANEL) {
            cycle.rest();
            kernel.multiply(row, Math.min(row + PANEL, to));
        }
    }

    private void finish(MatrixProduct matrices, long latencyNanos) {
        latencies.add(latencyNanos);
        if (!matrices.isPlausible(samples.incrementAndGet())) {
            wrong.incrementAndGet();
        }
    }

    private interface ThreadTask {
        Callable<Void> of(int thread);
    }

    private void runAll(ExecutorService threads, ThreadTask task) {
        List<Future<Void>> running = new ArrayList<>();
        for (int i = 0; i < plan.threads(); i++) {
            running.add(threads.submit(task.of(i)));
        }
        try {
            for (Future<Void> thread : running) {
                thread.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SutException("the workload was interrupted", null, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new SutException("a thread of the workload failed: " + cause, null, cause);
        }
    }
}
