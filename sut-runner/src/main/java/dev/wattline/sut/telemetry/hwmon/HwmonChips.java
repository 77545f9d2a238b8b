package dev.wattline.sut.telemetry.hwmon;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.sut.telemetry.hwmon.HwmonReader.Sensor;
import dev.wattline.sut.telemetry.hwmon.HwmonReader.Total;
import dev.wattline.sut.telemetry.jetson.JetsonRails;
import dev.wattline.sut.telemetry.source.SysFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which chips of the hwmon tree there are, and what is inside of their power. */
final class HwmonChips {
    private HwmonChips() {}

    private static List<Path> chips(Path root, String... names) {
        return SysFile.list(root, "hwmon*").stream()
                .filter(chip -> List.of(names).contains(name(chip)))
                .toList();
    }

    static String name(Path chip) {
        return SysFile.text(chip.resolve("name")).orElse("");
    }

    /** The file, which some kernels keep one level lower. */
    private static Optional<Path> file(Path chip, String name) {
        Path here = chip.resolve(name);
        Path lower = chip.resolve("device").resolve(name);
        return Files.exists(here) ? Optional.of(here) : Files.exists(lower) ? Optional.of(lower) : Optional.empty();
    }

    static HwmonReader amd(Path root) {
        List<Sensor> sensors = new ArrayList<>();
        for (Path chip : chips(root, "amdgpu")) {
            Optional<Path> average = file(chip, "power1_average");
            Optional<Path> power = average.isPresent() ? average : file(chip, "power1_input");
            power.ifPresent(found -> sensors.add(new Sensor(
                    series(slot(chip), "amdgpu", "gpu", "power", "uW", Kind.SAMPLE, 1e6), found, Optional.empty())));
        }
        return new HwmonReader(sensors, Optional.empty(), List.of());
    }

    /** The card's place on the bus, which stays when hwmon's numbers change. */
    static String slot(Path chip) {
        String begin = "PCI_SLOT_NAME=";
        return SysFile.text(chip.resolve("device").resolve("uevent"))
                .flatMap(text ->
                        text.lines().filter(line -> line.startsWith(begin)).findFirst())
                .map(line -> line.substring(begin.length()))
                .orElse(String.valueOf(chip.getFileName()));
    }

    static HwmonReader platform(Path root) {
        List<Sensor> sensors = new ArrayList<>();
        for (Path chip : chips(root, "power_meter")) {
            file(chip, "power1_average").ifPresent(average -> {
                String info =
                        file(chip, "power1_oem_info").flatMap(SysFile::text).orElse("");
                Double window = file(chip, "power1_average_interval")
                        .flatMap(SysFile::number)
                        .map(Long::doubleValue)
                        .orElse(null);
                String entity = info.isEmpty() ? String.valueOf(chip.getFileName()) : info;
                Kind kind = window == null ? Kind.SAMPLE : Kind.AVERAGE;
                sensors.add(new Sensor(
                        new Series(entity, info, scope(info), "power", "uW", kind, 0, 0, window, window),
                        average,
                        Optional.empty()));
            });
        }
        for (Path chip : chips(root, "i915", "xe")) {
            file(chip, "energy1_input")
                    .ifPresent(energy -> sensors.add(new Sensor(
                            series(slot(chip), name(chip), "gpu", "energy", "uJ", Kind.COUNTER, 1),
                            energy,
                            Optional.empty())));
        }
        return new HwmonReader(sensors, Optional.empty(), List.of());
    }

    /** What NVIDIA's Grace calls its meters; a meter that says nothing is of the whole machine. */
    private static String scope(String info) {
        String lower = info.toLowerCase(Locale.ROOT);
        if (lower.startsWith("module")) {
            return "module";
        }
        if (lower.startsWith("grace")) {
            return "package";
        }
        if (lower.startsWith("cpu")) {
            return "cores";
        }
        return lower.startsWith("sysio") ? "rail" : "node";
    }

    static HwmonReader jetson(Path root) {
        List<Sensor> sensors = new ArrayList<>();
        for (Path chip : chips(root, "ina3221")) {
            for (int channel = 1; channel <= 3; channel++) {
                Optional<Path> volts = file(chip, "in" + channel + "_input");
                Optional<Path> amps = file(chip, "curr" + channel + "_input");
                String label = file(chip, "in" + channel + "_label")
                        .flatMap(SysFile::text)
                        .orElse("");
                if (volts.isPresent() && amps.isPresent() && !label.isEmpty() && !label.equals("NC")) {
                    sensors.add(new Sensor(rail(label), volts.get(), amps));
                }
            }
        }
        for (Path chip : chips(root, "ina238")) {
            file(chip, "power1_input").ifPresent(power -> {
                String label = file(chip, "power1_label").flatMap(SysFile::text).orElse("VIN");
                sensors.add(new Sensor(rail(label), power, Optional.empty()));
            });
        }
        Set<String> labels =
                sensors.stream().map(sensor -> sensor.series().entity()).collect(Collectors.toSet());
        Optional<Total> total = JetsonRails.sum(labels)
                .map(set -> new Total(
                        series(JetsonRails.sumName(set), "", "module", "power", "uW", Kind.SAMPLE, 1000),
                        List.copyOf(set)));
        return new HwmonReader(sensors, total, sensors.isEmpty() ? List.of() : JetsonRails.notes(labels));
    }

    private static Series rail(String label) {
        return series(label, "", JetsonRails.scope(label), "power", "uW", Kind.SAMPLE, 1000);
    }

    private static Series series(
            String entity, String name, String scope, String quantity, String unit, Kind kind, double resolution) {
        return new Series(entity, name, scope, quantity, unit, kind, resolution, 0, null, null);
    }
}
