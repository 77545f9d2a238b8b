package dev.wattline.protocol.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.protocol.client.LineInput.LineTooLongException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineInputTest {

    /** Gives a few bytes a read, and times out every now and then. */
    private static final class Dripping extends InputStream {
        private final byte[] data;
        private final Random random;
        private int at;

        Dripping(byte[] data, Random random) {
            this.data = data;
            this.random = random;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (random.nextInt(4) == 0) {
                throw new SocketTimeoutException("not yet");
            }
            if (at == data.length) {
                return -1;
            }
            int count = Math.min(1 + random.nextInt(700), Math.min(length, data.length - at));
            System.arraycopy(data, at, target, offset, count);
            at += count;
            return count;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void linesAndBytesBetweenThemSurviveAnyCutAndAnyTimeout(long seed) throws IOException {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<String> lines = new ArrayList<>();
            List<byte[]> blobs = new ArrayList<>();
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            for (int i = 0; i < 10; i++) {
                lines.add("x".repeat(random.nextInt(3) == 0 ? random.nextInt(4094) : random.nextInt(20)));
                byte[] blob = new byte[random.nextInt(20_000)];
                random.nextBytes(blob);
                blobs.add(blob);
                wire.writeBytes((lines.get(i) + "\r\n").getBytes(UTF_8));
                wire.writeBytes(blob);
            }
            LineInput in = new LineInput(new Dripping(wire.toByteArray(), random));
            for (int i = 0; i < 10; i++) {
                assertThat(readLine(in)).as("seed %d", seed).isEqualTo(lines.get(i));
                assertThat(readBytes(in, blobs.get(i).length))
                        .as("seed %d", seed)
                        .isEqualTo(blobs.get(i));
            }
            assertThat(readLine(in)).isNull();
        }
    }

    private static @Nullable String readLine(LineInput in) throws IOException {
        while (true) {
            try {
                return in.readLine();
            } catch (SocketTimeoutException e) {
                // What the client does too while its deadline has not come: it reads again.
            }
        }
    }

    private static byte[] readBytes(LineInput in, int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int filled = 0; filled < count; ) {
            try {
                filled += in.read(bytes, filled, count - filled);
            } catch (SocketTimeoutException e) {
                // As above.
            }
        }
        return bytes;
    }

    @Test
    void endlessLineIsRefused() {
        LineInput in = new LineInput(new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        });
        assertThatThrownBy(in::readLine).isInstanceOf(LineTooLongException.class);
    }
}
