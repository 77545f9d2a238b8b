package dev.wattline.bench.spine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Viewers of the live page, and slow clients that mean no good: a third of these sends a request byte by byte, a third asks
 * for the events and reads none, a third sends what is no request. Who is cut off comes again. A process of its own, so that
 * what it costs is not counted.
 */
final class PageCrowd {
    private static final int TICK_MS = 500;
    private static final String VIEWING = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String ENDLESS = "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";

    private enum Kind {
        VIEWER,
        DRIP,
        DEAF,
        JUNK
    }

    private static final class Client {
        private final Kind kind;
        private SocketChannel channel;
        private int sent;

        private Client(Kind kind, SocketChannel channel) {
            this.kind = kind;
            this.channel = channel;
        }
    }

    private final InetSocketAddress page;
    private final Selector selector;
    private final ByteBuffer read = ByteBuffer.allocate(1 << 16);

    private PageCrowd(int port) throws IOException {
        this.page = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.selector = Selector.open();
    }

    /** {@code PORT VIEWERS HOSTILE}: prints "crowd" when all are connected; goes on until it is killed. */
    public static void main(String[] args) throws IOException {
        PageCrowd crowd = new PageCrowd(Integer.parseInt(args[0]));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            clients.add(crowd.connect(Kind.VIEWER));
        }
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            clients.add(crowd.connect(Kind.values()[1 + i % 3]));
        }
        System.out.println("crowd");
        crowd.run(clients);
    }

    private Client connect(Kind kind) throws IOException {
        Client client = new Client(kind, SocketChannel.open());
        open(client);
        return client;
    }

    private void open(Client client) throws IOException {
        SocketChannel channel = client.channel;
        if (client.kind == Kind.DEAF) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 1024);
        }
        channel.connect(page);
        channel.configureBlocking(false);
        client.sent = 0;
        if (client.kind != Kind.DEAF) {
            channel.register(selector, SelectionKey.OP_READ, client);
        }
        if (client.kind == Kind.VIEWER || client.kind == Kind.DEAF) {
            channel.write(ByteBuffer.wrap(VIEWING.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private void run(List<Client> clients) throws IOException {
        while (true) {
            selector.select(TICK_MS);
            for (SelectionKey key : selector.selectedKeys()) {
                take((Client) key.attachment());
            }
            selector.selectedKeys().clear();
            for (Client client : clients) {
                if (client.kind == Kind.DRIP || client.kind == Kind.JUNK) {
                    drip(client);
                }
            }
        }
    }

    private void take(Client client) throws IOException {
        read.clear();
        try {
            if (client.channel.read(read) < 0) {
                again(client);
            }
        } catch (IOException e) { // cut off
            again(client);
        }
    }

    private void drip(Client client) throws IOException {
        String text = client.kind == Kind.DRIP ? ENDLESS : "\u0000\r\n\r\n";
        byte next = (byte) text.charAt(client.sent % text.length());
        try {
            client.sent += client.channel.write(ByteBuffer.wrap(new byte[] {next}));
        } catch (IOException e) { // cut off
            again(client);
        }
    }

    private void again(Client client) throws IOException {
        client.channel.close();
        client.channel = SocketChannel.open();
        open(client);
    }
}
