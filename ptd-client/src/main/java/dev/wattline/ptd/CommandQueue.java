package dev.wattline.ptd;

import dev.wattline.model.TimeSource;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of the pipeline: sends one command at a time, in the order in which they are asked for, and gives the
 * lines that come to the command in flight. PTDaemon's replies carry no number, so that order alone says what a line
 * answers. That is why the connection is closed as soon as the order is in doubt: on a reply that comes too late, on one
 * that is none, and on one that breaks a limit. All methods but {@link #closed} belong to the event loop.
 */
final class CommandQueue extends SimpleChannelInboundHandler<ByteBuf> {
    private static final Logger LOG = LoggerFactory.getLogger(CommandQueue.class);

    private final PtdEndpoint endpoint;
    private final PtdOptions options;
    private final TimeSource time;
    private final PtdListener listener;
    private final Deque<PendingCommand<?>> waiting = new ArrayDeque<>();
    private final CompletableFuture<PtdClosure> closed = new CompletableFuture<>();
    private final TickWait tickWait = new TickWait();
    private @Nullable PendingCommand<?> inFlight;
    private @Nullable PtdClosure closure;
    private @Nullable ChannelHandlerContext context;

    CommandQueue(PtdEndpoint endpoint, PtdOptions options, TimeSource time, PtdListener listener) {
        super(true);
        this.endpoint = endpoint;
        this.options = options;
        this.time = time;
        this.listener = listener;
    }

    /** Adds the handlers: bytes to lines that end in LF or CRLF, none longer than the limit; then lines to replies. */
    void install(ChannelPipeline pipeline) {
        pipeline.addLast(new LineBasedFrameDecoder(options.maxLineBytes(), true, true));
        pipeline.addLast(this);
    }

    CompletableFuture<PtdClosure> closed() {
        return closed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /**
     * Queues a command; makes it leave if none is in flight.
     *
     * @param writes gets it then
     */
    void submit(PendingCommand<?> command, WriteBatch writes) {
        if (closure != null) {
            fail(command, PtdConnectionException.unsent(endpoint, command.line(), closure));
            return;
        }
        waiting.add(command);
        if (inFlight == null) {
            sendNext(writes);
        }
    }

    /** Ends the connection on this side's wish. */
    void closeLocally() {
        close(PtdClosure.local());
    }

    private void sendNext(WriteBatch writes) {
        PendingCommand<?> next = waiting.poll();
        while (next != null && next.future().isDone()) { // cancelled while it waited
            next = waiting.poll();
        }
        inFlight = next;
        if (next == null) {
            return;
        }
        String line = next.line();
        Duration deadline = next.firstDeadline(options.deadlines(), tickWait.sending(line));
        next.sent(time.now(), time.nanoTime());
        startTimer(next, deadline);
        ChannelHandlerContext ctx = context();
        ByteBuf bytes = ctx.alloc().buffer(line.length() + 2);
        bytes.writeCharSequence(line, StandardCharsets.UTF_8);
        bytes.writeByte('\r').writeByte('\n');
        ChannelFuture write = ctx.write(bytes);
        writes.add(ctx, () -> {
            tell(l -> l.sending(endpoint, line));
            write.addListener((ChannelFutureListener) written -> {
                if (!written.isSuccess()) {
                    close(PtdClosure.peer(PtdConnectionException.lost(endpoint, written.cause())));
                }
            });
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf line) {
        if (closure != null) {
            return; // the rest of a packet whose beginning ended the connection
        }
        PendingCommand<?> command = inFlight;
        if (command == null) {
            String text = ReplyAssembler.text(line);
            tell(l -> l.unsolicited(endpoint, text));
            return;
        }
        boolean hadHeader = command.assembler().awaitsRows();
        Optional<PtdReply> reply;
        try {
            reply = command.assembler().accept(line);
        } catch (ReplyAssembler.BrokenReplyException e) {
            close(PtdClosure.protocol(PtdProtocolException.brokenLimit(endpoint, command.line(), e.problem(), e)));
            return;
        }
        if (reply.isPresent()) {
            complete(command, reply.get());
        } else if (!hadHeader && command.hasRowsDeadline()) {
            startTimer(command, options.deadlines().rows());
        }
    }

    private void complete(PendingCommand<?> command, PtdReply reply) {
        command.stopTimer();
        tell(l -> l.replied(command.exchange(endpoint, reply, time.nanoTime())));
        Runnable outcome;
        try {
            outcome = command.interpret(endpoint, reply);
        } catch (PtdProtocolException e) {
            close(PtdClosure.protocol(e));
            return;
        } catch (PtdCommandRejectedException e) {
            outcome = () -> command.future().completeExceptionally(e);
        }
        inFlight = null;
        WriteBatch writes = new WriteBatch();
        sendNext(writes);
        writes.flush();
        outcome.run();
    }

    private void startTimer(PendingCommand<?> command, Duration deadline) {
        command.startTimer(context()
                .executor()
                .schedule(() -> timedOut(command, deadline), deadline.toNanos(), TimeUnit.NANOSECONDS));
    }

    private void timedOut(PendingCommand<?> command, Duration deadline) {
        if (inFlight == command) {
            close(PtdClosure.timeout(new PtdTimeoutException(
                    endpoint, command.line(), deadline, command.assembler().progress())));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        close(PtdClosure.peer(PtdConnectionException.lost(endpoint, null)));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            String command = inFlight == null ? null : inFlight.line();
            close(PtdClosure.protocol(PtdProtocolException.brokenLimit(
                    endpoint, command, "a line of more than " + options.maxLineBytes() + " bytes", cause)));
        } else {
            close(PtdClosure.peer(PtdConnectionException.lost(endpoint, cause)));
        }
    }

    /** The only way out of the open state; whatever comes second changes nothing. */
    private void close(PtdClosure reason) {
        if (closure != null) {
            return;
        }
        closure = reason;
        var unused = context().close(); // nothing is left to do when it is done
        PendingCommand<?> unanswered = inFlight;
        inFlight = null;
        if (unanswered != null) {
            unanswered.stopTimer();
            fail(unanswered, failureInFlight(unanswered.line(), reason));
        }
        for (PendingCommand<?> command = waiting.poll(); command != null; command = waiting.poll()) {
            fail(command, PtdConnectionException.unsent(endpoint, command.line(), reason));
        }
        tell(l -> l.closed(endpoint, reason));
        closed.complete(reason);
    }

    /** The timeout or the garbage itself if this command met it, else what became of the command. */
    private PtdException failureInFlight(String line, PtdClosure reason) {
        return reason.failure()
                .filter(failure -> failure.command().isPresent())
                .orElseGet(() -> PtdConnectionException.unanswered(endpoint, line, reason));
    }

    private void fail(PendingCommand<?> command, PtdException failure) {
        tell(l -> l.failed(endpoint, command.line(), failure));
        command.future().completeExceptionally(failure);
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the queue is not in a pipeline yet");
        }
        return context;
    }

    /** Keeps what a listener throws away from the connection: a measurement must not end for a bug in a log line. */
    private void tell(Consumer<PtdListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed. endpoint={}", endpoint, e);
        }
    }
}
