package dev.wattline.sut.telemetry.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingIntervalTest {

    @ParameterizedTest
    @CsvSource({
        "NVIDIA H100 PCIe, true, 1000",
        "NVIDIA A100-SXM4-80GB, false, 33",
        "Tesla V100-SXM2-16GB, false, 6",
        "Tesla P100-PCIE-16GB, false, 6",
        "NVIDIA TITAN V, false, 6",
        "NVIDIA TITAN RTX, false, 33",
        "NVIDIA GeForce GTX 1080 Ti, false, 6",
        "Quadro P4000, false, 6",
        "Quadro RTX 8000, false, 33",
        "Tesla V100S-PCIE-32GB, false, 6",
        "NVIDIA TITAN X (Pascal), false, 6",
        "NVIDIA GeForce GTX TITAN X, false, 33",
        "Tesla K40m, false, 5",
        "Tesla M40, false, 10",
        "a card that nobody knows, false, 33"
    })
    void followsTheSensorsUpdatePeriod(String card, boolean averaged, long millis) {
        assertThat(SamplingInterval.of(List.of(card), averaged)).hasMillis(millis);
    }

    @ParameterizedTest
    @CsvSource({"NVIDIA A100-PCIE-40GB, Tesla V100-PCIE-32GB, 6", "NVIDIA A100-PCIE-40GB, NVIDIA A100-PCIE-40GB, 33"})
    void theQuickestCardDecides(String first, String second, long millis) {
        assertThat(SamplingInterval.of(List.of(first, second), false)).hasMillis(millis);
    }
}
