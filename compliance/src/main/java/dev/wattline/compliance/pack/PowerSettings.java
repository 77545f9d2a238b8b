package dev.wattline.compliance.pack;

import dev.wattline.files.SessionManifest;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.SystemFacts.Gpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The system's power settings as a submission carries them: what the machine said of itself before the run, and the names
 * of what only the submitter knows.
 */
final class PowerSettings {
    private static final double GIB = 1024.0 * 1024 * 1024;

    private final StringBuilder out = new StringBuilder();

    private PowerSettings() {}

    /**
     * @param told what the machine said of itself before the run
     * @param manifest what was set for the session, and what was another after it
     */
    static String of(String session, Optional<SystemFacts> told, Optional<SessionManifest> manifest) {
        PowerSettings text = new PowerSettings();
        text.out.append("# Power settings\n\nSession ").append(session).append(". ");
        text.out.append(
                told.isPresent()
                        ? "What follows a colon is what the system said of itself before the run; the rest is to be filled in"
                                + " by the submitter.\n"
                        : "Everything below is to be filled in by the submitter: the session holds no record of it.\n");
        text.all(told);
        text.set(manifest);
        return text.out.toString();
    }

    private void all(Optional<SystemFacts> told) {
        head("Firmware");
        line(
                "System",
                told.map(facts -> join(", ", facts.host().vendor(), facts.host().product())));
        line("BIOS or UEFI version", told.map(facts -> facts.host().firmware()));
        line("Power profile and every setting that differs from the default", Optional.empty());
        line("Management controller firmware version and power limits", Optional.empty());
        head("Operating system");
        line(
                "Version and kernel",
                told.map(facts ->
                        join(", ", facts.software().system(), facts.software().kernel())));
        line("CPU frequency governor", told.map(facts -> facts.processor().governors()));
        line(
                "Frequency scaling and energy performance preference",
                told.map(facts -> join(
                        ", ",
                        facts.processor().scalingDriver(),
                        facts.processor().preference())));
        line("Turbo", told.map(facts -> facts.processor().turbo()));
        line("C-states", Optional.empty());
        line(
                "Kernel boot options that bear on power",
                told.map(facts -> String.join(" ", facts.software().bootOptions())));
        line("Command lines and services that change power", Optional.empty());
        head("Processors and memory");
        line("Processors", told.map(PowerSettings::processors));
        line("Simultaneous multithreading", told.map(facts -> facts.processor().smt()));
        line(
                "Power limits",
                told.map(facts -> String.join("; ", facts.processor().limits())));
        line("Memory", told.map(facts -> memory(facts.memoryBytes())));
        head("Accelerators");
        line("Driver version", told.map(SystemFacts::gpuDriver));
        List<Gpu> gpus = told.map(SystemFacts::gpus).orElse(List.of());
        for (Gpu gpu : gpus) {
            line("Accelerator " + gpu.index(), Optional.of(settings(gpu)));
        }
        if (gpus.isEmpty()) {
            line("Power limit, clock limits, ECC, other modes", Optional.empty());
        }
        line("Commands that set their power limits, clocks and modes", Optional.empty());
        head("Cooling");
        line("Fan speeds or policy", Optional.empty());
        line("Ambient temperature", Optional.empty());
        head("Power supplies");
        line("Number installed, number in use, rating in W", Optional.empty());
        line("Input voltage and how they were wired to the analyzer", Optional.empty());
        head("What was measured");
        line("Workload", told.map(SystemFacts::workload));
        line("Parts of the system behind the analyzer, and parts that were not", Optional.empty());
    }

    private void set(Optional<SessionManifest> manifest) {
        if (manifest.isEmpty()) {
            return;
        }
        List<SessionManifest.Setting> settings = manifest.get().settings();
        head("What was set for this session");
        for (SessionManifest.Setting setting : settings) {
            line(setting.name(), Optional.of(setting.wanted() + "; before it was set: " + setting.before()));
        }
        line(
                "Settings that were another after the run than before it",
                manifest.get()
                        .changes()
                        .map(found -> found.isEmpty() ? "none of those above" : String.join("; ", found)));
    }

    private void head(String title) {
        out.append("\n## ").append(title).append("\n\n");
    }

    private void line(String name, Optional<String> value) {
        out.append("- ").append(name).append(':');
        value.filter(text -> !text.isBlank())
                .ifPresent(
                        text -> out.append(' ').append(text.replace('\n', ' ').strip()));
        out.append('\n');
    }

    private static String join(String between, String... parts) {
        List<String> known = new ArrayList<>();
        for (String part : parts) {
            if (!part.isBlank()) {
                known.add(part);
            }
        }
        return String.join(between, known);
    }

    private static String processors(SystemFacts facts) {
        SystemFacts.Processor processor = facts.processor();
        return join(
                ", ",
                processor.model(),
                counted(processor.sockets(), "sockets"),
                counted(processor.cores(), "cores"),
                counted(processor.threads(), "threads"));
    }

    private static String counted(@Nullable Integer number, String what) {
        return number == null ? "" : number + " " + what;
    }

    private static String memory(@Nullable Long bytes) {
        return bytes == null ? "" : String.format(Locale.ROOT, "%.0f GiB", bytes / GIB);
    }

    private static String settings(Gpu gpu) {
        return join(
                ", ",
                gpu.name(),
                named("power limit", gpu.limitW(), "W"),
                named("default", gpu.defaultLimitW(), "W"),
                named("greatest", gpu.maxLimitW(), "W"),
                named("graphics clock asked for", gpu.applicationClockMhz(), "MHz"),
                named("greatest SM clock", gpu.maxClockMhz(), "MHz"),
                named("persistence mode", gpu.persistence()),
                named("ECC", gpu.ecc()),
                named("MIG", gpu.mig()),
                named("VBIOS", gpu.firmware()));
    }

    private static String named(String name, @Nullable Double value, String unit) {
        return value == null ? "" : String.format(Locale.ROOT, "%s %.0f %s", name, value, unit);
    }

    private static String named(String name, String value) {
        return value.isEmpty() ? "" : name + " " + value;
    }
}
