package dev.wattline.cli.doctor;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Linux's CPU frequency governor: with anything but {@code performance} results vary with what ran before. */
final class GovernorCheck implements DoctorCheck {
    private final Path cpus;

    /** @param cpus the folder with a folder for each processor */
    GovernorCheck(Path cpus) {
        this.cpus = cpus;
    }

    static GovernorCheck ofThisMachine() {
        return new GovernorCheck(Path.of("/sys/devices/system/cpu"));
    }

    @Override
    public String name() {
        return "CPU governor";
    }

    @Override
    public CheckOutcome run() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Path cpu : KernelFile.list(cpus, "cpu[0-9]*")) {
            KernelFile.read(cpu.resolve("cpufreq/scaling_governor"))
                    .ifPresent(governor -> counts.merge(governor, 1, Integer::sum));
        }
        if (counts.isEmpty()) {
            return CheckOutcome.pass("this system does not let a governor choose the CPUs' frequency");
        }
        String seen = counts.entrySet().stream()
                .map(entry -> entry.getKey() + " on " + entry.getValue() + " CPUs")
                .collect(Collectors.joining(", "));
        return counts.keySet().equals(Set.of("performance"))
                ? CheckOutcome.pass(seen)
                : CheckOutcome.warn(
                        seen,
                        "If the run is to show the full speed: cpupower frequency-set -g performance (needs root).");
    }
}
