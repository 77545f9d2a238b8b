package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the workloads are a POSIX shell's")
class WorkloadCheckTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "NONE",
            value = {
                "./run.sh --fast | ./run.sh",
                "  python3 -m mlperf | python3",
                "A=1 B='x y' ./run.sh | ./run.sh",
                "A=$HOME ./run.sh | ./run.sh",
                "'my run.sh' -x | my run.sh",
                "\"my run.sh\" -x | my run.sh",
                "my\\ run.sh -x | my run.sh",
                "cd lab && ./run.sh | cd",
                "echo;ls | echo",
                "run>log | run",
                "$RUN --fast | NONE",
                "`which run` | NONE",
                "\"$RUN\" | NONE",
                "'$RUN' | $RUN",
                "~/run.sh | NONE",
                "(cd lab; ./run.sh) | NONE",
                "{ ./run.sh; } | NONE",
                "A=1 | NONE",
                "./run-*.sh | NONE"
            })
    void firstWordIsTheShells(String line, String word) {
        assertThat(FirstWord.of(line).orElse(null)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "FOLDER/run.sh -x | PASS | run.sh",
                "X=1 FOLDER/run.sh | PASS | run.sh",
                "FOLDER/plain | FAIL | cannot be executed",
                "FOLDER | FAIL | cannot be executed",
                "FOLDER/missing | FAIL | there is no",
                "sh -c true | PASS | /sh",
                "cd lab && ./run.sh | PASS | 'cd' is the shell's own",
                "for i in 1 2; do true; done | PASS | 'for' is the shell's own",
                "no-such-program-here | FAIL | the shell does not know",
                "-x | FAIL | the shell does not know",
                "$RUN | WARN | known only to the shell",
                "^^ | FAIL | the command is empty"
            })
    void workloadIsLookedForAndNotRun(String line, Status status, String cause)
            throws IOException, InterruptedException {
        Path run = Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\n");
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("plain"), "");

        CheckOutcome outcome = new WorkloadCheck(line.replace("FOLDER", folder.toString())).run();

        assertThat(outcome.status()).as(outcome.cause()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void theRemedyForAMissingRightCanBeCopied() throws IOException, InterruptedException {
        Path plain = Files.writeString(folder.resolve("plain"), "");

        assertThat(new WorkloadCheck(plain.toString()).run().remedy()).isEqualTo("chmod +x " + plain);
    }
}
