package dev.wattline.compliance.html;

import dev.wattline.files.SplReader;
import dev.wattline.model.PowerSample;
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
 * The power of a phase over time, for drawing: the whole as least and greatest values of equal stretches, of which there
 * are never more than a bound whatever the length of the log, and each row around places of interest.
 *
 * @param overview the whole phase
 * @param details the rows around each time asked for, by that time; none of a time that the phase does not hold
 */
record PowerTrace(List<Stretch> overview, Map<Long, List<Row>> details) {
    private static final int MAX_STRETCHES = 480;
    private static final long MILLIS_AROUND = 30_000;
    private static final int MAX_ROWS = 200; // around one time; more than a sample a second is no power log

    /** Some rows in a row: when they begin, in milliseconds since the epoch, and their least and greatest power, W. */
    record Stretch(long millis, double least, double greatest) {}

    /** One row; the power decoded, NaN where nothing was measured. */
    record Row(long line, long millis, double watts) {}

    /**
     * Reads a power log.
     *
     * @param times milliseconds since the epoch around which each row is wanted
     * @throws IOException if it cannot be read
     */
    static PowerTrace read(InputStream spl, Set<Long> times) throws IOException {
        Overview overview = new Overview();
        SortedMap<Long, List<Row>> details = new TreeMap<>();
        times.forEach(time -> details.put(time, new ArrayList<>()));
        try (SplReader reader = SplReader.of(spl)) {
            for (PowerSample sample = reader.next(); sample != null; sample = reader.next()) {
                Row row = new Row(
                        reader.line(),
                        sample.at().toEpochMilli(),
                        sample.reading().decodedWatts());
                overview.add(row);
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

    /** Stretches that grow as the log turns out to be longer. */
    private static final class Overview {
        private List<Stretch> stretches = new ArrayList<>();
        private int rowsEach = 1;
        private int rowsInLast;

        void add(Row row) {
            if (Double.isNaN(row.watts())) {
                return;
            }
            Stretch one = new Stretch(row.millis(), row.watts(), row.watts());
            if (rowsInLast == 0 || rowsInLast >= rowsEach) {
                stretches.add(one);
                rowsInLast = 1;
            } else {
                stretches.set(stretches.size() - 1, join(stretches.get(stretches.size() - 1), one));
                rowsInLast++;
            }
            if (stretches.size() > MAX_STRETCHES) {
                halve();
            }
        }

        private void halve() {
            List<Stretch> half = new ArrayList<>();
            for (int i = 0; i < stretches.size(); i += 2) {
                half.add(i + 1 < stretches.size() ? join(stretches.get(i), stretches.get(i + 1)) : stretches.get(i));
            }
            rowsInLast = stretches.size() % 2 == 0 ? 2 * rowsEach : rowsInLast;
            rowsEach *= 2;
            stretches = half;
        }

        private static Stretch join(Stretch one, Stretch two) {
            return new Stretch(
                    one.millis(), Math.min(one.least(), two.least()), Math.max(one.greatest(), two.greatest()));
        }

        List<Stretch> stretches() {
            return stretches;
        }
    }
}
