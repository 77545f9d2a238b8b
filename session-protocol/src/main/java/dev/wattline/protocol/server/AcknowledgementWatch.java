package dev.wattline.protocol.server;

import dev.wattline.protocol.tcp.SendQueueWatch;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Notices a peer that the network lost while something was on its way to it: after each thing sent it asks a
 * {@link SendQueueWatch} once a second, until all is acknowledged; nobody looks at anything while nothing is on its way.
 * It must stand in front of all that encrypts. Network thread only.
 */
final class AcknowledgementWatch extends ChannelOutboundHandlerAdapter {
    private final Channel channel;
    private final SendQueueWatch queue;
    private boolean looking;

    AcknowledgementWatch(Channel channel, SendQueueWatch queue) {
        this.channel = channel;
        this.queue = queue;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (!looking) {
            looking = true;
            lookLater(ctx);
        }
    }

    private void lookLater(ChannelHandlerContext ctx) {
        var unused = ctx.executor().schedule(() -> look(ctx), SendQueueWatch.LOOK.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        if (!channel.isActive()) {
            return;
        }
        switch (queue.look((InetSocketAddress) channel.localAddress(), (InetSocketAddress) channel.remoteAddress())) {
            case ACKNOWLEDGED -> looking = false;
            case WAITING -> lookLater(ctx);
            case DEAD -> {
                ctx.fireExceptionCaught(new SocketTimeoutException("its machine " + queue.describe()));
                var unused = ctx.close(); // from here, so that no encryption first tries to say goodbye
            }
        }
    }
}
