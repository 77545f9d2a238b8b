package dev.wattline.sut.telemetry.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.files.TelemetryMeta.Kind;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the programs are those of POSIX")
class DeclaredReaderTest {
    @TempDir
    private Path folder;

    private SourceSettings settings(String text) throws IOException {
        return SourceSettings.read(Files.writeString(folder.resolve("sources.ini"), text));
    }

    private DeclaredReader file(String content, String more) throws IOException {
        Path file = Files.writeString(folder.resolve("meter"), content);
        return DeclaredReader.open(
                settings("[file:plug]\npath = " + file + "\nscope = wall\n" + more + "\n"), "file:plug");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            612.5                     | 612.5
            'time 10\npower: 612 W'   | 612
            '1.5 A 230.1 V'           | 1.5
            '7\n\n'                   | 7
            """, delimiter = '|')
    void theFirstNumberOfTheLastLineCounts(String content, String value) throws IOException {
        assertThat(TakenReadings.of(file(content.replace("\\n", "\n"), "unit = W")))
                .containsExactly("wall file:plug " + value + " W");
    }

    @Test
    void aDecimalCommaIsRefusedAndNotReadAsTwoNumbers() {
        assertThatThrownBy(() -> file("612,5", "unit = W"))
                .isInstanceOf(SutException.class)
                .hasMessageContaining("decimal-comma");
    }

    @Test
    void aPatternCatchesTheNumberAndUnitsOfEnergyAreCounters() throws IOException {
        DeclaredReader reader = file("total=17.25 now=612", "unit = kWh\nregex = total=([0-9.]+)");

        assertThat(TakenReadings.of(reader)).containsExactly("wall file:plug 17.25 kWh");
        assertThat(reader.series().get(0).kind()).isEqualTo(Kind.COUNTER);
    }

    @Test
    void aCommandIsRunWithoutAShellAndItsFailureIsItsStatus() throws IOException {
        Path meter = Files.writeString(folder.resolve("m.sh"), "[ -e '" + folder + "/off' ] && exit 4; echo \"$1\"\n");
        DeclaredReader reader = DeclaredReader.open(
                settings(
                        "[command:plug]\nrun = /bin/sh " + meter + " 5;6\nunit = W\nscope = node\nregex = ^(\\d);6$\n"),
                "command:plug");

        assertThat(TakenReadings.of(reader)).containsExactly("node command:plug 5 W");
        Files.createFile(folder.resolve("off"));
        assertThat(TakenReadings.of(reader)).containsExactly("node command:plug !exit-4");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            unit = horsepower                | unit
            unit = W%nkind = counter         | kind
            unit = W%nregex = (              | regex
            unit = W%nregex = [0-9]         | regex
            unit = W%nintervall = 5          | intervall
            """, delimiter = '|')
    void aWrongKeyIsNamedWithItsLine(String keys, String named) {
        assertThatThrownBy(() -> file("1", keys.replace("%n", "\n")))
                .isInstanceOf(SutException.class)
                .hasMessageContaining(named)
                .hasMessageContaining("line ");
    }

    @Test
    void whatIsNotDeclaredIsNotRead() {
        assertThatThrownBy(() -> DeclaredReader.open(SourceSettings.none(), "command:plug"))
                .isInstanceOf(SutException.class)
                .hasMessageContaining("[command:plug]");
    }
}
