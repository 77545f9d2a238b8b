package dev.wattline.analysis.telemetry;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.series.PowerSeries;

/** Tells a sensor that stands still from a load that does; one was seen that said 46.19 W for 12 792 polls. */
public final class StuckReading {
    private static final int FEW_CHANGES = 20;
    private static final int ENOUGH_READINGS = 60;
    private static final double FROZEN_MS = 60_000;
    private static final int WHOLE_WATT = 1000; // in mW: a log of whole watts may stand still
    private static final double UTILISATION_RANGE_PCT = 20;

    private StuckReading() {}

    /** Whether a reading hardly changes, in a log long enough to tell. */
    static boolean isStill(DeviceLog gpu, String field, PowerSeries series) {
        return series.size() >= ENOUGH_READINGS && gpu.changes(field) < FEW_CHANGES;
    }

    /** Whether it hardly changes although the GPU's utilisation does. */
    public static boolean isStuck(DeviceLog gpu, String field, PowerSeries series) {
        return (isStill(gpu, field, series) && gpu.utilisation().range() > UTILISATION_RANGE_PCT)
                || isFrozen(gpu, field, series);
    }

    /** Whether it never changes for a minute, in hundredths of a watt: a live sensor's last digits do. */
    private static boolean isFrozen(DeviceLog gpu, String field, PowerSeries series) {
        return series.size() >= ENOUGH_READINGS
                && gpu.changes(field) == 0
                && series.lastMs() - series.firstMs() >= FROZEN_MS
                && series.milliwatts(0) % WHOLE_WATT != 0;
    }
}
