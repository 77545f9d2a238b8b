package dev.wattline.ledger.store;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.row.LedgerRow;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A DuckDB in memory, from the driver's own jar: it is 80 MB with its libraries, and unpacks them at each start, so that
 * only the commands that need it load it. Not safe for use by several threads.
 */
public final class DuckDb implements AutoCloseable {
    /** Names the jar. */
    public static final String PROPERTY = "wattline.duckdb";
    /** Names the jar, too. */
    public static final String VARIABLE = "WATTLINE_DUCKDB";

    private static final String WHERE_FROM =
            "Get org.duckdb:duckdb_jdbc from Maven Central, such as duckdb_jdbc-1.5.6.0.jar,"
                    + " and put it beside wattline.jar, or name it in " + VARIABLE + ".";

    private static final List<String> TEXTS = List.of(
            "source",
            "file",
            "place",
            "suite",
            "round",
            "category",
            "division",
            "id",
            "submitter",
            "location",
            "system",
            "platform",
            "processor",
            "accelerator",
            "model",
            "officialModel",
            "scenario",
            "precision");
    private static final List<String> NUMBERS = List.of("nodes", "accelerators");

    private final URLClassLoader loader;
    private final Connection connection;

    /** Takes the rows of an answer. */
    public interface Rows {
        /** The columns' names, before the first row. */
        void header(List<String> names) throws IOException;

        /** A row; null where there is no value. */
        void row(List<@Nullable Object> values) throws IOException;
    }

    private DuckDb(URLClassLoader loader, Connection connection) {
        this.loader = loader;
        this.connection = connection;
    }

    /**
     * Loads the driver and opens an empty database.
     *
     * @throws LedgerException if there is no driver, or it does not run here
     * @throws IOException if its jar cannot be read
     */
    public static DuckDb open() throws IOException {
        Path jar = jar().orElseThrow(() ->
                new LedgerException("SQL and Parquet need DuckDB, whose jar is not here", WHERE_FROM, null));
        URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, DuckDb.class.getClassLoader());
        try {
            for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
                Connection connection = driver.connect("jdbc:duckdb:", new Properties());
                if (connection != null) {
                    return new DuckDb(loader, connection);
                }
            }
        } catch (SQLException | LinkageError e) {
            loader.close();
            throw new LedgerException(jar + ": DuckDB does not start: " + e.getMessage(), WHERE_FROM, e);
        }
        loader.close();
        throw new LedgerException(jar + ": this is no jar of DuckDB's driver", WHERE_FROM, null);
    }

    private static Optional<Path> jar() throws IOException {
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        if (named != null && !named.isEmpty()) {
            Path jar = Path.of(named);
            if (!Files.isRegularFile(jar)) {
                throw new LedgerException("there is no jar of DuckDB at " + jar, WHERE_FROM, null);
            }
            return Optional.of(jar);
        }
        CodeSource source = DuckDb.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path folder = Path.of(source.getLocation().toURI()).getParent();
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.getFileName().toString().matches("duckdb_jdbc.*\\.jar"))
                        .max(Path::compareTo);
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of the program is no path", e);
        }
    }

    /**
     * Runs a statement that gives no rows.
     *
     * @throws LedgerException if DuckDB refuses it
     */
    public void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /**
     * Runs a query.
     *
     * @throws LedgerException if DuckDB refuses it
     * @throws IOException if the rows cannot be taken
     */
    public void query(String sql, Rows rows) throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            List<String> names = new ArrayList<>();
            for (int column = 1; column <= columns.getColumnCount(); column++) {
                names.add(columns.getColumnLabel(column));
            }
            rows.header(names);
            while (result.next()) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int column = 1; column <= names.size(); column++) {
                    values.add(result.getObject(column));
                }
                rows.row(values);
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /**
     * Makes the views {@code rows}, a row a result, and {@code measures}, a row a value with its result's columns, of
     * ledgers. Settings are columns of both.
     */
    public void ledgers(List<Path> ledgers) {
        List<String> settings = new ArrayList<>(List.of("benchmark VARCHAR", "phase VARCHAR", "run VARCHAR"));
        for (LedgerRow.Setting setting : LedgerRow.Setting.values()) {
            settings.add("\"" + setting.key() + "\" DOUBLE");
        }
        String measure = "STRUCT(\"value\" DOUBLE, unit VARCHAR, \"scope\" VARCHAR, \"text\" VARCHAR, label VARCHAR,"
                + " place VARCHAR, \"key\" VARCHAR, basis VARCHAR, low DOUBLE, high DOUBLE)[]";
        List<String> columns = new ArrayList<>();
        for (String name : TEXTS) {
            columns.add("\"" + name + "\": 'VARCHAR'");
        }
        for (String name : NUMBERS) {
            columns.add("\"" + name + "\": 'DOUBLE'");
        }
        columns.add("settings: 'STRUCT(" + String.join(", ", settings) + ")'");
        columns.add("measures: '" + measure + "'");
        columns.add("findings: 'VARCHAR[]'");
        List<String> files = ledgers.stream().map(DuckDb::literal).toList();
        run("CREATE VIEW rows AS SELECT * EXCLUDE (settings, measures, findings), settings.*, findings, measures"
                + " FROM read_json([" + String.join(", ", files) + "], format = 'newline_delimited', columns = {"
                + String.join(", ", columns) + "}) WHERE source IS NOT NULL");
        run("CREATE VIEW measures AS SELECT * EXCLUDE (measures, measure, findings), findings,"
                + " measure.* EXCLUDE (place, basis), coalesce(measure.basis, 'measured') AS basis,"
                + " measure.place AS value_place FROM (SELECT *, unnest(measures) AS measure FROM rows)");
    }

    /** Makes a view of a table in Parquet, CSV or JSON. */
    public void table(String name, Path file) {
        run("CREATE VIEW \"" + name.replace("\"", "\"\"") + "\" AS SELECT * FROM " + literal(file));
    }

    /** Writes the answer of a query to a file, in Parquet with Zstandard. */
    public void parquet(String sql, Path file) {
        run("COPY (" + sql + ") TO " + literal(file) + " (FORMAT parquet, COMPRESSION zstd)");
    }

    private static String literal(Path file) {
        return "'" + file.toAbsolutePath().toString().replace("'", "''") + "'";
    }

    private static LedgerException refused(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int error = message.indexOf("\nError: "); // before it stands only that the query failed
        return new LedgerException(
                "DuckDB: " + (error < 0 ? message : message.substring(error + 1)),
                "The views are rows and measures; docs/ledger.md has their columns.",
                e);
    }

    @Override
    public void close() throws IOException {
        try (loader) {
            connection.close();
        } catch (SQLException e) {
            throw new IOException("DuckDB does not close: " + e.getMessage(), e);
        }
    }
}
