package dev.wattline.protocol.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.HostPort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** A connected socket: its lines out, its {@link LineInput}, and the keepalive that notices a silent drop in 9 s. */
final class ControlSocket implements AutoCloseable {
    /** Idle, interval and count of the keepalive probes: 3 s, 2 s and 3 find a dead peer within 9 s. */
    private static final int KEEPALIVE_IDLE_SECONDS = 3;

    private static final int KEEPALIVE_INTERVAL_SECONDS = 2;
    private static final int KEEPALIVE_COUNT = 3;

    private final Socket socket;
    private final OutputStream out;
    private LineInput in;

    private ControlSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new LineInput(socket.getInputStream());
    }

    /** Connects to the first address of the host that accepts within the deadline, which all of them share. */
    static ControlSocket connect(HostPort director, Duration timeout, Optional<SSLContext> tls) {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(director.host());
        } catch (UnknownHostException e) {
            throw new ControlConnectionException(
                    "cannot connect to director " + director + ": no address is known for '" + director.host() + "'",
                    "Check the director's name, or give its address.",
                    e);
        }
        int share = (int) Math.max(1, timeout.toMillis() / addresses.length);
        IOException last = null;
        for (InetAddress address : addresses) {
            try {
                return connect(new InetSocketAddress(address, director.port()), director, share, tls);
            } catch (IOException e) {
                last = e;
            }
        }
        throw refused(director, timeout, last);
    }

    private static ControlConnectionException refused(
            HostPort director, Duration timeout, @Nullable IOException cause) {
        if (cause instanceof SSLException) {
            return new ControlConnectionException(
                    "cannot connect to director " + director + " by TLS: "
                            + root(cause).getMessage(),
                    "Check that this is its TLS port, that its certificate names this host and is among the trusted ones"
                            + " here, and that ours is among the trusted ones there.",
                    cause);
        }
        String why = cause instanceof SocketTimeoutException
                ? "no answer within " + timeout.toMillis() + " ms"
                : String.valueOf(cause == null ? null : cause.getMessage());
        return new ControlConnectionException(
                "cannot connect to director " + director + ": " + why,
                "Check that the director runs, listens on this address and port, and that no firewall is between.",
                cause);
    }

    /** What TLS says is nested several times; only the innermost is for people. */
    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static ControlSocket connect(
            InetSocketAddress address, HostPort director, int timeoutMillis, Optional<SSLContext> tls)
            throws IOException {
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            keepAlive(plain);
            plain.connect(address, timeoutMillis);
            return new ControlSocket(tls.isPresent() ? secured(plain, director, timeoutMillis, tls.get()) : plain);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, HostPort director, int timeoutMillis, SSLContext context)
            throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, director.host(), director.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(timeoutMillis);
        socket.startHandshake();
        return socket;
    }

    private static void keepAlive(Socket socket) throws IOException {
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        // Not every platform lets a process choose the times; there its own (2 hours on some) hold.
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_COUNT);
        }
    }

    /** Sends a line with its terminator. */
    void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(UTF_8));
        out.flush();
    }

    /** The input, whose next read waits at most this long; 0 means for ever. */
    LineInput in(long timeoutMillis) throws IOException {
        socket.setSoTimeout((int) Math.min(timeoutMillis, Integer.MAX_VALUE));
        return in;
    }

    /** From now on lines may have so many bytes; what came before must have been read. */
    void allowLinesOf(int bytes) throws IOException {
        in = new LineInput(socket.getInputStream(), bytes);
    }

    InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    InetSocketAddress remoteAddress() {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
