package dev.wattline.analysis;

import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.smi.GpuLog;

/** Tells a sensor that stands still from a load that does; one was seen that said 46.19 W for 12 792 polls. */
final class StuckReading {
    private static final int FEW_CHANGES = 20;
    private static final int ENOUGH_READINGS = 60;
    private static final double UTILISATION_RANGE_PCT = 20;

    private StuckReading() {}

    /** Whether a reading hardly changes, in a log long enough to tell. */
    static boolean isStill(GpuLog gpu, String field, PowerSeries series) {
        return series.size() >= ENOUGH_READINGS && gpu.changes(field) < FEW_CHANGES;
    }

    /** Whether it hardly changes although the GPU's utilisation does. */
    static boolean isStuck(GpuLog gpu, String field, PowerSeries series) {
        return isStill(gpu, field, series) && gpu.utilisation().range() > UTILISATION_RANGE_PCT;
    }
}
