package dev.wattline.report.checks;

import dev.wattline.files.SplReader;
import dev.wattline.model.PowerSample;
import dev.wattline.report.trace.PowerOverview;
import dev.wattline.report.trace.PowerOverview.Stretch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The power of a phase over time, for drawing: the whole, and each row around places of interest.
 *
 * @param overview the whole phase
 * @param details the rows around each time asked for, by that time; none of a time that the phase does not hold
 */
record PowerTrace(List<Stretch> overview, Map<Long, List<Row>> details) {
    private static final long MILLIS_AROUND = 30_000;
    private static final int MAX_ROWS = 200; // around one time; more than a sample a second is no power log

    /** One row; the power decoded, NaN where nothing was measured. */
    record Row(long line, long millis, double watts) {}

    /**
     * Reads a power log.
     *
     * @param times milliseconds since the epoch around which each row is wanted
     * @throws IOException if it cannot be read
     */
    static PowerTrace read(InputStream spl, Set<Long> times) throws IOException {
        PowerOverview overview = new PowerOverview();
        SortedMap<Long, List<Row>> details = new TreeMap<>();
        times.forEach(time -> details.put(time, new ArrayList<>()));
        try (SplReader reader = SplReader.of(spl)) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                double watts = sample.reading().decodedWatts();
                // A damaged log may hold numbers that no double holds: they cannot be drawn.
                Row row =
                        new Row(reader.line(), sample.at().toEpochMilli(), Double.isFinite(watts) ? watts : Double.NaN);
                overview.add(row.millis(), row.watts());
                details.subMap(row.millis() - MILLIS_AROUND, row.millis() + MILLIS_AROUND + 1)
                        .values()
                        .forEach(rows -> {
                            if (rows.size() < MAX_ROWS) {
                                rows.add(row);
                            }
                        });
            }
        }
        details.values().removeIf(List::isEmpty);
        return new PowerTrace(overview.stretches(), new LinkedHashMap<>(details));
    }
}
