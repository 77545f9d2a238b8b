package dev.wattline.ptd;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A connection for callers that wait: each method returns when the reply is there, throws the {@link PtdException} that
 * {@link PtdConnection} describes, and ends early when its thread is interrupted. Not to be used on the event loop. Safe
 * for use by several threads, whose commands are then queued.
 */
public final class PtdClient implements AutoCloseable {
    private final PtdConnection connection;

    public PtdClient(PtdConnection connection) {
        this.connection = connection;
    }

    /**
     * Connects as {@link PtdConnector#connect(PtdEndpoint, Duration, PtdListener)} does.
     *
     * @throws PtdConnectionException if the port cannot be reached in time
     * @throws InterruptedException if the thread is interrupted; no connection is left behind
     */
    public static PtdClient connect(PtdConnector connector, PtdEndpoint endpoint, Duration within, PtdListener listener)
            throws InterruptedException {
        CompletableFuture<PtdConnection> connecting = connector.connect(endpoint, within, listener);
        try {
            return new PtdClient(await(connecting));
        } catch (InterruptedException e) {
            var unused = connecting.thenAccept(PtdConnection::close); // if it was made at the very last moment
            throw e;
        }
    }

    /** The connection underneath, for what needs no waiting. */
    public PtdConnection connection() {
        return connection;
    }

    /**
     * Sends a command and waits for its reply.
     *
     * @throws PtdException if there is no good reply
     * @throws InterruptedException if the thread is interrupted; a command already sent may still be carried out, and its
     *     reply is then read and dropped
     */
    public <R> R execute(PtdCommand<R> command) throws InterruptedException {
        return await(connection.execute(command));
    }

    /** The same with a deadline of its own, see {@link PtdConnection#execute(PtdCommand, Duration)}. */
    public <R> R execute(PtdCommand<R> command, Duration deadline) throws InterruptedException {
        return await(connection.execute(command, deadline));
    }

    /** See {@link PtdConnection#readUnreadSamples}. */
    public SampleRows readUnreadSamples() throws InterruptedException {
        return await(connection.readUnreadSamples());
    }

    /** Closes the connection and fails what is pending. */
    @Override
    public void close() {
        connection.close();
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(false);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PtdException failure) {
                throw failure;
            }
            throw new IllegalStateException("a command failed in an unforeseen way", e.getCause());
        }
    }
}
