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
 * package once more by MMIO, {@code hwmon} with an AMD card, a platform's meter, two fans and a Jetson's rails, and scripts that take the
 * command lines of {@code ipmitool}, {@code amd-smi}, {@code rocm-smi}, {@code dcgmi} and {@code tegrastats}. Each file is replaced as a whole, so that no reader sees half of one. For
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
    private static final double FAN_WINDOW_S = 20; // fans and temperatures follow power slowly
    private static final double CARD_START_J = 20_909.146; // where the cards' counters stand at the signal's start

    private final Path root;
    private final MachineModel machine;
    private final long startUj;

    /**
     * Writes the files that never change, and the first readings.
     *
     * @param startUj where the counters stand at the signal's start, modulo their ranges
     */
    public SysTree(Path root, MachineModel machine, long startUj) {
        this.root = root.toAbsolutePath();
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
        write("hwmon/hwmon3/name", "nct6775");
        write("dcmi", "");
        write("sdr.fans", "");
        program("ipmitool", """
                [ "$*" = "sdr type Fan" ] && cat '%s' && exit 0
                [ "$1 $2 $3" = "dcmi power reading" ] || { echo "Invalid command: $*" >&2; exit 1; }
                cat '%s'
                """.formatted(root.resolve("sdr.fans"), root.resolve("dcmi")));
        program("amd-smi", """
                [ "$*" = "metric -p -E --csv" ] || { echo "amd-smi: error: invalid arguments: $*" >&2; exit 2; }
                cat '%s'
                """.formatted(root.resolve("amd-smi.csv")));
        program("rocm-smi", """
                [ "$*" = "--showpower --csv" ] || { echo "rocm-smi: error: unrecognized arguments: $*" >&2; exit 2; }
                cat '%s'
                """.formatted(root.resolve("rocm-smi.csv")));
        program("dcgmi", """
                [ "$*" = "discovery -l" ] && cat '%s' && exit 0
                rows() {
                  counter=$(sed -n 's/^GPU 0 *//p' '%s')
                  instances= odd=
                  case "$(cat '%s')" in
                    not-available) counter=N/A ;;
                    blank) counter=9223372036854775794 ;;
                    no-engine)
                      echo "Error: unable to establish a connection to the specified host: localhost"
                      echo "Error: Unable to connect to host engine. Host engine connection invalid/disconnected."
                      return 249 ;;
                    not-watched) echo "Error setting watches. Result: Requires running as root"; return 255 ;;
                    mig) instances=yes ;;
                    odd) echo; odd=yes ;;
                  esac
                  echo "#Entity   TOTEC                "
                  echo "ID        mJ                   "
                  echo "GPU 0     $counter             "
                  [ -z "$instances" ] || for i in 0 1 2 3; do echo "GPU-I $i   $counter             "; done
                  [ -z "$instances" ] || echo "GPU-CI 0  N/A"
                  [ -z "$odd" ] || {
                    echo "GPU 1"; echo; echo "#Entity   TOTEC                "; echo "Id        mJ                   "
                    echo "Switch 0  7"; echo "CPU 0     9"; echo "GPU 0     $counter             "
                  }
                  return 0
                }
                [ "$*" = "dmon -e 156 -c 1" ] && { rows; exit; }
                [ "$*" = "dmon -e 156 -d 1000" ] || { echo "Error: unrecognized arguments: $*" >&2; exit 255; }
                while round=$(rows); do echo "$round"; sleep 1; done
                echo "$round"
                exit 255
                """.formatted(
                        root.resolve("dcgmi.list"), root.resolve("dcgmi.rows"), root.resolve("dcgmi.answer")));
        dcgmi(DcgmiAnswer.SOUND);
        write("dcgmi.list", """
                1 GPU found.
                | GPU ID | Device Information                                                   |
                | 0      | Name: NVIDIA Mock                                                    |
                |        | Device UUID: GPU-00000000-0000-0000-0000-000000000000                |
                """);
        program("tegrastats", """
                ms=1000
                while [ $# -gt 0 ]; do
                  case "$1" in
                    --interval) ms=$2; shift 2 ;;
                    --logfile) exec > "$2"; shift 2 ;;
                    *) echo "Unknown option $1" >&2; exit 1 ;;
                  esac
                done
                while :; do
                  mw=$(cat '%s')
                  echo "$(date '+%%m-%%d-%%Y %%H:%%M:%%S') RAM 2010/7620MB (lfb 4x4MB) CPU [9%%@1190,off] GR3D_FREQ 22%% \
                cpu@40C tj@41C VDD_IN ${mw}mW/4000mW VDD_CPU_GPU_CV 0mW/0mW" || exit 0
                  sleep "$((ms / 1000)).$(printf %%03d $((ms %% 1000)))"
                done
                """.formatted(root.resolve("tegra")));
        update(0);
    }

    /** What {@code dcgmi} answers, as the real one was seen to. */
    public enum DcgmiAnswer {
        /** The card's counter. */
        SOUND,
        /** A card without the counter. */
        NOT_AVAILABLE,
        /** A number that DCGM has for no value. */
        BLANK,
        /** A divided card: each instance shows the card's counter. */
        MIG,
        /** Header and empty line come again, rows of other devices, a row that is cut. */
        ODD,
        /** The field cannot be watched. */
        NOT_WATCHED,
        /** Its engine does not run. */
        NO_ENGINE
    }

    /** From now on {@code dcgmi} answers so. */
    public void dcgmi(DcgmiAnswer answer) {
        write("dcgmi.answer", answer.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Writes the readings of a moment, in s since the signal's start. */
    public void update(double seconds) {
        String packages = counter(Part.PACKAGE, seconds, PACKAGE_RANGE_UJ);
        write("powercap/intel-rapl:0/energy_uj", packages);
        write("powercap/intel-rapl-mmio:0/energy_uj", packages);
        write("powercap/intel-rapl:0:0/energy_uj", counter(Part.DRAM, seconds, DRAM_RANGE_UJ));
        write("hwmon/hwmon0/power1_average", microwatts(Part.GPU, seconds));
        write("hwmon/hwmon1/power1_average", microwatts(Part.NODE, seconds));
        long rpm = Math.round(2000 + 6 * machine.meanWatts(Part.NODE, seconds - FAN_WINDOW_S, seconds));
        write("hwmon/hwmon3/fan1_input", Long.toString(rpm));
        write("hwmon/hwmon3/fan2_input", Long.toString(rpm - 40));
        write("sdr.fans", """
                FAN1             | 41h | ok  | 29.1 | %d RPM
                FAN2             | 42h | ok  | 29.2 | %d RPM
                FAN3             | 43h | ns  | 29.3 | No Reading""".formatted(rpm, rpm - 40));
        long card = Math.round(30e3 + 100 * machine.meanWatts(Part.GPU, seconds - FAN_WINDOW_S, seconds));
        write("hwmon/hwmon0/temp1_input", Long.toString(card));
        double module = machine.meanWatts(Part.NODE, seconds - 0.001, seconds);
        write("hwmon/hwmon2/curr1_input", Long.toString(Math.round(module / 5 * 1000)));
        write("tegra", Long.toString(Math.round(1000 * module)));
        write(
                "amd-smi.csv",
                String.format(
                        Locale.ROOT,
                        "gpu,socket_power,total_energy_consumption%n0,%.0f,%.3f",
                        machine.meanWatts(Part.GPU, seconds - METER_WINDOW_S, seconds),
                        CARD_START_J + machine.joules(Part.GPU, 0, seconds)));
        write(
                "rocm-smi.csv",
                String.format(
                        Locale.ROOT,
                        "device,Average Graphics Package Power (W)%ncard0,%.1f",
                        machine.meanWatts(Part.GPU, seconds - METER_WINDOW_S, seconds)));
        write(
                "dcgmi.rows",
                String.format(
                        Locale.ROOT,
                        "#Entity   TOTEC%nID        mJ%nGPU 0     %.0f",
                        1e3 * (CARD_START_J + machine.joules(Part.GPU, 0, seconds))));
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

    private void program(String name, String script) {
        write(name, "#!/bin/sh\n" + script); // a reader never sees half of it
        if (!root.resolve(name).toFile().setExecutable(true)) {
            throw new UncheckedIOException(new IOException("cannot make " + root.resolve(name) + " executable"));
        }
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
                [cooling]
                root = %1$s/hwmon
                [ipmi]
                program = %1$s/ipmitool
                [amd-smi]
                program = %1$s/amd-smi
                [nvml]
                program = %1$s/dcgmi
                [tegrastats]
                program = %1$s/tegrastats
                """.formatted(root.toAbsolutePath());
    }
}
