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
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from accept to loss: GREETING (hello deadline) -> WAITING (greeted, not yet answered) -> SERVED -> GONE.
 * One that greets in the protocol of the {@link SideDoor} goes from GREETING to SIDE and from there to GONE.
 * A wrong greeting is answered by our magic and a hang-up, as a reference director does. Requests are
 * answered in their order; state is touched on the network thread only unless it says otherwise.
 */
final class ServedConnection extends SimpleChannelInboundHandler<String> implements ControlClient, SideConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ServedConnection.class);

    /** No client of protocol v3 sends a request before it has the last one's reply; a flood is cut off here. */
    private static final int MAX_QUEUED_REQUESTS = 64;

    private static final long SPARE_THREAD_SECONDS = 10;

    /** What may wait to be sent on a connection of the other protocol. */
    private static final long MAX_UNSENT_BYTES = 4L * 1024 * 1024;

    private enum Stage {
        GREETING,
        WAITING,
        SERVED,
        SIDE,
        GONE
    }

    private final SocketChannel channel;
    private final ServerOptions options;
    private final ClientAdmission admission;
    private final HostPort address;
    private final Outbound outbound;
    private final MessageLog messages = new MessageLog();
    private final CompletableFuture<LostCause> lost = new CompletableFuture<>();
    private final CompletableFuture<Void> reported = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ExecutorService session; // this client's requests, one after the other
    private final ArrayDeque<String> early = new ArrayDeque<>(); // lines that came before service began

    private Stage stage = Stage.GREETING;
    private double greetedAt; // seconds since the epoch
    private long heardNanos; // when the last whole line came, on the monotonic clock
    private int queued; // requests that are worked on or wait for that
    private boolean idleApplies = true;
    private @Nullable LostCause ending; // why this side, or the network, ended it
    private @Nullable LostCause closeAfterReply; // asked for while a request was worked on
    private @Nullable ScheduledFuture<?> timer; // the hello deadline, later the idle deadline
    private @Nullable RequestProcessor processor; // set once, when service begins
    private @Nullable SideHandler side; // set once, for a connection of the other protocol
    private volatile @Nullable String job; // what its ticket is for
    private volatile Instant servedSince = Instant.EPOCH;

    ServedConnection(SocketChannel channel, ServerOptions options, ClientAdmission admission) {
        this.channel = channel;
        this.options = options;
        this.admission = admission;
        this.address = HostPort.of(channel.remoteAddress());
        this.outbound = new Outbound(channel, options.stall());
        this.heardNanos = options.time().nanoTime();
        this.session = sessionThread();
    }

    /** At most one thread, and none while there is nothing to do: strangers who are only connected cost nothing. */
    private static ExecutorService sessionThread() {
        return new ThreadPoolExecutor(
                0, 1, SPARE_THREAD_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "control-session");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        admission.opened(this);
        // At once: a stranger on a TLS port may never let anything be written.
        timer = schedule(
                options.hello(),
                new LostCause(Reason.IDLE, "it did not greet within " + options.hello()),
                this::cutOff);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, String line) {
        heardNanos = options.time().nanoTime();
        switch (stage) {
            case GREETING -> greet(line);
            case WAITING -> keepEarly(line);
            case SERVED -> request(line);
            case SIDE -> sideLine(line);
            case GONE -> LOG.debug("{} is gone; dropped {}", address, OneLine.quoted(line));
        }
    }

    private void greet(String line) {
        Optional<SideDoor> door = options.side().filter(known -> known.knows(line));
        if (door.isPresent()) {
            greetSide(door.get(), line);
            return;
        }
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
        admission.greeted(this);
    }

    /** The hello deadline goes on until the other protocol, or the greeting behind a ticket, has ended it. */
    private void greetSide(SideDoor door, String line) {
        SideDoor.Greeting greeting = job == null
                ? door.greeted(line, this)
                : new SideDoor.Greeting.Refused("Error: the ticket was shown already");
        if (greeting instanceof SideDoor.Greeting.Served served) {
            stage = Stage.SIDE;
            side = served.handler();
            channel.pipeline().get(LineDecoder.class).allowLinesOf(served.longestLine());
            outbound.line(served.reply());
        } else if (greeting instanceof SideDoor.Greeting.Ticket ticket) {
            job = ticket.job();
            outbound.line(ticket.reply());
        } else if (greeting instanceof SideDoor.Greeting.Refused refused) {
            refuse(refused.reply());
        }
    }

    private void sideLine(String line) {
        SideHandler handler = side;
        if (handler != null && ending == null) {
            handler.line(line);
        }
    }

    /** What its ticket is for; empty if it has none. */
    Optional<String> job() {
        return Optional.ofNullable(job);
    }

    private void keepEarly(String line) {
        early.add(line);
        if (early.size() > MAX_QUEUED_REQUESTS) {
            end(new LostCause(Reason.VIOLATION, "it sent requests without waiting to be served"));
        }
    }

    /** Its turn has come: answers the greeting and hands its requests to the handler from now on. */
    void beginService(ControlHandler handler) {
        TimeSource time = options.time();
        stage = Stage.SERVED;
        servedSince = time.now();
        RequestProcessor begun = new RequestProcessor(this, outbound, messages, options, handler, admission, session);
        processor = begun;
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
        RequestProcessor running = processor;
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
        onNetwork(this::answered);
    }

    /** Runs something on the network thread, unless that has ended with the server. */
    void onNetwork(Runnable task) {
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(task);
        }
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
            timer = schedule(
                    options.idle(),
                    new LostCause(Reason.IDLE, "it asked for nothing for " + options.idle()),
                    this::end);
        }
    }

    private ScheduledFuture<?> schedule(Duration after, LostCause cause, Consumer<LostCause> ending) {
        return lookAt(options.time().nanoTime() + after.toNanos(), later -> timer = later, () -> {
            LOG.warn("hung up on {}: {}", address, cause.detail());
            ending.accept(cause);
        });
    }

    /** Does something later, on the network thread. */
    void after(Duration length, Runnable action) {
        var unused = lookAt(options.time().nanoTime() + length.toNanos(), later -> {}, action);
    }

    /** What counts is the clock of the options, which need not be that of the network's threads: then it looks again. */
    private ScheduledFuture<?> lookAt(long dueNanos, Consumer<ScheduledFuture<?>> again, Runnable action) {
        return channel.eventLoop()
                .schedule(
                        () -> {
                            if (options.time().nanoTime() - dueNanos < 0) {
                                again.accept(lookAt(dueNanos, again, action));
                            } else {
                                action.run();
                            }
                        },
                        dueNanos - options.time().nanoTime(),
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
        LostCause ours = ending == null ? closeAfterReply : ending;
        LostCause cause = ours == null ? new LostCause(Reason.CLOSED_BY_CLIENT, "it closed the connection") : ours;
        lost.complete(cause);
        if (side != null) {
            side.lost(cause);
        }
        admission.gone(this, cause);
        String ticket = job;
        if (ticket != null) {
            options.side().ifPresent(door -> door.ticketGone(ticket));
        }
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

    /** Hangs up at once, whatever still waits to be sent. */
    void cutOff(LostCause cause) {
        end(cause);
        var unused = channel.close();
    }

    /** Runs what is left to do for this client behind its last request; it is {@link #ended} then. */
    void leave(Runnable last) {
        session.execute(() -> {
            try {
                last.run();
            } finally {
                ended.complete(null);
            }
        });
        session.shutdown();
    }

    InetAddress peer() {
        return channel.remoteAddress().getAddress();
    }

    boolean hasGreeted() {
        return stage != Stage.GREETING;
    }

    /** Whether its greeting was answered, so that the handler knows it. */
    boolean wasServed() {
        return processor != null;
    }

    /** Whether one of its requests is being worked on. */
    boolean isWorking() {
        return queued > 0;
    }

    /** When its last whole line came, or else when it connected, on the monotonic clock. */
    long heardNanos() {
        return heardNanos;
    }

    /** Completes when the loss is with the handler. */
    CompletableFuture<Void> reported() {
        return reported;
    }

    /** Completes when the handler is through with this client. */
    CompletableFuture<Void> ended() {
        return ended;
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
    public boolean isEncrypted() {
        return channel.pipeline().get(SslHandler.class) != null;
    }

    @Override
    public Optional<String> certificateName() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? Optional.empty() : PeerName.of(tls.engine().getSession());
    }

    @Override
    public boolean isOpen() {
        return channel.isActive();
    }

    @Override
    public void admitted() {
        onNetwork(this::cancelTimer);
    }

    @Override
    public void send(String line) {
        outbound.line(line);
        if (channel.bytesBeforeWritable() > MAX_UNSENT_BYTES) {
            hangUp("it takes none of what is sent to it");
        }
    }

    @Override
    public void hangUp(String reason) {
        LOG.info("hanging up on {}: {}", address, reason);
        onNetwork(() -> end(new LostCause(Reason.CLOSED_HERE, reason)));
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
        RequestProcessor running = processor;
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
