package dev.wattline.protocol.server;

import dev.wattline.model.TimeSource;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a peer that the network lost while something was on its way to it. TCP's keepalive does not run then: the
 * kernel sends the same bytes again for up to 15 minutes before it gives up, and Java cannot ask it for less
 * ({@code TCP_USER_TIMEOUT}). So after each thing sent this handler asks the kernel's table of connections once a
 * second, until all is acknowledged; nobody looks at anything while nothing is on its way. It must stand in front of all
 * that encrypts. Where there is no such table (it is Linux's) it does nothing. Network thread only.
 */
final class AcknowledgementWatch extends ChannelOutboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcknowledgementWatch.class);
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp"));
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** So often the kernel must have tried before a slow network is taken for a dead one. */
    private static final int FEWEST_RETRANSMISSIONS = 3;

    private final Channel channel;
    private final List<Path> tables;
    private final Duration deadline;
    private final TimeSource time;
    private boolean looking;
    private long since; // when the peer was first seen not to answer, by the monotonic clock
    private int retransmissions; // at the last look

    /** @param deadline how long a peer may leave unanswered what was sent, from when that is first seen */
    AcknowledgementWatch(Channel channel, Duration deadline, TimeSource time) {
        this(channel, TABLES, deadline, time);
    }

    /** The same with other tables, for tests. */
    AcknowledgementWatch(Channel channel, List<Path> tables, Duration deadline, TimeSource time) {
        this.channel = channel;
        this.tables = tables;
        this.deadline = deadline;
        this.time = time;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (!looking) {
            looking = true;
            lookLater(ctx);
        }
    }

    private void lookLater(ChannelHandlerContext ctx) {
        var unused = ctx.executor().schedule(() -> look(ctx), LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        if (!channel.isActive()) {
            return;
        }
        Optional<SendQueue> queue = queue();
        if (queue.isEmpty() || queue.get().unacknowledgedBytes() == 0) {
            retransmissions = 0;
            looking = false;
            return;
        }
        Duration unanswered = unanswered(queue.get());
        if (unanswered.compareTo(deadline) < 0 || retransmissions < FEWEST_RETRANSMISSIONS) {
            lookLater(ctx);
            return;
        }
        ctx.fireExceptionCaught(new SocketTimeoutException("its machine has not acknowledged what was sent to it for "
                + unanswered.toSeconds() + " s, though it was sent again " + retransmissions + " times"));
        var unused = ctx.close(); // from here, so that no encryption first tries to say goodbye
    }

    /** How long the peer's machine has been silent so far; zero if it is not. */
    private Duration unanswered(SendQueue queue) {
        long now = time.nanoTime();
        boolean goesOn = retransmissions > 0 && queue.retransmissions() >= retransmissions;
        retransmissions = queue.isUnanswered() ? queue.retransmissions() : 0;
        if (retransmissions == 0 || !goesOn) {
            since = now; // an answer came in between, or this is the first look
        }
        return Duration.ofNanos(now - since);
    }

    private Optional<SendQueue> queue() {
        List<String> ends = SendQueue.ends(
                (InetSocketAddress) channel.localAddress(),
                (InetSocketAddress) channel.remoteAddress(),
                ByteOrder.nativeOrder());
        for (Path table : tables) {
            try (BufferedReader rows = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
                Optional<String> row = rows.lines()
                        .filter(line -> ends.stream().anyMatch(line::contains))
                        .findFirst();
                if (row.isPresent()) {
                    return row.flatMap(SendQueue::parse);
                }
            } catch (IOException e) {
                LOG.debug("no table of connections in {}", table, e);
            }
        }
        return Optional.empty();
    }
}
