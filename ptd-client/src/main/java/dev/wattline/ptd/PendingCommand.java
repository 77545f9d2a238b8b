package dev.wattline.ptd;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A command from the moment it is asked for to the completion of its future. Everything but the future belongs to the event
 * loop.
 */
final class PendingCommand<R> {
    private final PtdCommand<R> command;
    private final @Nullable Duration wholeDeadline; // given by the caller, for header and rows together
    private final CompletableFuture<R> future = new CompletableFuture<>();
    private final ReplyAssembler assembler;
    private Instant sentAt = Instant.EPOCH;
    private long sentNanos;
    private @Nullable ScheduledFuture<?> timer;

    PendingCommand(PtdCommand<R> command, @Nullable Duration wholeDeadline, PtdOptions options) {
        this.command = command;
        this.wholeDeadline = wholeDeadline;
        this.assembler = new ReplyAssembler(command.hasRows() ? ReplyShape.HEADER_AND_ROWS : ReplyShape.LINE, options);
    }

    String line() {
        return command.line();
    }

    CompletableFuture<R> future() {
        return future;
    }

    ReplyAssembler assembler() {
        return assembler;
    }

    void sent(Instant at, long nanos) {
        sentAt = at;
        sentNanos = nanos;
    }

    PtdExchange exchange(PtdEndpoint endpoint, PtdReply reply, long nowNanos) {
        return new PtdExchange(endpoint, line(), reply, sentAt, Duration.ofNanos(nowNanos - sentNanos));
    }

    /** How long the first line of the reply may take. */
    Duration firstDeadline(PtdDeadlines deadlines, Duration extra) {
        return wholeDeadline != null
                ? wholeDeadline
                : command.deadline(deadlines).plus(extra);
    }

    /** Whether the rows have a deadline of their own, from the header on. */
    boolean hasRowsDeadline() {
        return wholeDeadline == null;
    }

    void startTimer(ScheduledFuture<?> started) {
        stopTimer();
        timer = started;
    }

    void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    /**
     * What the reply says, as a deed to be done when the queue has moved on.
     *
     * @throws PtdCommandRejectedException if PTDaemon refused
     * @throws PtdProtocolException if it is no reply to this command
     */
    Runnable interpret(PtdEndpoint endpoint, PtdReply reply) {
        try {
            R result = command.parse(reply);
            return () -> future.complete(result);
        } catch (IllegalArgumentException e) {
            String problem = e.getMessage() == null ? "no such reply" : e.getMessage();
            throw reply.rejection()
                    .<PtdException>map(
                            rejection -> new PtdCommandRejectedException(endpoint, line(), reply.line(), rejection))
                    .orElseGet(() -> PtdProtocolException.notAReply(endpoint, line(), reply.line(), problem));
        }
    }
}
