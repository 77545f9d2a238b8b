package dev.wattline.mock.ptd;

import dev.wattline.mock.MockException;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
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
    private final TimeSource time;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable PtdServer server;

    private MockPtd(MockPtdOptions options) {
        this.options = options;
        this.time = options.time;
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
        PtdArguments arguments = options.arguments;
        DeviceProfile profile = DeviceProfile.of(arguments.type());
        int channels = Channels.measured(profile, arguments.channels());
        StdoutLog stdout = new StdoutLog(options.stdout, options.zone, options.windowsText);
        Identity identity = new Identity(profile, channels, 1000);
        StartupLines startup = new StartupLines(arguments, profile, identity, channels, stdout);
        Optional<DataLog> dataLog = arguments.log().map(file -> DataLog.open(file, options.windowsText));
        try {
            Instrument instrument = Instrument.open(
                    profile.type(), channels, options.stateFile, options.initialAmps, options.initialVolts);
            startup.launched(time.now());
            if (!startUp(startup, profile)) {
                return 0;
            }
            Meter meter = meter(profile, instrument, stdout, dataLog);
            return listen(startup, daemon(profile, identity, instrument, meter, stdout), stdout);
        } finally {
            dataLog.ifPresent(DataLog::close);
        }
    }

    /** Waits as long as the device takes to start; false if the mock was closed meanwhile. */
    private boolean startUp(StartupLines startup, DeviceProfile profile) throws InterruptedException {
        long nanos = (options.realTiming ? profile.start() : options.startDelay).toNanos();
        long identifyNanos = nanos / 25; // the instrument answers soon; setting it up is what takes so long
        if (closing.await(identifyNanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        startup.identified(time.now());
        if (closing.await(nanos - identifyNanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        startup.ready(time.now());
        return true;
    }

    private int listen(StartupLines startup, Daemon daemon, StdoutLog stdout) throws IOException {
        PtdServer bound;
        try {
            bound = PtdServer.bind(options.arguments.port(), time);
        } catch (MockException e) {
            stdout.stamped(time.now(), "ERROR: " + e.getMessage());
            stdout.flush();
            throw e;
        }
        server = bound;
        try {
            if (closing.getCount() == 0) {
                return 0;
            }
            startup.listening(time.now(), bound.port());
            port.complete(bound.port());
            bound.run(daemon);
            return 0;
        } finally {
            bound.release();
        }
    }

    private Meter meter(DeviceProfile profile, Instrument instrument, StdoutLog stdout, Optional<DataLog> dataLog) {
        boolean dc = dc(profile);
        SignalSource.Supply supply =
                new SignalSource.Supply(options.supplyVolts, dc, dc ? 1 : options.loadCrest, options.nanOnRangeSwitch);
        SampleSource source = new SignalSource(options.signal, instrument, supply, profile.rowChannels(), options.seed);
        return new Meter(
                time, options.speed, profile, instrument, source, stdout, dataLog, options.arguments.extendedLog());
    }

    private Daemon daemon(
            DeviceProfile profile, Identity identity, Instrument instrument, Meter meter, StdoutLog stdout) {
        RangeCommands ranges = new RangeCommands(profile, instrument, meter, options.realTiming);
        MeasurementCommands measurement = new MeasurementCommands(profile, meter, dc(profile), options.speed);
        return new Daemon(time, new Commands(identity, meter, ranges, measurement), meter, stdout);
    }

    private boolean dc(DeviceProfile profile) {
        return options.arguments.dc() || profile.type().dc();
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
