package dev.wattline.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.PowerSample;
import dev.wattline.testing.SharedData;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionFilesTest {
    private static final String ROW =
            "Time,07-23-2024 13:28:10.096,Watts,167.300000,Volts,118.600000,Amps,1.623000,PF,0.869000,Mark,s_testing";

    @TempDir
    Path folder;

    @Test
    void readsSamplesAndCountsWhatIsNone() throws Exception {
        Path spl = Files.write(
                folder.resolve("spl.txt"),
                (ROW + "\r\n\n" + "Time,broken\n" + ROW + "  \n\u00ff\n").getBytes(StandardCharsets.ISO_8859_1));

        List<PowerSample> samples = new ArrayList<>();
        try (SplReader reader = SplReader.open(spl)) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                samples.add(sample);
            }
            assertThat(reader.rejected()).isEqualTo(2);
            assertThat(reader.rejections())
                    .extracting(SplReader.Rejection::line)
                    .containsExactly(3L, 5L);
        }
        assertThat(samples).hasSize(2).allMatch(sample -> sample.reading().watts() == 167.3);
    }

    @Test
    void readsEveryRowOfARealSession() throws Exception {
        Path session = SharedData.orSkip("corpus/modernised/base2");

        for (dev.wattline.model.Phase phase : dev.wattline.model.Phase.values()) {
            try (SplReader reader = SplReader.open(new SessionFolder(session).spl(phase))) {
                long rows = 0;
                while (reader.next() != null) {
                    rows++;
                }
                assertThat(reader.rejected()).isZero();
                assertThat(rows).isGreaterThan(600);
            }
        }
    }

    @Test
    void tokensOfCompletedQueriesGoBeforeThoseOfAll() throws Exception {
        Path detail = folder.resolve("mlperf_log_detail.txt");
        String all = ":::MLLOG {\"key\": \"result_tokens_per_second\", \"value\": 25262.1, \"time_ms\": 1}\n";
        String completed =
                ":::MLLOG {\"key\": \"result_completed_tokens_per_second\", \"value\": 20000, \"time_ms\": 1}\n";

        assertThat(LoadgenLog.tokensPerSecond(Files.writeString(detail, all))).hasValue(25262.1);
        assertThat(LoadgenLog.tokensPerSecond(Files.writeString(detail, completed + all)))
                .hasValue(20000);
        assertThat(LoadgenLog.tokensPerSecond(Files.writeString(detail, "no tokens\n")))
                .isEmpty();
    }

    @Test
    void aLineWithoutEndHidesNoPowerWindow() throws Exception {
        Path detail = folder.resolve("mlperf_log_detail.txt");
        try (Writer out = Files.newBufferedWriter(detail)) {
            out.write("{\"key\": \"power_begin\", \"value\": \"07-28-2025 22:21:17.271\"}\n");
            String piece = "x".repeat(1 << 20);
            for (int i = 0; i < 64; i++) {
                out.write(piece);
            }
            out.write("\n{\"key\": \"power_end\", \"value\": \"07-28-2025 22:31:17.271\"}\n");
        }

        PowerWindow window = LoadgenLog.powerWindow(detail).orElseThrow();

        assertThat(window.end()).isEqualTo(Instant.parse("2025-07-28T22:31:17.271Z"));
    }

    @Test
    void findsThePowerWindow() throws Exception {
        Path detail = Files.write(
                folder.resolve("mlperf_log_detail.txt"),
                (":::MLLOG {\"key\": \"x\"}\n\u00ff\n"
                                + ":::MLLOG {\"key\": \"power_begin\", \"value\": \"07-28-2025 22:21:17.271\", \"time_ms\": 1}\n"
                                + ":::MLLOG {\"key\": \"POWER_END\", \"value\": \"07-28-2025 22:31:17.5\"}\n")
                        .getBytes(StandardCharsets.ISO_8859_1));

        PowerWindow window = LoadgenLog.powerWindow(detail).orElseThrow();
        assertThat(window.begin()).isEqualTo(Instant.parse("2025-07-28T22:21:17.271Z"));
        assertThat(window.end()).isEqualTo(Instant.parse("2025-07-28T22:31:17.500Z"));
        assertThat(window.contains(window.begin())).isFalse();
        assertThat(window.contains(window.begin().plusMillis(1))).isTrue();
    }

    @Test
    void findsNoPowerWindowInALogWithoutOne() throws Exception {
        Path detail = Files.writeString(folder.resolve("mlperf_log_detail.txt"), "power_begin 99-99-2025 1:1:1.1\n");

        assertThat(LoadgenLog.powerWindow(detail)).isEmpty();
    }

    @Test
    void hashesATree() throws Exception {
        Files.createDirectories(folder.resolve("power/deep"));
        Files.writeString(folder.resolve("power/deep/a.txt"), "abc");
        Files.writeString(folder.resolve("b.txt"), "");

        assertThat(FileHashes.tree(folder))
                .containsExactly(
                        java.util.Map.entry("b.txt", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
                        java.util.Map.entry("power/deep/a.txt", "a9993e364706816aba3e25717850c26c9cd0d89d"));
    }
}
