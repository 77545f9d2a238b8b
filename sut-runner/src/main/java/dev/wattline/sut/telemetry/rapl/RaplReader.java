package dev.wattline.sut.telemetry.rapl;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.SysFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The processors' own energy counters, as the kernel's powercap tree shows them (its documentation,
 * {@code power/powercap/powercap.rst}): each zone is a folder with {@code name}, {@code energy_uj} and
 * {@code max_energy_range_uj}, after which the counter begins anew at 0. A zone that the MMIO interface shows a second time
 * under the same name is left out; {@code psys} contains the packages and is a scope of its own.
 */
public final class RaplReader implements PowerReader {
    /** Where the kernel keeps it. */
    public static final String ROOT = "/sys/class/powercap";

    private static final double UPDATE_MS = 1; // Intel SDM 14.10: about once a millisecond
    private static final double STEP_UJ = 61; // 2^-14 J; some servers have 15.3

    private final Map<Series, Path> counters = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private RaplReader() {}

    /**
     * Finds the zones.
     *
     * @throws SutException if there is none, or none may be read
     */
    public static RaplReader open(Path root) {
        return open(root, Files::isReadable);
    }

    static RaplReader open(Path root, Predicate<Path> mayBeRead) {
        RaplReader reader = new RaplReader();
        List<Path> zones = SysFile.list(root, "*").stream()
                .filter(zone -> Files.exists(zone.resolve("energy_uj")))
                .sorted(Comparator.comparing(RaplReader::isMmio).thenComparing(Path::compareTo))
                .toList();
        if (zones.isEmpty()) {
            throw new SutException(
                    "no RAPL counters: " + root + " has no zone with energy_uj",
                    "A virtual machine or container has none; on a machine of its own load the module"
                            + " intel_rapl_common, also on AMD.");
        }
        Map<String, Path> byName = new HashMap<>();
        Path denied = null;
        for (Path zone : zones) {
            if (!mayBeRead.test(zone.resolve("energy_uj"))) {
                denied = zone;
                reader.notes.add(zone.resolve("energy_uj") + " ("
                        + SysFile.text(zone.resolve("name")).orElse("no name")
                        + ") may be read by root alone and is in no figure of rapl");
                continue;
            }
            reader.add(zone, byName);
        }
        if (reader.counters.isEmpty() && denied != null) {
            throw new SutException(
                    denied.resolve("energy_uj") + " may be read by root alone",
                    "Run as root, or let one group read it: chgrp power " + root
                            + "/*/energy_uj && chmod 440 " + root + "/*/energy_uj. Who reads it fast may learn of"
                            + " others' secrets (CVE-2020-8694).");
        }
        if (reader.counters.isEmpty()) {
            throw new SutException("the RAPL zones of " + root + " have no name that is known", null);
        }
        if (denied == null
                && reader.counters.keySet().stream()
                        .noneMatch(series -> series.scope().equals("dram"))) {
            reader.notes.add("this machine has no DRAM counter: the memory's power is in no figure of rapl");
        }
        return reader;
    }

    private static boolean isMmio(Path zone) {
        return String.valueOf(zone.getFileName()).contains("mmio");
    }

    private void add(Path zone, Map<String, Path> byName) {
        String name = SysFile.text(zone.resolve("name")).orElse("");
        String scope = scope(name);
        String folder = String.valueOf(zone.getFileName());
        if (scope.isEmpty()) {
            return;
        }
        String entity = name;
        if (!name.startsWith("package") && !name.startsWith("psys")) {
            String parent = SysFile.text(zone.resolve("..").resolve("name"))
                    .or(() -> parentName(zone, folder))
                    .orElse(folder);
            entity = parent + "/" + name;
        }
        if (byName.putIfAbsent(entity, zone) != null) {
            return; // the MMIO interface shows the package a second time
        }
        long range = SysFile.number(zone.resolve("max_energy_range_uj")).orElse(0L);
        counters.put(
                new Series(entity, "", scope, "energy", "uJ", Kind.COUNTER, STEP_UJ, range, UPDATE_MS, null),
                zone.resolve("energy_uj"));
    }

    /** Zone intel-rapl:0:1 lies in intel-rapl:0. */
    private static Optional<String> parentName(Path zone, String folder) {
        int colon = folder.lastIndexOf(':');
        return colon < 0
                ? Optional.empty()
                : SysFile.text(zone.resolveSibling(folder.substring(0, colon)).resolve("name"));
    }

    private static String scope(String name) {
        if (name.startsWith("package")) {
            return "package";
        }
        return switch (name) {
            case "core" -> "cores";
            case "dram" -> "dram";
            case "psys" -> "psys";
            default -> ""; // uncore is within the package, and nobody asks for it alone
        };
    }

    @Override
    public List<Series> series() {
        return List.copyOf(counters.keySet());
    }

    @Override
    public List<String> origin() {
        return counters.values().stream().map(Path::toString).toList();
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void read(Readings readings) {
        counters.forEach((series, file) -> {
            Optional<String> value = SysFile.text(file).filter(text -> text.matches("\\d{1,19}"));
            if (value.isPresent()) {
                readings.value(series, value.get());
            } else {
                readings.missing(series, SysFile.reason(file));
            }
        });
    }
}
