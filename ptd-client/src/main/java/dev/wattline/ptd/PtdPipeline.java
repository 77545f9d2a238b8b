package dev.wattline.ptd;

import io.netty.channel.ChannelPipeline;

/**
 * The handlers of a connection, in reading order:
 * <ol>
 *   <li>{@link LineDecoder}: bytes to lines that end in LF or CRLF, none longer than the limit;
 *   <li>{@link CommandQueue}: lines to replies, commands to bytes.
 * </ol>
 */
final class PtdPipeline {
    private PtdPipeline() {}

    static void install(ChannelPipeline pipeline, CommandQueue queue, PtdOptions options) {
        pipeline.addLast(new LineDecoder(options.maxLineBytes()));
        pipeline.addLast(queue);
    }
}
