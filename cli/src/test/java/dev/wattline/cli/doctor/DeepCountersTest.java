package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.source.CounterTruth;
import dev.wattline.analysis.source.CounterTruth.Verdict;
import dev.wattline.analysis.source.ObserverEffect;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.telemetry.source.SourceSettings;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepCountersTest {
    @TempDir
    private Path folder;

    private static ObserverEffect effect(String card, ObserverEffect.Verdict verdict) {
        double known = verdict == ObserverEffect.Verdict.CANNOT_SAY ? Double.NaN : 1;
        return new ObserverEffect(card, "H100", verdict, 60 * known, 2 * known, 95 * known, 1.5 * known, "as measured");
    }

    private static CounterTruth truth(String card, Verdict verdict) {
        double known = verdict == Verdict.AGREES || verdict == Verdict.SCALED ? 1 : Double.NaN;
        return new CounterTruth(
                "nvml",
                card,
                "nvidia-smi",
                verdict,
                1.01 * known,
                0.01 * known,
                0.5 * known,
                2 * known,
                0.1 * known,
                Double.NaN,
                1,
                0.1,
                90,
                "as fitted");
    }

    @ParameterizedTest
    @CsvSource({"NONE, NONE, PASS", "NONE, CANNOT_SAY, WARN", "KEPT_AWAKE, CANNOT_SAY, WARN"})
    void aCardThatPollingKeepsAwakeOrThatTellsNothingIsWarnedOf(
            ObserverEffect.Verdict one, ObserverEffect.Verdict other, Status status) {
        CheckOutcome outcome = ObserverCheck.outcome(List.of(effect("GPU-1", one), effect("GPU-2", other)));

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.remedy().isEmpty()).isEqualTo(status == Status.PASS);
        assertThat(outcome.cause())
                .contains(
                        "H100 GPU-1: " + one.word().replace('-', ' ') + ", as measured",
                        "\nH100 GPU-2: " + other.word().replace('-', ' '));
        assertThat(outcome.values())
                .containsEntry("card0UnpolledWatts", 60.0)
                .containsEntry("card0UnpolledWattsHalfWidth", 2.0)
                .containsEntry("card0PolledWatts", 95.0);
        assertThat(outcome.values().containsKey("card1PolledWatts"))
                .isEqualTo(other != ObserverEffect.Verdict.CANNOT_SAY);
    }

    @ParameterizedTest
    @CsvSource({
        "AGREES, PASS",
        "SCALED, WARN",
        "LAGS, WARN",
        "MODULE, WARN",
        "CANNOT_SAY, WARN",
        "STUCK, FAIL",
        "CONTRADICTS, FAIL"
    })
    void theWorstCounterIsTheOutcomeWithItsRemedy(Verdict verdict, Status status) {
        CheckOutcome outcome = CounterCheck.outcome(new DeepCounters.Found(
                List.of(effect("GPU-1", ObserverEffect.Verdict.NONE), effect("GPU-2", ObserverEffect.Verdict.NONE)),
                List.of(truth("GPU-2", verdict), truth("GPU-1", Verdict.AGREES)),
                Optional.of("the load ended by itself")));

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.remedy().isEmpty()).isEqualTo(status == Status.PASS);
        assertThat(outcome.cause())
                .startsWith("H100 GPU-1: agrees, as fitted\nH100 GPU-2: "
                        + verdict.word().replace('-', ' '))
                .endsWith("\nthe load ended by itself");
        assertThat(outcome.values())
                .containsEntry("card0Gain", 1.01)
                .containsEntry("card0LagSeconds", 0.1)
                .doesNotContainKey("card0LagSecondsHalfWidth");
    }

    @Test
    void aCardThatNvidiaSmiDoesNotShowIsNotSaidAnythingOf() {
        CheckOutcome outcome = CounterCheck.outcome(new DeepCounters.Found(
                List.of(effect("gpu-0", ObserverEffect.Verdict.NONE)), List.of(), Optional.empty()));

        assertThat(outcome.status()).isEqualTo(Status.WARN);
        assertThat(outcome.cause()).isEqualTo("H100 gpu-0: cannot say, nvidia-smi shows no power of it");
    }

    @Test
    void withoutACounterBothSayWhatIsLackingAndNothingIsLoaded() throws IOException, InterruptedException {
        Path settings = Files.writeString(folder.resolve("sources.ini"), "[nvml]\nprogram = no-such-dcgmi\n");
        Path ran = folder.resolve("ran");
        DeepCounters test = new DeepCounters(
                Duration.ofSeconds(5),
                Optional.of("touch '" + ran + "'"),
                SourceSettings.read(settings),
                "no-such-smi",
                TimeSource.system());

        try (Doctor doctor = new Doctor(test.checks(), TestDeadlines.seconds(20), TimeSource.system())) {
            assertThat(doctor.run().rows()).hasSize(2).allSatisfy(row -> {
                assertThat(row.outcome().status()).isEqualTo(Status.WARN);
                assertThat(row.outcome().cause()).startsWith("cannot say: ").contains("no-such-dcgmi");
            });
        }
        assertThat(ran).doesNotExist();
    }
}
