package dev.wattline.protocol.server;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ExchangedMessage;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.MessageLog;
import dev.wattline.protocol.OneLine;
import dev.wattline.protocol.live.Feature;
import dev.wattline.protocol.live.PushedLine;
import dev.wattline.protocol.server.LostCause.Reason;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from accept to loss: GREETING (hello deadline) -> WAITING (greeted, not yet answered) -> SERVED -> GONE.
 * A wrong greeting is answered by our magic and a hang-up, as a reference director does. Requests are
 * answered in their order; state is touched on the network thread only unless it says otherwise.
 */
final class ServedConnection extends SimpleChannelInboundHandler<String> implements ControlClient {
    private static final Logger LOG = LoggerFactory.getLogger(ServedConnection.class);

    /** No client of protocol v3 sends a request before it has the last one's reply; a flood is cut off here. */
    private static final int MAX_QUEUED_REQUESTS = 64;

    private enum Stage {
        GREETING,
        WAITING,
        SERVED,
        GONE
    }

    private final SocketChannel channel;
    private final ServerOptions options;
    private final Reception reception;
    private final HostPort address;
    private final Outbound outbound;
    private final MessageLog messages = new MessageLog();
    private final CompletableFuture<LostCause> lost = new CompletableFuture<>();
    private final CompletableFuture<Void> reported = new CompletableFuture<>();
    private final ArrayDeque<String> early = new ArrayDeque<>(); // lines that came before service began

    private Stage stage = Stage.GREETING;
    private double greetedAt; // seconds since the epoch
    private int queued; // requests that are worked on or wait for that
    private boolean idleApplies = true;
    private @Nullable LostCause ending; // why this side, or the network, ended it
    private @Nullable LostCause closeAfterReply; // asked for while a request was worked on
    private @Nullable ScheduledFuture<?> timer; // the hello deadline, later the idle deadline
    private @Nullable RequestStory story; // set once, when service begins
    private volatile Instant servedSince = Instant.EPOCH;

    ServedConnection(SocketChannel channel, ServerOptions options, Reception reception) {
        this.channel = channel;
        this.options = options;
        this.reception = reception;
        this.address = HostPort.of(channel.remoteAddress());
        this.outbound = new Outbound(channel, options.stall());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        reception.opened(this);
        timer = schedule(options.hello(), new LostCause(Reason.IDLE, "it did not greet within " + options.hello()));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) {
        switch (stage) {
            case GREETING -> greet(line);
            case WAITING -> keepEarly(line);
            case SERVED -> request(line);
            case GONE -> LOG.debug("{} is gone; dropped {}", address, OneLine.quoted(line));
        }
    }

    private void greet(String line) {
        cancelTimer();
        if (!line.equals(ControlProtocol.CLIENT_MAGIC)) {
            LOG.warn(
                    "hung up on {}: it greeted with {} instead of '{}'",
                    address,
                    OneLine.quoted(line),
                    ControlProtocol.CLIENT_MAGIC);
            outbound.line(ControlProtocol.SERVER_MAGIC);
            end(new LostCause(Reason.VIOLATION, "it greeted with " + OneLine.quoted(line)));
            return;
        }
        greetedAt = options.time().epochSeconds();
        stage = Stage.WAITING;
        reception.greeted(this);
    }

    private void keepEarly(String line) {
        early.add(line);
        if (early.size() > MAX_QUEUED_REQUESTS) {
            end(new LostCause(Reason.VIOLATION, "it sent requests without waiting to be served"));
        }
    }

    /** Its turn has come: answers the greeting and hands its requests to the handler from now on. */
    void beginService(ControlHandler handler, Executor session) {
        TimeSource time = options.time();
        stage = Stage.SERVED;
        servedSince = time.now();
        RequestStory begun = new RequestStory(this, outbound, messages, options, handler, session);
        story = begun;
        messages.add(new ExchangedMessage(
                ControlProtocol.CLIENT_MAGIC, greetedAt, ControlProtocol.SERVER_MAGIC, time.epochSeconds()));
        outbound.line(ControlProtocol.SERVER_MAGIC);
        LOG.debug("{} is served", address);
        queued++; // whoever asks now waits until the handler has received the client
        begun.begin(this::answeredSoon);
        armIdle();
        while (!early.isEmpty() && stage == Stage.SERVED) {
            request(early.remove());
        }
    }

