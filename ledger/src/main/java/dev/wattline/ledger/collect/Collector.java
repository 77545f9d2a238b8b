package dev.wattline.ledger.collect;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.read.csv.PublishedTable;
import dev.wattline.ledger.read.json.SummaryResults;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.read.tree.TreeRows;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables and trees of results, whichever they are, and hands their rows on one by one. What an input is, its name and
 * its content tell. Not safe for use by several threads.
 */
public final class Collector {

    /** Takes the rows. */
    public interface Sink {
        void accept(LedgerRow row) throws IOException;
    }

    /**
     * What was read of an input.
     *
     * @param rows how many rows were taken
     * @param powerRows how many of them hold a power or an energy
     * @param findings how many rows have which finding
     */
    public record Source(String file, long rows, long powerRows, Map<String, Long> findings) {}

    /**
     * Which rows are taken.
     *
     * @param round the round of inputs that do not name it; null if not given
     * @param division only this one; null for all
     * @param powerOnly only rows with a power or an energy
     */
    public record Selection(
            @Nullable String round, @Nullable String division, boolean powerOnly) {}

    private final Selection selection;
    private final int threads;
    private final RoundTree.Watcher watcher;
    private final Sink sink;
    private final List<Source> sources = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param threads how many sessions of a tree to read at a time
     */
    public Collector(Selection selection, int threads, RoundTree.Watcher watcher, Sink sink) {
        this.selection = selection;
        this.threads = threads;
        this.watcher = watcher;
        this.sink = sink;
    }

    /**
     * Reads an input: a table, or a folder with tables at its root, a tree of results below it, or both.
     *
     * @throws IOException if it cannot be read, or the sink fails
     */
    public void read(Path input) throws IOException, InterruptedException {
        if (!Files.isDirectory(input)) {
            attempt(input, () -> table(input));
            return;
        }
        List<Path> tables = tables(input);
        for (Path table : tables) {
            attempt(table, () -> table(table));
        }
        try {
            tree(input);
        } catch (LedgerException e) {
            if (tables.isEmpty()) {
                problem(e);
            }
        }
    }

    private interface Reading {
        void run() throws IOException;
    }

    /** All inputs are tried, so that all that is wrong can be told at once. */
    private void attempt(Path file, Reading reading) throws IOException {
        if (!Files.exists(file)) {
            problems.add(file + ": there is no such file or folder");
            return;
        }
        try {
            reading.run();
        } catch (LedgerException e) {
            problem(e);
        }
    }

    private void problem(LedgerException e) {
        problems.add(
                e.getMessage() + e.remedy().map(remedy -> "\n    " + remedy).orElse(""));
    }

    /** The tables at the root of a folder whose names are those of published ones. */
    private static List<Path> tables(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                        return name.equals("summary_results.json")
                                || name.equals("summary.csv")
                                || name.equals("raw_data.csv")
                                || (name.startsWith("data_cleaned_") && name.endsWith(".csv"));
                    })
                    .sorted()
                    .toList();
        }
    }

    private void table(Path file) throws IOException {
        Tally tally = new Tally(String.valueOf(file.getFileName()));
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            SummaryResults.read(file, tally::add);
        } else {
            PublishedTable.read(file, selection.round(), tally);
        }
        tally.done();
    }

    private void tree(Path folder) throws IOException, InterruptedException {
        String round = selection.round();
        RoundTree tree = RoundTree.read(round == null ? "" : round, folder, threads, watcher);
        notes.addAll(tree.problems());
        Tally tally = new Tally(folder.toString());
        for (LedgerRow row : TreeRows.of(tree)) {
            tally.add(row);
        }
        tally.done();
    }

    /** What was read of each input, in their order. */
    public List<Source> sources() {
        return List.copyOf(sources);
    }

    /** Inputs that could not be read, a sentence each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What could not be read beside the results, such as a system's description, a sentence each. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private final class Tally implements PublishedTable.Sink {
        private final String file;
        private final Map<String, Long> findings = new TreeMap<>();
        private long rows;
        private long powerRows;

        Tally(String file) {
            this.file = file;
        }

        @Override
        public void accept(LedgerRow row) throws IOException {
            add(row);
        }

        @Override
        public void note(String sentence) {
            notes.add(sentence);
        }

        void add(LedgerRow row) throws IOException {
            boolean power = row.measures().stream().anyMatch(Measure::isPower);
            String division = row.submission().division();
            boolean wanted = selection.division() == null
                    || division.isEmpty()
                    || division.equalsIgnoreCase(selection.division());
            if (!wanted || (selection.powerOnly() && !power)) {
                return;
            }
            rows++;
            powerRows += power ? 1 : 0;
            row.findings().forEach(id -> findings.merge(id, 1L, Long::sum));
            sink.accept(row);
        }

        void done() {
            sources.add(new Source(file, rows, powerRows, findings));
        }
    }
}
