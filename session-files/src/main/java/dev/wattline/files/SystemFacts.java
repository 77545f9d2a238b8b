package dev.wattline.files;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the measured machine says of itself, as {@code system/sut.json} of a session holds it. An empty text or list, or
 * null, stands for what the machine does not tell.
 *
 * @param at when it was asked
 * @param host the machine
 * @param software its operating system
 * @param processor its processors
 * @param memoryBytes its memory
 * @param swapBytes its swap
 * @param gpuDriver version of NVIDIA's driver
 * @param gpus its NVIDIA GPUs, as nvidia-smi tells of them
 * @param workload the command line that ran under measurement
 * @param problems what could not be asked, one sentence each
 */
public record SystemFacts(
        @Nullable Instant at,
        Host host,
        Software software,
        Processor processor,
        @Nullable Long memoryBytes,
        @Nullable Long swapBytes,
        String gpuDriver,
        List<Gpu> gpus,
        String workload,
        List<String> problems) {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-system/1";

    public SystemFacts {
        gpus = List.copyOf(gpus);
        problems = List.copyOf(problems);
    }

    /**
     * The machine.
     *
     * @param vendor who made it, by its firmware
     * @param product its model, by its firmware
     * @param firmware vendor, version and date of BIOS or UEFI
     */
    public record Host(String name, String vendor, String product, String firmware) {}

    /**
     * The operating system.
     *
     * @param system such as {@code Ubuntu 24.04.1 LTS}
     * @param kernel such as {@code Linux 6.8.0-45-generic}
     * @param architecture such as {@code amd64}
     * @param bootOptions the kernel's boot options that bear on power, such as {@code intel_pstate=disable}
     */
    public record Software(String system, String kernel, String architecture, List<String> bootOptions) {
        public Software {
            bootOptions = List.copyOf(bootOptions);
        }
    }

    /**
     * The processors.
     *
     * @param sockets number of packages
     * @param cores number of cores in all of them
     * @param threads number of logical processors
     * @param governors frequency governors, and on how many logical processors each
     * @param scalingDriver what sets the frequency, such as {@code intel_pstate}
     * @param preference energy performance preference, such as {@code balance_performance}
     * @param turbo {@code on} or {@code off}
     * @param smt simultaneous multithreading, {@code on} or {@code off}
     * @param limits the packages' power limits
     */
    public record Processor(
            String model,
            @Nullable Integer sockets,
            @Nullable Integer cores,
            @Nullable Integer threads,
            String governors,
            String scalingDriver,
            String preference,
            String turbo,
            String smt,
            List<String> limits) {
        public Processor {
            limits = List.copyOf(limits);
        }
    }

    /**
     * One GPU. Modes are as nvidia-smi words them, such as {@code Enabled}.
     *
     * @param index its index in nvidia-smi
     * @param memoryMiB its memory in MiB
     * @param limitW the power limit in force, W
     * @param defaultLimitW the power limit it has after a start, W
     * @param maxLimitW the greatest power limit that can be set, W
     * @param applicationClockMhz the graphics clock that was asked for, MHz
     * @param maxClockMhz the greatest clock of its processors, MHz
     */
    public record Gpu(
            int index,
            String uuid,
            String name,
            String firmware,
            @Nullable Double memoryMiB,
            @Nullable Double limitW,
            @Nullable Double defaultLimitW,
            @Nullable Double maxLimitW,
            @Nullable Double applicationClockMhz,
            @Nullable Double maxClockMhz,
            String persistence,
            String ecc,
            String mig) {}
}
