package dev.wattline.sut.telemetry.dcgm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.mock.machine.MachineModel;
import dev.wattline.mock.machine.SysTree;
import dev.wattline.mock.machine.SysTree.DcgmiAnswer;
import dev.wattline.mock.signal.ConstantSignal;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.PowerReader.Streamed;
import dev.wattline.sut.telemetry.source.SourceSettings;
import dev.wattline.sut.telemetry.source.TakenReadings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a POSIX shell's")
class DcgmiReaderTest {
    private static final String DISCOVERY = """
            [ "$1" = discovery ] && cat <<E && exit 0
            2 GPUs found.
            +--------+----------------------------------------------------------------------+
            | GPU ID | Device Information                                                   |
            +--------+----------------------------------------------------------------------+
            | 0      | Name: NVIDIA H100 80GB HBM3                                          |
            |        | PCI Bus ID: 00000000:18:00.0                                         |
            |        | Device UUID: GPU-aaaaaaaa-0000-0000-0000-000000000000                |
            +--------+----------------------------------------------------------------------+
            | 1      | Name: NVIDIA H100 80GB HBM3                                          |
            |        | PCI Bus ID: 00000000:2A:00.0                                         |
            |        | Device UUID: GPU-bbbbbbbb-0000-0000-0000-000000000000                |
            +--------+----------------------------------------------------------------------+
            E
            """;

    private static final TimeSource TIME = TimeSource.system();

    @TempDir
    private Path folder;

