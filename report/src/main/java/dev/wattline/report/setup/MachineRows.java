package dev.wattline.report.setup;

import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.SystemFacts.Gpu;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import dev.wattline.report.page.Numbers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The measured machine: what it said of itself before the run, and what the telemetry recorded of its GPUs. */
final class MachineRows {
    private static final double GIB = 1024.0 * 1024 * 1024;
    private static final double MIB_PER_GIB = 1024;

    private MachineRows() {}

    static Setup.Group of(Path session) {
        FactRows rows = new FactRows("Measured machine");
        SessionFolder folder = new SessionFolder(session);
        Path file = folder.systemFacts();
        Optional<SystemFacts> told = Optional.empty();
        try {
            told = SystemFactsJson.read(file);
        } catch (SessionFilesException e) {
            rows.add("system facts", "not readable: " + e.getMessage(), "");
        }
        told.ifPresent(facts -> told(rows, facts, name(session, file)));
        telemetry(rows, session, folder.telemetry(Phase.TESTING).resolve(TelemetryMeta.FILE), told.isEmpty());
        return rows.group();
    }

    private static String name(Path session, Path file) {
        return session.relativize(file).toString().replace('\\', '/');
    }

    private static void told(FactRows rows, SystemFacts facts, String file) {
        SystemFacts.Processor processor = facts.processor();
        rows.add("Host", facts.host().name(), file);
        rows.add("Machine", join(facts.host().vendor(), facts.host().product()), file);
        rows.add("Firmware", facts.host().firmware(), file);
        rows.add("Operating system", facts.software().system(), file);
        rows.add("Kernel", join(facts.software().kernel(), facts.software().architecture()), file);
        rows.add(
                "Boot options that bear on power",
                String.join(" ", facts.software().bootOptions()),
                file);
        rows.add("Processor", processor.model(), file);
        rows.add(
                "Sockets, cores, threads",
                Stream.of(processor.sockets(), processor.cores(), processor.threads())
                        .map(number -> number == null ? Numbers.NONE : number.toString())
                        .collect(Collectors.joining(", ")),
                file);
        rows.add("CPU frequency governor", processor.governors(), file);
        rows.add("Frequency scaling", join(processor.scalingDriver(), processor.preference()), file);
        rows.add("Turbo", processor.turbo(), file);
        rows.add("Simultaneous multithreading", processor.smt(), file);
        rows.add("Power limits of the processors", String.join("; ", processor.limits()), file);
        rows.add("Memory", gibibytes(facts.memoryBytes()), file);
        rows.add("GPU driver", facts.gpuDriver(), file);
        alike(facts.gpus()).forEach((settings, which) -> rows.add("GPU " + which, settings, file));
        rows.add("Could not be asked", String.join("; ", facts.problems()), file);
    }

    /** Cards that are set alike in one row; their names by their settings. */
    private static Map<String, String> alike(List<Gpu> gpus) {
        Map<String, String> rows = new LinkedHashMap<>();
        for (Gpu gpu : gpus) {
            rows.merge(settings(gpu), String.valueOf(gpu.index()), (first, next) -> first + ", " + next);
        }
        return rows;
    }

    private static String settings(Gpu gpu) {
        return Stream.of(
                        gpu.name(),
                        with(gpu.memoryMiB(), 1 / MIB_PER_GIB, "GiB"),
                        named("power limit", with(gpu.limitW(), 1, "W")),
                        named("default", with(gpu.defaultLimitW(), 1, "W")),
                        named("greatest", with(gpu.maxLimitW(), 1, "W")),
                        named("clock asked for", with(gpu.applicationClockMhz(), 1, "MHz")),
                        named("greatest clock", with(gpu.maxClockMhz(), 1, "MHz")),
                        named("persistence mode", gpu.persistence()),
                        named("ECC", gpu.ecc()),
                        named("MIG", gpu.mig()),
                        named("VBIOS", gpu.firmware()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String named(String name, String value) {
        return value.isEmpty() ? "" : name + " " + value;
    }

    private static String with(@Nullable Double value, double scale, String unit) {
        return value == null ? "" : Numbers.digits(value * scale, 4).replaceFirst("\\.0+$", "") + " " + unit;
    }

    private static String gibibytes(@Nullable Long bytes) {
        return bytes == null ? "" : Numbers.digits(bytes / GIB, 4) + " GiB";
    }

    private static String join(String one, String two) {
        return (one + ", " + two).replaceFirst("^, |, $", "");
    }

    private static void telemetry(FactRows rows, Path session, Path file, boolean all) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            TelemetryMeta meta = TelemetryMetaJson.read(file);
            String name = name(session, file);
            if (all) {
                for (TelemetryMeta.Card card : meta.cards()) {
                    rows.add("GPU " + card.index(), card.name() + ", " + card.uuid(), name);
                }
                rows.add("GPU driver", meta.driver(), name);
            }
            if (meta.intervalMs() > 0) { // of nvidia-smi's log, where there is one
                rows.add("Telemetry, interval", meta.intervalMs() + " ms", name);
            }
            rows.add("Telemetry, command", String.join(" ", meta.command()), name);
        } catch (SessionFilesException e) {
            rows.add("telemetry", "not readable: " + e.getMessage(), "");
        }
    }
}
