package dev.wattline.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A client that says what the test says, byte by byte, as a Python peer or a hostile one would. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TestDeadlines.millis(5));
        in = socket.getInputStream();
    }

    /** Connects, greets and reads the answer. */
    public static RawClient greeted(int port) throws IOException {
        RawClient client = new RawClient(port);
        client.send(ControlProtocol.CLIENT_MAGIC + "\r\n");
        String magic = client.line();
        if (!ControlProtocol.SERVER_MAGIC.equals(magic)) {
            throw new AssertionError("greeted by " + magic);
        }
        return client;
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    public String ask(String line) throws IOException {
        send(line + "\r\n");
        return String.valueOf(line());
    }

    /** The next line without its CRLF, or null at the end of the stream. */
    public @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int c = in.read();
            if (c < 0) {
                return null;
            }
            if (c == '\n') {
                return line.substring(0, line.length() - 1);
            }
            line.append((char) c);
        }
    }

    public byte[] bytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
