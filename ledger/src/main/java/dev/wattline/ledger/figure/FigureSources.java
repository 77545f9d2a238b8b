package dev.wattline.ledger.figure;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.read.csv.PublishedTable;
import dev.wattline.ledger.read.json.SummaryResults;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.json.LedgerFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What figures are computed from: published values, the table of figure 1, and the raw logs of some rounds. */
public final class FigureSources {
    private static final int DEPTH = 2;
    /** All that MLCommons has published are a tenth of it. */
    private static final int MOST_VALUES = 100_000;

    private final List<Value> values = new ArrayList<>();
    private final List<RoundTree> trees = new ArrayList<>();
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private boolean isFull;
    private @Nullable List<List<String>> performanceTable;

    /**
     * Reads a ledger, or the tables in a folder and in the folders in it.
     *
     * @throws LedgerException if there is nothing that figures could be computed from
     * @throws IOException if a file cannot be read
     */
    public static FigureSources read(Path input) throws IOException {
        FigureSources sources = new FigureSources();
        if (Files.isDirectory(input)) {
            sources.folder(input);
        } else {
            sources.digest(input);
            LedgerFile.read(input, sources::add);
        }
        if (sources.isFull) {
            throw new LedgerException(
                    input + " holds more than " + MOST_VALUES + " published values, and no more than those are held",
                    "Give the tables of MLCommons' results only, or collect them with --power-only --division closed.",
                    null);
        }
        if (sources.values.isEmpty() && sources.performanceTable == null) {
            throw new LedgerException(
                    input + " holds no published results",
                    "Name a ledger, or a folder with the tables of the MLPerf Power paper or summary_results.json.",
                    null);
        }
        return sources;
    }

    private void folder(Path folder) throws IOException {
        List<Path> tables;
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            tables = all.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".csv") || file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        Set<String> names = new HashSet<>();
        for (Path table : tables) {
            String name = String.valueOf(table.getFileName());
            boolean wanted = name.startsWith("data_") || name.startsWith("raw_data") || name.contains("summary");
            if (wanted && names.add(name)) {
                table(table);
            }
        }
    }

    /**
     * Adds a table.
     *
     * @throws IOException if it cannot be read
     */
    private void table(Path file) throws IOException {
        try {
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
                SummaryResults.read(file, this::add);
            } else if (isPerformanceTable(file)) {
                performance(file);
            } else {
                PublishedTable.read(file, null, this::add);
            }
            digest(file);
        } catch (LedgerException e) {
            notes.add("not read: " + e.getMessage());
        }
    }

    private static boolean isPerformanceTable(Path file) throws IOException {
        try (CsvTable table = CsvTable.open(file)) {
            return !table.header().isEmpty() && table.header().get(0).equals("Dates");
        }
    }

    /**
     * Takes a file as the table of figure 1: dates in the first line, then a series a line.
     *
     * @throws LedgerException if it is no such table
     * @throws IOException if it cannot be read
     */
    public void performance(Path file) throws IOException {
        try (CsvTable table = CsvTable.open(file)) {
            if (!isPerformanceTable(file)) {
                throw new LedgerException(
                        file + ":1: expected Dates and a date in each further column",
                        "Name data_performance.csv.",
                        null);
            }
            List<List<String>> rows = new ArrayList<>();
            rows.add(table.header());
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                rows.add(row.fields());
            }
            performanceTable = rows;
        }
        digest(file);
    }

    private void add(LedgerRow row) {
        for (Measure measure : row.measures()) {
            if (values.size() == MOST_VALUES) {
                isFull = true;
            } else if (measure.unit() != null && row.origin().kind() != Kind.TREE) {
                values.add(new Value(row, measure));
            }
        }
    }

    /** Adds the raw logs of a round. */
    public void add(RoundTree tree) {
        trees.add(tree);
    }

    private void digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
            digests.put(String.valueOf(file.getFileName()), HexFormat.of().formatHex(sha256.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java knows SHA-256", e);
        }
    }

    /** The files that were read, and their SHA-256. */
    public Map<String, String> digests() {
        return Collections.unmodifiableMap(digests);
    }

    /** What could not be read, a sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    List<RoundTree> trees() {
        return trees;
    }

    Optional<List<List<String>>> performanceTable() {
        return Optional.ofNullable(performanceTable);
    }

    /** The values of the paper's tables for a category of MLPerf Inference. */
    List<Value> paper(String category) {
        return values.stream()
                .filter(value -> value.row().origin().kind() == Kind.CLEANED)
                .filter(value -> value.of(Suite.INFERENCE) && value.category(category))
                .toList();
    }

    List<Value> tiny() {
        return values.stream()
                .filter(value -> value.of(Suite.TINY) && value.row().origin().kind() != Kind.TREE)
                .toList();
    }

    List<Value> training() {
        return values.stream().filter(value -> value.of(Suite.TRAINING)).toList();
    }

    /**
     * The values that the strict figures use: those of MLCommons' own table for the rounds that it is given for, else those
     * of the paper's tables, each on the row where it belongs.
     */
    List<Value> strict(String category) {
        Corrections corrections = new Corrections();
        Set<String> summarised = new HashSet<>();
        List<Value> strict = new ArrayList<>();
        for (Value value : values) {
            if (value.row().origin().kind() == Kind.SUMMARY_RESULTS && value.of(Suite.INFERENCE)) {
                if (value.measure().isPower()) {
                    summarised.add(value.round());
                }
                if (value.category(category) && isClosed(value)) {
                    strict.add(value);
                }
            }
        }
        for (Value value : paper(category)) {
            if (summarised.contains(value.round())) {
                continue;
            }
            Optional<Corrections.Correction> correction = corrections.of(value);
            if (correction.isEmpty()) {
                strict.add(value);
            } else {
                Corrections.applied(value, correction.get()).ifPresent(strict::add);
            }
        }
        return strict;
    }

    private static boolean isClosed(Value value) {
        String division = value.row().submission().division();
        return division.isEmpty() || division.equalsIgnoreCase("closed");
    }

    /** Why a value of the paper's tables is not on its row; empty if it is. */
    static Optional<String> correctionOf(Value value) {
        return new Corrections().of(value).map(Corrections.Correction::reason);
    }
}
