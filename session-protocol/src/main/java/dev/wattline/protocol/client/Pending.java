package dev.wattline.protocol.client;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request that waits for its reply line; guarded by the lock of its {@link ReplyQueue}. */
final class Pending {
    private final String line;
    private final boolean download;
    private final double sentAt;
    private final long sentNanos;
    private @Nullable String reply;
    private boolean abandoned;
    private Duration longer = Duration.ZERO;

    Pending(String line, boolean download, double sentAt, long sentNanos) {
        this.line = line;
        this.download = download;
        this.sentAt = sentAt;
        this.sentNanos = sentNanos;
    }

    String line() {
        return line;
    }

    /** Whether bytes follow the reply line unless it is an error. */
    boolean download() {
        return download;
    }

    /** When it was sent, in seconds since the epoch. */
    double sentAt() {
        return sentAt;
    }

    long sentNanos() {
        return sentNanos;
    }

    @Nullable
    String reply() {
        return reply;
    }

    void complete(String line) {
        reply = line;
    }

    /** Takes note that the director needs so much longer than one of the default configuration. */
    void extend(Duration by) {
        longer = by;
    }

    /** How long to wait from when it was sent: what the caller allows, and as much longer as the director needs. */
    Duration patience(Duration timeout) {
        return timeout.plus(longer);
    }

    /** Whether its caller gave up: the reply will be recorded, and go nowhere. */
    boolean abandoned() {
        return abandoned;
    }

    void abandon() {
        abandoned = true;
    }
}
