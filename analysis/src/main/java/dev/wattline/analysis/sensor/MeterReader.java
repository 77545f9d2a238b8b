package dev.wattline.analysis.sensor;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
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

    private static final String REMEDY = "Give a CSV file with the columns t_ms and watts_total.";

    private MeterReader() {}

    /**
     * @param startEpochMs what is added to each time to make it ms since the epoch
     * @throws AnalysisInputException if the file cannot be read or is no such log
     */
    public static Polyline read(Path file, double startEpochMs) {
        double[] times = new double[1 << 14];
        double[] watts = new double[1 << 14];
        int n = 0;
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                double time = number(file, row, TIMES) + startEpochMs;
                double power = number(file, row, WATTS);
                if (n > 0 && time < times[n - 1]) {
                    throw new AnalysisInputException(
                            where(file, row) + "the time goes back, from " + (times[n - 1] - startEpochMs) + " to "
                                    + (time - startEpochMs) + " ms",
                            "Sort the rows by their time.");
                }
                if (n > 0 && time == times[n - 1]) {
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
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        } catch (CsvParseException e) {
            throw new AnalysisInputException(file + ": is no CSV: " + e.getMessage(), REMEDY, e);
        }
        if (n < 2) {
            throw new AnalysisInputException(
                    file + ": expected two readings or more, which make power over time; found " + n, REMEDY);
        }
        return new Polyline(Arrays.copyOf(times, n), Arrays.copyOf(watts, n));
    }

    /** The number in the first of these columns that the file has. */
    private static double number(Path file, NamedCsvRecord row, List<String> columns) {
        for (String column : columns) {
            int at = row.getHeader().indexOf(column);
            if (at >= 0) {
                String cell = at < row.getFieldCount() ? row.getField(at).strip() : "";
                double value = number(cell);
                if (!Double.isFinite(value)) {
                    throw new AnalysisInputException(
                            where(file, row) + "expected a number in " + column + ", got '" + cell + "'", REMEDY);
                }
                return value;
            }
        }
        throw new AnalysisInputException(
                file + ": line 1: has none of the columns " + String.join(", ", columns) + "; it has "
                        + String.join(", ", row.getHeader()),
                REMEDY);
    }

    /** NaN for a cell that holds no number. */
    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String where(Path file, NamedCsvRecord row) {
        return file + ": line " + row.getStartingLineNumber() + ": ";
    }
}
