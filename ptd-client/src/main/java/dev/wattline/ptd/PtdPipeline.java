package dev.wattline.ptd;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LineBasedFrameDecoder;

/**
 * The handlers of a connection, in reading order:
 * <ol>
 *   <li>{@link LineBasedFrameDecoder}: bytes to lines that end in LF or CRLF, none longer than the limit;
 *   <li>{@link CommandQueue}: lines to replies, commands to bytes.
 * </ol>
 */
final class PtdPipeline {
    private PtdPipeline() {}

    static void install(ChannelPipeline pipeline, CommandQueue queue, PtdOptions options) {
        pipeline.addLast(new LineBasedFrameDecoder(options.maxLineBytes(), true, true));
        pipeline.addLast(queue);
    }
}