    private SourceSettings dcgmi(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("dcgmi"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return SourceSettings.read(Files.writeString(folder.resolve("s.ini"), "[nvml]\nprogram = " + program + "\n"));
    }

    private static String rows(String first, String second) {
        return "[ \"$*\" = 'dmon -e 156 -c 1' ] || exit 9\n"
                + "echo '#Entity   TOTEC'; echo 'ID        mJ'\n"
                + "echo 'GPU 0     " + first + "'; echo 'GPU 1     " + second + "'; echo 'GPU-I 3   77'";
    }

    @Test
    void eachCardHasItsCounterByItsUuid() throws IOException {
        SourceSettings settings = dcgmi(DISCOVERY + rows("48120034", "912345678901"));

        assertThat(TakenReadings.of(DcgmiReader.open(settings, TIME)))
                .containsExactly(
                        "gpu GPU-aaaaaaaa-0000-0000-0000-000000000000 48120034 mJ",
                        "gpu GPU-bbbbbbbb-0000-0000-0000-000000000000 912345678901 mJ");
    }

    @Test
    void cardsThatTheListDoesNotTellGoByTheirNumber() throws IOException {
        SourceSettings settings = dcgmi("[ \"$1\" = discovery ] && exit 1\n" + rows("1", "2"));

        assertThat(TakenReadings.of(DcgmiReader.open(settings, TIME)))
                .containsExactly("gpu gpu-0 1 mJ", "gpu gpu-1 2 mJ");
    }

    @Test
    void aCardWithoutTheCounterIsLeftOutAndTold() throws IOException {
        PowerReader reader = DcgmiReader.open(dcgmi(DISCOVERY + rows("5", "N/A")), TIME);

        assertThat(TakenReadings.of(reader)).hasSize(1);
        assertThat(reader.notes()).singleElement().asString().contains("GPU 1 has no energy counter");
    }

    @Test
    void ofASuperchipItIsSaidThatTheCountersScopeIsNotKnown() throws IOException {
        PowerReader reader = DcgmiReader.open(
                dcgmi(DISCOVERY.replace("NVIDIA H100 80GB HBM3 ", "NVIDIA GH200 480GB    ") + rows("5", "6")), TIME);

        assertThat(reader.notes()).singleElement().asString().contains("superchips");
        assertThat(DcgmiReader.open(dcgmi(DISCOVERY + rows("5", "6")), TIME).notes())
                .isEmpty();
    }

    @Test
    void withoutAnyCounterOrEngineItSaysWhatIsLacking() throws IOException {
        SourceSettings none = dcgmi(DISCOVERY + rows("N/A", "0"));

        assertThatThrownBy(() -> DcgmiReader.open(none, TIME))
                .isInstanceOf(SutException.class)
                .hasMessageContaining("none of the 2 GPUs has an energy counter");

        SourceSettings noEngine = dcgmi("echo 'Error: unable to establish a connection to the specified host'; exit 1");

        assertThatThrownBy(() -> DcgmiReader.open(noEngine, TIME))
                .isInstanceOf(SutException.class)
                .hasMessageContainingAll("status 1", "unable to establish a connection");
    }

    @Test
    void aCounterThatFailsLaterIsMissing() throws IOException {
        PowerReader reader = DcgmiReader.open(
                dcgmi(DISCOVERY + "[ -e '" + folder + "/off' ] && " + "{ echo 'GPU 0 140737488355328'; exit 0; }\n"
                        + rows("5", "6")),
                TIME);
        Files.createFile(folder.resolve("off"));

        assertThat(TakenReadings.of(reader))
                .containsExactly(
                        "gpu GPU-aaaaaaaa-0000-0000-0000-000000000000 !absent",
                        "gpu GPU-bbbbbbbb-0000-0000-0000-000000000000 !no-reading");
    }

    @Test
    void itsStreamTellsTheLastRoundAndWhenItWasWritten() throws IOException {
        DcgmiReader reader = DcgmiReader.open(
                dcgmi(
                        DISCOVERY + "[ \"$4\" = -d ] || { " + rows("1", "2").replace("exit 9", ":") + "; exit; }\n"
                                + "printf 'GPU 0 3\\nGPU 1 4\\n#Entity TOTEC\\nID mJ\\nGPU 0 5\\nGPU-I 3 9\\nGPU 1 6\\n'; sleep 60"),
                TIME);
        long before = TIME.epochMillis();
        assertThat(reader.startStream()).isTrue();

        List<String> read = awaitStream(reader);
        long after = TIME.epochMillis();

        assertThat(read.get(0)).startsWith("at ");
        assertThat(reader.readStream(new TakenReadings(), after))
                .as("a call ended after it was written")
                .isEqualTo(Streamed.NOT_YET);
        assertThat(Long.parseLong(read.get(0).substring(3)))
                .isBetween(before - 10, after); // a file's time is of a tick
        assertThat(read.subList(1, 3))
                .containsExactly(
                        "gpu GPU-aaaaaaaa-0000-0000-0000-000000000000 5 mJ",
                        "gpu GPU-bbbbbbbb-0000-0000-0000-000000000000 6 mJ");
        reader.close();
        assertThat(reader.readStream(new TakenReadings(), 0)).isEqualTo(Streamed.NOTHING);
    }

    @Test
    void aRoundWithoutACardsCounterIsLeftToACall() throws IOException {
        DcgmiReader reader = DcgmiReader.open(
                dcgmi(DISCOVERY + "[ \"$4\" = -d ] || { " + rows("1", "2").replace("exit 9", ":") + "; exit; }\n"
                        + "printf 'GPU 0 3\\nGPU 1 4\\nGPU 0 5\\n'; touch '" + folder + "/written'; sleep 60"),
                TIME);
        reader.startStream();
        await().until(() -> Files.exists(folder.resolve("written")));

        assertThat(reader.readStream(new TakenReadings(), 0)).isEqualTo(Streamed.NOTHING);
        reader.close();
    }

    @Test
    void oldRowsAndThoseOfAProgramThatHasEndedAreNotTold() throws IOException {
        SysTree tree = new SysTree(folder.resolve("m"), new MachineModel(new ConstantSignal(500), 0.9, 60, 0.6), 0);
        SourceSettings settings = SourceSettings.read(Files.writeString(folder.resolve("m.ini"), tree.settings()));
        ManualTimeSource later = new ManualTimeSource(Instant.now().plusSeconds(60));
        DcgmiReader old = DcgmiReader.open(settings, later);
        DcgmiReader fresh = DcgmiReader.open(settings, TIME);
        old.startStream();
        fresh.startStream();

        assertThat(awaitStream(fresh)).contains("gpu GPU-00000000-0000-0000-0000-000000000000 20909146 mJ");
        assertThat(old.readStream(new TakenReadings(), 0)).isEqualTo(Streamed.NOTHING);

        tree.dcgmi(DcgmiAnswer.NO_ENGINE);
        await().until(() -> fresh.readStream(new TakenReadings(), 0) == Streamed.NOTHING);
        assertThat(TakenReadings.of(fresh)).containsExactly("gpu GPU-00000000-0000-0000-0000-000000000000 !no-reading");
        old.close();
        fresh.close();
    }

    private static List<String> awaitStream(DcgmiReader reader) {
        TakenReadings readings = new TakenReadings();
        await().until(() -> reader.readStream(readings, 0) == Streamed.READ);
        return readings.lines();
    }

    @ParameterizedTest
    @EnumSource(DcgmiAnswer.class)
    void eachAnswerOfTheRealOneIsReadOrRefusedWithItsWords(DcgmiAnswer answer) throws IOException {
        SysTree tree = new SysTree(folder.resolve("m"), new MachineModel(new ConstantSignal(500), 0.9, 60, 0.6), 0);
        SourceSettings settings = SourceSettings.read(Files.writeString(folder.resolve("m.ini"), tree.settings()));
        PowerReader reader = DcgmiReader.open(settings, TIME);
        tree.dcgmi(answer);
        String card = "gpu GPU-00000000-0000-0000-0000-000000000000 ";

        List<String> later = TakenReadings.of(reader);

        switch (answer) {
            case SOUND, MIG, ODD -> {
                assertThat(later).containsExactly(card + "20909146 mJ");
                assertThat(TakenReadings.of(DcgmiReader.open(settings, TIME))).hasSize(1);
            }
            case NOT_AVAILABLE -> {
                assertThat(later).containsExactly(card + "!not-a-number");
                assertThatThrownBy(() -> DcgmiReader.open(settings, TIME)).hasMessageContaining("N/A");
            }
            case BLANK -> assertThat(later).containsExactly(card + "!absent");
            case NOT_WATCHED -> {
                assertThat(later).containsExactly(card + "!no-reading");
                assertThatThrownBy(() -> DcgmiReader.open(settings, TIME))
                        .hasMessageContaining("Requires running as root");
            }
            case NO_ENGINE -> {
                assertThat(later).containsExactly(card + "!no-reading");
                assertThatThrownBy(() -> DcgmiReader.open(settings, TIME))
                        .isInstanceOf(SutException.class)
                        .hasMessageContaining("unable to establish a connection");
            }
        }
    }
}
