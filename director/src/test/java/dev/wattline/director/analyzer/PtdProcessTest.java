package dev.wattline.director.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.testing.Ports;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The process that is PTDaemon's, with a script in its place. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a shell script")
class PtdProcessTest {
    private static final int BYTES = 3_000_000;

    @TempDir
    private Path folder;

    @Test
    void runsInUtcWhateverTheDirectorsZoneIs() throws Exception {
        assertThat(outputOf("echo \"TZ=$TZ\"")).asString(StandardCharsets.UTF_8).isEqualTo("TZ=UTC\n");
    }

    @Test
    void keepsEveryByteOfBothStreamsAlsoTheLastBeforeItsEnd() throws Exception {
        long seed = 7;
        byte[] bytes = new byte[BYTES]; // line ends of every kind, and what is no text
        new Random(seed).nextBytes(bytes);
        Path source = Files.write(folder.resolve("bytes"), bytes);

        byte[] output = outputOf("cat '" + source + "'\nprintf 'E' >&2\nprintf 'tail'");

        assertThat(output).as("seed %d", seed).startsWith(bytes).endsWith("Etail".getBytes(StandardCharsets.UTF_8));
        assertThat(output).hasSize(BYTES + 5);
    }

    @Test
    void getsItsArgumentsAsTheyAre() throws Exception {
        assertThat(outputOf("printf '[%s]' \"$@\"", "-l", "a b.log", "", "*"))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("[-l][a b.log][][*]");
    }

    @Test
    void aProgramThatIsNotThereIsNamedWithTheKeyToCorrect() throws IOException {
        Path missing = folder.resolve("ptd-linux-x86");
        int port = Ports.free();

        assertThatThrownBy(() -> PtdProcess.start(1, List.of(missing.toString()), port, folder.resolve("out")))
                .isInstanceOfSatisfying(AnalyzerException.class, e -> {
                    assertThat(e).hasMessageContaining(missing.toString());
                    assertThat(e.remedy().orElse("")).contains("'ptd'");
                });
    }

    private byte[] outputOf(String script, String... arguments) throws Exception {
        Path program = folder.resolve("ptd");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));

        PtdProcess process = PtdProcess.start(1, command, Ports.free(), output);

        assertThat(TestDeadlines.resultOf(process.ended(), 10)).isZero();
        return Files.readAllBytes(output);
    }
}
