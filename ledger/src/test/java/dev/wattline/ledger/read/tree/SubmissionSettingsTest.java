package dev.wattline.ledger.read.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations in the two forms that submissions have, made up with numbers that no system has. */
class SubmissionSettingsTest {
    private static final String CLASSES = """
            from . import *

            @ConfigRegistry.register(HarnessType.LWIS, AccuracyTarget.k_99, PowerSetting.MaxP)
            class BIG_CARDx8(OfflineGPUBaseConfig):
                system = KnownSystem.BIG_CARDx8
                gpu_batch_size = {'bert': 1000}
                graph = {'power_limit': 1}

            @ConfigRegistry.register(HarnessType.LWIS, AccuracyTarget.k_99_9, PowerSetting.MaxP)
            class BIG_CARDx8_HighAccuracy(BIG_CARDx8):
                gpu_batch_size = {'bert': 500}

            @ConfigRegistry.register(HarnessType.LWIS, AccuracyTarget.k_99, PowerSetting.MaxQ)
            class BIG_CARDx8_MaxQ(BIG_CARDx8):
                power_limit = 123

            @ConfigRegistry.register(HarnessType.LWIS, AccuracyTarget.k_99_9, PowerSetting.MaxQ)
            class BIG_CARDx8_HighAccuracy_MaxQ(BIG_CARDx8_HighAccuracy):
                power_limit = 321
            """;
    private static final String EXPORTS = """
            base = {
                model_fields.gpu_batch_size: {
                    'llama2-70b': 2048,
                },
            }

            EXPORTS = {
                C.WorkloadSetting(C.HarnessType.Custom, C.AccuracyTarget(0.99), C.PowerSetting.MaxP): base,
                C.WorkloadSetting(C.HarnessType.Custom, C.AccuracyTarget(0.99), C.PowerSetting.MaxQ): {
                    model_fields.gpu_batch_size: {
                        'encoder': 64,
                        'decoder': 64,
                    },
                    power_fields.power_limit: 450,
                },
                C.WorkloadSetting(C.HarnessType.Custom, C.AccuracyTarget(0.999), C.PowerSetting.MaxQ): {
                    model_fields.gpu_batch_size: {
                        'encoder': 64,
                        'decoder': 32,
                    },
                },
            }
            """;

    @TempDir
    Path tree;

    @Test
    void classesAreTakenByTargetAndPowerSettingWithWhatTheyInherit() throws IOException {
        write("closed/ACME/configs/bert/Offline/__init__.py", CLASSES);

        assertThat(of("BIG-CARDx8_TRT", "bert-99"))
                .isEqualTo(
                        new SubmissionSettings("", 1000.0, "closed/ACME/configs/bert/Offline/__init__.py", null, ""));
        assertThat(of("BIG-CARDx8_TRT", "bert-99.9").batch()).isEqualTo(500);
        assertThat(of("BIG-CARDx8_TRT_MaxQ", "bert-99").batch()).isEqualTo(1000);
        assertThat(of("BIG-CARDx8_TRT_MaxQ", "bert-99").limitWatts()).isEqualTo(123);
        assertThat(of("BIG-CARDx8_TRT_MaxQ", "bert-99.9").limitWatts()).isEqualTo(321);
        assertThat(of("BIG-CARDx8_TRT_MaxQ", "bert-99.9").batch()).isEqualTo(500);
    }

    @Test
    void dictionariesAreTakenByTargetAndPowerSetting() throws IOException {
        String file = "closed/ACME/configs/BIG-CARDx8/Offline/llama2-70b.py";
        write(file, EXPORTS);

        assertThat(of("BIG-CARDx8_TRT", "llama2-70b-99")).isEqualTo(new SubmissionSettings("", 2048.0, file, null, ""));
        assertThat(of("BIG-CARDx8_TRT_MaxQ", "llama2-70b-99"))
                .isEqualTo(new SubmissionSettings("", 64.0, file, 450.0, file));
        // Two parts of the model have different batches: the model's is not told.
        assertThat(of("BIG-CARDx8_TRT_MaxQ", "llama2-70b-99.9")).isEqualTo(SubmissionSettings.NONE);
    }

    @Test
    void ofAnotherSystemNothingIsTaken() throws IOException {
        write("closed/ACME/configs/bert/Offline/__init__.py", CLASSES);
        write("closed/ACME/configs/BIG-CARDx8/Offline/llama2-70b.py", EXPORTS);

        assertThat(of("BIG-CARDx4_TRT", "bert-99")).isEqualTo(SubmissionSettings.NONE);
        assertThat(of("BIG-CARDx8_Triton", "bert-99")).isEqualTo(SubmissionSettings.NONE);
        assertThat(of("BIG-CARDx4", "llama2-70b-99")).isEqualTo(SubmissionSettings.NONE);
        assertThat(of("BIG-CARDx8", "dlrm-99")).isEqualTo(SubmissionSettings.NONE);
    }

    @Test
    void thePrecisionIsThatOfTheMeasurements() throws IOException {
        String folder = "closed/ACME/measurements/BIG-CARDx8_TRT/bert-99/Offline/";
        write(folder + "a_pip_freeze.json", "{\"torch\": \"2\"}");
        write(
                folder + "BIG-CARDx8_TRT_Offline.json",
                "{\"input_data_types\": \"int32\", \"weight_data_types\": \"fp8\"}");

        assertThat(of("BIG-CARDx8_TRT", "bert-99").precision()).isEqualTo("fp8");
        assertThat(of("BIG-CARDx8_TRT", "bert-99.9").precision()).isEmpty();
    }

    private SubmissionSettings of(String system, String benchmark) {
        return SubmissionSettings.of(
                tree,
                ResultPlace.of(
                        tree,
                        tree.resolve("closed/ACME/results/" + system + "/" + benchmark + "/Offline/performance")));
    }

    private void write(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
