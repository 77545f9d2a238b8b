package dev.wattline.director.session;

import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ControlRequest.New;
import dev.wattline.protocol.ControlRequest.Time;
import dev.wattline.protocol.server.ControlClient;
import dev.wattline.protocol.server.ControlHandler;
import dev.wattline.protocol.server.LostCause;
import dev.wattline.protocol.server.ReceivedRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All clients that are served at this moment, with a {@link SessionService} for each. At most one of them has a session
 * that is open: opening one takes the place at the analyzers, ending it gives the place back. Safe for use by several
 * threads.
 */
public final class Clients implements ControlHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);

    private final Map<ControlClient, SessionService> services = new ConcurrentHashMap<>();
    private final DirectorContext context;
    private final SessionStore store;
    private final Supplier<ControlReply> clock;
    private final Runnable onStop;
    private final PendingSummaries pendingSummaries = new PendingSummaries();
    private volatile boolean stopAsked;
    private volatile boolean cutShort;

    /**
     * Made once a director.
     *
     * @param clock sets this machine's clock, or says why not
     * @param onStop called when a client's {@code stop} takes effect
     */
    public Clients(DirectorContext context, Supplier<ControlReply> clock, Runnable onStop) {
        this.context = context;
        this.store = new SessionStore(context);
        this.clock = clock;
        this.onStop = onStop;
    }

    /** Whether a session was ended before it was done, since the director started. */
    public boolean cutShort() {
        return cutShort;
    }

    void sessionCutShort() {
        cutShort = true;
    }

    /** The session that is open, if there is one. */
    public Optional<Session> open() {
        return services.values().stream()
                .flatMap(service -> service.open().stream())
                .findFirst();
    }

    /** Cancels this session if it is the one that is open; tells whether it is. From any thread. */
    public boolean cancel(String id, String cause) {
        Optional<Session> session = open().filter(open -> open.id().value().equals(id));
        session.ifPresent(open -> open.cancel(cause));
        return session.isPresent();
    }

    /** The session that another client has opened. */
    Optional<Session> openExceptOf(SessionService asking) {
        return services.values().stream()
                .filter(service -> service != asking)
                .flatMap(service -> service.open().stream())
                .findFirst();
    }

    /** Tells the client of an open session that the director is about to end; to be called before it is hung up on. */
    public void announceEnd() {
        open().ifPresent(session -> session.announceEnd(
                "the director was told to end; the session ends with it, and what was measured is kept"));
    }

    /** Ends the restoring of ranges that no session's own PTDaemon does; they stay on disk. From any thread. */
    public void endRestoring() {
        context.restores().close();
    }

    /** Ends all that PTDaemon is waited for; what is not restored by now stays on disk. From any thread. */
    public void breakOff() {
        open().ifPresent(session -> session.breakOff("the director was told to end"));
    }

    /** Ends the director as soon as no client is left that has a session, or had one and fetches its files. */
    void stopWhenDone() {
        stopAsked = true;
    }

    @Override
    public void connected(ControlClient client) {
        LOG.info("client={} connected", client.address());
        services.put(client, new SessionService(context, store, pendingSummaries, clock, this));
    }

    /** The runner compares clocks by this answer: the sooner it leaves, the surer the comparison. */
    @Override
    public boolean isInstant(ControlRequest request) {
        return request instanceof Time;
    }

    @Override
    public boolean needsPlace(ControlRequest request) {
        return request instanceof New;
    }

    @Override
    public boolean holdsPlace(ControlClient client) {
        SessionService service = services.get(client);
        return service != null && service.open().isPresent();
    }

    @Override
    public ControlAnswer handle(ControlClient client, ReceivedRequest received) {
        return service(client).handle(client, received);
    }

    private SessionService service(ControlClient client) {
        SessionService service = services.get(client);
        if (service == null) {
            throw new IllegalStateException("client " + client.address() + " is not served");
        }
        return service;
    }

    @Override
    public void lost(ControlClient client, LostCause cause) {
        SessionService service = services.get(client);
        if (service != null) {
            service.lost(cause);
        }
    }

    @Override
    public void disconnected(ControlClient client, LostCause cause) {
        try {
            service(client).disconnected(client, cause);
        } finally {
            services.remove(client);
            if (stopAsked && services.values().stream().noneMatch(SessionService::hasHadSession)) {
                onStop.run();
            }
        }
    }

    /** Writes a last time what a full disk has kept from being written; to be called when no client is served any more. */
    @Override
    public void close() {
        pendingSummaries.close();
    }
}
