package dev.wattline.sut.telemetry.hwmon;

import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.PowerReader;
import dev.wattline.sut.telemetry.source.SysFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sensors of the kernel's hwmon tree ({@code hwmon/sysfs-interface.rst}: power in uW, energy in uJ, voltage in mV, current
 * in mA). Which chips belong to a source, and what is inside of their power, {@link HwmonChips} tells.
 */
public final class HwmonReader implements PowerReader {
    /** Where the kernel keeps it. */
    public static final String ROOT = "/sys/class/hwmon";

    private static final long ALL_ONES = 0xFFFF_FFFFL;

    private final List<Sensor> sensors;
    private final List<String> notes;

    /**
     * One sensor's file, or a rail's voltage and current.
     *
     * @param file the reading, or the voltage in mV where there is a current
     * @param current the current in mA, whose product with the voltage in uW is the reading
     */
    record Sensor(Series series, Path file, Optional<Path> current) {}

    /** A series that is the sum of others of the same round. */
    record Total(Series series, List<String> entities) {}

    private final Optional<Total> total;

    HwmonReader(List<Sensor> sensors, Optional<Total> total, List<String> notes) {
        this.sensors = List.copyOf(sensors);
        this.total = total;
        this.notes = List.copyOf(notes);
    }

    /** The cards of AMD: the board's power as amdgpu tells it. */
    public static HwmonReader amd(Path root) {
        return some(HwmonChips.amd(root), "no AMD card: no chip 'amdgpu' with a power file below " + root);
    }

    /** Power meters of the platform, and of Intel's cards. */
    public static HwmonReader platform(Path root) {
        return some(
                HwmonChips.platform(root),
                "no power meter: no chip 'power_meter', 'i915' or 'xe' with a power or energy file below " + root);
    }

    /** The rails of a Jetson, by its INA chips. */
    public static HwmonReader jetson(Path root) {
        return some(HwmonChips.jetson(root), "no rails of a Jetson: no chip 'ina3221' or 'ina238' below " + root);
    }

    /** Fans, and the temperatures of packages, cards and the air that comes in; no power. */
    public static HwmonReader cooling(Path root) {
        HwmonReader found = new HwmonReader(CoolingChips.sensors(root), Optional.empty(), List.of());
        return some(found, "no fans and no temperatures: no chip with a fan's file below " + root);
    }

    private static HwmonReader some(HwmonReader found, String lacks) {
        if (found.sensors.isEmpty()) {
            throw new SutException(lacks, "Look at what 'sensors' of lm-sensors shows.");
        }
        return found;
    }

    @Override
    public List<Series> series() {
        List<Series> all = new ArrayList<>(sensors.stream().map(Sensor::series).toList());
        total.ifPresent(sum -> all.add(sum.series()));
        return all;
    }

    @Override
    public List<String> origin() {
        return sensors.stream().map(sensor -> sensor.file().toString()).toList();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void read(Readings readings) {
        long sum = 0;
        int summed = 0;
        for (Sensor sensor : sensors) {
            Optional<Long> value = value(sensor);
            if (value.isEmpty()) {
                readings.missing(sensor.series(), SysFile.reason(sensor.file()));
            } else if (isPower(sensor) && value.get() == 0) {
                readings.missing(sensor.series(), "zero");
            } else if (value.get() < 0 || (isPower(sensor) && value.get() / 1000 >= ALL_ONES)) {
                readings.missing(sensor.series(), "out-of-range"); // all bits set, as a sensor without power says
            } else {
                readings.value(sensor.series(), value.get().toString());
                if (total.isPresent()
                        && total.get().entities().contains(sensor.series().entity())) {
                    sum += value.get();
                    summed++;
                }
            }
        }
        if (total.isPresent()) {
            if (summed == total.get().entities().size()) {
                readings.value(total.get().series(), Long.toString(sum));
            } else {
                readings.missing(total.get().series(), "rail-missing");
            }
        }
    }

    private static boolean isPower(Sensor sensor) {
        return sensor.series().quantity().equals("power")
                && !sensor.series().scope().equals("rail");
    }

    private static Optional<Long> value(Sensor sensor) {
        Optional<Long> value = SysFile.number(sensor.file());
        return sensor.current().isEmpty()
                ? value
                : value.flatMap(mv -> SysFile.number(sensor.current().get()).map(ma -> mv * ma));
    }
}
