package dev.wattline.sut.workload;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the built-in workload is to do.
 *
 * @param duration how long to load the processors, at least 100 ms
 * @param threads number of threads, at least 1
 * @param size rows and columns of the matrices, a multiple of 8 from 64 to 2048
 * @param precision of the numbers
 * @param squareWave period of a square wave in the load, at least 2 ms; none for a constant load
 * @param duty the share of the period under load, between 0 and 1 exclusive
 * @param output folder for the two logs, made if absent
 */
public record WorkloadPlan(
        Scenario scenario,
        Duration duration,
        int threads,
        int size,
        Precision precision,
        @Nullable Duration squareWave,
        double duty,
        Path output) {

    /** Size of the matrices by default: a product takes a few milliseconds and its operands fit a core's L2 cache. */
    public static final int DEFAULT_SIZE = 256;

    public WorkloadPlan {
        require(
                duration.toMillis() >= 100,
                "the duration must be at least 0.1 s, got " + duration.toMillis() / 1e3 + " s");
        require(threads >= 1 && threads <= 1024, "the number of threads must be 1 to 1024, got " + threads);
        require(
                size >= 64 && size <= 2048 && size % 8 == 0,
                "the matrix size must be a multiple of 8 from 64 to 2048, got " + size);
        require(
                squareWave == null || squareWave.toMillis() >= 2,
                "the square wave's period must be at least 2 ms, got " + squareWave);
        require(duty > 0 && duty < 1, "the duty must lie between 0 and 1, got " + duty);
    }

    /** What the matrices of all threads take, in bytes. */
    public long bytes() {
        int products = scenario == Scenario.Offline ? threads : 1;
        return (long) MatrixProduct.MATRICES * size * size * precision.bytes() * products;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
