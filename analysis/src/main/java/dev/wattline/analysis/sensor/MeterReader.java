package dev.wattline.analysis.sensor;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.Polyline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads an external meter's log: CSV with a header, a column of milliseconds ({@code t_ms}, {@code time_ms} or
 * {@code unix_ms}) and one of watts ({@code watts_total}, {@code watts} or {@code power_w}).
 */
public final class MeterReader {
    private static final List<String> TIMES = List.of("t_ms", "time_ms", "unix_ms");
    private static final List<String> WATTS = List.of("watts_total", "watts", "power_w");

    private MeterReader() {}

    /**
     * @param startEpochMs what is added to each time to make it ms since the epoch
     * @throws AnalysisInputException if the file cannot be read or is no such log
     */
    public static Polyline read(Path file, double startEpochMs) {
        double[] times = new double[1 << 14];
        double[] watts = new double[1 << 14];
        int n = 0;
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                double time = number(file, row, TIMES) + startEpochMs;
                double power = number(file, row, WATTS);
                if (n > 0 && time <= times[n - 1]) {
                    continue; // a meter that sends a stamp twice says nothing new
                }
                if (n == times.length) {
                    times = Arrays.copyOf(times, 2 * n);
                    watts = Arrays.copyOf(watts, 2 * n);
                }
                times[n] = time;
                watts[n++] = power;
            }
        } catch (IOException e) {
            throw new AnalysisInputException(file + ": cannot be read: " + e, null, e);
        }
        if (n < 2) {
            throw new AnalysisInputException(file + ": holds " + n + " readings, no power over time", null);
        }
        return new Polyline(Arrays.copyOf(times, n), Arrays.copyOf(watts, n));
    }

    private static double number(Path file, NamedCsvRecord row, List<String> columns) {
        for (String column : columns) {
            var cell = row.findField(column);
            if (cell.isPresent()) {
                try {
                    return Double.parseDouble(cell.get().strip());
                } catch (NumberFormatException e) {
                    throw new AnalysisInputException(
                            file + ": line " + row.getStartingLineNumber() + ": expected a number in " + column
                                    + ", got '" + cell.get() + "'",
                            null,
                            e);
                }
            }
        }
        throw new AnalysisInputException(
                file + ": has none of the columns " + columns + "; it has " + row.getHeader(),
                "Give a CSV file with the columns t_ms and watts_total.");
    }
}
