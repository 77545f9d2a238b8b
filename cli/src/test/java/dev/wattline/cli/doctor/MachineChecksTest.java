package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.sut.process.Leftovers.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineChecksTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "performance performance | PASS | performance on 2 CPUs",
                "powersave powersave | WARN | powersave on 2 CPUs",
                "performance powersave | WARN | performance on 1 CPUs, powersave on 1 CPUs",
                "'' | PASS | does not let a governor choose"
            })
    void governorOtherThanPerformanceIsWarnedOf(String governors, Status status, String cause) throws IOException {
        int cpu = 0;
        for (String governor : governors.split(" ")) {
            if (!governor.isEmpty()) {
                Path file = folder.resolve("cpu" + cpu++ + "/cpufreq/scaling_governor");
                Files.createDirectories(file.getParent());
                Files.writeString(file, governor + "\n");
            }
        }
        Files.createDirectories(folder.resolve("cpufreq")); // named alike, but no CPU

        CheckOutcome outcome = new GovernorCheck(folder).run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // temperature, trip type and trip, in thousandths of a degree
                "45000 | passive | 95000 | PASS | at most 45 °C",
                "91000 | passive | 95000 | WARN | x86_pkg_temp at 91 °C, slows at 95 °C",
                "91000 | active | 80000 | PASS | at most 91 °C",
                "91000 | critical | 0 | PASS | at most 91 °C",
                "101000 | critical | 100000 | WARN | slows at 100 °C",
                "nonsense | passive | 95000 | PASS | does not tell temperatures"
            })
    void temperatureNearALimitIsWarnedOf(String now, String type, String trip, Status status, String cause)
            throws IOException {
        Path zone = Files.createDirectories(folder.resolve("thermal_zone0"));
        Files.writeString(zone.resolve("type"), "x86_pkg_temp\n");
        Files.writeString(zone.resolve("temp"), now + "\n");
        Files.writeString(zone.resolve("trip_point_0_type"), type + "\n");
        Files.writeString(zone.resolve("trip_point_0_temp"), trip + "\n");

        CheckOutcome outcome = new ThermalCheck(folder).run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
    }

    @ParameterizedTest
    @CsvSource({
        // total, available, swap, swap free in KiB
        "8388608, 4194304, 2097152, 2097152, PASS",
        "8388608, 4194304, 2097152, 1900000, PASS",
        "8388608, 4194304, 2097152, 1000000, WARN",
        "8388608, 100000, 0, 0, WARN",
        "8388608, 4194304, 0, 0, PASS"
    })
    void shortMemoryAndUsedSwapAreWarnedOf(long total, long available, long swap, long free, Status status)
            throws IOException {
        Path meminfo = Files.writeString(
                folder.resolve("meminfo"),
                "MemTotal:       " + total + " kB\nMemAvailable:   " + available + " kB\nHugePages_Total:       0\n"
                        + "SwapTotal:      " + swap + " kB\nSwapFree:       " + free + " kB\n");

        CheckOutcome outcome = new SwapCheck(meminfo).run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.values())
                .containsEntry("availableBytes", available * 1024)
                .containsEntry("swapUsedBytes", (swap - free) * 1024);
    }

    @Test
    void aSystemWithoutMeminfoPasses() {
        assertThat(new SwapCheck(folder.resolve("none")).run().status()).isEqualTo(Status.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "64, 0.1, 6.3, PASS",
        "64, 0.1, 6.5, WARN",
        "64, 0.8, 6.5, PASS",
        "2, 0.1, 0.9, PASS",
        "2, 0.1, 1.1, WARN",
        "2, 0.1, -1, PASS"
    })
    void loadBeyondItsShareOfTheCpusIsWarnedOf(int cpus, double share, double load, Status status) {
        assertThat(new LoadCheck(cpus, share, () -> load).run().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"17.0.13, PASS", "21, PASS", "22-ea, WARN"})
    void javaThatIsNoReleaseIsWarnedOf(String version, Status status) {
        CheckOutcome outcome = new JavaCheck(Runtime.Version.parse(version), "Maker").run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).startsWith("Java " + version + ", Maker");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sh sleep setsid grep | PASS | setsid is /bin/setsid",
                "sh sleep setsid | WARN | grep is not on PATH",
                "sh sleep | WARN | setsid is not on PATH",
                "sleep setsid | FAIL | not on PATH: sh",
                "'' | FAIL | not on PATH: sh, sleep"
            })
    void missingGuardProgramsAreNamed(String installed, Status status, String cause) {
        List<String> programs = List.of(installed.split(" "));

        CheckOutcome outcome = new GuardProgramsCheck(
                        List.of("sh", "sleep"),
                        name -> programs.contains(name) ? Optional.of(Path.of("/bin", name)) : Optional.empty())
                .run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
    }

    @Test
    void earlierWorkloadsAreNamed() {
        List<Leftover> seven = IntStream.rangeClosed(1, 7)
                .mapToObj(pid -> new Leftover(
                        pid,
                        "2026-11-22_04-48-34_rig",
                        "stress " + pid,
                        pid == 1 ? OptionalLong.empty() : OptionalLong.of(99)))
                .toList();

        CheckOutcome outcome = new LeftoversCheck(() -> seven).run();

        assertThat(outcome.status()).isEqualTo(Status.WARN);
        assertThat(outcome.cause().lines())
                .startsWith(
                        "process 1 of ended session 2026-11-22_04-48-34_rig (stress 1)",
                        "process 2 of session 2026-11-22_04-48-34_rig, which runner 99 measures now (stress 2)")
                .endsWith("and 2 more");
        assertThat(new LeftoversCheck(List::of).run().status()).isEqualTo(Status.PASS);
    }

    @ParameterizedTest
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "nvidia-smi's stand-in is a shell script")
    @CsvSource(
            delimiter = '|',
            value = {
                "printf 'NVIDIA H200, 550.1\\nNVIDIA H200, 550.1\\n' | PASS | 2 GPU(s), the first is NVIDIA H200, 550.1",
                "echo NVIDIA-SMI has failed; exit 9 | WARN | exit status 9: NVIDIA-SMI has failed",
                "exit 0 | WARN | it printed nothing"
            })
    void nvidiaSmiIsRun(String script, Status status, String cause) throws IOException, InterruptedException {
        CheckOutcome outcome = new NvidiaSmiCheck(script(script).toString(), folder.resolve("no-driver")).run();

        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.cause()).contains(cause);
    }

    @Test
    void aMissingNvidiaSmiMattersOnlyWhereTheDriverIs() throws IOException, InterruptedException {
        String missing = folder.resolve("nvidia-smi").toString();
        Path driver = folder.resolve("version");

        assertThat(new NvidiaSmiCheck(missing, driver).run().status()).isEqualTo(Status.PASS);
        Files.writeString(driver, "NVRM version");
        assertThat(new NvidiaSmiCheck(missing, driver).run().status()).isEqualTo(Status.WARN);
    }

    private Path script(String text) throws IOException {
        Path script = Files.writeString(folder.resolve("nvidia-smi.sh"), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
