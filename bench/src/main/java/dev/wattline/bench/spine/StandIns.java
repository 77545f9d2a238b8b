package dev.wattline.bench.spine;

import dev.wattline.mock.ptd.MockPtd;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Mocks for a director that starts its PTDaemons as processes: each process only tells its arguments to this one, where
 * the mock then runs as long as that process does.
 */
final class StandIns implements AutoCloseable {
    /** Tells the stand-in processes the port to connect to. */
    static final String VARIABLE = "WATTLINE_BENCH_STAND_INS";

    private final ServerSocket listener;
    private final Mocks mocks;

    private StandIns(ServerSocket listener, Mocks mocks) {
        this.listener = listener;
        this.mocks = mocks;
    }

    static StandIns open(Mocks mocks) throws IOException {
        StandIns standIns = new StandIns(new ServerSocket(0, 16, InetAddress.getLoopbackAddress()), mocks);
        daemon(standIns::accept, "stand-ins");
        return standIns;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                daemon(() -> serve(socket), "stand-in");
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException("cannot take a stand-in's call", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String arguments = lines.readLine();
            if (arguments == null) {
                return;
            }
            try (MockPtd mock = mocks.start(List.of(arguments.split("\t", -1)))) {
                mock.port();
                lines.transferTo(Writer.nullWriter()); // a stand-in says no more: this returns at its end
            }
        } catch (IOException e) {
            System.err.println("bench: a stand-in broke off: " + e.getMessage());
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
