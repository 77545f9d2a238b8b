package dev.wattline.protocol.server;

import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.tcp.SendQueueWatch;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for runners. Everybody who greets is served while no session is open; then only its owner is, and the others are
 * told that the director is busy. One thread is for the network: it frames lines, keeps deadlines and notices a lost peer
 * at once. Each client that asks for something has one for the {@link ControlHandler}.
 *
 * <p>The stages of a connection, in reading order: {@link AcknowledgementWatch}, TLS where the endpoint has it,
 * {@link LineDecoder}, {@link ServedConnection}.
 */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int KEEPALIVE_IDLE_SECONDS = 3;
    private static final int KEEPALIVE_INTERVAL_SECONDS = 2;
    private static final int KEEPALIVE_COUNT = 3;
    private static final long CLOSE_SECONDS = 120; // leaving a session restores ranges, at seconds a command

    private final ServerOptions options;
    private final EventLoopGroup network;
    private final ClientAdmission admission;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Listener> listeners = new ArrayList<>();

    /** Where it listens: the address is the one asked for, which a dual-stack socket would name otherwise. */
    private record Listener(Channel channel, HostPort address) {}

    private ControlServer(ServerOptions options, ControlHandler handler) {
        this.options = options;
        this.network = new MultiThreadIoEventLoopGroup(1, threads("control-network"), NioIoHandler.newFactory());
        this.admission = new ClientAdmission(options, handler);
        options.side().ifPresent(door -> door.listening(() -> admission.reconsider(network.next())));
    }

    /**
     * Listens on all endpoints.
     *
     * @throws ControlConnectionException if one of them cannot be had; then none is left listening
     */
    public static ControlServer start(ServerOptions options, ControlHandler handler) {
        ControlServer server = new ControlServer(options, handler);
        try {
            options.endpoints().forEach(server::listen);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static ThreadFactory threads(String name) {
        return runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private void listen(Endpoint endpoint) {
        HostPort address = endpoint.address();
        InetSocketAddress socketAddress = resolve(address);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(network)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        admit(channel, endpoint.tls());
                    }
                });
        ChannelFuture bound = bootstrap.bind(socketAddress).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ControlConnectionException(
                    "cannot listen on " + address + ": " + bound.cause().getMessage(),
                    "Choose another address or port in the configuration, or end the process that has it.",
                    bound.cause());
        }
        int port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        Listener listener = new Listener(bound.channel(), new HostPort(address.host(), port));
        listeners.add(listener);
        LOG.info(
                "listening for runners on {}{}",
                listener.address(),
                endpoint.tls().isPresent() ? " with TLS" : "");
    }

    private static InetSocketAddress resolve(HostPort address) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
        } catch (UnknownHostException e) {
            throw new ControlConnectionException(
                    "cannot listen on " + address + ": '" + address.host() + "' is no address of this machine",
                    "Give an address of this machine, 0.0.0.0 or ::.",
                    e);
        }
    }

    private void admit(SocketChannel channel, Optional<SSLContext> tls) {
        InetSocketAddress peer = channel.remoteAddress();
        if (!options.allow().test(peer.getAddress())) {
            LOG.warn("hung up on {}: its address is not in the list of allowed ones", HostPort.of(peer));
            hangUp(channel);
            return;
        }
        if (!admission.makeRoom(peer.getAddress())) {
            LOG.warn("hung up on {}: too many open connections", HostPort.of(peer));
            hangUp(channel);
            return;
        }
        keepAlive(channel);
        channel.pipeline()
                .addLast(new AcknowledgementWatch(
                        channel, new SendQueueWatch(options.unacknowledged(), options.time())));
        tls.ifPresent(context -> channel.pipeline().addLast(tlsHandler(context)));
        channel.pipeline().addLast(new LineDecoder(), new ServedConnection(channel, options, admission));
    }

    private static void hangUp(SocketChannel channel) {
        var unused = channel.close(); // whether it closes well is the stranger's business
    }

    private static void keepAlive(SocketChannel channel) {
        // A platform that does not let a process choose these times answers false, and its own (2 hours on some) hold.
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), KEEPALIVE_IDLE_SECONDS);
        channel.config()
                .setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), KEEPALIVE_INTERVAL_SECONDS);
        channel.config().setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), KEEPALIVE_COUNT);
    }

    private static SslHandler tlsHandler(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return new SslHandler(engine);
    }

    /** Where it listens, in the order of the endpoints, with the ports that were found for 0. */
    public List<HostPort> addresses() {
        return listeners.stream().map(Listener::address).toList();
    }

    /** The port of the first endpoint. */
    public int port() {
        return addresses().get(0).port();
    }

    /** The client whose session is open. */
    public Optional<ControlClient> current() {
        return admission.current();
    }

    /**
     * Stops listening, hangs up on everybody and waits until the handler is through with the clients that were served.
     * Not to be called on a client's thread.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listeners.forEach(listener -> listener.channel().close().awaitUninterruptibly());
        admission.close(network.next(), CLOSE_SECONDS);
        network.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
