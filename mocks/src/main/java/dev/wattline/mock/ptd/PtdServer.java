package dev.wattline.mock.ptd;

import dev.wattline.mock.MockException;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The listener and the loop that drives a {@link Daemon}: one thread that waits for bytes, for the next sample and for
 * the next reply that is due. While a client is served nobody else is accepted; they wait in the backlog.
 */
final class PtdServer implements AutoCloseable {
    private static final int BACKLOG = 16;

    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey accepting;
    private final TimeSource time;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer input = ByteBuffer.allocate(8192);
    private @Nullable Client client;
    private volatile boolean closed;

    private PtdServer(Selector selector, ServerSocketChannel listener, SelectionKey accepting, TimeSource time) {
        this.selector = selector;
        this.listener = listener;
        this.accepting = accepting;
        this.time = time;
    }

    /**
     * Binds the port on all addresses, as PTDaemon does; 0 for any free one.
     *
     * @throws MockException if the port is taken
     */
    static PtdServer bind(int port, TimeSource time) {
        try {
            Selector selector = Selector.open();
            ServerSocketChannel listener = ServerSocketChannel.open();
            try {
                listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                listener.bind(new InetSocketAddress(port), BACKLOG);
                listener.configureBlocking(false);
                return new PtdServer(selector, listener, listener.register(selector, SelectionKey.OP_ACCEPT), time);
            } catch (IOException e) {
                listener.close();
                selector.close();
                throw e;
            }
        } catch (IOException e) {
            throw new MockException(
                    "cannot listen on port " + port + ": " + e.getMessage(),
                    "Another PTDaemon may be running; give another port with -p.",
                    e);
        }
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /** Has something done by the thread of {@link #run}; called by any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Serves until {@link #close} is called or a fault ends the process; returns the exit status. */
    int run(Daemon daemon) throws IOException {
        while (!closed) {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            daemon.advance();
            if (daemon.exitStatus().isPresent()) {
                return daemon.exitStatus().getAsInt();
            }
            watch(daemon);
            await(daemon.nextDeadlineNanos());
            for (SelectionKey key : selector.selectedKeys()) {
                handle(key, daemon);
            }
            selector.selectedKeys().clear();
        }
        return 0;
    }

    private void watch(Daemon daemon) {
        accepting.interestOps(daemon.busy() ? 0 : SelectionKey.OP_ACCEPT);
        if (client != null && client.key.isValid()) {
            int read = client.ended ? 0 : SelectionKey.OP_READ;
            client.key.interestOps(daemon.wantsToWrite() ? read | SelectionKey.OP_WRITE : read);
        }
    }

    private void await(long deadlineNanos) throws IOException {
        if (deadlineNanos == Long.MAX_VALUE) {
            selector.select();
            return;
        }
        long nanos = deadlineNanos - time.nanoTime();
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            // Rounded up: a loop that wakes early would have to spin through the rest of the millisecond.
            selector.select(TimeUnit.NANOSECONDS.toMillis(nanos + 999_999));
        }
    }

    private void handle(SelectionKey key, Daemon daemon) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.isAcceptable()) {
            accept(daemon);
        } else if (key.isReadable() && client != null) {
            client.read(daemon);
        }
    }

    private void accept(Daemon daemon) throws IOException {
        SocketChannel channel = listener.accept();
        if (channel == null) {
            return;
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // one packet a send, as the boundaries are
        client = new Client(channel, channel.register(selector, SelectionKey.OP_READ));
        daemon.connected(client, address(channel.getRemoteAddress()));
    }

    private static String address(SocketAddress address) {
        InetSocketAddress from = (InetSocketAddress) address;
        return from.getAddress().getHostAddress() + ":" + from.getPort();
    }

    /** Ends {@link #run}, from any thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    /** Gives port and connection back; called by the thread of {@link #run}. */
    void release() throws IOException {
        if (client != null) {
            client.close(false);
        }
        listener.close();
        selector.close();
    }

    /** The connection being served. */
    private final class Client implements Link {
        private final SocketChannel channel;
        private final SelectionKey key;
        private final LineSplitter lines = new LineSplitter();
        private boolean ended;

        Client(SocketChannel channel, SelectionKey key) {
            this.channel = channel;
            this.key = key;
        }

        void read(Daemon daemon) {
            try {
                input.clear();
                int count = channel.read(input);
                if (count < 0) {
                    ended = true;
                } else {
                    lines.add(input.flip(), daemon::received);
                }
            } catch (IOException e) {
                ended = true; // a reset connection is an ended one
            }
            if (ended || lines.overlong()) {
                ended = true;
                daemon.ended();
            }
        }

        @Override
        public void send(ByteBuffer bytes) throws IOException {
            channel.write(bytes);
        }

        @Override
        public void close(boolean reset) {
            client = null;
            try {
                if (reset) {
                    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a connection: " + e.getMessage(), e);
            }
        }
    }
}
