package dev.wattline.protocol.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.wattline.protocol.live.Feature;
import dev.wattline.protocol.live.PushedLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Set;

/**
 * All that one connection sends. Unasked lines go only to a client that opted in to their kind, and never into the bytes
 * of a download: events wait until it is over, other lines are dropped then, as they are while the client does not
 * keep up. Safe for use by several threads.
 */
final class Outbound {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final int MAX_DEFERRED = 100;

    private final SocketChannel channel;
    private final Duration stall;

    @GuardedBy("this")
    private final ArrayDeque<PushedLine> deferred = new ArrayDeque<>(); // guarded by this

    @GuardedBy("this")
    private boolean transferring; // guarded by this

    private volatile Set<Feature> features = Set.of();

    Outbound(SocketChannel channel, Duration stall) {
        this.channel = channel;
        this.stall = stall;
    }

    void line(String line) {
        var unused = channel.writeAndFlush(buffer(line), channel.voidPromise()); // failures end the connection
    }

    private ByteBuf buffer(String line) {
        ByteBuf buffer = channel.alloc().buffer(ByteBufUtil.utf8MaxBytes(line) + LINE_END.length);
        ByteBufUtil.writeUtf8(buffer, line);
        return buffer.writeBytes(LINE_END);
    }

    synchronized boolean push(PushedLine line) {
        if (!channel.isActive() || line.feature().filter(features::contains).isEmpty()) {
            return false;
        }
        if (!transferring && channel.isWritable()) {
            line(line.line());
            return true;
        }
        boolean keep = line instanceof PushedLine.Event && deferred.size() < MAX_DEFERRED;
        if (keep) {
            deferred.add(line);
        }
        return keep;
    }

    /**
     * Sends a file in chunks; blocks until all of it is with the system's network.
     *
     * @throws IOException if the file cannot be read; the connection must be closed if that is after the first chunk
     */
    void file(Path file) throws IOException {
        try (FileSender sender = new FileSender(channel, file, stall)) {
            synchronized (this) {
                transferring = true;
            }
            sender.send();
        } finally {
            synchronized (this) {
                transferring = false;
                flushDeferred();
            }
        }
    }

    /** Sends the events that came while nothing could be sent unasked. */
    synchronized void flushDeferred() {
        while (!transferring && !deferred.isEmpty() && channel.isActive() && channel.isWritable()) {
            line(deferred.remove().line());
        }
    }

    void agree(Set<Feature> agreed) {
        features = agreed;
    }

    Set<Feature> features() {
        return features;
    }

    void closeAfterWrites() {
        var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
}
