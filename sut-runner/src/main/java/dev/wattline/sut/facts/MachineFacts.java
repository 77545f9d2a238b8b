package dev.wattline.sut.facts;

import dev.wattline.files.SystemFacts.Host;
import dev.wattline.files.SystemFacts.Processor;
import dev.wattline.files.SystemFacts.Software;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Machine, operating system, processors and memory, from {@code /proc} and {@code /sys} of Linux; elsewhere what Java
 * knows.
 */
final class MachineFacts {
    private static final String CPUS = "sys/devices/system/cpu";
    private static final long KIB = 1024;
    private static final double MICROWATTS = 1e6;

    /** Beginnings of boot options that change power or speed; others may hold what is nobody's business. */
    private static final List<String> POWER_OPTIONS = List.of(
            "amd_pstate",
            "cpufreq",
            "cpuidle",
            "idle",
            "intel_idle",
            "intel_pstate",
            "isolcpus",
            "maxcpus",
            "mitigations",
            "nohz",
            "nosmt",
            "nr_cpus",
            "pcie_aspm",
            "processor.max_cstate",
            "rcu_nocbs",
            "tsc",
            "workqueue.power_efficient");

    private final KernelFiles files;

    /** @param root {@code /}, or a folder with the same files below it */
    MachineFacts(Path root) {
        this.files = new KernelFiles(root);
    }

    Host host() {
        String dmi = "sys/class/dmi/id/";
        String board = files.text("proc/device-tree/model").replace("\0", ""); // boards without DMI
        String product = files.text(dmi + "product_name");
        return new Host(
                files.text("proc/sys/kernel/hostname"),
                files.text(dmi + "sys_vendor"),
                product.isEmpty() ? board : product,
                Stream.of("bios_vendor", "bios_version", "bios_date")
                        .map(name -> files.text(dmi + name))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    Software software() {
        String release = files.text("proc/sys/kernel/osrelease");
        String pretty = files.lines("etc/os-release").stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse(System.getProperty("os.name"));
        return new Software(
                pretty,
                release.isEmpty()
                        ? System.getProperty("os.name") + " " + System.getProperty("os.version")
                        : files.text("proc/sys/kernel/ostype") + " " + release,
                System.getProperty("os.arch"),
                Stream.of(files.text("proc/cmdline").split("\\s+"))
                        .filter(MachineFacts::isOfPower)
                        .toList());
    }

    private static boolean isOfPower(String option) {
        return POWER_OPTIONS.stream().anyMatch(option::startsWith);
    }

    Processor processor() {
        Set<String> sockets = new TreeSet<>();
        Set<String> cores = new TreeSet<>();
        String model = "";
        String socket = "";
        int threads = 0;
        for (String line : files.lines("proc/cpuinfo")) {
            String[] parts = line.split("\\s*:\\s*", 2);
            String value = parts.length > 1 ? parts[1].strip() : "";
            switch (parts[0].strip()) {
                case "processor" -> threads++;
                case "model name" -> model = value;
                case "physical id" -> {
                    socket = value;
                    sockets.add(value);
                }
                case "core id" -> cores.add(socket + "/" + value);
                default -> {} // of which there are dozens
            }
        }
        return new Processor(
                model,
                known(sockets.size()),
                known(cores.size()),
                known(threads > 0 ? threads : Runtime.getRuntime().availableProcessors()),
                governors(),
                first("cpufreq/scaling_driver"),
                first("cpufreq/energy_performance_preference"),
                turbo(),
                smt(),
                limits());
    }

    private static @Nullable Integer known(int number) {
        return number > 0 ? Integer.valueOf(number) : null;
    }

    private String governors() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Path cpu : files.list(CPUS, "cpu[0-9]*")) {
            String governor = KernelFiles.read(cpu.resolve("cpufreq/scaling_governor"));
            if (!governor.isEmpty()) {
                counts.merge(governor, 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " on " + entry.getValue() + " CPUs")
                .collect(Collectors.joining(", "));
    }

    /** Of the first processor that has such a file. */
    private String first(String file) {
        return files.list(CPUS, "cpu[0-9]*").stream()
                .map(cpu -> KernelFiles.read(cpu.resolve(file)))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String turbo() {
        String no = files.text(CPUS + "/intel_pstate/no_turbo");
        String boost = files.text(CPUS + "/cpufreq/boost");
        return !no.isEmpty() ? onOff(no.equals("0")) : boost.isEmpty() ? "" : onOff(boost.equals("1"));
    }

    private String smt() {
        String active = files.text(CPUS + "/smt/active");
        return active.isEmpty() ? "" : onOff(active.equals("1"));
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    /** The packages' limits as RAPL has them. */
    private List<String> limits() {
        List<String> limits = new ArrayList<>();
        for (Path zone : files.list("sys/class/powercap", "intel-rapl:[0-9]")) {
            for (int i = 0; i < 2; i++) {
                String microwatts = KernelFiles.read(zone.resolve("constraint_" + i + "_power_limit_uw"));
                if (microwatts.matches("\\d{1,15}")) {
                    limits.add(KernelFiles.read(zone.resolve("name")) + ", "
                            + KernelFiles.read(zone.resolve("constraint_" + i + "_name")) + ": "
                            + Math.round(Long.parseLong(microwatts) / MICROWATTS) + " W");
                }
            }
        }
        return limits;
    }

    @Nullable
    Long memoryBytes() {
        return memory("MemTotal:");
    }

    @Nullable
    Long swapBytes() {
        return memory("SwapTotal:");
    }

    private @Nullable Long memory(String name) {
        return files.lines("proc/meminfo").stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .filter(number -> number.matches("\\d{1,15}"))
                .map(number -> Long.parseLong(number) * KIB)
                .findFirst()
                .orElse(null);
    }
}
