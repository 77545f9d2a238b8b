package dev.wattline.mock.machine;

import dev.wattline.mock.machine.MachineModel.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The kernel's files of power as an imagined machine has them: {@code powercap} with a package, its memory and the same
 * package once more by MMIO, {@code hwmon} with an AMD card, a platform's meter and a Jetson's rails, and {@code ipmitool}, a
 * script that answers {@code dcmi power reading}. Each file is replaced as a whole, so that no reader sees half of one. For
 * one thread.
 */
public final class SysTree {
    /** Where the package's counter begins anew, in uJ, as of real processors. */
    public static final long PACKAGE_RANGE_UJ = 262_143_328_850L;

    /** Where the memory's counter begins anew, in uJ. */
    public static final long DRAM_RANGE_UJ = 65_712_999_613L;

    private static final long STEP_UJ = 61;
    private static final double BMC_PERIOD_S = 2;
    private static final double METER_WINDOW_S = 1;

    private final Path root;
    private final MachineModel machine;
    private final long startUj;

    /**
     * Writes the files that never change, and the first readings.
     *
     * @param startUj where the counters stand at the signal's start, modulo their ranges
     */
    public SysTree(Path root, MachineModel machine, long startUj) {
        this.root = root;
        this.machine = machine;
        this.startUj = startUj;
        write("powercap/intel-rapl:0/name", "package-0");
        write("powercap/intel-rapl:0/max_energy_range_uj", Long.toString(PACKAGE_RANGE_UJ));
        write("powercap/intel-rapl:0:0/name", "dram");
        write("powercap/intel-rapl:0:0/max_energy_range_uj", Long.toString(DRAM_RANGE_UJ));
        write("powercap/intel-rapl-mmio:0/name", "package-0");
        write("powercap/intel-rapl-mmio:0/max_energy_range_uj", Long.toString(PACKAGE_RANGE_UJ));
        write("hwmon/hwmon0/name", "amdgpu");
        write("hwmon/hwmon0/device/uevent", "DRIVER=amdgpu\nPCI_SLOT_NAME=0000:03:00.0");
        write("hwmon/hwmon1/name", "power_meter");
        write("hwmon/hwmon1/power1_average_interval", "1000");
        write("hwmon/hwmon2/name", "ina3221");
        write("hwmon/hwmon2/in1_label", "VDD_IN");
        write("hwmon/hwmon2/in1_input", "5000");
        write("dcmi", "");
        write("ipmitool", """
                #!/bin/sh
                [ "$1 $2 $3" = "dcmi power reading" ] || { echo "Invalid command: $*" >&2; exit 1; }
                cat '%s'
                """.formatted(root.resolve("dcmi")));
        if (!root.resolve("ipmitool").toFile().setExecutable(true)) {
            throw new UncheckedIOException(new IOException("cannot make " + root.resolve("ipmitool") + " executable"));
        }
        update(0);
    }

    /** Writes the readings of a moment, in s since the signal's start. */
    public void update(double seconds) {
        String packages = counter(Part.PACKAGE, seconds, PACKAGE_RANGE_UJ);
        write("powercap/intel-rapl:0/energy_uj", packages);
        write("powercap/intel-rapl-mmio:0/energy_uj", packages);
        write("powercap/intel-rapl:0:0/energy_uj", counter(Part.DRAM, seconds, DRAM_RANGE_UJ));
        write("hwmon/hwmon0/power1_average", microwatts(Part.GPU, seconds));
        write("hwmon/hwmon1/power1_average", microwatts(Part.NODE, seconds));
        double module = machine.meanWatts(Part.NODE, seconds - 0.001, seconds);
        write("hwmon/hwmon2/curr1_input", Long.toString(Math.round(module / 5 * 1000)));
        write("dcmi", """

                    Instantaneous power reading:                   %s Watts
                    Minimum during sampling period:                  1 Watts
                    Maximum during sampling period:                 12 Watts
                    Average power reading over sample period:        7 Watts
                    IPMI timestamp:                           Thu Jan  1 00:00:00 1970
                    Sampling period:                          00000001 Seconds.
                    Power reading state is:                   deactivated
                """.formatted(bmcWatts(seconds)));
    }

    /** What the management controller tells then: renewed every 2 s, in whole watts. */
    public long bmcWatts(double seconds) {
        double renewed = Math.floor(seconds / BMC_PERIOD_S) * BMC_PERIOD_S;
        return Math.round(machine.meanWatts(Part.NODE, renewed - BMC_PERIOD_S, renewed));
    }

    private String counter(Part part, double seconds, long range) {
        long used = Math.round(machine.joules(part, 0, seconds) * 1e6 / STEP_UJ) * STEP_UJ;
        return Long.toString((startUj % range + used) % range);
    }

    private String microwatts(Part part, double seconds) {
        return String.format(Locale.ROOT, "%.0f", 1e6 * machine.meanWatts(part, seconds - METER_WINDOW_S, seconds));
    }

    private void write(String name, String text) {
        Path file = root.resolve(name);
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(part, text + "\n", StandardCharsets.UTF_8);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings by which Wattline's sources read this tree. */
    public String settings() {
        return """
                [rapl]
                root = %1$s/powercap
                [amd]
                root = %1$s/hwmon
                [hwmon]
                root = %1$s/hwmon
                [jetson]
                root = %1$s/hwmon
                [ipmi]
                program = %1$s/ipmitool
                """.formatted(root.toAbsolutePath());
    }
}
