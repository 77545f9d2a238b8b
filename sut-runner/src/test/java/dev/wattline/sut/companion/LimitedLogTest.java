package dev.wattline.sut.companion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitedLogTest {
    @TempDir
    private Path folder;

    private static byte[] filled(int length, char with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private String written(byte[]... parts) throws IOException {
        Path file = folder.resolve("below/log");
        try (LimitedLog log = new LimitedLog(file)) {
            for (byte[] part : parts) {
                log.write(part);
            }
        }
        return Files.readString(file, StandardCharsets.US_ASCII);
    }

    @Test
    void whatFitsIsThereAsItCame() throws IOException {
        assertThat(written("one\n".getBytes(StandardCharsets.US_ASCII), "two\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("one\ntwo\n");
    }

    @Test
    void ofWhatComesAfterTheLimitTheEndIsKept() throws IOException {
        String text = written(filled(LimitedLog.HEAD - 1, 'a'), filled(1 + 100 + LimitedLog.TAIL, 'b'));
        assertThat(text).hasSizeLessThan(LimitedLog.HEAD + LimitedLog.TAIL + 60);
        assertThat(text.substring(LimitedLog.HEAD - 1)).startsWith("b\n[100 bytes are left out here]\nb");
        assertThat(text).endsWith("b".repeat(LimitedLog.TAIL));
    }

    @Test
    void nothingIsSaidToBeMissingWhereTheEndHoldsAllOfIt() throws IOException {
        assertThat(written(filled(LimitedLog.HEAD, 'a'), filled(LimitedLog.TAIL, 'b')))
                .hasSize(LimitedLog.HEAD + LimitedLog.TAIL)
                .endsWith("ab" + "b".repeat(LimitedLog.TAIL - 1));
    }

    @Test
    void aStragglersWordsAreDropped() throws IOException {
        Path file = folder.resolve("log");
        LimitedLog log = new LimitedLog(file);
        log.write('a');
        log.close();
        log.write('b');
        log.close();
        assertThat(file).hasContent("a");
    }
}
