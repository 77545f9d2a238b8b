package dev.wattline.ledger.figure;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.wattline.ledger.row.LedgerRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values of the paper's tables that stand on the wrong row, and where they belong, read from {@code corrections.csv}. Each
 * was found by comparing the tables with MLCommons' own and with the raw logs, which {@code wattline ledger verify} does.
 */
final class Corrections {
    private final Map<List<Object>, Correction> corrections = new HashMap<>();

    /** A row's correction: what it should say, or nothing where the right row has the value already. */
    record Correction(String toId, String toModel, String toSystem, String reason) {}

    Corrections() {
        try (InputStream in = Corrections.class.getResourceAsStream("corrections.csv")) {
            if (in == null) {
                throw new IllegalStateException("the build lacks corrections.csv");
            }
            for (NamedCsvRecord row :
                    CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                corrections.put(
                        List.of(
                                row.getField("round"),
                                row.getField("id"),
                                Value.key(row.getField("model")),
                                row.getField("scenario"),
                                Double.parseDouble(row.getField("value"))),
                        new Correction(
                                row.getField("toId"),
                                row.getField("toModel"),
                                row.getField("toSystem"),
                                row.getField("reason")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The correction of a value of the paper's tables; empty if it stands on its own row. */
    Optional<Correction> of(Value value) {
        return Optional.ofNullable(corrections.get(
                List.of(value.round(), value.id(), value.modelKey(), value.scenario(), value.number())));
    }

    /** The value on the row where it belongs; empty if that has it already. */
    static Optional<Value> applied(Value value, Correction correction) {
        if (correction.toId().isEmpty()) {
            return Optional.empty();
        }
        LedgerRow row = value.row();
        LedgerRow.Submission at = row.submission();
        LedgerRow.Machine machine = row.machine();
        return Optional.of(new Value(
                new LedgerRow(
                        row.origin(),
                        new LedgerRow.Submission(
                                at.suite(),
                                at.round(),
                                at.category(),
                                at.division(),
                                correction.toId(),
                                at.submitter(),
                                at.location()),
                        new LedgerRow.Machine(
                                correction.toSystem(),
                                machine.platform(),
                                machine.nodes(),
                                machine.processor(),
                                "",
                                null),
                        new LedgerRow.Task(
                                correction.toModel(),
                                row.task().officialModel(),
                                row.task().scenario(),
                                row.task().precision()),
                        row.measures(),
                        row.findings()),
                value.measure()));
    }
}
