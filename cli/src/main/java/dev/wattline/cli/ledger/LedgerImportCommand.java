package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.cli.terminal.RowProgress;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.OtherFormatException;
import dev.wattline.ledger.imports.Imports;
import dev.wattline.ledger.imports.Mapping;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.out.json.ImportJson;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.json.LedgerFile;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger import}: other people's energy data into a ledger. */
@Command(
        name = "import",
        description = {
            "Add other people's energy data to a ledger, each value with its scope and how it came about.",
            "Kinds are mlenergy, aienergyscore, optimum, codecarbon, llmperf, ohdoking, ejhusom, modelcard, and table"
                    + " for any CSV or JSON with a mapping file. What is odd about a source is told as findings."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger import mlenergy public/data/tasks/*.json --into energy.ledger",
            "  wattline ledger import codecarbon emissions.csv --into energy.ledger",
            "  wattline ledger import table lab.csv --mapping lab.yaml --scope wall --into energy.ledger",
            "",
            "Exit status: 0 all files were added, 1 one cannot be read, and the ledger is as it",
            "was, 2 wrong usage."
        })
final class LedgerImportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "KIND", description = "What the files are.")
    private String kindName = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Files, or folders of them.")
    private List<Path> inputs = new ArrayList<>();

    @Option(names = "--into", required = true, paramLabel = "LEDGER", description = "The ledger; made if need be.")
    private Path ledger = Path.of("");

    @Option(names = "--mapping", paramLabel = "FILE", description = "What a table's columns mean, YAML or JSON.")
    private @Nullable Path mappingFile;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What a table's powers and energies are of where the mapping does not say: gpu, node, wall.")
    private @Nullable String scopeName;

    @Option(names = "--json", description = "Print what was imported as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Kind kind = kind();
        Scope scope = scope(kind);
        if ((kind == Kind.TABLE) != (mappingFile != null)) {
            throw new UsageException(
                    kind == Kind.TABLE ? "a table needs --mapping" : "--mapping goes with the kind table only",
                    "A mapping file says what the columns mean; docs/ledger.md has an example.");
        }
        OutputFolder.checkFor(ledger);
        Mapping mapping = mappingFile == null ? null : Mapping.read(existing(mappingFile));
        List<Path> files = files(kind);
        List<ImportJson.Source> sources = new ArrayList<>();
        try (LedgerFile.Writer writer = open();
                RowProgress progress = new RowProgress("read")) {
            LedgerFile.Seen seen = new LedgerFile.Seen();
            keep(writer, seen);
            List<String> problems = new ArrayList<>();
            List<String> passedOver = new ArrayList<>();
            for (Path file : files) {
                try {
                    sources.add(read(kind, file, mapping, scope, writer, seen, progress));
                } catch (OtherFormatException e) {
                    if (inputs.contains(file)) {
                        problems.add(told(e));
                    } else {
                        passedOver.add(String.valueOf(e.getMessage()));
                    }
                } catch (LedgerException e) {
                    problems.add(told(e));
                }
            }
            if (sources.isEmpty()) {
                problems.addAll(passedOver);
            }
            if (!problems.isEmpty()) {
                throw new LedgerException(
                        "nothing was added, for not all could be read:\n  " + String.join("\n  ", problems),
                        "Correct or leave out these files.",
                        null);
            }
            writer.complete();
            passedOver.forEach(sentence -> System.err.println("not read: " + sentence));
        }
        print(sources);
        return ExitCode.OK.code();
    }

    private static String told(LedgerException e) {
        return e.getMessage() + e.remedy().map(remedy -> "\n    " + remedy).orElse("");
    }

    private Kind kind() {
        for (Kind kind : Imports.KINDS) {
            if (kind.name().equalsIgnoreCase(kindName)) {
                return kind;
            }
        }
        throw new UsageException(
                "there is no kind '" + kindName + "'",
                "Kinds are "
                        + String.join(
                                ", ",
                                Imports.KINDS.stream()
                                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                                        .toList())
                        + ".");
    }

    private @Nullable Scope scope(Kind kind) {
        if (scopeName == null) {
            return null;
        }
        if (kind != Kind.TABLE) {
            throw new UsageException("--scope goes with the kind table only; the others tell it themselves", null);
        }
        for (Scope scope : List.of(Scope.GPU, Scope.NODE, Scope.WALL)) {
            if (scope.name().equalsIgnoreCase(scopeName)) {
                return scope;
            }
        }
        throw new UsageException("there is no scope '" + scopeName + "'", "Scopes are gpu, node and wall.");
    }

    private static Path existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UsageException("there is no file " + file, "Look at the name.");
        }
        return file;
    }

    private List<Path> files(Kind kind) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path input : inputs) {
            if (!Files.exists(input)) {
                throw new UsageException("there is no file or folder " + input, "Look at the name.");
            }
            List<Path> found = Imports.files(kind, input);
            if (found.isEmpty()) {
                throw new UsageException(
                        "there are no files of the kind " + kindName + " below " + input, "Name the files.");
            }
            files.addAll(found);
        }
        return files;
    }

    private LedgerFile.Writer open() {
        try {
            return new LedgerFile.Writer(ledger);
        } catch (IOException e) {
            throw OutputException.of(ledger, e);
        }
    }

    /** The rows that are there already come first, as they are. */
    private void keep(LedgerFile.Writer writer, LedgerFile.Seen seen) throws IOException {
        if (!Files.exists(ledger)) {
            return;
        }
        try {
            LedgerFile.read(ledger, row -> {
                seen.add(row);
                try {
                    writer.add(row);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ImportJson.Source read(
            Kind kind,
            Path file,
            @Nullable Mapping mapping,
            @Nullable Scope scope,
            LedgerFile.Writer writer,
            LedgerFile.Seen seen,
            RowProgress progress)
            throws IOException {
        Tally tally = new Tally(writer, seen, progress);
        Imports.read(kind, file, mapping, scope, tally);
        return new ImportJson.Source(file.toString(), tally.added, tally.known, tally.counts, tally.findings);
    }

    private static final class Tally implements RowSink {
        private final LedgerFile.Writer writer;
        private final LedgerFile.Seen seen;
        private final RowProgress progress;
        private final Map<String, Long> counts = new TreeMap<>();
        private final List<Finding> findings = new ArrayList<>();
        private long added;
        private long known;

        Tally(LedgerFile.Writer writer, LedgerFile.Seen seen, RowProgress progress) {
            this.writer = writer;
            this.seen = seen;
            this.progress = progress;
        }

        @Override
        public void row(LedgerRow row) throws IOException {
            progress.step();
            if (!seen.add(row)) {
                known++;
                return;
            }
            writer.add(row);
            added++;
            row.findings().forEach(id -> counts.merge(id, 1L, Long::sum));
        }

        @Override
        public void finding(Finding finding) {
            findings.add(finding);
        }
    }

    private void print(List<ImportJson.Source> sources) {
        PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            ImportJson.write(ledger.toString(), sources, console);
        } else {
            for (ImportJson.Source source : sources) {
                console.printf(
                        "%8d rows%s  %s%n",
                        source.rows(),
                        source.known() == 0 ? "" : ", and " + source.known() + " that the ledger has",
                        source.file());
                source.counts()
                        .forEach((id, rows) -> console.printf(
                                "          %s: %d rows. %s%n",
                                id, rows, FindingCatalog.explain(id).remedy()));
                source.findings()
                        .forEach(finding -> console.printf(
                                "          %s: %s%n", finding.severity().word(), finding.message()));
            }
            console.println("Written: " + ledger);
        }
        console.flush();
    }
}
