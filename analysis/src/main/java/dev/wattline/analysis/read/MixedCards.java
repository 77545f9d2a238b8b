package dev.wattline.analysis.read;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.PowerSeries;
import java.util.Locale;

/**
 * Refuses rows of several cards that no column tells apart and that were polled so fast that no pause shows where a round
 * begins. No card's sensor updates faster than every 15 ms: a reading that changes nearly every row, in rows 10 ms apart or
 * less, is not one card's.
 */
final class MixedCards {
    private static final double FAST_MS = 10;
    private static final double NEARLY_ALL = 0.75; // of the rows change; one card's change at most in two of three
    private static final int LEAST_ROWS = 100;

    private MixedCards() {}

    /** @throws AnalysisInputException if the log's only device is several cards */
    static void refuse(String source, PowerLog log) {
        if (log.devices().size() != 1 || log.origin().scope() != Scope.GPU) {
            return;
        }
        DeviceLog only = log.devices().get(0);
        for (String field : log.fields()) {
            PowerSeries series = only.series(field);
            if (!only.key().isEmpty()
                    || series == null
                    || log.origin().counters().contains(field)) {
                continue;
            }
            double rows = series.size() + (double) only.sameTime();
            double interval = (series.lastMs() - series.firstMs()) / rows;
            if (rows >= LEAST_ROWS && interval <= FAST_MS && only.changes(field) > NEARLY_ALL * rows) {
                throw new AnalysisInputException(
                        String.format(
                                Locale.ROOT,
                                "%s: holds the rows of several cards that nothing tells apart: %s changes in %.0f %% of the"
                                        + " rows, one every %.1f ms, and no card's sensor updates faster than every 15 ms",
                                source,
                                field,
                                100 * only.changes(field) / rows,
                                interval),
                        "Log with index or uuid among the fields.");
            }
        }
    }
}
