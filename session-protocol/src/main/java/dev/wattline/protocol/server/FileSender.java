package dev.wattline.protocol.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.wattline.protocol.ControlProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Sends one file as {@code <count>CRLF} and that many bytes, at most 1 MiB, repeated, then {@code 0CRLF}. The bytes go
 * from the file to the socket within the kernel; with TLS they are read. The file's length is taken once: what is added
 * to it later is not sent. At most {@link #WINDOW} chunks wait for the network at a time.
 */
final class FileSender implements AutoCloseable {
    private static final int WINDOW = 4;

    private final SocketChannel channel;
    private final FileChannel file;
    private final Duration stall;
    private final ArrayDeque<ChannelFuture> inFlight = new ArrayDeque<>();

    FileSender(SocketChannel channel, Path file, Duration stall) throws IOException {
        this.channel = channel;
        this.file = FileChannel.open(file, StandardOpenOption.READ);
        this.stall = stall;
    }

    void send() throws IOException {
        boolean encrypted = channel.pipeline().get(SslHandler.class) != null;
        long size = file.size();
        for (long at = 0; at < size; ) {
            int length = (int) Math.min(ControlProtocol.MAX_CHUNK_BYTES, size - at);
            var unused = channel.write(header(length), channel.voidPromise()); // the chunk behind it fails alike
            inFlight.add(channel.writeAndFlush(encrypted ? read(at, length) : new Region(file, at, length)));
            at += length;
            while (inFlight.size() >= WINDOW) {
                awaitOldest();
            }
        }
        inFlight.add(channel.writeAndFlush(header(0)));
        while (!inFlight.isEmpty()) {
            awaitOldest();
        }
    }

    private static ByteBuf header(int length) {
        return Unpooled.wrappedBuffer((length + "\r\n").getBytes(US_ASCII));
    }

    private ByteBuf read(long at, int length) throws IOException {
        ByteBuf data = channel.alloc().buffer(length);
        while (data.readableBytes() < length) {
            int read = data.writeBytes(file, at + data.readableBytes(), length - data.readableBytes());
            if (read < 0) {
                data.release();
                throw new IOException("the file became shorter while it was sent");
            }
        }
        return data;
    }

    private void awaitOldest() throws IOException {
        ChannelFuture oldest = inFlight.remove();
        try {
            if (!oldest.await(stall.toMillis())) {
                throw new StalledException("the client took no data for " + stall);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending a file", e);
        }
        if (!oldest.isSuccess()) {
            throw new IOException("sending a file failed: " + oldest.cause().getMessage(), oldest.cause());
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The client does not take what it asked for. */
    static final class StalledException extends IOException {
        StalledException(String message) {
            super(message);
        }
    }

    /** A part of a file that stays open when the part is sent, for the parts after it. */
    private static final class Region extends DefaultFileRegion {
        Region(FileChannel file, long position, long count) {
            super(file, position, count);
        }

        @Override
        protected void deallocate() {
            // The sender closes the file once all parts are sent.
        }
    }
}
