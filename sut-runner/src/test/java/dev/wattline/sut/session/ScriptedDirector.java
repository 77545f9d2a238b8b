package dev.wattline.sut.session;

import static org.awaitility.Awaitility.await;

import dev.wattline.protocol.HostPort;
import dev.wattline.testing.TestDeadlines;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A director for tests: a bare server socket that answers each line by a script, one connection after the other. */
final class ScriptedDirector implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile @Nullable Socket current;

    /** What to answer to a line; the last line of a connection is null. An empty answer keeps silent. */
    interface Script {
        byte[] answer(String line) throws IOException;
    }

    ScriptedDirector(Script script) throws IOException {
        this.server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        this.script = script;
        this.thread = new Thread(this::serve, "scripted-director");
        thread.setDaemon(true);
        thread.start();
    }

    static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] file(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (content.length > 0) {
            out.writeBytes(line(Integer.toString(content.length)));
            out.writeBytes(content);
        }
        out.writeBytes(line("0"));
        return out.toByteArray();
    }

    HostPort address() {
        return new HostPort("127.0.0.1", server.getLocalPort());
    }

    /** All lines so far, of all connections. */
    List<String> received() {
        return List.copyOf(received);
    }

    /** Sends something that nobody asked for. */
    void push(String line) throws IOException {
        Socket socket = current;
        if (socket != null) {
            socket.getOutputStream().write(line(line));
        }
    }

    /** Hangs up. */
    void hangUp() throws IOException {
        Socket socket = current;
        if (socket != null) {
            socket.close();
        }
    }

    /** Waits, on the thread that answers, until the client has sent something behind the line that is being answered. */
    void awaitMore() {
        await().atMost(TestDeadlines.seconds(60)).until(() -> {
            Socket socket = current;
            return socket != null && socket.getInputStream().available() > 0;
        });
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                current = socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream();
                for (String line = read(in); line != null; line = read(in)) {
                    received.add(line);
                    out.write(script.answer(line));
                    out.flush();
                }
            } catch (IOException e) {
                current = null; // the client went away or the test closes the server: the next one, or the loop's end
            }
        }
    }

    private static @Nullable String read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8).replaceAll("\r+$", "");
            }
            line.write(b);
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
