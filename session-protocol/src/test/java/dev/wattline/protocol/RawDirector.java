package dev.wattline.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wattline.testing.TestDeadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A director that says what the test says: it serves one connection by a script. */
public final class RawDirector implements AutoCloseable {
    private final ServerSocket server;
    private final CompletableFuture<Void> script;

    /** What the director does with its client. */
    @FunctionalInterface
    public interface Script {
        void run(Peer peer) throws IOException, InterruptedException;
    }

    /** The client, as the script sees it. */
    public static final class Peer {
        private final Socket socket;
        private final BufferedReader in;

        Peer(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        }

        public String hear() throws IOException {
            return String.valueOf(in.readLine());
        }

        public void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Answers the next line. */
        public void answer(String reply) throws IOException {
            hear();
            say(reply + "\r\n");
        }
    }

    public RawDirector(Script play) throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        script = CompletableFuture.runAsync(() -> {
            try (Socket socket = server.accept()) {
                play.run(new Peer(socket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The same, after a right greeting. */
    public static RawDirector greeting(Script play) throws IOException {
        return new RawDirector(peer -> {
            peer.answer(ControlProtocol.SERVER_MAGIC);
            play.run(peer);
        });
    }

    public HostPort address() {
        return new HostPort("127.0.0.1", server.getLocalPort());
    }

    /** Waits until the script is through, and fails if it failed. */
    public void join() throws InterruptedException, ExecutionException {
        TestDeadlines.resultOf(script, 5);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
