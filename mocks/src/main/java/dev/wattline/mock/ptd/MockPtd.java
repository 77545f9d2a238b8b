package dev.wattline.mock.ptd;

import dev.wattline.mock.MockException;
import dev.wattline.mock.scenario.FaultAction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running mock PTDaemon: a thread of its own that does all of its work. Safe for use by several threads.
 *
 * <pre>{@code
 * try (MockPtd mock = MockPtd.start(MockPtdOptions.builder(PtdArguments.of(49)).build())) {
 *     connect("127.0.0.1", mock.port());
 * }
 * }</pre>
 */
public final class MockPtd implements AutoCloseable {
    private final MockPtdOptions options;
    private final FaultEffects effects;
    private final FaultPlan plan;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable PtdServer server;

    private MockPtd(MockPtdOptions options) {
        this.options = options;
        this.effects = new FaultEffects(options.time);
        this.plan = new FaultPlan(options.scenario, effects);
    }

    /** Starts a mock; returns at once, before it listens. */
    public static MockPtd start(MockPtdOptions options) {
        MockPtd mock = new MockPtd(options);
        Thread thread = new Thread(mock::run, "mock-ptd");
        thread.setDaemon(true);
        thread.start();
        return mock;
    }

    /**
     * The port it listens on; waits until it does.
     *
     * @throws MockException if it could not start
     */
    public int port() {
        return joined(port);
    }

    /** The port, once it listens; completes exceptionally if it could not start. */
    public CompletableFuture<Integer> listening() {
        return port.copy();
    }

    /**
     * Waits until the mock has ended and returns its exit status.
     *
     * @throws MockException if it failed
     */
    public int awaitExit() {
        return joined(exit);
    }

    /** The exit status, once it has ended; completes exceptionally if it failed. */
    public CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    /**
     * Lets something go wrong now.
     *
     * @throws MockException if the mock could not start
     */
    public void inject(FaultAction action) {
        port();
        PtdServer current = server;
        if (current != null) {
            current.execute(() -> action.applyTo(effects));
        }
    }

    /** Ends the mock, as a signal would: at once, and without a word on its standard output. */
    @Override
    public void close() {
        closing.countDown();
        PtdServer current = server;
        if (current != null) {
            current.close();
        }
        exit.handle((status, failure) -> status).join();
    }

    private void run() {
        try {
            int status = serve();
            port.completeExceptionally(new MockException("the mock ended before it listened", null));
            exit.complete(status);
        } catch (IOException e) {
            fail(new UncheckedIOException(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new MockException("interrupted", null, e));
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private int serve() throws IOException, InterruptedException {
        try (Parts parts = Parts.of(options, effects, plan)) {
            OptionalInt ended = startUp(parts);
            return ended.isPresent() ? ended.getAsInt() : listen(parts);
        }
    }

    /** Waits as long as the device takes to start; the exit status if that is the end of it. */
    private OptionalInt startUp(Parts parts) throws InterruptedException {
        plan.onStart(parts.instrument().starts());
        parts.startup().launched(effects.now());
        long nanos = (options.realTiming ? parts.profile().start() : options.startDelay).toNanos();
        long identifyNanos = nanos / 25; // the instrument answers soon; setting it up is what takes so long
        if (closing.await(identifyNanos, TimeUnit.NANOSECONDS)) {
            return OptionalInt.of(0);
        }
        effects.print(parts.stdout());
        parts.startup().identified(effects.now());
        long rest = nanos - identifyNanos + effects.takeDelay().toNanos();
        if (closing.await(rest, TimeUnit.NANOSECONDS)) {
            return OptionalInt.of(0);
        }
        if (effects.exitStatus().isPresent()) {
            return effects.exitStatus();
        }
        if (effects.hung()) {
            closing.await();
            return OptionalInt.of(0);
        }
        parts.startup().ready(effects.now());
        return OptionalInt.empty();
    }

    private int listen(Parts parts) throws IOException {
        PtdServer bound;
        try {
            bound = PtdServer.bind(options.arguments.port(), effects);
        } catch (MockException e) {
            parts.stdout().stamped(effects.now(), "ERROR: " + e.getMessage());
            parts.stdout().flush();
            throw e;
        }
        server = bound;
        try {
            if (closing.getCount() == 0) {
                return 0;
            }
            parts.startup().listening(effects.now(), bound.port());
            plan.onListening(effects.nanoTime());
            port.complete(bound.port());
            return bound.run(parts.daemon());
        } finally {
            bound.release();
        }
    }

    private void fail(Throwable failure) {
        port.completeExceptionally(failure);
        exit.completeExceptionally(failure);
    }

    private static int joined(CompletableFuture<Integer> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof MockException failure) {
                throw failure;
            }
            if (e.getCause() instanceof UncheckedIOException failure) {
                throw new MockException(String.valueOf(failure.getMessage()), null, failure);
            }
            throw e;
        }
    }
}
