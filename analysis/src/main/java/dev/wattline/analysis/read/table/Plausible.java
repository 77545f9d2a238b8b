package dev.wattline.analysis.read.table;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.PowerSeries;
import java.util.Locale;

/** Refuses watts that no device of the log's scope can draw: the column then has another unit than its name says. */
final class Plausible {
    private static final double GPU_W = 3000; // more than twice what the largest board of today is allowed
    private static final double MODULE_W = 5000;

    private Plausible() {}

    static void check(String source, PowerLog log) {
        double limit = log.origin().scope() == Scope.GPU
                ? GPU_W
                : log.origin().scope() == Scope.MODULE ? MODULE_W : Double.POSITIVE_INFINITY;
        for (DeviceLog device : log.devices()) {
            for (String field : log.fields()) {
                PowerSeries series = device.series(field);
                if (series != null && !log.origin().counters().contains(field) && mostAbove(series, limit)) {
                    throw new AnalysisInputException(
                            String.format(
                                    Locale.ROOT,
                                    "%s: %s is %.0f W and more, which no %s draws: the numbers are not watts, perhaps"
                                            + " milliwatts",
                                    source,
                                    field,
                                    limit,
                                    log.origin().scope().word()),
                            "Name the column with its true unit, such as power_mw.");
                }
            }
        }
    }

    private static boolean mostAbove(PowerSeries series, double limit) {
        int above = 0;
        for (int i = 0; i < series.size(); i++) {
            above += series.watts(i) > limit ? 1 : 0;
        }
        return above > series.size() / 2;
    }
}
