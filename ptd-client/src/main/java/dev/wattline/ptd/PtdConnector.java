package dev.wattline.ptd;

import dev.wattline.model.TimeSource;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Makes connections to PTDaemons, all of them served by one event loop. Safe for use by several threads. To be closed when
 * the last connection is no longer needed.
 */
public final class PtdConnector implements AutoCloseable {
    private static final long RETRY_MILLIS = 100;

    private final EventLoopGroup loop;
    private final boolean ownsLoop;
    private final PtdOptions options;
    private final TimeSource time;
    private final Set<PtdConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<Attempts> attempting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private PtdConnector(EventLoopGroup loop, boolean ownsLoop, PtdOptions options, TimeSource time) {
        this.loop = loop;
        this.ownsLoop = ownsLoop;
        this.options = options;
        this.time = time;
    }

    /** A connector with an event loop of its own, one daemon thread, that ends with {@link #close}. */
    public static PtdConnector create(PtdOptions options) {
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("ptd", true), NioIoHandler.newFactory());
        return new PtdConnector(loop, true, options, TimeSource.system());
    }

    /** A connector on an event loop that others use too; {@link #close} leaves that alone. */
    public static PtdConnector on(EventLoopGroup loop, PtdOptions options, TimeSource time) {
        return new PtdConnector(loop, false, options, time);
    }

    /** Connects within the deadline that the options give. */
    public CompletableFuture<PtdConnection> connect(PtdEndpoint endpoint, PtdListener listener) {
        return connect(endpoint, options.deadlines().connect(), listener);
    }

    /**
     * Connects, again every 100 ms as long as the port refuses, because PTDaemon listens only when its analyzer has
     * answered. Cancelling the future ends the attempts, which is what to do when the PTDaemon process has ended.
     *
     * @param within how long to try; a failure of another kind than refusal ends the attempts at once
     * @param listener sees all that goes over the connection
     * @return the connection, or {@link PtdConnectionException}
     */
    public CompletableFuture<PtdConnection> connect(PtdEndpoint endpoint, Duration within, PtdListener listener) {
        PtdDeadlines.requirePositive("connect", within);
        CompletableFuture<PtdConnection> connected = new CompletableFuture<>();
        Attempts attempts = new Attempts(endpoint, within, listener, connected);
        attempting.add(attempts);
        var unused = connected.whenComplete((connection, failure) -> attempting.remove(attempts));
        attempts.next();
        return connected;
    }

    /** Closes all connections made here, and the event loop if it is the connector's own; returns at once. */
    @Override
    public void close() {
        closed = true;
        attempting.forEach(Attempts::giveUp);
        open.forEach(PtdConnection::close);
        if (ownsLoop) {
            var unused = loop.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        }
    }

    /** The attempts at one connection. */
    private final class Attempts {
        private final PtdEndpoint endpoint;
        private final Duration within;
        private final PtdListener listener;
        private final CompletableFuture<PtdConnection> connected;
        private final long startNanos = time.nanoTime();

        Attempts(
                PtdEndpoint endpoint,
                Duration within,
                PtdListener listener,
                CompletableFuture<PtdConnection> connected) {
            this.endpoint = endpoint;
            this.within = within;
            this.listener = listener;
            this.connected = connected;
        }

        void next() {
            // A loop that has ended notifies no listener, so that it must not be asked for a connection.
            if (closed || loop.isShuttingDown()) {
                giveUp();
            }
            if (connected.isDone()) {
                return;
            }
            CommandQueue queue = new CommandQueue(endpoint, options, time, listener);
            bootstrap(queue)
                    .connect(endpoint.host(), endpoint.port())
                    .addListener((ChannelFuture attempt) -> ended(attempt, queue));
        }

        void giveUp() {
            connected.completeExceptionally(PtdConnectionException.notReached(
                    endpoint, within, new IllegalStateException("the connector was closed")));
        }

        private Bootstrap bootstrap(CommandQueue queue) {
            return new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.SO_KEEPALIVE, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                            Math.max(1, Math.min(Integer.MAX_VALUE, remainingMillis())))
                    .handler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            queue.install(channel.pipeline());
                        }
                    });
        }

        private void ended(ChannelFuture attempt, CommandQueue queue) {
            Channel channel = attempt.channel();
            if (attempt.isSuccess()) {
                PtdConnection connection = new PtdConnection(endpoint, channel.eventLoop(), queue, options);
                open.add(connection);
                var unused = queue.closed().thenAccept(closure -> open.remove(connection));
                if (!connected.complete(connection)) {
                    connection.close();
                }
                return;
            }
            Throwable cause = attempt.cause();
            if (cause instanceof ConnectException && refused(cause) && remainingMillis() > RETRY_MILLIS) {
                var unused = channel.eventLoop().schedule(this::next, RETRY_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                connected.completeExceptionally(PtdConnectionException.notReached(endpoint, within, cause));
            }
        }

        private long remainingMillis() {
            return within.toMillis() - (time.nanoTime() - startNanos) / 1_000_000;
        }
    }

    /** Java says "refused" only in the message; Netty's timeout is a ConnectException too. */
    private static boolean refused(Throwable cause) {
        return cause.getMessage() != null && cause.getMessage().contains("refused");
    }
}
