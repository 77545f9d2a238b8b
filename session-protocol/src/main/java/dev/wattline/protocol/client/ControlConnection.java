package dev.wattline.protocol.client;

import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlReply.Failure;
import dev.wattline.protocol.ControlReply.Ok;
import dev.wattline.protocol.ControlReply.Opened;
import dev.wattline.protocol.ControlReply.Value;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.ProtocolViolationException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.live.Agreement;
import dev.wattline.protocol.live.Feature;
import dev.wattline.protocol.live.TokenProof;
import dev.wattline.protocol.time.ClockDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A runner's connection to a director. Requests block until their reply or their deadline. It has no thread and no timer
 * of its own: a thread that wants to know at once when the director goes away calls {@link #awaitPeer()}, and the
 * replies to other threads' requests are then read by that thread. Safe for use by several threads; their requests are
 * answered in the order in which they were sent.
 *
 * <p>A request that is not answered in time throws a {@link dev.wattline.protocol.ControlTimeoutException} and stays in
 * the queue: replies carry no number, so its late reply must not be taken for the next request's.
 */
public final class ControlConnection implements AutoCloseable {
    private final HostPort director;
    private final ClientOptions options;
    private final ReplyQueue replies;
    private volatile long measuringSince; // when the last phase began, by the monotonic clock

    private ControlConnection(HostPort director, ClientOptions options, ReplyQueue replies) {
        this.director = director;
        this.options = options;
        this.replies = replies;
        this.measuringSince = options.time().nanoTime();
    }

    /**
     * Connects and greets.
     *
     * @throws ControlConnectionException if there is no connection or the director hangs up
     * @throws dev.wattline.protocol.ControlTimeoutException if it does not greet in time
     * @throws DirectorBusyException if it serves someone else
     * @throws ProtocolViolationException if it is no director of protocol v3
     */
    public static ControlConnection open(HostPort director, ClientOptions options) {
        ControlSocket socket =
                ControlSocket.connect(director, options.deadlines().connect(), options.tls());
        ControlConnection connection =
                new ControlConnection(director, options, new ReplyQueue(director, socket, options));
        try {
            if (options.ticket().isPresent()) {
                show(
                        options.ticket().get(),
                        director,
                        socket,
                        options.deadlines().handshake());
            }
            connection.greet();
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** No part of protocol v3, and in nobody's summary. */
    private static void show(String ticket, HostPort director, ControlSocket socket, Duration timeout) {
        String reply;
        try {
            socket.send(LabProtocol.TICKET + ticket);
            reply = socket.in(timeout.toMillis()).readLine();
        } catch (IOException e) {
            throw new ControlConnectionException(
                    "showing the job's ticket to director " + director + " failed: " + e.getMessage(), null, e);
        }
        if (reply == null || !reply.startsWith(LabProtocol.OK)) {
            throw new RequestRejectedException(
                    "director " + director + " does not know this job's ticket: it answered "
                            + OneLine.quoted(String.valueOf(reply)),
                    "It was started anew, or somebody stopped the job; the job's state is in 'wattline queue'.",
                    "ticket",
                    String.valueOf(reply));
        }
    }

    private void greet() {
        String reply;
        try {
            reply = replies.exchange(
                    ControlProtocol.CLIENT_MAGIC, options.deadlines().handshake());
        } catch (ControlConnectionException e) {
            throw new ControlConnectionException(String.valueOf(e.getMessage()), whyNotGreeted(), e);
        }
        if (reply.startsWith(DirectorBusyException.REPLY_PREFIX)) {
            throw new DirectorBusyException(director, ControlProtocol.CLIENT_MAGIC, reply);
        }
        if (!reply.equals(ControlProtocol.SERVER_MAGIC)) {
            throw new ProtocolViolationException(
                    director + " answered the handshake with " + OneLine.quoted(reply) + " instead of '"
                            + ControlProtocol.SERVER_MAGIC + "'",
                    "Check the address and port: something else than a director of protocol v3 listens there.",
                    null);
        }
    }

    /** Nothing was measured yet, and what hangs up without a word has its reasons. */
    private String whyNotGreeted() {
        return options.tls().isPresent()
                ? "Look into the director's log: its 'allow' may not name this machine."
                : "Look into the director's log: its 'allow' may not name this machine, or this is its TLS port,"
                        + " which needs --tls-identity, --tls-trusted and --tls-password-file.";
    }

    /** Sends a request and waits for its reply, whatever it is, for as long as {@link Deadlines} grants it. */
    public ControlReply exchange(ControlRequest request) {
        return ControlReply.parse(
                replies.exchange(request.line(), options.deadlines().of(request)));
    }

    /**
     * Sends a request that must be answered {@code OK}.
     *
     * @throws RequestRejectedException for any other reply
     */
    public void require(ControlRequest request) {
        ControlReply reply = exchange(request);
        if (!reply.isOk()) {
            throw rejected(request, reply);
        }
    }

    /**
     * Opens a session.
     *
     * @throws DirectorBusyException if another client was served beside this one, and has opened one first
     */
    public Opened newSession(String label, UUID clientUuid) {
        ControlRequest request = new ControlRequest.New(label, clientUuid.toString());
        ControlReply reply = exchange(request);
        if (reply instanceof Ok ok && ok.opened().isPresent()) {
            return ok.opened().get();
        }
        if (reply.line().startsWith(DirectorBusyException.REPLY_PREFIX)) {
            throw new DirectorBusyException(director, request.line(), reply.line());
        }
        throw rejected(request, reply);
    }

    /** Starts a phase; it runs when this returns. */
    public void start(String sessionId, Phase phase, Optional<ControlRequest.ManualRange> manualRange) {
        require(new ControlRequest.StartPhase(sessionId, phase, manualRange));
        measuringSince = options.time().nanoTime();
    }

    /** Stops a phase; its samples are at the director when this returns. */
    public void stop(String sessionId, Phase phase) {
        ControlRequest request = new ControlRequest.StopPhase(sessionId, phase);
        ControlReply reply = ControlReply.parse(replies.exchange(request.line(), stopDeadline()));
        if (!reply.isOk()) {
            throw rejected(request, reply);
        }
    }

    /** How long a stop is waited for now: a director that reports no progress may take as long as the reference needs. */
    public Duration stopDeadline() {
        Duration measured = Duration.ofNanos(options.time().nanoTime() - measuringSince);
        return replies.reportsProgress()
                ? options.deadlines().stop()
                : options.deadlines().stopAfter(measured);
    }

    /** Asks for the director's time and compares it with this machine's. */
    public ClockDifference compareClocks() {
        ControlRequest request = new ControlRequest.Time();
        TimeSource time = options.time();
        double before = time.epochSeconds();
        ControlReply reply = exchange(request);
        double after = time.epochSeconds();
        if (reply instanceof Value value && value.epochSeconds().isPresent()) {
            return new ClockDifference(before, value.epochSeconds().get(), after);
        }
        throw rejected(request, reply);
    }

    /**
     * Downloads a file of the session: it is streamed to {@code <target>.tmp}, which is renamed when it is whole, so
     * that a file under its own name is always complete.
     *
     * @throws RequestRejectedException if the director refuses; the connection stays usable
     * @throws dev.wattline.protocol.TransferException if the file cannot be written; the connection stays usable
     * @throws ProtocolViolationException if what comes is no sequence of chunks; the connection is closed
     */
    public Downloaded download(String sessionId, String file, Path target) {
        ControlRequest request = new ControlRequest.Download(sessionId, file);
        return new FileDownload(director, replies, options).run(request, target);
    }

    /**
     * Offers our extension to the director. Only after it agreed may it send anything unasked.
     *
     * @return what it agreed to; empty for a director that does not know the extension
     * @throws RequestRejectedException if it wants a token and this one is not it
     */
    public Optional<Agreement> offerExtension(Set<Feature> features, Optional<String> token) {
        ControlReply reply = exchange(new ControlRequest.Extension(Agreement.VERSION, Feature.words(features)));
        Optional<Agreement> agreement = Agreement.of(reply);
        if (agreement.isEmpty()) {
            return agreement;
        }
        replies.agree(agreement.get().features());
        if (agreement.get().nonce().isPresent()) {
            if (token.isEmpty()) {
                throw new RequestRejectedException(
                        "director " + director + " serves only clients that know its token",
                        "Give the token that the director's configuration names.",
                        "wattline",
                        reply.line());
            }
            require(new ControlRequest.Proof(
                    TokenProof.of(token.get(), agreement.get().nonce().get())));
        }
        return agreement;
    }

    /**
     * Blocks until the director closes the connection, the network is found dead, this side closes it, or a line comes
     * that nobody asked for. Meanwhile it reads other threads' replies. For one thread at a time.
     */
    public PeerSignal awaitPeer() {
        return replies.awaitPeer();
    }

    /** All exchanges so far in the order of their replies, for the summary. */
    public List<ExchangedMessage> messages() {
        return replies.messages();
    }

    /** Where the director is. */
    public HostPort director() {
        return director;
    }

    /** This end's address, as the director sees it unless something translates it on the way. */
    public HostPort localAddress() {
        return replies.localAddress();
    }

    private RequestRejectedException rejected(ControlRequest request, ControlReply reply) {
        String said = reply instanceof Failure ? "refused with" : "answered";
        return new RequestRejectedException(
                "director " + director + " " + said + " " + OneLine.whole(reply.line()) + " to '" + request.line()
                        + "'",
                "See the director's log for the reason.",
                request.line(),
                reply.line());
    }

    @Override
    public void close() {
        replies.close();
    }
}
