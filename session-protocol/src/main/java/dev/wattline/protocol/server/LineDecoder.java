package dev.wattline.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wattline.protocol.ControlProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.TooLongFrameException;
import java.util.List;

/**
 * Splits the input into lines as protocol v3 does: at LF, all trailing CRs dropped, bytes that are no UTF-8 replaced.
 * Each byte is looked at once, however the input is cut, and an endless line costs no more memory than the limit.
 */
final class LineDecoder extends ByteToMessageDecoder {
    private int longest = ControlProtocol.MAX_LINE_BYTES; // bytes in a line, with its terminator
    private int scanned; // readable bytes known to hold no LF
    private boolean failed; // a line was too long: the rest of the input is dropped until the channel is closed

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int begin = in.readerIndex();
        int end = in.indexOf(begin + scanned, in.writerIndex(), (byte) '\n');
        int length = (end < 0 ? in.writerIndex() : end) - begin;
        if (length >= longest) {
            failed = true;
            in.skipBytes(in.readableBytes());
            throw new TooLongFrameException("a line of more than " + longest + " bytes");
        }
        if (end < 0) {
            scanned = length;
            return;
        }
        scanned = 0;
        int last = end;
        while (last > begin && in.getByte(last - 1) == '\r') {
            last--;
        }
        out.add(in.toString(begin, last - begin, UTF_8));
        in.readerIndex(end + 1);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        // What came after the last LF is no request: nobody finished it.
        in.skipBytes(in.readableBytes());
    }

    /** Lets the lines from the next one on have so many bytes. */
    void allowLinesOf(int bytes) {
        longest = bytes;
    }

    /** How many bytes wait for the end of their line. */
    int buffered() {
        return actualReadableBytes();
    }
}
