package dev.wattline.sut.telemetry.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.mock.machine.MachineModel;
import dev.wattline.mock.machine.SysTree;
import dev.wattline.mock.signal.ConstantSignal;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
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
class AmdSmiReaderTest {
    @TempDir
    private Path folder;

    private SourceSettings program(String output) throws IOException {
        Path program = Files.writeString(
                folder.resolve("amd-smi"),
                "#!/bin/sh\n[ \"$*\" = 'metric -p -E --csv' ] || exit 9\ncat <<E\n" + output + "\nE\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return SourceSettings.read(
                Files.writeString(folder.resolve("s.ini"), "[amd-smi]\nprogram = " + program + "\n"));
    }

    @Test
    void theEnergyCounterGoesBeforeThePower() throws IOException {
        SourceSettings settings = program("""
                'CTRL' + 'C' to stop watching output:

                gpu,socket_power,gfx_voltage,total_energy_consumption
                0,94,N/A,20909145.914
                1,95,N/A,20909100.5
                """);

        assertThat(TakenReadings.of(AmdSmiReader.open(settings)))
                .containsExactly("gpu gpu-0 20909145.914 J", "gpu gpu-1 20909100.5 J");
    }

    @Test
    void withoutCounterThePowerIsReadByItsName() throws IOException {
        SourceSettings smi = program("gpu,total_energy_consumption,socket_power\n0,N/A,94");

        assertThat(TakenReadings.of(AmdSmiReader.open(smi))).containsExactly("gpu gpu-0 94 W");

        SourceSettings rocm = program("device,Current Socket Graphics Package Power (W)\ncard0,94.0\ncard1,95.5");

        assertThat(TakenReadings.of(AmdSmiReader.open(rocm))).containsExactly("gpu card0 94.0 W", "gpu card1 95.5 W");
    }

    @Test
    void theOlderProgramIsAskedByItsOwnCommandLine() throws IOException {
        SysTree tree = new SysTree(folder, new MachineModel(new ConstantSignal(500), 1, 100, 0.5), 0);
        tree.update(10);
        SourceSettings older = SourceSettings.read(Files.writeString(
                folder.resolve("older.ini"), "[amd-smi]\nprogram = " + folder.resolve("rocm-smi") + "\n"));
        SourceSettings newer = SourceSettings.read(Files.writeString(folder.resolve("newer.ini"), tree.settings()));

        assertThat(TakenReadings.of(AmdSmiReader.open(older))).containsExactly("gpu card0 200.0 W");
        assertThat(TakenReadings.of(AmdSmiReader.open(newer))).containsExactly("gpu gpu-0 22909.146 J");
    }

    @Test
    void theSecondDieOfACardIsLeftOutAndTold() throws IOException {
        PowerReader reader = AmdSmiReader.open(program("gpu,socket_power\n0,500\n1,0"));

        assertThat(TakenReadings.of(reader)).containsExactly("gpu gpu-0 500 W");
        assertThat(reader.notes()).containsExactly("gpu-1 tells no power and is in no figure of amd-smi");
    }

    @Test
    void whereNothingIsToldTheProgramsOwnWordsAreShown() throws IOException {
        SourceSettings settings = program("ERROR:Missing permissions of render and video groups");

        assertThatThrownBy(() -> AmdSmiReader.open(settings))
                .isInstanceOf(SutException.class)
                .hasMessageContainingAll("no AMD GPU tells power or energy", "Missing permissions");
    }
}