    /** Answers the greeting with a refusal. */
    void refuse(String reply) {
        outbound.line(reply);
        end(new LostCause(Reason.CLOSED_HERE, "refused: " + reply));
    }

    private void request(String line) {
        RequestStory running = story;
        if (running == null) {
            throw new IllegalStateException("a request before service began");
        }
        queued++;
        cancelTimer();
        if (queued > MAX_QUEUED_REQUESTS) {
            end(new LostCause(Reason.VIOLATION, "it sent " + queued + " requests without waiting for their replies"));
            return;
        }
        running.request(line, options.time().now(), queued == 1, this::answeredSoon);
    }

    private void answeredSoon() {
        channel.eventLoop().execute(this::answered);
    }

    private void answered() {
        queued--;
        if (closeAfterReply != null) {
            end(closeAfterReply);
        }
        armIdle();
    }

    private void armIdle() {
        cancelTimer();
        if (stage == Stage.SERVED && idleApplies && queued == 0) {
            timer = schedule(options.idle(), new LostCause(Reason.IDLE, "it asked for nothing for " + options.idle()));
        }
    }

    private ScheduledFuture<?> schedule(Duration after, LostCause cause) {
        return channel.eventLoop()
                .schedule(
                        () -> {
                            LOG.warn("hung up on {}: {}", address, cause.detail());
                            end(cause);
                        },
                        after.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = cause instanceof io.netty.handler.codec.DecoderException && cause.getCause() != null
                ? cause.getCause()
                : cause;
        if (cause instanceof TooLongFrameException || root instanceof TooLongFrameException) {
            LOG.warn("hung up on {}: it sent {}", address, root.getMessage());
            if (stage == Stage.SERVED) {
                outbound.line(ControlReply.error("line too long").line());
            }
            end(new LostCause(Reason.VIOLATION, "it sent " + root.getMessage()));
            return;
        }
        LOG.debug("{} failed", address, cause);
        end(new LostCause(Reason.NETWORK, String.valueOf(root.getMessage())));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancelTimer();
        stage = Stage.GONE;
        LostCause cause = ending == null ? new LostCause(Reason.CLOSED_BY_CLIENT, "it closed the connection") : ending;
        lost.complete(cause);
        reception.gone(this, cause);
        reported.complete(null);
    }

    /** Hangs up once what was written is sent; the first cause given is the one that counts. */
    void end(LostCause cause) {
        if (ending == null) {
            ending = cause;
            cancelTimer();
            if (cause.reason() == Reason.NETWORK || cause.reason() == Reason.STALLED) {
                var unused = channel.close(); // nothing that waits to be sent will ever be
            } else {
                outbound.closeAfterWrites();
            }
        }
    }

    boolean isGone() {
        return stage == Stage.GONE;
    }

    /** Completes when the loss is with the handler. */
    CompletableFuture<Void> reported() {
        return reported;
    }

    EventLoop eventLoop() {
        return channel.eventLoop();
    }

    @Override
    public HostPort address() {
        return address;
    }

    @Override
    public boolean isLoopback() {
        return channel.remoteAddress().getAddress().isLoopbackAddress();
    }

    @Override
    public Instant servedSince() {
        return servedSince;
    }

    @Override
    public List<ExchangedMessage> messages() {
        return messages.snapshot();
    }

    @Override
    public Set<Feature> features() {
        return outbound.features();
    }

    @Override
    public boolean push(PushedLine line) {
        return outbound.push(line);
    }

    @Override
    public void progress(String step, Duration expected) {
        RequestStory running = story;
        if (running != null) {
            running.progress(step, expected);
        }
    }

    @Override
    public void idleDeadline(boolean applies) {
        channel.eventLoop().execute(() -> {
            idleApplies = applies;
            armIdle();
        });
    }

    @Override
    public CompletableFuture<LostCause> lost() {
        return lost.copy();
    }

    @Override
    public void close(String reason) {
        LOG.info("hanging up on {}: {}", address, reason);
        LostCause cause = new LostCause(Reason.CLOSED_HERE, reason);
        channel.eventLoop().execute(() -> {
            if (queued == 0) {
                end(cause);
            } else {
                closeAfterReply = cause;
            }
        });
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
