package dev.wattline.analysis.study;

import dev.wattline.analysis.sensor.Calibration;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to find out about a sensor.
 *
 * @param smi the nvidia-smi log
 * @param zone zone of its stamps; null to infer it from the reference
 * @param reference an external meter's log; null without
 * @param referenceStartMs what is added to its times to make them ms since the epoch
 * @param load the time to compare energies over; null for all that both logs cover
 * @param given gain and offset to apply, such as from another session; null for none
 * @param card the card's name where the log has none
 * @param columns names of the columns of a table without a header; empty if it has one
 */
public record SensorRequest(
        Path smi,
        @Nullable ZoneId zone,
        @Nullable Path reference,
        double referenceStartMs,
        @Nullable Load load,
        @Nullable Calibration given,
        String card,
        List<String> columns) {

    public SensorRequest {
        columns = List.copyOf(columns);
    }

    /**
     * A time of load.
     *
     * @param fromMs begin in ms since the epoch
     * @param toMs end in ms since the epoch
     */
    public record Load(double fromMs, double toMs) {}
}
