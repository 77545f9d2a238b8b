package dev.wattline.sut.telemetry.hwmon;

import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.sut.telemetry.hwmon.HwmonReader.Sensor;
import dev.wattline.sut.telemetry.source.SysFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which fans and temperatures of the hwmon tree bear on a machine's power. */
final class CoolingChips {
    private static final Pattern WANTED = Pattern.compile("(?i)(Package id \\d+|Tctl|edge|.*(inlet|ambient|intake).*)");

    private CoolingChips() {}

    /** All fans; of temperatures those of packages, cards and the air that comes in. */
    static List<Sensor> sensors(Path root) {
        List<Sensor> sensors = new ArrayList<>();
        Map<String, Integer> same = new HashMap<>();
        for (Path chip : SysFile.list(root, "hwmon*")) {
            String name = HwmonChips.name(chip);
            // Two chips of a name are told apart by their place in the tree, which is all there is.
            int times = same.merge(name, 1, Integer::sum);
            String base = name.equals("amdgpu") ? HwmonChips.slot(chip) : times == 1 ? name : name + "#" + times;
            for (Path folder : List.of(chip, chip.resolve("device"))) {
                for (Path file : SysFile.list(folder, "fan*_input")) {
                    sensors.add(sensor(base, file, label(file), "fan", "rpm"));
                }
                for (Path file : SysFile.list(folder, "temp*_input")) {
                    String label = label(file);
                    if (WANTED.matcher(label).matches() || (name.equals("amdgpu") && label.equals("temp1"))) {
                        sensors.add(sensor(base, file, label, "temperature", "mC"));
                    }
                }
            }
        }
        return sensors;
    }

    private static String label(Path file) {
        String sensor = String.valueOf(file.getFileName()).replace("_input", "");
        return SysFile.text(file.resolveSibling(sensor + "_label"))
                .filter(text -> !text.isEmpty())
                .orElse(sensor);
    }

    private static Sensor sensor(String base, Path file, String label, String quantity, String unit) {
        Series series = new Series(base + "/" + label, "", "cooling", quantity, unit, Kind.SAMPLE, 1, 0, null, null);
        return new Sensor(series, file, Optional.empty());
    }
}
