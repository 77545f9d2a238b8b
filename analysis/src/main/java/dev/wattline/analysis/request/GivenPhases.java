package dev.wattline.analysis.request;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
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
    private static final String REMEDY = "Give lines such as steady,2024-07-17T09:46:26.305Z,2024-07-17T09:50:33.305Z.";

    private GivenPhases() {}

    /**
     * @throws AnalysisInputException if the file cannot be read, holds no phase, or a line is none
     */
    public static List<GivenPhase> read(Path file) {
        List<GivenPhase> phases = new ArrayList<>();
        try (CsvReader<CsvRecord> rows = CsvReader.builder()
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file)) {
            for (CsvRecord row : rows) {
                boolean header = row.getStartingLineNumber() == 1
                        && row.getFieldCount() > 0
                        && row.getField(0).strip().equals("name");
                if (!header) {
                    phases.add(phase(file, row));
                }
            }
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, REMEDY, e);
        } catch (CsvParseException e) {
            throw new AnalysisInputException(file + ": is no CSV: " + e.getMessage(), REMEDY, e);
        }
        if (phases.isEmpty()) {
            throw new AnalysisInputException(file + ": holds no phase", REMEDY);
        }
        return phases;
    }

    private static GivenPhase phase(Path file, CsvRecord row) {
        String where = file + ": line " + row.getStartingLineNumber() + ": ";
        if (row.getFieldCount() != 3 || row.getField(0).isBlank()) {
            throw new AnalysisInputException(
                    where + "expected name, begin and end, got '" + String.join(",", row.getFields()) + "'", REMEDY);
        }
        Instant begin = time(where, row.getField(1));
        Instant end = time(where, row.getField(2));
        if (!begin.isBefore(end)) {
            throw new AnalysisInputException(where + "the phase does not end after its begin", REMEDY);
        }
        return new GivenPhase(row.getField(0).strip(), begin.toEpochMilli(), end.toEpochMilli());
    }

    private static Instant time(String where, String cell) {
        try {
            return Instant.parse(cell.strip());
        } catch (DateTimeException e) {
            throw new AnalysisInputException(where + "expected a time in UTC, got '" + cell + "'", REMEDY, e);
        }
    }
}
