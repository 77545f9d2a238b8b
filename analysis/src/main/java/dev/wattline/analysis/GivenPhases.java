package dev.wattline.analysis;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.wattline.analysis.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.series.AnalysisInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads phases whose times are known: CSV lines of name, begin and end, in UTC such as
 * {@code steady,2024-07-17T09:46:26.305Z,2024-07-17T09:50:33.305Z}. A header is skipped.
 */
public final class GivenPhases {
    private GivenPhases() {}

    /**
     * @throws AnalysisInputException if the file cannot be read, or a line is no phase
     */
    public static List<GivenPhase> read(Path file) {
        List<GivenPhase> phases = new ArrayList<>();
        try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord row : rows) {
                boolean header = row.getStartingLineNumber() == 1
                        && row.getFieldCount() > 0
                        && row.getField(0).strip().equals("name");
                if (!header) {
                    phases.add(phase(file, row));
                }
            }
        } catch (IOException e) {
            throw new AnalysisInputException(file + ": cannot be read: " + e, null, e);
        }
        return phases;
    }

    private static GivenPhase phase(Path file, CsvRecord row) {
        String where = file + ": line " + row.getStartingLineNumber();
        if (row.getFieldCount() != 3) {
            throw new AnalysisInputException(
                    where + ": expected name, begin and end, got " + row.getFieldCount() + " cells", null);
        }
        try {
            Instant begin = Instant.parse(row.getField(1).strip());
            Instant end = Instant.parse(row.getField(2).strip());
            if (!begin.isBefore(end)) {
                throw new AnalysisInputException(where + ": the phase ends before it begins", null);
            }
            return new GivenPhase(row.getField(0).strip(), begin.toEpochMilli(), end.toEpochMilli());
        } catch (DateTimeException e) {
            throw new AnalysisInputException(
                    where + ": expected UTC times such as 2024-07-17T09:46:26.305Z: " + e.getMessage(), null, e);
        }
    }
}
