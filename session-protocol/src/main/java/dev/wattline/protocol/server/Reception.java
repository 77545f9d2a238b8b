package dev.wattline.protocol.server;

import dev.wattline.protocol.DirectorBusyException;
import io.netty.channel.EventLoop;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is served: one connection at a time, from its greeting until the handler is through with it. All state is
 * touched on the network thread only, but for {@link #current()}.
 */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    /** Connections beyond this are hung up on, so that strangers cannot use up this process's descriptors. */
    private static final int MAX_CONNECTIONS = 64;

    /**
     * How long a second client waits before it is told that the director is busy. The first one's hang-up may be on its
     * way or be worked on: a lab that starts one run after the other must not be sent away in between.
     */
    private static final long GRACE_MILLIS = 250;

    private static final long CLOSE_SECONDS = 5;

    private final ServerOptions options;
    private final ControlHandler handler;
    private final Executor session;
    private final Set<ServedConnection> open = new HashSet<>();
    private final ArrayDeque<ServedConnection> waiting = new ArrayDeque<>();
    private volatile @Nullable ServedConnection current;
    private volatile boolean closing;

    Reception(ServerOptions options, ControlHandler handler, Executor session) {
        this.options = options;
        this.handler = handler;
        this.session = session;
    }

    boolean hasRoom() {
        return !closing && open.size() < MAX_CONNECTIONS;
    }

    void opened(ServedConnection connection) {
        open.add(connection);
    }

    /** A connection greeted and wants to be served. */
    void greeted(ServedConnection connection) {
        if (current == null) {
            serve(connection);
        } else if (options.busy() == BusyPolicy.QUEUE) {
            LOG.info("{} waits: {} is served", connection.address(), currentAddress());
            waiting.add(connection);
        } else {
            waiting.add(connection);
            var unused =
                    connection.eventLoop().schedule(() -> sendAway(connection), GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void sendAway(ServedConnection connection) {
        ServedConnection served = current;
        if (served == null || served.isGone() || !waiting.remove(connection)) {
            return; // it is served already, gone itself, or its turn comes when the handler is through
        }
        String reply = DirectorBusyException.REPLY_PREFIX + ", serving " + served.address() + " since "
                + served.servedSince().truncatedTo(ChronoUnit.SECONDS);
        LOG.info("{} was told: {}", connection.address(), reply);
        connection.refuse(reply);
    }

    private void serve(ServedConnection connection) {
        current = connection;
        connection.beginService(handler, session);
    }

    /** A connection is gone. */
    void gone(ServedConnection connection, LostCause cause) {
        open.remove(connection);
        waiting.remove(connection);
        if (connection != current) {
            return;
        }
        LOG.debug("{} is gone: {}", connection.address(), cause.detail());
        try {
            handler.lost(connection, cause);
        } catch (RuntimeException e) {
            LOG.error("the handler failed on the loss of {}", connection.address(), e);
        }
        session.execute(() -> {
            try {
                handler.disconnected(connection, cause);
            } catch (RuntimeException e) {
                LOG.error("the handler failed after the loss of {}", connection.address(), e);
            } finally {
                connection.eventLoop().execute(this::next);
            }
        });
    }

    private void next() {
        current = null;
        ServedConnection connection = waiting.poll();
        if (connection != null && !closing) {
            serve(connection);
        }
    }

    private String currentAddress() {
        ServedConnection served = current;
        return served == null ? "nobody" : served.address().toString();
    }

    Optional<ControlClient> current() {
        return Optional.ofNullable(current);
    }

    /** Hangs up on everybody; returns when each loss is with the handler. */
    void close(EventLoop network) {
        closing = true;
        CompletableFuture<Void> all = new CompletableFuture<>();
        network.execute(() -> {
            LostCause cause = new LostCause(LostCause.Reason.CLOSED_HERE, "the director ends");
            CompletableFuture<?>[] losses = Set.copyOf(open).stream()
                    .map(connection -> {
                        connection.end(cause);
                        return connection.reported();
                    })
                    .toArray(CompletableFuture<?>[]::new);
            var unused = CompletableFuture.allOf(losses).thenRun(() -> all.complete(null));
        });
        all.orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    LOG.warn("not every connection could be closed within {} s", CLOSE_SECONDS);
                    return null;
                })
                .join();
    }
}
