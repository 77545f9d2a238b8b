package dev.wattline.sut.telemetry.rapl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.TakenReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaplReaderTest {
    @TempDir
    private Path root;

    private void zone(String folder, String name, String energy, String range) throws IOException {
        Path zone = Files.createDirectories(root.resolve(folder));
        Files.writeString(zone.resolve("name"), name + "\n");
        Files.writeString(zone.resolve("energy_uj"), energy + "\n");
        Files.writeString(zone.resolve("max_energy_range_uj"), range + "\n");
    }

    @Test
    void eachZoneHasItsScopeAndRangeAndThePackageShownTwiceCountsOnce() throws IOException {
        zone("intel-rapl-mmio:0", "package-0", "1", "262143328850");
        zone("intel-rapl:0", "package-0", "52649883221", "262143328850");
        zone("intel-rapl:0:0", "core", "11", "262143328850");
        zone("intel-rapl:0:1", "dram", "8123456", "65712999613");
        zone("intel-rapl:0:2", "uncore", "12", "262143328850");
        zone("intel-rapl:1", "package-1", "7", "262143328850");
        zone("intel-rapl:2", "psys", "9", "262143328850");
        Files.createDirectories(root.resolve("intel-rapl")); // the control type, which has no counter

        RaplReader reader = RaplReader.open(root);

        assertThat(TakenReadings.of(reader))
                .containsExactlyInAnyOrder(
                        "package package-0 52649883221 uJ",
                        "cores package-0/core 11 uJ",
                        "dram package-0/dram 8123456 uJ",
                        "package package-1 7 uJ",
                        "psys psys 9 uJ");
        assertThat(reader.series())
                .filteredOn(series -> series.scope().equals("dram"))
                .extracting(Series::range)
                .containsExactly(65_712_999_613.0);
        assertThat(reader.notes()).isEmpty();
    }

    @Test
    void aMachineWithoutMemoryCounterSaysThatMemoryIsInNoFigure() throws IOException {
        zone("intel-rapl:0", "package-0", "5", "262143328850");

        assertThat(RaplReader.open(root).notes()).singleElement().asString().contains("DRAM");
    }

    @Test
    void aCounterThatIsGoneOrNoNumberIsMissingWithItsReason() throws IOException {
        zone("intel-rapl:0", "package-0", "5", "262143328850");
        zone("intel-rapl:0:0", "dram", "6", "65712999613");
        RaplReader reader = RaplReader.open(root);

        Files.delete(root.resolve("intel-rapl:0/energy_uj"));
        Files.writeString(root.resolve("intel-rapl:0:0/energy_uj"), "-5\n");

        assertThat(TakenReadings.of(reader))
                .containsExactlyInAnyOrder("package package-0 !absent", "dram package-0/dram !not-a-number");
    }

    @Test
    void withoutAnyZoneItSaysWhatIsLacking() {
        assertThatThrownBy(() -> RaplReader.open(root.resolve("none")))
                .isInstanceOfSatisfying(
                        SutException.class, e -> assertThat(e.remedy()).isPresent())
                .hasMessageContaining("energy_uj");
    }

    @Test
    void countersThatRootAloneMayReadAreToldWithTheRemedy() throws IOException {
        zone("intel-rapl:0", "package-0", "5", "262143328850");
        zone("intel-rapl:0:0", "dram", "6", "65712999613");

        assertThatThrownBy(() -> RaplReader.open(root, file -> false))
                .isInstanceOfSatisfying(
                        SutException.class,
                        e -> assertThat(e.remedy())
                                .hasValueSatisfying(remedy -> assertThat(remedy)
                                        .contains(
                                                "chgrp power " + root + "/*/energy_uj", "chmod 440", "CVE-2020-8694")))
                .hasMessageContaining("energy_uj may be read by root alone");
    }

    @Test
    void whatMayBeReadCountsAndTheRestIsLeftOut() throws IOException {
        zone("intel-rapl:0", "package-0", "5", "262143328850");
        zone("intel-rapl:0:0", "dram", "6", "65712999613");

        RaplReader reader = RaplReader.open(root, file -> !file.toString().contains("intel-rapl:0:0"));

        assertThat(TakenReadings.of(reader)).containsExactly("package package-0 5 uJ");
        assertThat(reader.notes()).singleElement().asString().contains("may be read by root alone", "dram");
    }
}
