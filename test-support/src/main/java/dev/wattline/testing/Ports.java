package dev.wattline.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free ports for programs that must be told theirs. They lie below those that systems give to outgoing connections, and
 * a port is given again only after 15,000 others, so that neither a connection nor another test takes one between the
 * choice and its use. Safe for use by several threads.
 */
public final class Ports {
    private static final int FIRST = 15_000;
    private static final int SPAN = 15_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 100 % SPAN));

    private Ports() {}

    /** A TCP port to which nothing is bound now, on any address, as PTDaemon binds all of them. */
    public static int free() {
        int port;
        do {
            port = FIRST + Math.floorMod(NEXT.getAndIncrement(), SPAN);
        } while (!isFree(port));
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // somebody else's
        }
    }
}
