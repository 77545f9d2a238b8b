package dev.wattline.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.wattline.protocol.ControlProtocol;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.TooLongFrameException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A million pieces of input, random and mutated, through the server's framing: only lines come out, nothing is thrown but
 * that a line is too long, and no more than one line is ever kept. The seed is in the test's name.
 */
class LineDecoderFuzzTest {
    private static final int PIECES = 250_000; // for each seed
    private static final byte[] REQUEST = "session,2026-11-22_04-48-34_rig,start,testing,300.0,5.0\r\n".getBytes(UTF_8);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34})
    void keepsNoMoreThanALine(long seed) {
        Random random = new Random(seed);
        LineDecoder decoder = new LineDecoder();
        EmbeddedChannel channel = new EmbeddedChannel(decoder);
        long lines = 0;
        long tooLong = 0;
        for (int i = 0; i < PIECES; i++) {
            try {
                channel.writeInbound(Unpooled.wrappedBuffer(piece(random)));
            } catch (RuntimeException e) {
                if (!(e instanceof TooLongFrameException) && !(e.getCause() instanceof TooLongFrameException)) {
                    fail("seed " + seed + ", piece " + i, e);
                }
                tooLong++;
                var unused = channel.close();
                decoder = new LineDecoder();
                channel = new EmbeddedChannel(decoder);
            }
            if (decoder.buffered() >= ControlProtocol.MAX_LINE_BYTES) {
                fail("seed " + seed + ", piece " + i + ": " + decoder.buffered() + " bytes are kept");
            }
            for (Object out = channel.readInbound(); out != null; out = channel.readInbound()) {
                if (!(out instanceof String line) || line.indexOf('\n') >= 0) {
                    fail("seed " + seed + ", piece " + i + ": no line came out but " + out);
                }
                lines++;
            }
        }
        assertThat(lines).as("lines, seed %d", seed).isGreaterThan(PIECES / 10);
        assertThat(tooLong).as("lines that are too long, seed %d", seed).isGreaterThan(10);
    }

    private static byte[] piece(Random random) {
        byte[] piece = switch (random.nextInt(3)) {
            case 0 -> REQUEST.clone();
            case 1 -> new byte[random.nextInt(40)];
            default -> new byte[random.nextInt(200) == 0 ? 10_000 : 3];
        };
        if (piece.length == REQUEST.length) {
            piece[random.nextInt(piece.length)] = (byte) random.nextInt(256);
        } else {
            random.nextBytes(piece);
            if (piece.length == 10_000) {
                Arrays.fill(piece, (byte) 'x');
            }
        }
        return piece;
    }
}
