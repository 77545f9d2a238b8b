package dev.wattline.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

/** Writes an nvidia-smi log of eight GPUs polled at 100 Hz, whose readings change ten times a second. */
final class SmiLogWriter {
    private static final int GPUS = 8;
    private static final int POLL_MS = 10;
    private static final int POLLS_PER_UPDATE = 10;
    private static final long START = LocalDateTime.of(2024, 7, 17, 2, 0).toEpochSecond(ZoneOffset.UTC) * 1000;
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

    private SmiLogWriter() {}

    static void write(Path file, long rows) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        int[] hundredths = new int[GPUS];
        StringBuilder text = new StringBuilder(1 << 17);
        String second = "";
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            text.append("timestamp, index, uuid, power.draw [W], utilization.gpu [%], pstate\n");
            for (long row = 0; row < rows; row++) {
                long poll = row / GPUS;
                int gpu = (int) (row % GPUS);
                long ms = START + poll * POLL_MS;
                if (gpu == 0 && ms % 1000 == 0) {
                    second = LocalDateTime.ofEpochSecond(ms / 1000, 0, ZoneOffset.UTC)
                            .format(SECOND);
                }
                if (poll % POLLS_PER_UPDATE == 0) {
                    hundredths[gpu] = 30_000 + random.nextInt(10_000);
                }
                row(text, second, (int) (ms % 1000), gpu, hundredths[gpu]);
                if (text.length() > 1 << 16) {
                    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
                    text.setLength(0);
                }
            }
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void row(StringBuilder text, String second, int ms, int gpu, int hundredths) {
        text.append(second).append('.');
        digits(text, ms, 100);
        text.append(", ")
                .append(gpu)
                .append(", GPU-00000101-0000-4000-8000-00000000000")
                .append(gpu)
                .append(", ");
        text.append(hundredths / 100).append('.');
        digits(text, hundredths % 100, 10);
        text.append(" W, 97 %, P0\n");
    }

    private static void digits(StringBuilder text, int value, int highest) {
        for (int weight = highest; weight > 0; weight /= 10) {
            text.append((char) ('0' + value / weight % 10));
        }
    }
}
