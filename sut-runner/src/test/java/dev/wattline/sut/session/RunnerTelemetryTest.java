package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.json.SummaryJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.sut.telemetry.FakeSmi;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Telemetry beside a whole session: where it goes, and that nothing that goes wrong with it touches the measurement. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a POSIX shell's")
class RunnerTelemetryTest extends RunnerHarness {
    private static final String[] CARDS = {"NVIDIA H100 PCIe"};

    private RunOutcome runWith(String smi) {
        return runWith(smi, goodWorkload());
    }

    private RunOutcome runWith(String smi, String workload) {
        RunRequest plain = request(workload, director.address(), Set.of());
        RunRequest asked = new RunRequest(
                plain.director(),
                plain.ntp(),
                plain.workload(),
                plain.loadgenLogs(),
                plain.output(),
                plain.label(),
                plain.manualRange(),
                plain.shortRanging(),
                plain.record(),
                Optional.of(new TelemetryOptions(smi, Optional.of(Duration.ofMillis(20)))),
                plain.workloadLimit(),
                plain.options());
        return new Runner(asked, new RunIdentity("1.2.3", "abcdef0"), around()).run();
    }

    private String told() {
        return console.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachPhaseHasItsLogBesideTheSubmissionsFolders() throws IOException {
        Path smi = FakeSmi.write(folder, CARDS, "71.50", ":");

        RunOutcome outcome = runWith(smi.toString());

        assertThat(files(outcome.folder()))
                .filteredOn(file -> file.contains("nvidia-smi") || file.contains("meta.json"))
                .containsExactlyInAnyOrder(
                        "telemetry/ranging/nvidia-smi.csv",
                        "telemetry/ranging/meta.json",
                        "telemetry/testing/nvidia-smi.csv",
                        "telemetry/testing/meta.json");
        assertThat(told()).doesNotContain("warning: telemetry");
    }

    @Test
    void aMachineWithoutNvidiaSmiMeasuresAllTheSameAndSaysSo() throws Exception {
        RunOutcome outcome = runWith("no-such-smi");

        assertThat(outcome.folder().resolve("telemetry")).doesNotExist();
        assertThat(files(outcome.folder())).contains("run_1/spl.txt", "power/client.json");
        assertThat(told()).contains("warning: telemetry is left out: there is no program 'no-such-smi'");
        assertThat(Files.readString(outcome.folder().resolve("power/client.json")))
                .contains("no-such-smi");
        assertThat(SummaryJson.read(outcome.folder().resolve("power/client.json"))
                        .results())
                .isNotEmpty();
    }

    @Test
    void aProgramThatCannotReadTheCardsIsToldInItsOwnWords() throws IOException {
        Path smi = Files.writeString(
                folder.resolve("nvidia-smi"),
                "#!/bin/sh\necho 'NVIDIA-SMI has failed because it could not communicate with the driver'; exit 9\n");
        Files.setPosixFilePermissions(smi, PosixFilePermissions.fromString("rwxr-xr-x"));

        RunOutcome outcome = runWith(smi.toString());

        assertThat(files(outcome.folder())).contains("run_1/spl.txt");
        assertThat(told())
                .contains("warning: telemetry is left out: ", "exit status 9, it said: NVIDIA-SMI has failed");
    }

    @Test
    void aProgramThatDiesInMidPhaseLeavesTheMeasurementAsItIs() throws IOException {
        Path died = folder.resolve("died");
        Path smi = FakeSmi.write(folder, CARDS, "71.50", "echo 'GPU is lost' >&2; echo $$ > '" + died + "'; exit 15");
        String workload = "until [ -s '" + died + "' ]; do sleep 0.02; done; while kill -0 $(cat '" + died
                + "') 2>/dev/null; do sleep 0.02; done; rm '" + died + "'; " + goodWorkload();

        RunOutcome outcome = runWith(smi.toString(), workload);

        assertThat(files(outcome.folder())).contains("run_1/spl.txt", "ranging/spl.txt");
        assertThat(told()).contains("warning: telemetry: nvidia-smi ended by itself with exit status 15: GPU is lost");
        assertThat(TelemetryMetaJson.read(outcome.folder().resolve("telemetry/testing/meta.json"))
                        .problems())
                .anySatisfy(problem -> assertThat(problem).contains("exit status 15"));
    }
}
