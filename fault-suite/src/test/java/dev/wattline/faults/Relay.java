package dev.wattline.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP relay between a client and a server on this machine, which can swallow what it is given, cut its connections, or
 * pass on little at a time. What it swallows is acknowledged by this machine's kernel: only deadlines notice that, TCP
 * keepalive does not; for that see {@link NetworkNamespaces}.
 */
final class Relay implements AutoCloseable {
    private static final int CHUNK = 4096;

    private final ServerSocket listener;
    private final int target;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private volatile boolean swallows;
    private volatile long cutAfterBytes = Long.MAX_VALUE;
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    private Relay(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Begins to pass connections on to a port of this machine. */
    static Relay to(int target) {
        try {
            Relay relay = new Relay(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), target);
            start(relay::accept, "relay to " + target);
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing arrives any more, in neither direction, and nobody is told. */
    void dropSilently() {
        swallows = true;
    }

    /** Passes on again what comes from now on. */
    void passOn() {
        swallows = false;
        cutAfterBytes = Long.MAX_VALUE;
        bytesPerSecond = Long.MAX_VALUE;
    }

    /** Resets the connections that there are; new ones are taken. */
    void cut() {
        connections.forEach(Connection::reset);
    }

    /** Resets each connection once the server has sent so many more bytes over it. */
    void cutAfter(long bytes) {
        connections.forEach(connection -> connection.fromServer.set(0));
        cutAfterBytes = bytes;
    }

    /** Passes on no more than this from the server. */
    void throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Connection connection = new Connection(client, new Socket(InetAddress.getLoopbackAddress(), target));
                connections.add(connection);
                start(connection::up, "relay up");
                start(connection::down, "relay down");
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                } // else the server is not there, which its client will see
            }
        }
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    /** One client's connection and the one to the server that belongs to it. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private final AtomicLong fromServer = new AtomicLong();

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void up() {
            pump(client, server, false);
        }

        void down() {
            pump(server, client, true);
        }

        private void pump(Socket from, Socket to, boolean isDown) {
            byte[] buffer = new byte[CHUNK];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (isDown) {
                        pace(n);
                        fromServer.addAndGet(n);
                    }
                    if (fromServer.get() > cutAfterBytes) {
                        reset();
                        return;
                    }
                    if (!swallows) {
                        out.write(buffer, 0, n);
                    }
                }
                if (!swallows) {
                    to.shutdownOutput();
                }
            } catch (IOException e) {
                reset();
            }
        }

        private void pace(int bytes) throws IOException {
            long rate = bytesPerSecond;
            try {
                if (rate < Long.MAX_VALUE && closed.await(bytes * 1_000_000L / rate, TimeUnit.MICROSECONDS)) {
                    throw new IOException("closed");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        void reset() {
            reset(client);
            reset(server);
            connections.remove(this);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                return; // it is closed already, which is what was wanted
            }
        }
    }
}
