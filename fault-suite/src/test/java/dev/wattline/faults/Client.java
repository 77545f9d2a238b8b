package dev.wattline.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A client of the director that says what the test says, byte by byte. */
final class Client implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /** Connects, from this address where one is given, and says nothing. */
    Client(String address, @Nullable String from) throws IOException {
        if (from != null) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        int colon = address.lastIndexOf(':');
        socket.connect(
                new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
        socket.setTcpNoDelay(true);
        patience(Lab.PATIENCE);
        in = socket.getInputStream();
    }

    /** Connects and greets; the greeting must be answered. */
    static Client greeted(String address) throws IOException {
        Client client = new Client(address, null);
        String reply = client.ask("mlcommons/power client v3");
        if (!"mlcommons/power server v3".equals(reply)) {
            throw new AssertionError("greeted by " + reply);
        }
        return client;
    }

    /** How long it waits for a line. */
    void patience(Duration patience) throws SocketException {
        socket.setSoTimeout((int) patience.toMillis());
    }

    /** Sends bytes as they are. */
    void send(byte[] bytes, int length) throws IOException {
        socket.getOutputStream().write(bytes, 0, length);
    }

    /** Sends a line and returns the next one; "null" where the director hung up. */
    String ask(String line) throws IOException {
        byte[] bytes = (line + "\r\n").getBytes(ISO_8859_1);
        send(bytes, bytes.length);
        return String.valueOf(line());
    }

    /** Opens a session with this label and returns its name. */
    String open(String label) throws IOException {
        String reply = ask("new," + label + "," + UUID.randomUUID());
        if (!reply.startsWith("OK ")) {
            throw new AssertionError("'new' was answered " + reply);
        }
        return reply.substring(3, reply.indexOf(','));
    }

    /** The next line without its end; null where the director hung up. */
    @Nullable
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c == '\n') {
                    return line.toString().stripTrailing();
                }
                line.append((char) c);
            }
        } catch (SocketException e) {
            return null; // a reset is a hang-up too
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
