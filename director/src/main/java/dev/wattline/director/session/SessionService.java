package dev.wattline.director.session;

import dev.wattline.director.journal.SessionJournal;
import dev.wattline.director.monitor.ClientSilence;
import dev.wattline.director.results.ServerLog;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.IoErrors;
import dev.wattline.model.SessionId;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ControlRequest.BadSessionCommand;
import dev.wattline.protocol.ControlRequest.Cleanup;
import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.Download;
import dev.wattline.protocol.ControlRequest.New;
import dev.wattline.protocol.ControlRequest.Note;
import dev.wattline.protocol.ControlRequest.SessionRequest;
import dev.wattline.protocol.ControlRequest.SetNtp;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ControlRequest.Stop;
import dev.wattline.protocol.ControlRequest.StopPhase;
import dev.wattline.protocol.ControlRequest.Time;
import dev.wattline.protocol.ControlRequest.Unknown;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.SendFile;
import dev.wattline.protocol.server.ControlClient;
import dev.wattline.protocol.server.ControlHandler;
import dev.wattline.protocol.server.LostCause;
import dev.wattline.protocol.server.ReceivedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one client: what each request of protocol v3 means, and to which session. Called on that client's thread, but
 * for {@link #lost} and the questions about its session.
 */
final class SessionService {
    private static final Logger LOG = LoggerFactory.getLogger(SessionService.class);

    private final DirectorContext context;
    private final SessionStore store;
    private final Supplier<ControlReply> clock;
    private final Clients clients;
    private final PendingSummaries pendingSummaries;
    private volatile @Nullable Session session; // the one that is open
    private @Nullable SessionId last; // the last one that this client opened
    private final ClientSilence silence;
    private ServerLog log;
    private @Nullable ExchangedMessage held; // recorded only when its reply is out
    private boolean stopAsked;
    private volatile boolean sessionDone;

    /**
     * Made for each client that is served.
     *
     * @param clock sets this machine's clock, or says why not
     * @param clients the others, and what they share
     */
    SessionService(
            DirectorContext context,
            SessionStore store,
            PendingSummaries pendingSummaries,
            Supplier<ControlReply> clock,
            Clients clients) {
        this.context = context;
        this.store = store;
        this.pendingSummaries = pendingSummaries;
        this.clock = clock;
        this.clients = clients;
        this.log = new ServerLog(context.time(), context.zone());
        this.silence = new ClientSilence(context.time());
    }

    /** The session that is open, if there is one. */
    Optional<Session> open() {
        return Optional.ofNullable(session);
    }

    /** Whether this client has a session that is open, or had one whose files it may still be fetching. */
    boolean hasHadSession() {
        return session != null || sessionDone;
    }

    /** See {@link ControlHandler#handle}. */
    ControlAnswer handle(ControlClient client, ReceivedRequest received) {
        flushHeldReply();
        if (received.request() instanceof Time) {
            log.hold(); // the client compares its clock with ours by the time that this reply takes
        }
        log.command(received.line());
        listen(client);
        ControlAnswer answer;
        try {
            answer = answer(client, received.request());
        } catch (IOException | RuntimeException e) {
            LOG.error("client={} request '{}' failed", client.address(), received.line(), e);
            log.error("Got an exception: " + e);
            answer = Replies.EXCEPTION;
        }
        if (answer instanceof ControlReply reply) {
            log.reply(reply.line());
            journal(received, reply);
        }
        silence.answered(received.request() instanceof SetNtp);
        return answer;
    }

    /** Whether a client that does not report its own standstills stood still before this request. */
    private void listen(ControlClient client) {
        Session open = session;
        if (open != null && client.features().isEmpty()) {
            silence.asked(open.state().phase().isPresent()).ifPresent(open::silent);
        }
    }

    private void journal(ReceivedRequest received, ControlReply reply) {
        ExchangedMessage message = new ExchangedMessage(
                received.line(),
                TimeSource.epochSeconds(received.receivedAt()),
                reply.line(),
                context.time().epochSeconds());
        if (received.request() instanceof Time) {
            held = message;
        } else {
            exchanged(message);
        }
    }

    /** Writes what was held back for the sake of a quick reply. */
    private void flushHeldReply() {
        log.release();
        ExchangedMessage message = held;
        held = null;
        if (message != null) {
            exchanged(message);
        }
    }

    private void exchanged(ExchangedMessage message) {
        Session open = session;
        if (open != null) {
            open.exchanged(message);
        }
    }

    private ControlAnswer answer(ControlClient client, ControlRequest request) throws IOException {
        if (request instanceof Time) {
            return ControlReply.time(context.time().epochSeconds());
        } else if (request instanceof New opening) {
            return open(client, opening);
        } else if (request instanceof SessionRequest inSession) {
            return inSession(inSession);
        } else if (request instanceof Download download) {
            return download(download);
        } else if (request instanceof Cleanup cleanup) {
            return cleanup(cleanup);
        } else if (request instanceof SetNtp) {
            return clients.openExceptOf(this).isPresent()
                    ? ControlReply.error("busy, another client's session is open: its clock is not changed")
                    : clock.get();
        } else if (request instanceof Stop) {
            log.info("The server will be stopped after processing this client");
            stopAsked = true;
            return Replies.OK;
        } else if (request instanceof Note note) {
            log.info("The client notes " + note.kind() + ": " + note.text());
            if (session != null) {
                session.noted(note.kind(), note.text());
            }
            return Replies.OK;
        } else if (request instanceof Unknown unknown) {
            return unknown.reply();
        }
        return Replies.ERROR; // the extension's own requests never come here
    }

    private ControlReply open(ControlClient client, New request) throws IOException {
        if (session != null) {
            LOG.warn("session={} its client opened another one", session.id());
            end("its client opened another session");
            log = new ServerLog(context.time(), context.zone());
        }
        if (!SessionId.isLabel(request.label())) {
            return Replies.INVALID_LABEL;
        }
        Optional<UUID> uuid = request.clientUuid();
        if (uuid.isEmpty()) {
            return Replies.EXCEPTION;
        }
        Session opened;
        try {
            opened = store.open(request.label(), uuid.get(), client, log);
        } catch (IOException e) {
            Path results = context.config().settings().resultsDir();
            LOG.error("client={} no session could be opened in {}: {}", client.address(), results, e.toString());
            return ControlReply.error("the director could not write a new session to " + results + ": " + IoErrors.of(e)
                    + ". Remedy: make the folder writable, free some space, or set resultsDir.");
        }
        session = opened;
        last = opened.id();
        client.messages().forEach(opened::exchanged); // what was said before the session had a journal
        LOG.info(
                "session={} client={} opened in {}",
                opened.id(),
                client.address(),
                opened.folder().root());
        return ControlReply.opened(opened.id(), opened.serverUuid());
    }

    private ControlReply inSession(SessionRequest request) {
        Session open = session;
        if (open == null || !request.addresses(open.id())) {
            return Replies.UNKNOWN_SESSION;
        }
        if (request instanceof StartPhase start) {
            return open.start(start.phase(), start.manualRange());
        } else if (request instanceof StopPhase stop) {
            return open.stop(stop.phase());
        } else if (request instanceof Done) {
            ControlReply reply = open.done();
            pendingSummaries.addIfUnwritten(open.end());
            session = null;
            sessionDone = true;
            return reply;
        } else if (request instanceof BadSessionCommand bad) {
            return bad.reply();
        }
        return Replies.UNKNOWN_SESSION_COMMAND;
    }

    private ControlAnswer download(Download request) {
        Optional<Path> file = store.find(request.sessionId()).flatMap(folder -> store.file(folder, request.file()));
        return file.<ControlAnswer>map(SendFile::new).orElse(Replies.ERROR);
    }

    /** The session is delivered; nothing is deleted, for that is what the retention keys are for. */
    private ControlReply cleanup(Cleanup request) throws IOException {
        Session open = session;
        if (open != null && request.sessionId().equals(open.id().value())) {
            return ControlReply.error("the session is not done");
        }
        Optional<SessionFolder> folder = store.find(request.sessionId());
        if (last == null || !request.sessionId().equals(last.value()) || folder.isEmpty()) {
            return Replies.ERROR;
        }
        try (SessionJournal journal = SessionJournal.open(folder.get().root(), context.time())) {
            journal.add(SessionJournal.Kind.DELIVERED);
        }
        return Replies.OK;
    }

    /** See {@link ControlHandler#lost}. */
    void lost(LostCause cause) {
        Session open = session;
        if (open != null) {
            open.interrupt(reason(cause));
        }
    }

    /** See {@link ControlHandler#disconnected}. */
    void disconnected(ControlClient client, LostCause cause) {
        flushHeldReply();
        if (session != null) {
            LOG.warn("client={} gone in the middle of a session: {}", client.address(), cause.detail());
            end(reason(cause));
        } else {
            LOG.info("client={} gone: {}", client.address(), cause.detail());
        }
        boolean mayStop = client.isLoopback() && cause.reason() != LostCause.Reason.CLOSED_HERE; // it may come again
        if (stopAsked && (sessionDone || mayStop)) {
            LOG.info("client={} asked the director to stop", client.address());
            clients.stopWhenDone();
        } else if (stopAsked) {
            LOG.warn("client={} asked the director to stop without a session of its own: ignored", client.address());
        }
    }

    private static String reason(LostCause cause) {
        return cause.reason() == LostCause.Reason.CLOSED_HERE
                ? cause.detail()
                : "the client is gone: " + cause.detail();
    }

    private void end(String cause) {
        Session open = session;
        if (open != null) {
            clients.sessionCutShort();
            open.interrupt(cause);
            open.abandon(cause);
            pendingSummaries.addIfUnwritten(open.end());
            session = null;
        }
    }
}
