package dev.wattline.ledger.read.json;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.model.finding.FindingCatalog;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * MLCommons' own table of a round, {@code summary_results.json}: an array of flat objects. The numbers keep the digits that
 * they are printed with. A row's model is {@code UsedModel}, the one that ran; {@code Model} is the official one.
 */
public final class SummaryResults {

    /** Takes the rows of a table. */
    public interface Sink {
        void accept(LedgerRow row) throws IOException;
    }

    private SummaryResults() {}

    /**
     * Reads all rows, in the file's order.
     *
     * @throws LedgerException if it is no such table, or is cut; the message names line and column
     * @throws IOException if it cannot be read, or the sink fails
     */
    public static void read(Path file, Sink rows) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                JsonParser parser = JsonFile.MAPPER.createParser(in)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw other(file, "expected an array of results");
            }
            int index = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token != JsonToken.START_OBJECT) {
                    throw other(file, "expected an object as element " + index);
                }
                Map<String, String> fields = fields(parser);
                if (index == 0 && !fields.keySet().containsAll(List.of("Location", "Performance_Result", "Scenario"))) {
                    throw other(file, "the first element lacks Location, Scenario or Performance_Result");
                }
                rows.accept(row(fields, name, "/" + index));
                index++;
            }
        } catch (JacksonException e) {
            throw JsonFile.notJson(file, e);
        }
    }

    private static LedgerException other(Path file, String what) {
        return new LedgerException(
                file + ": this is no summary_results.json: " + what, "Name the table at the root of a round.", null);
    }

    private static Map<String, String> fields(JsonParser parser) {
        Map<String, String> fields = new HashMap<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String key = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isStructStart()) {
                parser.skipChildren();
            } else if (value != JsonToken.VALUE_NULL) {
                fields.put(key, parser.getString());
            }
        }
        return fields;
    }

    private static LedgerRow row(Map<String, String> fields, String file, String place) {
        List<Measure> measures = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        measure(fields, "Performance", Measure.Scope.UNKNOWN, place, measures, findings);
        if (fields.containsKey("Power_Result")) {
            measure(fields, "Power", Measure.Scope.WALL, place, measures, findings);
        }
        if (get(fields, "inferred").equals("1")) {
            findings.add(FindingCatalog.id("result-inferred"));
        }
        String version = get(fields, "version");
        return new LedgerRow(
                new LedgerRow.Origin(Kind.SUMMARY_RESULTS, file, place),
                new LedgerRow.Submission(
                        Suite.INFERENCE,
                        version.startsWith("v") || version.isEmpty() ? version : "v" + version,
                        get(fields, "Suite"),
                        get(fields, "Category"),
                        get(fields, "ID"),
                        get(fields, "Submitter"),
                        get(fields, "Location")),
                new LedgerRow.Machine(
                        get(fields, "System"),
                        get(fields, "Platform"),
                        count(get(fields, "Nodes")),
                        get(fields, "Processor"),
                        get(fields, "Accelerator"),
                        count(get(fields, "a#"))),
                new LedgerRow.Task(
                        get(fields, "UsedModel"),
                        get(fields, "Model"),
                        get(fields, "Scenario"),
                        get(fields, "weight_data_types")),
                measures,
                findings);
    }

    private static void measure(
            Map<String, String> fields,
            String what,
            Measure.Scope scope,
            String place,
            List<Measure> measures,
            List<String> findings) {
        Measure measure = Measure.of(
                get(fields, what + "_Result"), get(fields, what + "_Units"), scope, place + "/" + what + "_Result");
        measures.add(measure);
        if (Double.isNaN(measure.value())) {
            findings.add(FindingCatalog.id("result-no-number"));
        }
        if (measure.unit() == null) {
            findings.add(FindingCatalog.id("unit-unknown"));
        }
    }

    private static String get(Map<String, String> fields, String key) {
        return fields.getOrDefault(key, "").strip();
    }

    private static @Nullable Double count(String text) {
        double number = Measure.number(text);
        return Double.isNaN(number) ? null : number;
    }
}
