package dev.wattline.protocol.server;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.DirectorLimits;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.MessageLog;
import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.SendFile;
import dev.wattline.protocol.live.Agreement;
import dev.wattline.protocol.live.Feature;
import dev.wattline.protocol.live.PushedLine.Progress;
import dev.wattline.protocol.live.TokenProof;
import dev.wattline.protocol.server.LostCause.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of the client that is served, one after the other on the session thread, or on the network thread where
 * that has the answer: the extension's opt-in is answered here, everything else by the handler. Every line that is answered by a line is recorded.
 */
final class RequestProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(RequestProcessor.class);

    private static final int MAX_RECORDED = 100_000; // exchanges; 13 hours with one a second are 46 800

    /** What a client may say without a session: thousands of questions; every client could fill the memory otherwise. */
    private static final int MAX_CHARS_WITHOUT_PLACE = 512 * 1024;

    private static final int CHARS_FOR_AN_EXCHANGE = 100; // what it takes in memory beside its lines

    private final ServedConnection client;
    private final Outbound outbound;
    private final MessageLog messages;
    private final ServerOptions options;
    private final ControlHandler handler;
    private final ClientAdmission admission;
    private final Executor session;
    private final TimeSource time;
    private int recorded = 1; // the greeting
    private int charsWithoutPlace;
    private boolean ticking;
    private boolean proven;
    private @Nullable String nonce;
    private volatile @Nullable Work work;

    /** The request that is being handled. */
    private record Work(String step, long begunNanos, Duration expected) {}

    RequestProcessor(
            ServedConnection client,
            Outbound outbound,
            MessageLog messages,
            ServerOptions options,
            ControlHandler handler,
            ClientAdmission admission,
            Executor session) {
        this.client = client;
        this.outbound = outbound;
        this.messages = messages;
        this.options = options;
        this.handler = handler;
        this.admission = admission;
        this.session = session;
        this.time = options.time();
        this.proven = options.token().isEmpty();
    }

    /** Has the handler receive the client; {@code received} runs when it has. */
    void begin(Runnable received) {
        session.execute(() -> {
            try {
                handler.connected(client);
            } catch (RuntimeException e) {
                LOG.error("the handler failed to receive {}", client.address(), e);
                client.close("the director failed to receive it");
            } finally {
                received.run();
            }
        });
    }

    /**
     * Queues a request, or answers it here and now if it is an instant one; {@code answered} runs when its reply is
     * written or the client is gone. Called on the network thread.
     *
     * @param alone whether nothing else is being worked on
     */
    void request(String line, Instant receivedAt, boolean alone, Runnable answered) {
        double cmdTime = TimeSource.epochSeconds(receivedAt);
        ControlRequest request = ControlRequest.parse(line);
        Runnable handling = () -> {
            try {
                if (client.lostCause().isPresent()) {
                    LOG.debug("{} is gone; dropped {}", client.address(), OneLine.quoted(line));
                    return;
                }
                answer(request, line, receivedAt, cmdTime);
            } finally {
                work = null;
                answered.run();
            }
        };
        if (alone && handler.isInstant(request)) {
            handling.run();
        } else {
            session.execute(handling);
        }
    }

    private void answer(ControlRequest request, String line, Instant receivedAt, double cmdTime) {
        LOG.debug("{} asks {}", client.address(), line);
        work = new Work("working", time.nanoTime(), Duration.ZERO);
        ControlAnswer answer;
        if (request instanceof ControlRequest.Extension extension) {
            answer = optIn(extension);
        } else if (request instanceof ControlRequest.Proof proof) {
            answer = prove(proof);
        } else if (!proven) {
            answer = ControlReply.error("token required");
        } else if (handler.needsPlace(request) && !takePlace()) {
            answer = busy();
        } else {
            answer = handled(new ReceivedRequest(request, line, receivedAt));
        }
        work = null; // no progress line after this
        if (answer instanceof SendFile download) {
            send(download, line, cmdTime);
        } else if (answer instanceof ControlReply reply) {
            reply(reply, line, cmdTime);
        }
    }

    private boolean takePlace() {
        try {
            admission.place().holder().ifPresent(holder -> {
                if (holder.client() != client) {
                    progress("waiting until " + holder.client() + " is done", Duration.ZERO);
                }
            });
            return admission.place().take(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ControlReply busy() {
        ControlReply reply =
                admission.busyReply(client).map(ControlReply::parse).orElseGet(() -> ControlReply.error("busy"));
        if (client.lostCause().isEmpty()) {
            LOG.info("{} was told: {}", client.address(), reply.line());
            client.close("another client's session is open");
        }
        return reply;
    }

    private ControlAnswer handled(ReceivedRequest request) {
        try {
            return handler.handle(client, request);
        } catch (RuntimeException e) {
            LOG.error("{} failed", OneLine.quoted(request.line()), e);
            return Replies.EXCEPTION;
        } finally {
            if (!handler.isInstant(request.request())) {
                admission.releaseUnlessHeld(client, handler.holdsPlace(client));
            }
        }
    }

    private void reply(ControlReply reply, String line, double cmdTime) {
        messages.add(new ExchangedMessage(line, cmdTime, reply.line(), time.epochSeconds()));
        LOG.debug("{} gets {}", client.address(), reply.line());
        outbound.line(reply.line());
        outbound.flushDeferred();
        if (++recorded >= MAX_RECORDED) {
            client.close("it made " + MAX_RECORDED + " requests on one connection");
        }
        if (!handler.holdsPlace(client)) {
            charsWithoutPlace += line.length() + reply.line().length() + CHARS_FOR_AN_EXCHANGE;
            if (charsWithoutPlace > MAX_CHARS_WITHOUT_PLACE) {
                client.close("it said much without opening a session");
            }
        }
    }

    private void send(SendFile download, String line, double cmdTime) {
        if (!Files.isReadable(download.file()) || Files.isDirectory(download.file())) {
            LOG.warn("cannot send {}: there is no such file", download.file());
            reply(Replies.EXCEPTION, line, cmdTime);
            return;
        }
        try {
            outbound.file(download.file());
        } catch (FileSender.StalledException e) {
            endAfter(download, Reason.STALLED, e);
        } catch (IOException e) {
            endAfter(download, Reason.CLOSED_HERE, e);
        }
    }

    /** A transfer that broke off leaves the client in the middle of bytes: only a hang-up tells it. */
    private void endAfter(SendFile download, Reason reason, IOException e) {
        LOG.warn("sending {} to {} broke off: {}", download.file(), client.address(), e.getMessage());
        client.eventLoop().execute(() -> client.end(new LostCause(reason, String.valueOf(e.getMessage()))));
    }

    private ControlReply optIn(ControlRequest.Extension request) {
        if (options.token().isPresent() && !proven && nonce == null) {
            nonce = TokenProof.nonce();
        }
        Agreement agreement = new Agreement(
                Agreement.VERSION,
                Feature.ofWords(request.features()),
                proven ? Optional.empty() : Optional.ofNullable(nonce));
        if (proven) {
            agree(agreement);
        } else {
            pendingAgreement = agreement;
        }
        return agreement.reply();
    }

    private @Nullable Agreement pendingAgreement; // what holds once the token is proven

    private ControlReply prove(ControlRequest.Proof proof) {
        Optional<String> token = options.token();
        if (token.isEmpty() || nonce == null) {
            return Replies.ERROR;
        }
        if (!TokenProof.isRight(token.get(), nonce, proof.hex())) {
            LOG.warn("{} does not know the token", client.address());
            client.close("it does not know the token");
            return ControlReply.error("wrong token");
        }
        proven = true;
        if (pendingAgreement != null) {
            agree(pendingAgreement);
        }
        return Replies.OK;
    }

    private void agree(Agreement agreement) {
        LOG.info("{} is a Wattline runner; it opted in to {}", client.address(), agreement.features());
        outbound.agree(agreement.features());
        if (agreement.features().contains(Feature.PROGRESS) && !ticking) {
            ticking = true;
            var tick = client.eventLoop()
                    .scheduleAtFixedRate(
                            this::reportProgress,
                            DirectorLimits.PROGRESS_INTERVAL.toMillis(),
                            DirectorLimits.PROGRESS_INTERVAL.toMillis(),
                            TimeUnit.MILLISECONDS);
            var unused = client.lost().thenRun(() -> tick.cancel(false));
        }
    }

    /** See {@link ControlClient#progress}. */
    void progress(String step, Duration expected) {
        Work current = work;
        if (current != null) {
            work = new Work(step, current.begunNanos(), expected);
            reportProgress();
        }
    }

    private void reportProgress() {
        Work current = work;
        if (current != null) {
            Duration elapsed = Duration.ofNanos(time.nanoTime() - current.begunNanos());
            outbound.push(new Progress(current.step(), elapsed, current.expected()));
        }
    }
}
