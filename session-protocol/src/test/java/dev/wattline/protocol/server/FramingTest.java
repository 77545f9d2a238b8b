package dev.wattline.protocol.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.protocol.ControlProtocol;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's framing, for any bytes cut in any way. */
class FramingTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void linesDoNotDependOnHowTheInputIsCut(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            byte[] input = input(random);
            EmbeddedChannel channel = new EmbeddedChannel(new LineDecoder());
            for (int at = 0; at < input.length; ) {
                int length = Math.min(1 + random.nextInt(40), input.length - at);
                channel.writeInbound(Unpooled.copiedBuffer(input, at, length));
                at += length;
            }
            channel.finish();
            assertThat(drain(channel)).as("seed %d, round %d", seed, round).isEqualTo(linesOf(input));
        }
    }

    private static byte[] input(Random random) {
        byte[] input = new byte[random.nextInt(400)];
        byte[] alphabet = {'\n', '\r', 't', ',', (byte) 0xC3, (byte) 0xA9, (byte) 0xFF, 0};
        for (int i = 0; i < input.length; i++) {
            input[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return input;
    }

    /** The same by the shortest means: split at LF, drop the rest, strip CRs, decode with replacement. */
    private static List<String> linesOf(byte[] input) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < input.length; i++) {
            if (input[i] == '\n') {
                int end = i;
                while (end > begin && input[end - 1] == '\r') {
                    end--;
                }
                lines.add(new String(Arrays.copyOfRange(input, begin, end), UTF_8));
                begin = i + 1;
            }
        }
        return lines;
    }

    private static List<String> drain(EmbeddedChannel channel) {
        List<String> lines = new ArrayList<>();
        for (String line = channel.readInbound(); line != null; line = channel.readInbound()) {
            lines.add(line);
        }
        return lines;
    }

    @Test
    void endlessLineCostsNoMoreThanTheLimitAndIsReportedOnce() {
        List<Throwable> failures = new ArrayList<>();
        LineDecoder decoder = new LineDecoder();
        EmbeddedChannel channel = new EmbeddedChannel(decoder, new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                failures.add(cause);
            }
        });
        byte[] kilobyte = "x".repeat(1024).getBytes(UTF_8);
        int most = 0;
        for (int i = 0; i < 100 * 1024; i++) { // 100 MB
            channel.writeInbound(Unpooled.wrappedBuffer(kilobyte));
            most = Math.max(most, decoder.buffered());
        }
        assertThat(most).isPositive().isLessThan(ControlProtocol.MAX_LINE_BYTES);
        channel.writeInbound(Unpooled.copiedBuffer("\ntime\r\n", UTF_8));
        assertThat(drain(channel)).isEmpty();
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(
                                failure instanceof DecoderException && failure.getCause() != null
                                        ? failure.getCause()
                                        : failure)
                        .isInstanceOf(TooLongFrameException.class));
    }
}
