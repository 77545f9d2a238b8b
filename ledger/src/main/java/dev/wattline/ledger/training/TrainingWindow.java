package dev.wattline.ledger.training;

import dev.wattline.ledger.read.json.MllogLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a run trained, by its result file.
 *
 * @param startMillis stamp of {@code run_start}, milliseconds since 1970; NaN if there is none
 * @param stopMillis stamp of {@code run_stop}
 * @param status how it ended, such as {@code success}; null if the log does not say
 */
record TrainingWindow(
        double startMillis, double stopMillis, @Nullable String status) {

    /** The window of a result; the first stop ends it, and the last start before that begins it. */
    static TrainingWindow read(Path result) throws IOException {
        double start = Double.NaN;
        try (MllogLines lines = MllogLines.open(result, Set.of("run_start", "run_stop"))) {
            for (MllogLines.Entry entry = lines.next(); entry != null; entry = lines.next()) {
                if (entry.key().equals("run_start")) {
                    start = entry.millis();
                } else if (!Double.isNaN(start)) {
                    return new TrainingWindow(start, entry.millis(), entry.status());
                }
            }
        }
        return new TrainingWindow(start, Double.NaN, null);
    }

    boolean complete() {
        return stopMillis > startMillis;
    }

    double seconds() {
        return (stopMillis - startMillis) / 1e3;
    }
}
