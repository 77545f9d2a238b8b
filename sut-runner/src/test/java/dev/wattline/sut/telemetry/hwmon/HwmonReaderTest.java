package dev.wattline.sut.telemetry.hwmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.TakenReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HwmonReaderTest {
    @TempDir
    private Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    @Test
    void anAmdCardIsNamedByItsSlotAndReadByAverageOrElseInput() throws IOException {
        file("hwmon0/name", "amdgpu");
        file("hwmon0/power1_average", "94000000");
        file("hwmon0/power1_input", "1");
        file("hwmon0/device/uevent", "DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0");
        file("hwmon1/name", "amdgpu");
        file("hwmon1/power1_input", "0");
        file("hwmon2/name", "nvme");

        assertThat(TakenReadings.of(HwmonReader.amd(root)))
                .containsExactly("gpu 0000:03:00.0 94000000 uW", "gpu hwmon1 !zero");
    }

    @Test
    void ofCoolingAllFansAndTheTemperaturesThatBearOnPowerAreRead() throws IOException {
        file("hwmon0/name", "nct6775");
        file("hwmon0/fan1_input", "5400");
        file("hwmon0/fan2_input", "0");
        file("hwmon0/temp1_input", "41000");
        file("hwmon1/name", "coretemp");
        file("hwmon1/temp1_input", "47000");
        file("hwmon1/temp1_label", "Package id 0");
        file("hwmon1/temp2_input", "46000");
        file("hwmon1/temp2_label", "Core 0");
        file("hwmon2/name", "amdgpu");
        file("hwmon2/temp1_input", "52000");
        file("hwmon2/device/uevent", "PCI_SLOT_NAME=0000:03:00.0");
        file("hwmon3/name", "ipmi_board");
        file("hwmon3/temp4_input", "23000");
        file("hwmon3/temp4_label", "System Inlet");

        assertThat(TakenReadings.of(HwmonReader.cooling(root)))
                .containsExactly(
                        "cooling nct6775/fan1 5400 rpm",
                        "cooling nct6775/fan2 0 rpm",
                        "cooling coretemp/Package id 0 47000 mC",
                        "cooling 0000:03:00.0/temp1 52000 mC",
                        "cooling ipmi_board/System Inlet 23000 mC");
        assertThatThrownBy(() -> HwmonReader.cooling(root.resolve("none")))
                .isInstanceOf(SutException.class)
                .hasMessageContaining("no fans");
    }

    @Test
    void aPlatformsMetersHaveTheScopeThatTheySayAndAllOnesIsNoReading() throws IOException {
        file("hwmon0/name", "power_meter");
        file("hwmon0/device/power1_average", "350000000");
        file("hwmon0/device/power1_average_interval", "1000");
        file("hwmon1/name", "power_meter");
        file("hwmon1/power1_average", "120000000");
        file("hwmon1/power1_oem_info", "Grace Power Socket 0");
        file("hwmon2/name", "power_meter");
        file("hwmon2/power1_average", "4294967295000");
        file("hwmon2/power1_oem_info", "Module Power Socket 0");
        file("hwmon3/name", "xe");
        file("hwmon3/energy1_input", "123456");

        HwmonReader reader = HwmonReader.platform(root);

        assertThat(TakenReadings.of(reader))
                .containsExactly(
                        "node hwmon0 350000000 uW",
                        "package Grace Power Socket 0 120000000 uW",
                        "module Module Power Socket 0 !out-of-range",
                        "gpu hwmon3 123456 uJ");
        assertThat(reader.series().get(0).windowMs()).isEqualTo(1000.0);
        assertThat(reader.series().get(0).kind()).isEqualTo(Kind.AVERAGE);
        assertThat(reader.series().get(3).kind()).isEqualTo(Kind.COUNTER);
    }

    @Test
    void oneRailThatIsTheWholeModuleIsNotAddedToTheOthers() throws IOException {
        rail(1, "VDD_IN", 5000, 1108);
        rail(2, "VDD_CPU_GPU_CV", 5000, 318);
        rail(3, "NC", 5000, 1);

        assertThat(TakenReadings.of(HwmonReader.jetson(root)))
                .containsExactly("module VDD_IN 5540000 uW", "rail VDD_CPU_GPU_CV 1590000 uW");
    }

    @Test
    void theRailsOfAnAgxOrinAreAddedUpAndALackingOneLeavesNoTotal() throws IOException {
        rail(1, "VDD_GPU_SOC", 20000, 100);
        rail(2, "VDD_CPU_CV", 20000, 50);
        rail(3, "VIN_SYS_5V0", 5000, 1000);
        HwmonReader reader = HwmonReader.jetson(root);

        assertThat(TakenReadings.of(reader))
                .last()
                .asString()
                .startsWith("module sum of ")
                .endsWith(" 8000000 uW");

        Files.delete(root.resolve("hwmon0/in2_input"));
        assertThat(TakenReadings.of(reader)).last().asString().endsWith("!rail-missing");
    }

    @Test
    void railsThatAreNoKnownSetHaveNoTotalAndSaySo() throws IOException {
        rail(1, "VDD_SOMETHING", 5000, 100);

        HwmonReader reader = HwmonReader.jetson(root);

        assertThat(reader.series()).noneMatch(series -> series.scope().equals("module"));
        assertThat(reader.notes()).singleElement().asString().contains("VDD_SOMETHING");
    }

    @Test
    void withoutSuchAChipItSaysWhatIsLacking() {
        assertThatThrownBy(() -> HwmonReader.amd(root))
                .isInstanceOf(SutException.class)
                .hasMessageContaining("amdgpu");
    }

    private void rail(int channel, String label, int millivolts, int milliamps) throws IOException {
        file("hwmon0/name", "ina3221");
        file("hwmon0/in" + channel + "_label", label);
        file("hwmon0/in" + channel + "_input", Integer.toString(millivolts));
        file("hwmon0/curr" + channel + "_input", Integer.toString(milliamps));
    }
}
