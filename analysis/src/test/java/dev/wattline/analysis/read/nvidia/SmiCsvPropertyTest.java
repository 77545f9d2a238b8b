package dev.wattline.analysis.read.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.series.PowerSeries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random logs in random forms, read through streams that give a few bytes at a time. */
class SmiCsvPropertyTest {
    private static final List<String> ZONES = List.of("UTC", "Europe/London", "America/Los_Angeles", "Asia/Kolkata");
    private static final List<String> MISSING = List.of("[N/A]", "[Not Supported]", "[Unknown Error]", "");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void whatWasWrittenIsRead(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        boolean nounits = random.nextBoolean();
        String end = random.nextBoolean() ? "\n" : "\r\n";
        int gpus = 1 + random.nextInt(4);
        boolean average = random.nextBoolean();
        StringBuilder text = new StringBuilder("timestamp, ")
                .append(gpus > 1 ? "uuid, " : "")
                .append("pstate, power.draw [W]")
                .append(average ? ", power.draw.average [W]" : "")
                .append(end);
        List<List<long[]>> expected = new ArrayList<>();
        for (int g = 0; g < gpus; g++) {
            expected.add(new ArrayList<>());
        }
        long at = Instant.parse("2023-06-01T12:00:00Z").toEpochMilli();
        long missing = 0;
        long malformed = 0;
        for (int row = 0; row < 300; row++) {
            at += 1 + random.nextInt(2000);
            for (int g = 0; g < gpus; g++) {
                String stamp = STAMP.format(Instant.ofEpochMilli(at).atZone(zone));
                int hundredths = random.nextInt(70_000);
                boolean gone = random.nextInt(20) == 0;
                String cell = gone
                        ? MISSING.get(random.nextInt(MISSING.size()))
                        : String.format(
                                Locale.ROOT, "%d.%02d%s", hundredths / 100, hundredths % 100, nounits ? "" : " W");
                text.append(stamp)
                        .append(gpus > 1 ? ", GPU-" + g : "")
                        .append(", P0, ")
                        .append(cell);
                text.append(average ? ", " + cell : "").append(end);
                missing += gone ? (average ? 2 : 1) : 0;
                if (!gone) {
                    expected.get(g).add(new long[] {at, hundredths * 10L});
                }
            }
            if (random.nextInt(50) == 0) {
                text.append("Failed to initialize NVML: Unknown Error").append(end);
                malformed++;
            }
        }

        LogInput.Options options = LogInput.Options.all(zone).withFields(List.of("power.draw"));
        PowerLog log = SmiCsv.parse("random", slow(text.toString(), random), options);

        assertThat(log.counts().malformed()).isEqualTo(malformed);
        assertThat(log.counts().missing().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(average ? missing / 2 : missing);
        for (int g = 0; g < gpus; g++) {
            PowerSeries series = Objects.requireNonNull(log.devices().get(g).series("power.draw"));
            assertThat(series.size()).isEqualTo(expected.get(g).size());
            for (int i = 0; i < series.size(); i++) {
                assertThat(series.timeMs(i)).isEqualTo(expected.get(g).get(i)[0]);
                assertThat(series.milliwatts(i)).isEqualTo((int) expected.get(g).get(i)[1]);
            }
        }
    }

    private static InputStream slow(String text, SplittableRandom random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(200)));
            }
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26, 27, 28})
    void anyBytesAreCountedAndNeverCrash(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] noise = new byte[4000];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i += 1 + random.nextInt(60)) {
            noise[i] = (byte) ",\n 0123456789/:.W".charAt(random.nextInt(",\n 0123456789/:.W".length()));
        }
        byte[] header = "timestamp, power.draw [W]\n2023/06/01 12:00:00.000, 5 W\n".getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[header.length + noise.length];
        System.arraycopy(header, 0, all, 0, header.length);
        System.arraycopy(noise, 0, all, header.length, noise.length);

        PowerLog log = SmiCsv.parse("noise", new ByteArrayInputStream(all), LogInput.Options.all(null));

        assertThat(log.counts().rows()).isEqualTo(1);
        assertThat(log.counts().malformed()).isPositive();
    }
}
