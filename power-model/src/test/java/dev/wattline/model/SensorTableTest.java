package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table against names that nvidia-smi really gives. */
class SensorTableTest {
    private static final String INSTANT = "power.draw.instant";

    /** Name; T in ms; W of an instantaneous reading in ms, rc or ?; whether power.draw is a mean over a second. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "NVIDIA H100 PCIe;100;25;true",
                "NVIDIA H100 80GB HBM3;100;25;true",
                "NVIDIA H100 NVL;100;25;true",
                "NVIDIA H200;100;25;true",
                "NVIDIA H200 NVL;100;25;true",
                "NVIDIA H800 PCIe;100;25;true",
                "NVIDIA H20;100;25;true",
                "NVIDIA GH200 480GB;100;25;true",
                "NVIDIA B200;100;?;true",
                "NVIDIA GB200;100;?;true",
                "NVIDIA B300 SXM6 AC;100;?;true",
                "NVIDIA GeForce RTX 5090;100;?;true",
                "NVIDIA RTX PRO 6000 Blackwell Server Edition;100;?;true",
                "NVIDIA L40S;100;100;true",
                "NVIDIA L40;100;100;true",
                "NVIDIA L4;100;100;true",
                "NVIDIA L20;100;100;true",
                "NVIDIA GeForce RTX 4090;100;100;true",
                "NVIDIA GeForce RTX 4090 D;100;100;true",
                "NVIDIA GeForce RTX 4070 Ti SUPER;100;100;true",
                "NVIDIA GeForce RTX 4060 Laptop GPU;100;100;true",
                "NVIDIA RTX 6000 Ada Generation;100;100;true",
                "NVIDIA RTX 5000 Ada Generation;100;100;true",
                "NVIDIA RTX 4000 SFF Ada Generation;100;100;true",
                "NVIDIA A100-SXM4-80GB;101.2;25;false",
                "NVIDIA A100 80GB PCIe;101.2;25;false",
                "A100-PCIE-40GB;101.2;25;false",
                "NVIDIA A100X;101.2;25;false",
                "NVIDIA A800-SXM4-80GB;101.2;25;false",
                "NVIDIA A30;101.2;25;false",
                "NVIDIA GeForce RTX 3090;100;100;true",
                "NVIDIA GeForce RTX 3080 Ti;100;100;true",
                "NVIDIA GeForce RTX 3060 Laptop GPU;100;100;true",
                "NVIDIA RTX A6000;100;100;true",
                "NVIDIA RTX A5500;100;100;true",
                "NVIDIA RTX A4500;100;100;true",
                "NVIDIA RTX A2000 12GB;100;100;true",
                "NVIDIA A10;100;100;true",
                "NVIDIA A10G;100;100;true",
                "NVIDIA A16;100;100;true",
                "NVIDIA A2;100;100;true",
                "NVIDIA A40;100;100;true",
                "NVIDIA GeForce RTX 2080 Ti;100;100;false",
                "NVIDIA GeForce GTX 1660 SUPER;100;100;false",
                "NVIDIA TITAN RTX;100;100;false",
                "Quadro RTX 8000;100;20;false",
                "Quadro RTX 6000;100;100;false",
                "Quadro RTX 5000;100;100;false",
                "Quadro RTX 4000;100;100;false",
                "Tesla T4;100;100;false",
                "NVIDIA T1000 8GB;100;100;false",
                "NVIDIA T400 4GB;100;100;false",
                "Tesla V100-SXM2-16GB;20.04;10;false",
                "Tesla V100-PCIE-32GB;20.04;10;false",
                "Tesla V100S-PCIE-32GB;20.04;10;false",
                "NVIDIA TITAN V;20.04;10;false",
                "Quadro GV100;20.04;10;false",
                "Tesla P100-PCIE-16GB;20.04;10;false",
                "Tesla P40;20.04;10;false",
                "Tesla P4;20.04;10;false",
                "Quadro P4000;20.04;10;false",
                "Quadro P400;20.04;10;false",
                "Quadro GP100;20.04;10;false",
                "NVIDIA GeForce GTX 1080 Ti;20.04;10;false",
                "GeForce GTX 1050;20.04;10;false",
                "NVIDIA TITAN Xp;20.04;10;false",
                "NVIDIA TITAN X (Pascal);20.04;10;false",
                "GeForce GTX TITAN X;100;rc;false",
                "NVIDIA GeForce GTX TITAN X;100;rc;false",
                "GeForce GTX 980 Ti;100;rc;false",
                "GeForce GTX 750 Ti;100;rc;false",
                "Quadro M4000;100;rc;false",
                "Tesla M60;100;rc;false",
                "Tesla M10;100;rc;false",
                "Tesla M40;31;14.5;false",
                "Tesla M40 24GB;31;14.5;false",
                "Tesla K80;100;rc;false",
                "Tesla K40m;15.4;rc;false",
                "Tesla K40c;15.4;rc;false",
                "Tesla K20Xm;15;rc;false",
                "Tesla K20m;15;rc;false"
            })
    void eachCardHasItsOwnSensor(String card, double periodMs, String window, boolean averages) {
        SensorTable.Entry entry = SensorTable.find(card, INSTANT, "").orElseThrow();

        assertThat(entry.periodMs()).isEqualTo(periodMs);
        assertThat(entry.lowPass()).isEqualTo(window.equals("rc"));
        if (Character.isDigit(window.charAt(0))) {
            assertThat(entry.windowMs()).isEqualTo(Double.parseDouble(window));
        } else {
            assertThat(entry.windowMs()).isNaN();
        }
        assertThat(SensorTable.averages(card)).contains(averages);
        assertThat(entry.source()).isIn("bench", "same-chip", "help", "k20");
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA H100 PCIe, power.draw, 550.1, 1000",
        "NVIDIA H100 PCIe, power.draw, 530.30, 1000",
        "NVIDIA H100 PCIe, power.draw.instant, 550.1, 25",
        "NVIDIA A100-SXM4-40GB, power.draw, 535, 25",
        "NVIDIA GeForce RTX 3090, power.draw, 535, 1000",
        "NVIDIA GeForce RTX 3090, power.draw, 530.41, 100",
        "NVIDIA GeForce RTX 3090, power.draw.average, 530.41, 1000",
        "NVIDIA GeForce RTX 4090, power.draw.instant, 550, 100",
        "Tesla V100-PCIE-16GB, power.draw, 535, 10",
        "NVIDIA B200, power.draw.average, 570, 1000",
        "a card of the future, power.draw.average, 600, 1000"
    })
    void theWindowFollowsFieldAndDriver(String card, String field, String driver, double windowMs) {
        assertThat(SensorTable.find(card, field, driver).orElseThrow().windowMs())
                .isEqualTo(windowMs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"AMD Instinct MI250X", "NVIDIA TITAN X", "Tesla C2050", "GeForce GTX TITAN", "NVIDIA GB10", ""})
    void theTableDoesNotGuess(String card) {
        assertThat(SensorTable.find(card, INSTANT, "")).isEmpty();
        assertThat(SensorTable.averages(card)).isEmpty();
    }

    @Test
    void ofACardThatIsNotKnownEachPeriodMayBe() {
        assertThat(SensorTable.periods("", "power.draw", "")).containsExactly(15.0, 15.4, 20.04, 31.0, 100.0, 101.2);
        assertThat(SensorTable.periods("Tesla K40m", "power.draw", "")).containsExactly(15.4);
    }
}
