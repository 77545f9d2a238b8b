package dev.wattline.ptd;

import dev.wattline.testing.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A PTDaemon that answers from a table, one client at a time, on a real socket: the text of a reply is sent as it is, and a
 * command that is not in the table is not answered.
 */
final class ScriptedPtd implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, String> replies;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile Socket client = new Socket();

    ScriptedPtd(Map<String, String> replies) {
        this(replies, 0);
    }

    ScriptedPtd(Map<String, String> replies, int port) {
        try {
            this.server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.replies = replies;
        this.thread = new Thread(this::serve, "scripted-ptd");
        thread.start();
    }

    /** A port of this machine at which nothing listens. */
    static PtdEndpoint nobody() {
        return new PtdEndpoint("127.0.0.1", Ports.free());
    }

    PtdEndpoint endpoint() {
        return new PtdEndpoint("127.0.0.1", server.getLocalPort());
    }

    /** The command lines received so far. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    /** Closes the connection of the present client, as a PTDaemon that dies does. */
    void dropClient() throws IOException {
        client.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept()) {
                client = accepted;
                converse(accepted);
            } catch (IOException e) {
                // Closed by the test, at either end: the next client is served, if the server is still open.
            }
        }
    }

    private void converse(Socket accepted) throws IOException {
        var in = new BufferedReader(new InputStreamReader(accepted.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = accepted.getOutputStream();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            commands.add(line);
            String reply = replies.get(line);
            if (reply != null) {
                out.write(reply.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        client.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
