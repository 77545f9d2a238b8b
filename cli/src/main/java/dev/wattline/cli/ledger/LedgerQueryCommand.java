package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.ledger.out.CsvOutput;
import dev.wattline.ledger.out.json.QueryJson;
import dev.wattline.ledger.store.DuckDb;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger query}: SQL over ledgers and tables. */
@Command(
        name = "query",
        description = {
            "Ask ledgers and tables in SQL, and exchange them as Parquet.",
            "Ledgers are the views rows, a row a result, and measures, a row a value; a Parquet, CSV or JSON table is a view"
                    + " of its file's name. Needs DuckDB's jar beside wattline.jar, which is not part of the program."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger query \"select model, median(value) from measures where unit = 'W' group by model\" \\",
            "      energy.ledger",
            "  wattline ledger query \"select * from measures\" energy.ledger --parquet energy.parquet",
            "  wattline ledger query \"select host, avg(power_w) from smi group by host\" smi.parquet",
            "",
            "Exit status: 0 the answer was written, 1 it was not, or DuckDB is not there,",
            "2 wrong usage."
        })
final class LedgerQueryCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(index = "0", paramLabel = "SQL", description = "A select statement.")
    private String sql = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "STORE", description = "Ledgers and tables.")
    private List<Path> stores = new ArrayList<>();

    @Option(names = "--parquet", paramLabel = "FILE", description = "Write the answer as Parquet instead.")
    private @Nullable Path parquet;

    @Option(names = "--json", description = "Print the answer as a JSON array of objects (default: CSV).")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (json && parquet != null) {
            throw new UsageException("--json and --parquet exclude each other", null);
        }
        for (Path store : stores) {
            if (!Files.isRegularFile(store)) {
                throw new UsageException(
                        "there is no file " + store, "Name ledgers, or tables in Parquet, CSV or JSON.");
            }
        }
        if (parquet != null) {
            OutputFolder.checkFor(parquet);
        }
        try (DuckDb duck = DuckDb.open()) {
            List<Path> ledgers =
                    stores.stream().filter(store -> !isTable(store)).toList();
            if (!ledgers.isEmpty()) {
                duck.ledgers(ledgers);
            }
            stores.stream().filter(LedgerQueryCommand::isTable).forEach(table -> duck.table(view(table), table));
            if (parquet != null) {
                Path part = parquet.resolveSibling(parquet.getFileName() + ".part");
                try {
                    duck.parquet(sql, part);
                    Files.move(part, parquet, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(part);
                }
                System.out.println("Written: " + parquet);
            } else {
                print(duck);
            }
        }
        return ExitCode.OK.code();
    }

    private static boolean isTable(Path store) {
        return store.toString().toLowerCase(Locale.ROOT).matches(".*\\.(parquet|csv|json)");
    }

    private static String view(Path table) {
        return table.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private void print(DuckDb duck) throws IOException {
        PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            try (QueryJson out = new QueryJson(console)) {
                duck.query(sql, out);
            }
        } else {
            try (CsvRows rows = new CsvRows(console)) {
                duck.query(sql, rows);
            }
        }
        console.flush();
    }

    /** The answer as CSV on a stream that stays open. */
    private static final class CsvRows implements DuckDb.Rows, AutoCloseable {
        private final PrintStream to;
        private @Nullable CsvOutput out;

        CsvRows(PrintStream to) {
            this.to = to;
        }

        @Override
        public void header(List<String> names) {
            out = new CsvOutput(
                    new OutputStreamWriter(to, StandardCharsets.UTF_8) {
                        @Override
                        public void close() throws IOException {
                            flush();
                        }
                    },
                    names.toArray(String[]::new));
        }

        @Override
        public void row(List<@Nullable Object> values) {
            if (out != null) {
                out.row(values.toArray());
            }
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
            }
        }
    }
}
