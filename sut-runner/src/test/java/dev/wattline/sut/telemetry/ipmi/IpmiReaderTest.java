package dev.wattline.sut.telemetry.ipmi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.SourceSettings;
import dev.wattline.sut.telemetry.source.TakenReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a POSIX shell's")
class IpmiReaderTest {
    @TempDir
    private Path folder;

    private SourceSettings ipmitool(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("ipmitool"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return SourceSettings.read(Files.writeString(folder.resolve("s.ini"), "[ipmi]\nprogram = " + program + "\n"));
    }

    @Test
    void onlyTheInstantaneousReadingCounts() throws IOException {
        SourceSettings settings = ipmitool("""
                cat <<E
                    Instantaneous power reading:                   612 Watts
                    Minimum during sampling period:                233 Watts
                    Average power reading over sample period:      598 Watts
                    IPMI timestamp:   Tue Jan 20 09:00:00 2026 CEST    Sampling period:   01131466 Seconds.
                    Power reading state is:                   deactivated
                E""");

        assertThat(TakenReadings.of(IpmiReader.open(settings))).containsExactly("node bmc 612 W");
    }

    @Test
    void aFirstCallThatFailsIsTriedAgain() throws IOException {
        SourceSettings settings = ipmitool(
                "[ -e '" + folder + "/warm' ] || { touch '" + folder
                        + "/warm'; echo 'Close session command failed'; exit 1; }; echo 'Instantaneous power reading: 7 Watts'");

        assertThat(TakenReadings.of(IpmiReader.open(settings))).containsExactly("node bmc 7 W");
    }

    @Test
    void aControllerWithoutDcmiIsReadByItsSensor() throws IOException {
        SourceSettings settings = ipmitool("""
                [ "$1" = dcmi ] && { echo "DCMI request failed because: Invalid command (c1)"; exit 1; }
                echo "Current 1        | 6Ah | ok  | 10.1 | 0.40 Amps"
                echo "Pwr Consumption  | 77h | ok  |  7.1 | 98 Watts"
                """);

        assertThat(TakenReadings.of(IpmiReader.open(settings))).containsExactly("node bmc 98 W");
    }

    @Test
    void zeroIsNoReading() throws IOException {
        SourceSettings settings = ipmitool("echo 'Instantaneous power reading:  0 Watts'");

        assertThatThrownBy(() -> IpmiReader.open(settings)).isInstanceOf(SutException.class);
    }

    @Test
    void aReadingThatFailsLaterIsMissing() throws IOException {
        SourceSettings settings =
                ipmitool("[ -e '" + folder + "/off' ] && exit 1; echo 'Instantaneous power reading: 7 Watts'");
        IpmiReader reader = IpmiReader.open(settings);
        Files.createFile(folder.resolve("off"));

        assertThat(TakenReadings.of(reader)).containsExactly("node bmc !no-reading");
    }

    private SourceSettings withFans(String rows) throws IOException {
        return ipmitool("""
                [ "$1" = dcmi ] && { echo "Instantaneous power reading: 7 Watts"; exit 0; }
                [ "$*" = "sdr type Fan" ] || exit 1
                %s
                """.formatted(rows));
    }

    @Test
    void fansAreReadAndADeadOneShowsZero() throws IOException {
        IpmiReader reader = IpmiReader.open(withFans("""
                echo "FAN1             | 41h | ok  | 29.1 | 5400 RPM"
                if [ -e '%1$s/dead' ]; then
                  echo "Fan 2A Tach      | 42h | nr  | 29.2 | 0 RPM"
                else
                  echo "Fan 2A Tach      | 42h | ok  | 29.2 | 5300 RPM"
                fi
                echo "Fan 7            | 07h | ok  |  7.1 | 41.944 percent"
                echo "FAN3             | 43h | ns  | 29.3 | No Reading"
                echo "FAN4             | 44h | ns  | 29.4 | Disabled"
                echo "Fan Redundancy   | 75h | ok  |  7.1 | Fully Redundant"
                """.formatted(folder)));

        assertThat(TakenReadings.of(reader))
                .containsExactly(
                        "node bmc 7 W",
                        "cooling FAN1 5400 rpm",
                        "cooling Fan 2A Tach 5300 rpm",
                        "cooling Fan 7 41.944 percent");
        Files.createFile(folder.resolve("dead"));
        for (int i = 1; i < 15; i++) {
            assertThat(TakenReadings.of(reader)).containsExactly("node bmc 7 W");
        }
        assertThat(TakenReadings.of(reader)).contains("cooling Fan 2A Tach 0 rpm");
    }

    @Test
    void aControllerThatListsNoFansHasNone() throws IOException {
        IpmiReader reader = IpmiReader.open(withFans("echo 'Invalid command' >&2; exit 1"));

        assertThat(reader.series()).hasSize(1);
        assertThat(TakenReadings.of(reader)).containsExactly("node bmc 7 W");
    }
}
