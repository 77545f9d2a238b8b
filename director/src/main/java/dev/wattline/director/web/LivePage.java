package dev.wattline.director.web;

import dev.wattline.director.config.PageSettings;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.live.LiveState.Sample;
import dev.wattline.director.live.json.LiveStateJson;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.HostPort;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the live page by HTTP, and pushes what changes as server-sent events. It has a thread of its own with the least
 * priority, so that no number of viewers delays the control connection or the analyzers; it only reads. Safe for use by
 * several threads.
 */
public final class LivePage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
    private static final int MOST_CONNECTIONS = 32;
    private static final int MOST_FROM_ONE_ADDRESS = 8;
    private static final int REQUEST_LINE_BYTES = 4096;
    private static final int HEADER_BYTES = 8192;
    private static final int COMMENT_SECONDS = 15; // proxies cut what is silent
    private static final int WHOLE_STATE_SECONDS = 30;
    private static final WriteBufferWaterMark OUTBOUND = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final LiveFeed feed;
    private final SessionReports reports;
    private final TimeSource time;
    private final EventLoopGroup loop;
    private final ChannelGroup connections;
    private final ChannelGroup viewers;
    private final Channel listener;
    private final LiveFeed.Watcher watcher;
    private final AtomicBoolean stateDue = new AtomicBoolean();

    private LivePage(PageSettings settings, LiveFeed feed, Path results, TimeSource time) {
        this.feed = feed;
        this.reports = new SessionReports(results);
        this.time = time;
        @Nullable
        SSLContext tls = settings.tls().map(material -> material.load()).orElse(null);
        this.loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("live-page", true, Thread.MIN_PRIORITY), NioIoHandler.newFactory());
        this.connections = new DefaultChannelGroup(loop.next());
        this.viewers = new DefaultChannelGroup(loop.next());
        PageAccess access = new PageAccess(settings.names(), settings.token());
        try {
            this.listener = new ServerBootstrap()
                    .group(loop)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, OUTBOUND)
                    .childHandler(new ChannelInitializer<SocketChannel>() {
                        @Override
                        protected void initChannel(SocketChannel channel) {
                            accept(channel, access, tls);
                        }
                    })
                    .bind(settings.listen())
                    .syncUninterruptibly()
                    .channel();
        } catch (RuntimeException e) {
            var unused = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw e;
        }
        this.watcher = new LiveFeed.Watcher() {
            @Override
            public void changed() {
                push();
            }

            @Override
            public void sampled(Sample sample) {
                if (!viewers.isEmpty()) {
                    onLoop(() -> broadcast(event("sample", LiveStateJson.sample(sample))));
                }
            }
        };
        feed.watch(watcher);
        var unusedComments = loop.scheduleAtFixedRate(
                () -> broadcast(": still here\n\n"), COMMENT_SECONDS, COMMENT_SECONDS, TimeUnit.SECONDS);
        var unusedStates =
                loop.scheduleAtFixedRate(this::push, WHOLE_STATE_SECONDS, WHOLE_STATE_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Listens from now on.
     *
     * @param results folder of the sessions, whose reports it shows
     * @throws WattlineException if the address is taken or the certificate cannot be used
     */
    public static LivePage start(PageSettings settings, LiveFeed feed, Path results, TimeSource time) {
        try {
            LivePage page = new LivePage(settings, feed, results, time);
            LOG.info("live page at {}://{}/", settings.tls().isPresent() ? "https" : "http", page.address());
            return page;
        } catch (WattlineException e) {
            throw e;
        } catch (Exception e) { // Netty throws what the bind threw, declared or not
            throw new PageException(
                    "cannot serve the live page at " + HostPort.of(settings.listen()) + ": " + e.getMessage(),
                    "Give another address or port with 'web' in section [wattline].",
                    e);
        }
    }

    /** Where it listens. */
    public HostPort address() {
        return HostPort.of((InetSocketAddress) listener.localAddress());
    }

    /** Whether one more is served, where these are already; a proxy on this machine has those of many people. */
    static boolean hasRoom(List<InetAddress> open, InetAddress more) {
        return open.size() < MOST_CONNECTIONS
                && (more.isLoopbackAddress()
                        || open.stream().filter(more::equals).count() < MOST_FROM_ONE_ADDRESS);
    }

    private void accept(SocketChannel channel, PageAccess access, @Nullable SSLContext tls) {
        List<InetAddress> open = connections.stream()
                .map(other -> ((InetSocketAddress) other.remoteAddress()).getAddress())
                .toList();
        if (!hasRoom(open, channel.remoteAddress().getAddress())) {
            var unused = channel.close();
            return;
        }
        connections.add(channel);
        if (tls != null) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            channel.pipeline().addLast(new SslHandler(engine));
        }
        RequestDeadline deadline = new RequestDeadline();
        channel.pipeline()
                .addLast(deadline)
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(REQUEST_LINE_BYTES)
                        .setMaxHeaderSize(HEADER_BYTES)))
                .addLast(new PageRequests(feed, reports, access, time, deadline, this::addViewer));
    }

    /** Gets the whole state first, and what changes from then on. */
    private void addViewer(Channel channel) {
        viewers.add(channel);
        write(channel, "retry: 2000\n" + event("state", LiveStateJson.state(feed.now(), time.now(), reports::has)));
    }

    /** Several changes at a time are pushed as one. */
    private void push() {
        if (!viewers.isEmpty() && stateDue.compareAndSet(false, true)) {
            onLoop(() -> {
                stateDue.set(false);
                broadcast(event("state", LiveStateJson.state(feed.now(), time.now(), reports::has)));
            });
        }
    }

    /** The session's threads come here: a page that is being closed must not fail what they do. */
    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("the live page is closed: {}", e.toString());
        }
    }

    private void broadcast(String text) {
        viewers.forEach(channel -> write(channel, text));
    }

    private static String event(String name, String json) {
        return "event: " + name + "\ndata: " + json + "\n\n";
    }

    /** One that does not read is cut off: it connects again and gets the whole state. */
    private static void write(Channel channel, String text) {
        if (channel.isWritable()) {
            var unused =
                    channel.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
        } else {
            var unused = channel.close();
        }
    }

    @Override
    public void close() {
        if (loop.isShuttingDown()) {
            return;
        }
        feed.forget(watcher);
        listener.close().syncUninterruptibly();
        connections.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
