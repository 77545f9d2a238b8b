package dev.wattline.ptd;

import io.netty.handler.codec.LineBasedFrameDecoder;

/** Cuts the bytes that come into lines, without their LF or CRLF; fails as soon as a line exceeds the limit. */
final class LineDecoder extends LineBasedFrameDecoder {
    LineDecoder(int maxLineBytes) {
        super(maxLineBytes, true, true);
    }

    /** The bytes of a line whose end has not come. */
    int unendedBytes() {
        return actualReadableBytes();
    }
}
