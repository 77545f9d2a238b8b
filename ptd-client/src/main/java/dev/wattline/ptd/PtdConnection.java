package dev.wattline.ptd;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A connection to a PTDaemon; {@link PtdConnector} makes them. Commands are sent one at a time in the order in which
 * {@link #execute} was called; each future completes on the event loop, so that what hangs on it must not block.
 *
 * <p>A future fails with a {@link PtdException}: {@link PtdCommandRejectedException} leaves the connection as it is;
 * {@link PtdTimeoutException}, {@link PtdProtocolException} and {@link PtdConnectionException} mean that it is closed, and
 * that everything pending has failed. Safe for use by several threads.
 */
public final class PtdConnection implements AutoCloseable {
    private final PtdEndpoint endpoint;
    private final EventLoop loop;
    private final CommandQueue queue;
    private final PtdOptions options;

    PtdConnection(PtdEndpoint endpoint, EventLoop loop, CommandQueue queue, PtdOptions options) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.queue = queue;
        this.options = options;
    }

    /** The PTDaemon spoken to. */
    public PtdEndpoint endpoint() {
        return endpoint;
    }

    /** Queues a command with its default deadline. Cancelling the future withdraws it only as long as it is not sent. */
    public <R> CompletableFuture<R> execute(PtdCommand<R> command) {
        return submit(new PendingCommand<>(command, null, options));
    }

    /**
     * Queues a command with a deadline of its own.
     *
     * @param deadline for the whole reply, rows included, from the moment the command is sent
     */
    public <R> CompletableFuture<R> execute(PtdCommand<R> command, Duration deadline) {
        PtdDeadlines.requirePositive("of '" + command.line() + "'", deadline);
        return submit(new PendingCommand<>(command, deadline, options));
    }

    private <R> CompletableFuture<R> submit(PendingCommand<R> pending) {
        onLoop(
                () -> submitTogether(List.of(this), List.of(pending)),
                () -> pending.future().completeExceptionally(unsent(pending)));
        return pending.future();
    }

    private PtdConnectionException unsent(PendingCommand<?> pending) {
        return PtdConnectionException.unsent(endpoint, pending.line(), PtdClosure.local());
    }

    /**
     * Sends a command on several connections of one connector, with nothing else between the writes: the listeners are told
     * when the last one is out. The command waits, as always, where another one is in flight.
     *
     * @return the replies, in the order of the connections
     * @throws IllegalArgumentException if the connections are not of one connector
     */
    public static <R> List<CompletableFuture<R>> executeTogether(
            List<PtdConnection> connections, PtdCommand<R> command) {
        if (connections.stream().map(one -> one.loop).distinct().count() > 1) {
            throw new IllegalArgumentException("the connections have different event loops: " + connections);
        }
        List<PendingCommand<R>> pending = connections.stream()
                .map(one -> new PendingCommand<>(command, null, one.options))
                .toList();
        if (!connections.isEmpty()) {
            connections.get(0).onLoop(() -> submitTogether(connections, pending), () -> {
                for (int i = 0; i < pending.size(); i++) {
                    pending.get(i)
                            .future()
                            .completeExceptionally(connections.get(i).unsent(pending.get(i)));
                }
            });
        }
        return pending.stream().map(PendingCommand::future).toList();
    }

    private static <R> void submitTogether(List<PtdConnection> connections, List<PendingCommand<R>> pending) {
        WriteBatch writes = new WriteBatch();
        for (int i = 0; i < pending.size(); i++) {
            connections.get(i).queue.submit(pending.get(i), writes);
        }
        writes.flush();
    }

    /**
     * Reads all samples that were not read yet, in whichever form this PTDaemon and its analyzer know: {@code RL,*,*} for
     * several channels, {@code RL} if that is refused for its parameters, {@code DC-RL} if it is an unknown command. No
     * unread samples are no failure: the result is empty.
     */
    public CompletableFuture<SampleRows> readUnreadSamples() {
        return new UnreadSamples(this).read();
    }

    /**
     * Completes with the reason within milliseconds after the connection has ended, whoever ended it, also while no command
     * is in flight. Never fails. Each call gives a future of its own.
     */
    public CompletableFuture<PtdClosure> closed() {
        return queue.closed().copy();
    }

    /** Whether commands can be sent. */
    public boolean isOpen() {
        return !queue.closed().isDone();
    }

    /** Closes the connection and fails what is pending; returns at once, {@link #closed} says when it is done. */
    @Override
    public void close() {
        onLoop(queue::closeLocally, () -> {});
    }

    private void onLoop(Runnable task, Runnable ifLoopHasEnded) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            ifLoopHasEnded.run();
        }
    }

    @Override
    public String toString() {
        return "PTDaemon at " + endpoint;
    }

    /** The fallbacks of reading samples. */
    private static final class UnreadSamples {
        private final PtdConnection connection;

        UnreadSamples(PtdConnection connection) {
            this.connection = connection;
        }

        CompletableFuture<SampleRows> read() {
            return attempt(new MeasurementQuery.ReadLast(Selector.ALL, Selector.ALL), true);
        }

        private CompletableFuture<SampleRows> attempt(PtdCommand<SampleRows> command, boolean mayFallBack) {
            return connection.execute(command).exceptionallyCompose(failure -> recover(failure, mayFallBack));
        }

        private CompletableFuture<SampleRows> recover(Throwable failure, boolean mayFallBack) {
            if (failure instanceof PtdCommandRejectedException refusal) {
                if (refusal.rejection() == Rejection.NO_UNREAD_SAMPLES) {
                    return CompletableFuture.completedFuture(SampleRows.empty(refusal.reply()));
                }
                if (mayFallBack && refusal.rejection() == Rejection.INVALID_PARAMETERS) {
                    return attempt(new MeasurementQuery.ReadLast(), false);
                }
                if (mayFallBack && refusal.rejection() == Rejection.UNKNOWN_COMMAND) {
                    return attempt(new MeasurementQuery.DcReadLast(), false);
                }
            }
            return CompletableFuture.failedFuture(failure);
        }
    }
}
