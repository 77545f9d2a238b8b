package dev.wattline.ledger.read.csv;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.model.finding.FindingCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of results that was published as CSV; its columns tell which one it is. The same columns are read in any
 * order, unknown ones are passed over.
 */
public final class PublishedTable {
    private static final Pattern ROUND = Pattern.compile("v?(\\d+\\.\\d+)(?:-.*)?");

    /** Takes the rows of a table. */
    public interface Sink {
        void accept(LedgerRow row) throws IOException;

        /** What was passed over, a sentence with its place. */
        default void note(String sentence) {}
    }

    private PublishedTable() {}

    /**
     * Reads all rows.
     *
     * @param round the round of a table that does not name it, or null
     * @throws LedgerException if it is no table that is known; the message says which are
     * @throws IOException if it cannot be read, or the sink fails
     */
    public static void read(Path file, @Nullable String round, Sink rows) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (CsvTable table = CsvTable.open(file)) {
            if (!table.has("Public ID") && Crosstab.begins(table)) {
                new Crosstab(file, round).read(table, rows);
                return;
            }
            Reader reader = reader(table, file);
            List<String> header = table.header();
            for (CsvTable.Row read = table.next(); read != null; read = table.next()) {
                if (CsvTable.isHeader(read)) {
                    // Of a table put together from several exports, the header that came last counts.
                    header = read.fields().stream().map(String::strip).toList();
                    rows.note(file + ":" + read.line() + ": the header again; the columns below it are read by it");
                } else {
                    CsvTable.Row row = new CsvTable.Row(read.line(), read.fields(), header);
                    rows.accept(reader.read(row, name, round == null ? "" : round));
                }
            }
        }
    }

    private interface Reader {
        LedgerRow read(CsvTable.Row row, String file, String round);
    }

    private static Reader reader(CsvTable table, Path file) {
        if (table.has("Public ID", "SystemName", "Model MLC", "Result", "Units")) {
            return PublishedTable::cleaned;
        }
        if (table.has("Public ID", "Model MLC", "Avg. Result at System Name", "Units")) {
            return PublishedTable::website;
        }
        if (table.has("BoardName", "MlperfModel", "Result", "ResultUnit")) {
            return PublishedTable::tinySummary;
        }
        if (table.has("Organization", "SystemName", "MlperfModel", "Scenario", "Result", "Location")) {
            return PublishedTable::checkerSummary;
        }
        if (table.has("Public ID", "Avg. Result at System Name")) {
            throw new LedgerException(
                    file + ":1: this export is a crosstab without the lines of models and scenarios above its header",
                    "Export it whole, or as a list with the columns Public ID, Model MLC, Units and Avg. Result at"
                            + " System Name.",
                    null);
        }
        throw new LedgerException(
                file + ":1: the columns are those of no table that is known: " + String.join(", ", table.header()),
                "Known are the cleaned tables of the MLPerf Power paper, the website's export as a list, and the"
                        + " summary.csv of the submission checker and of MLPerf Tiny.",
                null);
    }

    /** A row of a cleaned table, or of the raw one with the same columns. The model is in Model MLC, whatever Model says. */
    private static LedgerRow cleaned(CsvTable.Row row, String file, String round) {
        String place = "line " + row.line();
        String told = round(row.get("version"));
        String category = row.get("SystemType");
        boolean tiny = row.get("vdate").startsWith("Tiny") || row.get("Units").endsWith("uJ");
        Suite suite = tiny ? Suite.TINY : Suite.INFERENCE;
        return new LedgerRow(
                new LedgerRow.Origin(Kind.CLEANED, file, place),
                new LedgerRow.Submission(
                        suite,
                        first(told, round(row.get("Public ID")), round),
                        category,
                        "",
                        row.get("Public ID"),
                        row.get("Organization"),
                        ""),
                new LedgerRow.Machine(
                        row.get("SystemName"),
                        "",
                        count(row.get("number_of_nodes")),
                        row.get("host_processor_model_name"),
                        row.get("accelerator_model_name"),
                        count(row.get("Total Accelerators"))),
                new LedgerRow.Task(row.get("Model MLC"), "", row.get("Scenario"), ""),
                List.of(Measure.of(row.get("Result"), row.get("Units"), Measure.Scope.WALL, place)),
                findings(row.get("Result"), row.get("Units")));
    }

    /** A row of the website's export as a list; the cleaned table of Training is one. */
    private static LedgerRow website(CsvTable.Row row, String file, String round) {
        String place = "line " + row.line();
        boolean training = row.get("Benchmark").equalsIgnoreCase("Training")
                || !row.get("Number Of Nodes").isEmpty();
        String units = row.get("Units");
        return new LedgerRow(
                new LedgerRow.Origin(Kind.WEBSITE, file, place),
                new LedgerRow.Submission(
                        training ? Suite.TRAINING : units.endsWith("uJ") ? Suite.TINY : Suite.INFERENCE,
                        first(round(row.get("Public ID")), round, ""),
                        "",
                        "",
                        row.get("Public ID"),
                        row.get("Organization"),
                        ""),
                new LedgerRow.Machine(
                        first(row.get("System Name"), row.get("System Name (click + for details)"), ""),
                        "",
                        count(first(row.get("Number Of Nodes"), row.get("# of Nodes"), "")),
                        first(row.get("Host Processor Model Name"), row.get("Processor"), ""),
                        first(row.get("Accelerator Model Name"), row.get("Accelerator"), ""),
                        count(first(row.get("Total Accelerators"), row.get("# of Accelerators"), ""))),
                new LedgerRow.Task(row.get("Model MLC"), "", row.get("Scenario"), ""),
                List.of(Measure.of(
                        row.get("Avg. Result at System Name"),
                        units,
                        training ? Measure.Scope.NODE : Measure.Scope.WALL,
                        place)),
                findings(row.get("Avg. Result at System Name"), units));
    }

    /** A row of the submission checker's summary.csv. In v1.1 the column power holds a row's power. */
    private static LedgerRow checkerSummary(CsvTable.Row row, String file, String round) {
        String place = "line " + row.line();
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.of(row.get("Result"), row.get("Units"), Measure.Scope.WALL, place));
        String power = row.get("power");
        if (!Double.isNaN(Measure.number(power)) && Measure.number(power) > 0) {
            boolean stream = row.get("Scenario").toLowerCase(Locale.ROOT).contains("stream");
            measures.add(Measure.of(power, stream ? "J/sample" : "Watts", Measure.Scope.WALL, place));
        }
        return new LedgerRow(
                new LedgerRow.Origin(Kind.CHECKER_SUMMARY, file, place),
                new LedgerRow.Submission(
                        Suite.INFERENCE,
                        first(round, round(row.get("version")), ""),
                        row.get("SystemType"),
                        row.get("Division"),
                        "",
                        row.get("Organization"),
                        row.get("Location")),
                new LedgerRow.Machine(
                        row.get("SystemName"),
                        row.get("Platform"),
                        count(row.get("number_of_nodes")),
                        row.get("host_processor_model_name"),
                        row.get("accelerator_model_name"),
                        count(row.get("accelerators_per_node"))),
                new LedgerRow.Task(
                        row.get("Model"), row.get("MlperfModel"), row.get("Scenario"), row.get("weight_data_types")),
                measures,
                findings(row.get("Result"), row.get("Units")));
    }

    private static LedgerRow tinySummary(CsvTable.Row row, String file, String round) {
        String place = "line " + row.line();
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.of(row.get("Result"), row.get("ResultUnit"), Measure.Scope.UNKNOWN, place));
        if (!row.get("Power").isEmpty()) {
            measures.add(Measure.of(row.get("Power"), row.get("PowerUnit"), Measure.Scope.WALL, place));
        }
        return new LedgerRow(
                new LedgerRow.Origin(Kind.TINY_SUMMARY, file, place),
                new LedgerRow.Submission(Suite.TINY, round, "", row.get("Division"), "", row.get("Organization"), ""),
                new LedgerRow.Machine(
                        row.get("BoardName"),
                        row.get("SystemDesc"),
                        1.0,
                        row.get("HostProcessorModelName"),
                        row.get("AcceleratorModelName"),
                        null),
                new LedgerRow.Task(row.get("Model"), row.get("MlperfModel"), "", ""),
                measures,
                findings(row.get("Result"), row.get("ResultUnit")));
    }

    static List<String> findings(String result, String units) {
        if (units.isEmpty()) {
            return List.of(FindingCatalog.id("row-without-unit"));
        }
        List<String> findings = new ArrayList<>();
        if (Double.isNaN(Measure.number(result))) {
            findings.add(FindingCatalog.id("result-no-number"));
        }
        if (MeasureUnit.ofLabel(units).isEmpty()) {
            findings.add(FindingCatalog.id("unit-unknown"));
        }
        return findings;
    }

    /** A round such as {@code v4.1} from a version or an id; empty if there is none in it. */
    static String round(String text) {
        Matcher matcher = ROUND.matcher(text);
        return matcher.matches() ? "v" + matcher.group(1) : "";
    }

    private static String first(String one, String two, String three) {
        return !one.isEmpty() ? one : !two.isEmpty() ? two : three;
    }

    static @Nullable Double count(String text) {
        double number = Measure.number(text);
        return Double.isNaN(number) ? null : number;
    }
}
