package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.files.SessionFolder;
import dev.wattline.mock.ptd.Playback;
import dev.wattline.model.Phase;
import dev.wattline.testing.SharedData;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded sessions played back by the mock, five hundred times as fast, through a whole session of the director. */
@Execution(ExecutionMode.CONCURRENT)
class RealInputTest {
    private static final double SPEED = 500;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // One channel, with readings that failed while the range was sought.
                "v1.1/closed__Krai__xavier-power.0-fan.cool-armnn-v21.05-neon__resnet50__offline | 49 |",
                "v4.1/closed__UntetherAI__r760_u6_slim__resnet50__offline | 8 |",
                // A missed sample in the testing phase.
                "v1.1/closed__NVIDIA__Xavier_NX_TRT_MaxQ__rnnt__Offline | 52 | channel: 1",
                // Readings out of range, encoded.
                "v1.1/closed__NVIDIA__AGX_Xavier_TRT_MaxQ__3d-unet-99.9__SingleStream | 52 | channel: 3",
                // Sum and channels.
                "v1.1/closed__Qualcomm__g292_z43_q16-qaic-v1.5.6-aic100__resnet50__offline | 77 | channel: 1,2",
                "v1.1/closed__Dell__XE8545_A100-SXM-80GBx4_TRT__bert-99__Server | 48 | channel: 2",
                "v4.1/closed__NVIDIA__H200-SXM-141GBx8_TRT_MaxQ__resnet50__Offline | 77 | channel: 1,3",
            })
    void passesEveryRecordedRowOn(String name, int type, String channel) throws Exception {
        Path recorded = SharedData.orSkip("corpus/" + name);
        Playback playback = Playback.of(recorded);
        EmbeddedPtd mocks = new EmbeddedPtd(
                folder, (analyzer, launch, builder) -> builder.speed(SPEED).playback(playback));
        AtomicReference<Path> log = new AtomicReference<>();
        PtdLauncher launcher = (analyzer, command, port, output) -> {
            log.set(Path.of(command.get(command.indexOf("-l") + 1)));
            return mocks.launch(analyzer, command, port, output);
        };
        DirectorConfig config = DirectorHarness.config(
                folder, "", channel == null ? DirectorHarness.analyzer(type) : DirectorHarness.analyzer(type, channel));

        SessionFolder measured;
        try (Director director =
                        Director.start(DirectorHarness.environment(config, launcher), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            measured = new SessionFolder(folder.resolve("logs").resolve(measure(client, log, recorded)));
        }

        for (Phase phase : Phase.values()) {
            List<String> expected = readings(new SessionFolder(recorded).spl(phase));
            assertThat(readings(measured.spl(phase)))
                    .as("%s, %s", name, phase)
                    .hasSizeGreaterThanOrEqualTo(expected.size())
                    .startsWith(expected.toArray(String[]::new));
        }
    }

    private static String measure(RawClient client, AtomicReference<Path> log, Path recorded) throws Exception {
        String reply = client.ask("new,real," + UUID.randomUUID());
        String id = reply.substring(3, reply.indexOf(','));
        for (Phase phase : Phase.values()) {
            long rows = readings(new SessionFolder(recorded).spl(phase)).size();
            assertThat(client.ask("session," + id + ",start," + phase.word())).isEqualTo("OK");
            String mark = id + "_" + phase.word();
            Awaitility.await()
                    .atMost(TestDeadlines.seconds(60))
                    .until(() -> marked(Objects.requireNonNull(log.get()), mark) >= rows);
            assertThat(client.ask("session," + id + ",stop," + phase.word())).isEqualTo("OK");
        }
        assertThat(client.ask("session," + id + ",done")).isEqualTo("OK");
        return id;
    }

    private static long marked(Path log, String mark) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(",Mark," + mark)).count();
        }
    }

    /** Each row without its time and mark, which are this run's own. */
    private static List<String> readings(Path spl) throws IOException {
        List<String> readings = new ArrayList<>();
        for (String line : Files.readAllLines(spl, StandardCharsets.ISO_8859_1)) {
            if (!line.isBlank()) {
                readings.add(line.strip().replaceFirst("^Time,[^,]*,", "").replaceFirst(",Mark,[^,]*", ""));
            }
        }
        return readings;
    }
}
