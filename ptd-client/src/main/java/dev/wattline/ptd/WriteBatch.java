package dev.wattline.ptd;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands about to leave. What has to be done for each, timers and logs included, lies before the first or behind the
 * last of them, so that next to nothing passes between them on the wire. For the event loop; used once.
 */
final class WriteBatch {
    private final List<ChannelHandlerContext> written = new ArrayList<>(1);
    private final List<Runnable> afterwards = new ArrayList<>(1);

    /**
     * Adds a command.
     *
     * @param connection where it lies written and not flushed
     * @param then what to do when all are out, before any reply can be read; a file may be written there
     */
    void add(ChannelHandlerContext connection, Runnable then) {
        written.add(connection);
        afterwards.add(then);
    }

    /** Sends them, back to back. */
    void flush() {
        written.forEach(ChannelHandlerContext::flush);
        if (written.size() > 1) {
            stepAside();
        }
        afterwards.forEach(Runnable::run);
    }

    /** PTDaemons usually run on this machine: they come first, and what is left to do here after them. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: without it grids lie a little further apart
    private static void stepAside() {
        Thread.yield();
    }
}
