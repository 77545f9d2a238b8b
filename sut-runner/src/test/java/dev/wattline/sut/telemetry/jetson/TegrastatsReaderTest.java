package dev.wattline.sut.telemetry.jetson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.SourceSettings;
import dev.wattline.sut.telemetry.source.TakenReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a POSIX shell's")
class TegrastatsReaderTest {
    private static final String HEAD = "RAM 2010/7620MB (lfb 4x4MB) SWAP 0/3810MB CPU [9%@1190,off] GR3D_FREQ 22% ";

    @TempDir
    private Path folder;

    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-01-20T10:00:00Z"));

    private TegrastatsReader tegrastats(String... lines) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\n[ \"$*\" = '--interval 1000' ] || exit 9\n");
        for (String line : lines) {
            script.append("echo '").append(line).append("'\n");
        }
        Path program = Files.writeString(folder.resolve("tegrastats"), script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return TegrastatsReader.open(
                SourceSettings.read(
                        Files.writeString(folder.resolve("s.ini"), "[tegrastats]\nprogram = " + program + "\n")),
                time);
    }

    @Test
    void thePowerNowIsReadAndNotTheMeanNorWhatIsNoRail() throws IOException {
        TegrastatsReader reader = tegrastats("01-20-2026 10:00:00 " + HEAD
                + "cpu@40C VDD_IN 5542mW/5510mW VDD_CPU_GPU_CV 1594mW/1590mW VDD_SOC 1234mW/1234mW NC 0mW/0mW");

        assertThat(TakenReadings.of(reader))
                .containsExactly("module VDD_IN 5542 mW", "rail VDD_CPU_GPU_CV 1594 mW", "rail VDD_SOC 1234 mW");
        assertThat(reader.notes()).isEmpty();
    }

    @Test
    void beforeJetPack5NumbersHaveNoUnit() throws IOException {
        assertThat(TakenReadings.of(tegrastats(HEAD + "POM_5V_IN 2541/2600 POM_5V_GPU 0/0 POM_5V_CPU 367/370")))
                .containsExactly("module POM_5V_IN 2541 mW", "rail POM_5V_GPU 0 mW", "rail POM_5V_CPU 367 mW");
    }

    @Test
    void theRailsOfAgxOrinAreAddedUpWithoutWhatOneOfThemFeeds() throws IOException {
        assertThat(TakenReadings.of(tegrastats(HEAD + "VDD_GPU_SOC 3212mW/3212mW VDD_CPU_CV 803mW/803mW"
                        + " VIN_SYS_5V0 4551mW/4551mW VDDQ_VDD2_1V8AO 500mW/500mW")))
                .contains("module sum of VDD_CPU_CV VDD_GPU_SOC VIN_SYS_5V0 8566 mW");
    }

    @Test
    void anUnknownSetOfRailsHasNoTotal() throws IOException {
        TegrastatsReader reader = tegrastats(HEAD + "VDD_GPU 3000mW/3000mW VDD_CPU_SOC_MSS 4000mW/4000mW");

        assertThat(TakenReadings.of(reader)).noneMatch(line -> line.startsWith("module"));
        assertThat(reader.notes()).singleElement().asString().contains("no total of the module");
    }

    @Test
    void theNewestOfTheWaitingLinesCountsAndOldOnesAreNotTaken() throws IOException {
        TegrastatsReader reader = tegrastats(HEAD + "VDD_IN 1000mW/1000mW", HEAD + "VDD_IN 2000mW/1500mW");
        assertThat(TakenReadings.of(reader)).isSubsetOf("module VDD_IN 1000 mW", "module VDD_IN 2000 mW");

        Files.writeString(
                folder.resolve("tegrastats"), "#!/bin/sh\necho '" + HEAD + "VDD_IN 3000mW/3000mW'; exec sleep 60\n");
        time.advance(Duration.ofSeconds(6)); // what waits in the pipe is old: it is started anew
        assertThat(TakenReadings.of(reader)).containsExactly("module VDD_IN 3000 mW");
        reader.close();
    }

    @Test
    void anEndIsAMissingReadingAndNotAZero() throws IOException {
        TegrastatsReader reader = tegrastats(HEAD + "VDD_IN 1000mW/1000mW");
        Files.writeString(folder.resolve("tegrastats"), "#!/bin/sh\nexit 3\n");

        assertThat(TakenReadings.of(reader)).containsExactly("module VDD_IN !ended");
    }

    @Test
    void whatIsLackingIsSaid() {
        assertThatThrownBy(() -> tegrastats(HEAD + "cpu@40C"))
                .isInstanceOfSatisfying(
                        SutException.class,
                        e -> assertThat(e.remedy())
                                .hasValueSatisfying(remedy -> assertThat(remedy).contains("root")))
                .hasMessageContaining("no rail");
        assertThatThrownBy(() -> TegrastatsReader.open(SourceSettings.none(), time))
                .hasMessageContaining("no program 'tegrastats'");
    }
}
