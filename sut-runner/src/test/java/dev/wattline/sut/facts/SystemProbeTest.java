package dev.wattline.sut.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.SystemFacts;
import dev.wattline.files.SystemFacts.Gpu;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemProbeTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path root;

    @Test
    void aServerIsToldByItsKernelFiles() throws IOException {
        file("proc/sys/kernel/hostname", "node7\n");
        file("proc/sys/kernel/ostype", "Linux\n");
        file("proc/sys/kernel/osrelease", "6.8.0-45-generic\n");
        file("etc/os-release", "NAME=\"Ubuntu\"\nPRETTY_NAME=\"Ubuntu 24.04.1 LTS\"\n");
        file("proc/cmdline", "BOOT_IMAGE=/vmlinuz root=UUID=1-2 token=secret intel_pstate=disable nosmt quiet\n");
        file("proc/meminfo", "MemTotal:       528281000 kB\nMemFree: 1 kB\nSwapTotal:  8388604 kB\n");
        StringBuilder cpus = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            cpus.append("processor\t: ").append(i).append("\nmodel name\t: Xeon 8480+\nphysical id\t: ");
            cpus.append(i / 4).append("\ncore id\t\t: ").append(i / 2 % 2).append("\n\n");
            file(
                    "sys/devices/system/cpu/cpu" + i + "/cpufreq/scaling_governor",
                    i == 5 ? "powersave\n" : "performance\n");
        }
        file("proc/cpuinfo", cpus.toString());
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_driver", "intel_cpufreq\n");
        file("sys/devices/system/cpu/intel_pstate/no_turbo", "1\n");
        file("sys/devices/system/cpu/smt/active", "1\n");
        file("sys/class/dmi/id/sys_vendor", "ACME\n");
        file("sys/class/dmi/id/product_name", "X-9000\n");
        file("sys/class/dmi/id/bios_version", "2.1\n");
        file("sys/class/powercap/intel-rapl:0/name", "package-0\n");
        file("sys/class/powercap/intel-rapl:0/constraint_0_name", "long_term\n");
        file("sys/class/powercap/intel-rapl:0/constraint_0_power_limit_uw", "350000000\n");

        SystemFacts facts = probe(LONG).ask(root.resolve("no-smi").toString(), "./run.sh");

        assertThat(facts.host()).isEqualTo(new SystemFacts.Host("node7", "ACME", "X-9000", "2.1"));
        assertThat(facts.software().system()).isEqualTo("Ubuntu 24.04.1 LTS");
        assertThat(facts.software().kernel()).isEqualTo("Linux 6.8.0-45-generic");
        assertThat(facts.software().bootOptions()).containsExactly("intel_pstate=disable", "nosmt");
        SystemFacts.Processor processor = facts.processor();
        assertThat(processor.model()).isEqualTo("Xeon 8480+");
        assertThat(processor.sockets()).isEqualTo(2);
        assertThat(processor.cores()).isEqualTo(4);
        assertThat(processor.threads()).isEqualTo(8);
        assertThat(processor.governors()).isEqualTo("performance on 7 CPUs, powersave on 1 CPUs");
        assertThat(processor.scalingDriver()).isEqualTo("intel_cpufreq");
        assertThat(processor.turbo()).isEqualTo("off");
        assertThat(processor.smt()).isEqualTo("on");
        assertThat(processor.limits()).containsExactly("package-0, long_term: 350 W");
        assertThat(facts.memoryBytes()).isEqualTo(528_281_000L * 1024);
        assertThat(facts.swapBytes()).isEqualTo(8_388_604L * 1024);
        assertThat(facts.gpus()).isEmpty();
        assertThat(facts.problems()).isEmpty();
        assertThat(facts.workload()).isEqualTo("./run.sh");
    }

    @Test
    void aMachineThatTellsNothingIsNoProblem() {
        SystemFacts facts = probe(LONG).ask(root.resolve("no-smi").toString(), "true");

        assertThat(facts.host()).isEqualTo(new SystemFacts.Host("", "", "", ""));
        assertThat(facts.processor().model()).isEmpty();
        assertThat(facts.processor().governors()).isEmpty();
        assertThat(facts.processor().threads()).isPositive(); // Java knows
        assertThat(facts.software().kernel()).isNotBlank();
        assertThat(facts.memoryBytes()).isNull();
        assertThat(facts.problems()).isEmpty();
    }

    @Test
    void theGpusSettingsAreAskedForWithoutTheFieldsThatThisDriverDoesNotKnow() throws IOException {
        Path smi = script("""
                case "$1" in
                *mig.mode.current*) echo 'Field "mig.mode.current" is not a valid field to query.'; exit 2 ;;
                esac
                echo '0, GPU-a, NVIDIA H100 PCIe, 550.54.15, 96.00.5E.00.01, 81559, 310.00, 350.00, 350.00, 350.00, 1755, 1980, Enabled, Enabled'
                echo '1, GPU-b, NVIDIA H100 PCIe, 550.54.15, 96.00.5E.00.01, 81559, [N/A], 350.00, 350.00, 350.00, [N/A], 1980, Disabled, Enabled'
                """);

        SystemFacts facts = probe(LONG).ask(smi.toString(), "true");

        assertThat(facts.problems()).isEmpty();
        assertThat(facts.gpuDriver()).isEqualTo("550.54.15");
        assertThat(facts.gpus())
                .containsExactly(
                        new Gpu(
                                0,
                                "GPU-a",
                                "NVIDIA H100 PCIe",
                                "96.00.5E.00.01",
                                81559.0,
                                310.0,
                                350.0,
                                350.0,
                                1755.0,
                                1980.0,
                                "Enabled",
                                "Enabled",
                                ""),
                        new Gpu(
                                1,
                                "GPU-b",
                                "NVIDIA H100 PCIe",
                                "96.00.5E.00.01",
                                81559.0,
                                350.0,
                                350.0,
                                350.0,
                                null,
                                1980.0,
                                "Disabled",
                                "Enabled",
                                ""));
    }

    @Test
    void aDriverThatFailsOrHangsIsAProblemAndNoMore() throws IOException {
        Path failing = script("echo 'NVIDIA-SMI has failed'; exit 9\n");
        assertThat(probe(LONG).ask(failing.toString(), "true").problems())
                .singleElement()
                .asString()
                .contains("exit status 9", "NVIDIA-SMI has failed");

        Path hanging = script("exec tail -f /dev/null\n");
        SystemFacts facts = probe(Duration.ofMillis(200)).ask(hanging.toString(), "true");
        assertThat(facts.problems()).singleElement().asString().contains("no answer within 0.2 s");
        assertThat(facts.gpus()).isEmpty();
    }

    @Test
    void whatWasAskedIsReadAsItWasWritten() throws IOException {
        file("proc/sys/kernel/hostname", "n\n");
        Path smi = script("echo '0, GPU-a, T4, 1.2, 90, 15360, 70, 70, 70, 70, 585, 1590, Enabled, [N/A], [N/A]'\n");
        SystemFacts facts = probe(LONG).ask(smi.toString(), "./run.sh \"a b\"");
        Path file = root.resolve("session/system/sut.json");

        SystemFactsJson.write(file, facts);

        assertThat(SystemFactsJson.read(file)).contains(facts);
        assertThat(SystemFactsJson.read(root.resolve("nothing"))).isEmpty();
    }

    private SystemProbe probe(Duration patience) {
        return SystemProbe.of(TimeSource.system(), root, patience);
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Path script(String body) throws IOException {
        Path script = root.resolve("smi" + body.hashCode());
        Files.writeString(script, "#!/bin/sh\n" + body);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
