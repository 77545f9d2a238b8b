package dev.wattline.protocol.tcp;

import dev.wattline.model.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a network that lost the peer from a peer that takes its time, while something that was sent to it is on its way.
 * TCP's keepalive does not run then: the kernel sends the same bytes again for up to 15 minutes before it gives up, and
 * Java cannot ask it for less ({@code TCP_USER_TIMEOUT}). So this looks into the kernel's table of connections; where
 * there is none (it is Linux's), everything counts as acknowledged. For one thread at a time.
 */
public final class SendQueueWatch {
    /** How often to look. */
    public static final Duration LOOK = Duration.ofSeconds(1);

    /** How long a peer's machine may leave unanswered what was sent to it, where nothing else is configured. */
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(7);

    private static final Logger LOG = LoggerFactory.getLogger(SendQueueWatch.class);
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp"));

    /** So often the kernel must have tried before a slow network is taken for a dead one. */
    private static final int FEWEST_RETRANSMISSIONS = 3;

    private final List<Path> tables;
    private final Duration deadline;
    private final TimeSource time;
    private long since; // when the peer was first seen not to answer, by the monotonic clock
    private int retransmissions; // at the last look
    private Duration unanswered = Duration.ZERO;

    /** What a look showed. */
    public enum Look {
        /** Nothing is on its way any more, or nobody can tell: there is nothing to look at until something is sent. */
        ACKNOWLEDGED,
        /** Something is on its way. */
        WAITING,
        /** The peer's machine does not answer; {@link SendQueueWatch#describe()} tells more. */
        DEAD
    }

    /** @param deadline how long a peer may leave unanswered what was sent, from when that is first seen */
    public SendQueueWatch(Duration deadline, TimeSource time) {
        this(TABLES, deadline, time);
    }

    /** The same with other tables, for tests. */
    public SendQueueWatch(List<Path> tables, Duration deadline, TimeSource time) {
        this.tables = List.copyOf(tables);
        this.deadline = deadline;
        this.time = time;
    }

    /** Looks at the connection between these ends. */
    public Look look(InetSocketAddress local, InetSocketAddress remote) {
        Optional<SendQueue> queue = queue(local, remote);
        if (queue.isEmpty() || queue.get().unacknowledgedBytes() == 0) {
            retransmissions = 0;
            return Look.ACKNOWLEDGED;
        }
        unanswered = unanswered(queue.get());
        return unanswered.compareTo(deadline) < 0 || retransmissions < FEWEST_RETRANSMISSIONS
                ? Look.WAITING
                : Look.DEAD;
    }

    /** What the last look showed of a peer that does not answer, as a part of a sentence without a subject. */
    public String describe() {
        return "has not acknowledged what was sent to it for " + unanswered.toSeconds()
                + " s, though it was sent again " + retransmissions + " times";
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

    private Optional<SendQueue> queue(InetSocketAddress local, InetSocketAddress remote) {
        List<String> ends = SendQueue.ends(local, remote, ByteOrder.nativeOrder());
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
