package dev.wattline.cli.doctor;

import dev.wattline.model.process.ShortProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Whether the GPUs' own readings can be collected beside the analyzer's; no measurement depends on it. */
final class NvidiaSmiCheck implements DoctorCheck {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String program;
    private final Path driver;

    /**
     * The check.
     *
     * @param program nvidia-smi, by name or path
     * @param driver a path that exists where NVIDIA's driver is loaded
     */
    NvidiaSmiCheck(String program, Path driver) {
        this.program = program;
        this.driver = driver;
    }

    static NvidiaSmiCheck ofThisMachine() {
        return new NvidiaSmiCheck("nvidia-smi", Path.of("/proc/driver/nvidia/version"));
    }

    @Override
    public String name() {
        return "nvidia-smi";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        try {
            ShortProgram.Result result = ShortProgram.run(
                    List.of(program, "--query-gpu=name,driver_version", "--format=csv,noheader"), LIMIT);
            if (result.isLate()) {
                return CheckOutcome.warn(
                        program + " gave no answer within " + Durations.text(LIMIT),
                        "Repair the driver, or measure without the GPUs' own readings.");
            }
            if (!result.succeeded() || result.lines().isEmpty()) {
                return CheckOutcome.warn(
                        program + " ended with exit status " + result.status() + ": "
                                + (result.lines().isEmpty() ? "it printed nothing" : result.said()),
                        "Repair the driver, or measure without the GPUs' own readings.");
            }
            int gpus = result.lines().size();
            return CheckOutcome.pass(gpus + " GPU(s), the first is " + result.said())
                    .with("gpus", (long) gpus);
        } catch (IOException e) {
            return Files.exists(driver)
                    ? CheckOutcome.warn(
                            "NVIDIA's driver is loaded, but " + program + " does not run: " + e.getMessage(),
                            "Install nvidia-smi, or measure without the GPUs' own readings.")
                    : CheckOutcome.pass("not here, and no NVIDIA driver either; only GPU telemetry needs it");
        }
    }
}
