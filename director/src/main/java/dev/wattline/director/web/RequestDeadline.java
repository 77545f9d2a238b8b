package dev.wattline.director.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on who does not come to the end of a request: 10 s after the connection was made or, for a later request, after
 * its first byte, however many bytes trickle in meanwhile; and on who asks for nothing more for 75 s. For one connection.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
    static final int REQUEST_SECONDS = 10;
    static final int IDLE_SECONDS = 75;

    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> deadline;
    private boolean inRequest = true; // who connects does so to ask

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        begin(REQUEST_SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext reading, Object message) {
        if (!inRequest) {
            inRequest = true;
            begin(REQUEST_SECONDS);
        }
        reading.fireChannelRead(message);
    }

    /** A request has come to its end. */
    void isWhole() {
        inRequest = false;
        begin(IDLE_SECONDS);
    }

    private void begin(int seconds) {
        end();
        ChannelHandlerContext known = context;
        if (known != null) {
            deadline = known.executor().schedule(() -> hangUp(known), seconds, TimeUnit.SECONDS);
        }
    }

    private static void hangUp(ChannelHandlerContext known) {
        var unused = known.close();
    }

    /** There is no deadline any more: a viewer reads for as long as it likes. */
    void end() {
        Future<?> running = deadline;
        if (running != null) {
            running.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        end();
    }
}
