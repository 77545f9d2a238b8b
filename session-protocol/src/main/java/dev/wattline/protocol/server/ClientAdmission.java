package dev.wattline.protocol.server;

import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.DirectorLimits;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is served: everybody who greets while the {@linkplain Place place} is free, and its holder until the handler
 * is through with it. Who greets while somebody else has the place is sent away or waits. All state is touched on the
 * network thread only, but for {@link #current()} and what the place itself guards.
 */
final class ClientAdmission {
    private static final Logger LOG = LoggerFactory.getLogger(ClientAdmission.class);

    /** Connections beyond this make room, so that strangers cannot use up this process's descriptors. */
    static final int MAX_CONNECTIONS = 64;

    private static final long CLOSE_SECONDS = 5;

    private final ControlHandler handler;
    private final BusyPolicy busy;
    private final Place place;
    private final Optional<SideDoor> side;
    private final Set<ServedConnection> open = new LinkedHashSet<>(); // in the order of their arrival
    private final ArrayDeque<ServedConnection> waiting = new ArrayDeque<>();
    private final Set<ServedConnection> unended =
            ConcurrentHashMap.newKeySet(); // open, or the handler is not through yet
    private volatile boolean closing;

    ClientAdmission(ServerOptions options, ControlHandler handler) {
        this.handler = handler;
        this.busy = options.busy();
        this.place = new Place(options.busy(), options.time(), options.side());
        this.side = options.side();
    }

    Place place() {
        return place;
    }

    /**
     * Makes sure that one more connection may be open. If too many are, one from the address that has most of them is hung
     * up on: one that has not greeted before one that has, then the one that has been silent longest. A flood from one
     * machine so costs that machine its own connections. The holder of the place is never hung up on.
     *
     * @return whether there is room
     */
    boolean makeRoom(InetAddress newcomer) {
        if (closing) {
            return false;
        }
        if (open.size() < MAX_CONNECTIONS) {
            return true;
        }
        Map<InetAddress, Integer> counts = new HashMap<>(Map.of(newcomer, 1));
        open.forEach(connection -> counts.merge(connection.peer(), 1, Integer::sum));
        Optional<ServedConnection> holder = place.holder().map(Place.Holder::client);
        Comparator<ServedConnection> mostOfOneAddress =
                Comparator.comparing((ServedConnection connection) -> -counts.getOrDefault(connection.peer(), 0));
        Optional<ServedConnection> victim = open.stream()
                .filter(connection -> holder.isEmpty() || holder.get() != connection)
                .min(mostOfOneAddress
                        .thenComparing(ServedConnection::hasGreeted)
                        .thenComparing(ServedConnection::isWorking)
                        .thenComparing(ServedConnection::heardNanos));
        victim.ifPresent(connection -> {
            LOG.warn("hung up on {}: more than {} connections are open", connection.address(), MAX_CONNECTIONS);
            open.remove(connection);
            connection.cutOff(new LostCause(LostCause.Reason.CLOSED_HERE, "too many connections were open"));
        });
        return victim.isPresent();
    }

    void opened(ServedConnection connection) {
        open.add(connection);
        unended.add(connection);
        var unused = connection.ended().thenRun(() -> unended.remove(connection));
    }

    /** A connection greeted and wants to be served. */
    void greeted(ServedConnection connection) {
        Optional<Place.Holder> holder = place.holder();
        Optional<String> refusal = refusal(connection);
        if (holder.isEmpty() && refusal.isEmpty()) {
            connection.beginService(handler);
            return;
        }
        waiting.add(connection);
        if (busy == BusyPolicy.QUEUE) {
            LOG.info(
                    "{} waits: {}",
                    connection.address(),
                    holder.map(has -> has.client() + " is served")
                            .or(() -> refusal)
                            .orElse(""));
        } else {
            sendAwaySoon(connection);
        }
    }

    private void sendAwaySoon(ServedConnection connection) {
        connection.after(Place.GRACE, () -> sendAway(connection));
    }

    private void sendAway(ServedConnection connection) {
        if (!waiting.contains(connection)) {
            return; // it is served already, or gone itself
        }
        Optional<Place.Holder> holder = place.holder();
        if (holder.isEmpty() && refusal(connection).isEmpty()) {
            sendAwaySoon(connection); // the place is changing hands
            return;
        }
        if (holder.isPresent()
                && holder.get()
                        .isLeaving()) { // usually its session is closed in a moment, and the next one's turn comes
            connection.after(DirectorLimits.CLOSING_GRACE, () -> refuse(connection));
            return;
        }
        refuse(connection);
    }

    private void refuse(ServedConnection connection) {
        Optional<String> reason = busyReply(connection);
        if (reason.isEmpty() || !waiting.remove(connection)) {
            return; // its turn has come, or it is looked at again, or it is gone itself
        }
        String reply = reason.get();
        LOG.info("{} was told: {}", connection.address(), reply);
        connection.refuse(reply);
    }

    private Optional<String> refusal(ServedConnection connection) {
        return side.flatMap(door -> door.refusal(connection.job()));
    }

    /** What this client is told while somebody else has the place, or it is kept for somebody else; empty if neither is so. */
    Optional<String> busyReply(ServedConnection connection) {
        return place.holder()
                .filter(holder -> holder.client() != connection)
                .map(ClientAdmission::busyReply)
                .or(() -> refusal(connection).map(why -> DirectorBusyException.REPLY_PREFIX + ", " + why));
    }

    /** What somebody else is told while this client has the place. */
    static String busyReply(Place.Holder holder) {
        String doing = holder.isLeaving() ? ", closing the session of " : ", serving ";
        return DirectorBusyException.REPLY_PREFIX + doing + holder.client().address() + " since "
                + holder.since().truncatedTo(ChronoUnit.SECONDS);
    }

    /** A connection is gone. */
    void gone(ServedConnection connection, LostCause cause) {
        open.remove(connection);
        waiting.remove(connection);
        if (!connection.wasServed()) {
            connection.leave(() -> {});
            return;
        }
        LOG.debug("{} is gone: {}", connection.address(), cause.detail());
        try {
            handler.lost(connection, cause);
        } catch (RuntimeException e) {
            LOG.error("the handler failed on the loss of {}", connection.address(), e);
        }
        connection.leave(() -> {
            try {
                handler.disconnected(connection, cause);
            } catch (RuntimeException e) {
                LOG.error("the handler failed after the loss of {}", connection.address(), e);
            } finally {
                releaseUnlessHeld(connection, false);
            }
        });
    }

    /** Gives the place of a client up that does not hold it any longer; whoever waits for it is served. Any thread. */
    void releaseUnlessHeld(ServedConnection connection, boolean held) {
        if (!held && place.release(connection)) {
            connection.onNetwork(this::serveWaiting);
        }
    }

    /** Looks anew at those who wait, for whom the place is kept may have changed. Any thread. */
    void reconsider(EventLoop network) {
        place.reconsider();
        if (!network.isShuttingDown()) {
            network.execute(this::serveWaiting);
        }
    }

    private void serveWaiting() {
        for (ServedConnection connection : List.copyOf(waiting)) {
            if (closing || !place.isFree()) {
                break;
            }
            if (refusal(connection).isEmpty()) {
                waiting.remove(connection);
                connection.beginService(handler);
            }
        }
        if (busy == BusyPolicy.REJECT) {
            waiting.forEach(this::sendAwaySoon); // the place went to one who was served already
        }
    }

    /** The client that has the place. */
    Optional<ControlClient> current() {
        return place.holder().map(Place.Holder::client);
    }

    /**
     * Hangs up on everybody; returns when each loss is with the handler and the handler is through with it.
     *
     * @param forEnds how long to wait for the handler, in seconds
     */
    void close(EventLoop network, long forEnds) {
        closing = true;
        CompletableFuture<Set<ServedConnection>> closed = new CompletableFuture<>();
        network.execute(() -> {
            LostCause cause = new LostCause(LostCause.Reason.CLOSED_HERE, "the director ends");
            Set.copyOf(open).forEach(connection -> connection.end(cause));
            closed.complete(Set.copyOf(unended));
        });
        Set<ServedConnection> all = closed.join();
        await(all, ServedConnection::reported, CLOSE_SECONDS, "not every connection could be closed within {} s");
        await(all, ServedConnection::ended, forEnds, "the session did not end within {} s");
    }

    private static void await(
            Set<ServedConnection> connections,
            Function<ServedConnection, CompletableFuture<Void>> what,
            long seconds,
            String complaint) {
        CompletableFuture<?>[] futures = connections.stream().map(what).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(futures).get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn(complaint, seconds);
        } catch (ExecutionException e) {
            throw new IllegalStateException("these futures are only ever completed well", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
