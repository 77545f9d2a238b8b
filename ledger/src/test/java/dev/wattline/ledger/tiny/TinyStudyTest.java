package dev.wattline.ledger.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.ledger.LedgerException;
import dev.wattline.model.finding.Finding;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyStudyTest {
    @TempDir
    Path folder;

    @Test
    void tracesGiveTheMediansThatWereComputedFromThem() throws IOException {
        Path tiny = SharedData.orSkip("ledger/tiny");
        List<String> expected = Files.readAllLines(SharedData.orSkip("ledger/expected/tiny.csv"));

        assertThat(TinyStudy.below(tiny)).hasSize(expected.size() - 1);
        for (String line : expected.subList(1, expected.size())) {
            String[] fields = line.split(",");
            String path = fields[fields.length - 1];

            TinyFolder study = TinyStudy.of(tiny.resolve(path), path);

            assertThat(study.medianUJ())
                    .as(path)
                    .isEqualTo(Double.parseDouble(fields[fields.length - 2]), within(5e-4));
            assertThat(study.logMedianUJ()).as(path).isEqualTo(Double.parseDouble(fields[7]));
            assertThat(study.windows())
                    .as(path)
                    .hasSize(5)
                    .allSatisfy(window -> assertThat(window.energyUJ())
                            .isEqualTo(window.logEnergyUJ(), within(window.logEnergyUJ() * 2e-3)));
            assertThat(study.findings()).as(path).isEmpty();
        }
    }

    @Test
    void aWindowIsTheSumOfItsSamplesOverItsInferences() throws IOException {
        trace(1000, 10, 2f);
        stamps("[0.001, 0.002, 0.006]");
        log(2, 8.0, 4.0, 2);

        TinyFolder study = TinyStudy.of(folder, "x/energy");

        assertThat(study.medianUJ()).isEqualTo(4.0);
        assertThat(study.windows()).containsExactly(new TinyFolder.Window(2, 0.002, 0.006, 8, 2, 4, 8.0));
        assertThat(study.findings()).isEmpty();
    }

    @Test
    void aTraceOfAnotherRunIsTold() throws IOException {
        trace(1000, 10, 2f);
        stamps("[0.001, 0.002, 0.006]");
        log(2, 9.0, 4.5, 2);

        assertThat(ids(TinyStudy.of(folder, "x/energy"))).contains("tiny-window-differs", "tiny-median-differs");
    }

    @Test
    void aTraceThatIsTooShortForAWindowHasNoMedian() throws IOException {
        trace(1000, 4, 2f);
        stamps("[0.001, 0.002, 0.006]");
        log(2, 8.0, 4.0, 2);

        TinyFolder study = TinyStudy.of(folder, "x/energy");

        assertThat(study.medianUJ()).isNull();
        assertThat(ids(study)).containsExactly("tiny-window-unusable");
    }

    @Test
    void missingFilesAreToldOneByOne() throws IOException {
        trace(1000, 4, 2f);

        assertThat(ids(TinyStudy.of(folder, "x/energy"))).containsExactly("tiny-no-log", "tiny-no-timestamps");
    }

    @Test
    void aFileThatIsNoTraceIsRefusedWithWhatWasExpected() throws IOException {
        Files.write(folder.resolve("trace1-energy.bin"), new byte[] {0x1f, 0, 0, 0, 0});
        assertThatThrownBy(() -> TinyStudy.of(folder, "x/energy"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("trace1-energy.bin begins with byte 0x1f");

        Files.write(folder.resolve("trace1-energy.bin"), new byte[] {(byte) 0xf1, 0});
        assertThatThrownBy(() -> TinyStudy.of(folder, "x/energy"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("ends within its first five bytes");
    }

    /** Since v1.3: 2 uJ a millisecond, the trial between the last two stamps, four inferences. */
    @Test
    void trialsInJsonRunBetweenTheirLastTwoStamps() throws IOException {
        Files.writeString(folder.resolve("results.json"), """
                [{"infer": {"iterations": 4}, "power": {
                  "samples": [9e-6, 2e-6, 2e-6, 2e-6, 2e-6, 9e-6],
                  "timestamps": [["08", 0], ["09", 1], ["10", 5]]}}]
                """);
        Files.writeString(folder.resolve("results.txt"), """
                Power Edition Output
                Energy data for trial 0
                  Elapsed time  : 0.004
                  Inferences    : 4
                  Power         : 2.0000 mW.
                  Total Energy  : 8.000 uJ
                  Energy/Inf    : 2.000 uJ/inf
                Median energy cost is 2.0000 uJ/inf.
                """);

        TinyFolder study = TinyStudy.of(folder, "x/energy");

        assertThat(study.medianUJ()).isEqualTo(2.0, within(1e-12));
        assertThat(study.logMedianUJ()).isEqualTo(2.0);
        assertThat(study.rateHz()).isEqualTo(1000);
        assertThat(study.windows()).singleElement().satisfies(window -> {
            assertThat(window.startS()).isEqualTo(0.001);
            assertThat(window.endS()).isEqualTo(0.005);
            assertThat(window.inferences()).isEqualTo(4);
        });
        assertThat(study.findings()).isEmpty();
    }

    @Test
    void aRunOfTheStreamingBenchmarkIsNoInference() throws IOException {
        Files.writeString(folder.resolve("results.txt"), """
                Energy data for trial 0
                  Elapsed time  : 1202.67
                  Inferences    : 1
                  Total Energy  : 13799576.167 uJ
                  Energy/Inf    : 13799576.167 uJ/inf
                Median energy cost is 13799576.1670 uJ/inf.
                Average duty cycle: 0.36346
                """);

        TinyFolder study = TinyStudy.of(folder, "x/energy");

        assertThat(study.logMedianUJ()).isEqualTo(13_799_576.167);
        assertThat(study.findings())
                .filteredOn(finding -> finding.id().equals("tiny-streaming"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.values())
                        .containsEntry("seconds", "1202.67")
                        .containsEntry("duty_cycle", "0.36346"));
    }

    @Test
    void stampsBeyondTheSamplesAreRefused() throws IOException {
        Path trials = Files.writeString(folder.resolve("results.json"), """
                [{"power": {"samples": [1e-6], "timestamps": [["08", 0], ["09", 5]]}}]
                """);

        assertThatThrownBy(() -> TinyStudy.of(folder, "x"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining(trials + ": the time stamps of trial 0");
    }

    private static List<String> ids(TinyFolder study) {
        return study.findings().stream().map(Finding::id).toList();
    }

    private void trace(float rate, int samples, float microjoules) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(5 + 4 * samples).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0xf1).putFloat(rate);
        for (int i = 0; i < samples; i++) {
            bytes.putFloat(microjoules);
        }
        Files.write(folder.resolve("trace1-energy.bin"), bytes.array());
    }

    private void stamps(String json) throws IOException {
        Files.writeString(folder.resolve("trace1-timestamps.json"), json);
    }

    private void log(int window, double energy, double each, int inferences) throws IOException {
        Files.writeString(
                folder.resolve("results.txt"),
                String.format(Locale.ROOT, """
                        00001.000 ulp-ml: Energy data for window %d at time 0.002 for 0.004 sec.:
                        00001.000 ulp-ml:   Energy       :   %.3f uJ
                        00001.000 ulp-ml:   Power        :    1.000 uW
                        00001.000 ulp-ml:   Energy/Inf.  :     %.3f uJ/inf.
                        00001.000 ulp-ml: Median energy cost is %.3f uJ/inf.
                        00001.000 ulp-ml: Performance results for window %d:
                        00001.000 ulp-ml:   # Inferences :           %d
                        """, window, energy, each, each, window, inferences));
    }
}
