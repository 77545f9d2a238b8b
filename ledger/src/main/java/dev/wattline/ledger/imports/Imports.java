package dev.wattline.ledger.imports;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.imports.json.MlEnergy;
import dev.wattline.ledger.imports.json.OptimumReport;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.Measure.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads energy data of all formats that can be imported. */
public final class Imports {
    /** The formats in the order of their documentation. */
    public static final List<Kind> KINDS = List.of(
            Kind.MLENERGY,
            Kind.AIENERGYSCORE,
            Kind.OPTIMUM,
            Kind.CODECARBON,
            Kind.LLMPERF,
            Kind.OHDOKING,
            Kind.EJHUSOM,
            Kind.MODELCARD,
            Kind.TABLE);

    private static final Set<Kind> JSON = Set.of(Kind.MLENERGY, Kind.OPTIMUM);

    private Imports() {}

    /**
     * Reads a file.
     *
     * @param kind one of {@link #KINDS}
     * @param mapping what the columns mean; only of {@link Kind#TABLE}
     * @param scope the scope of a table's values whose mapping gives none
     * @throws LedgerException if it is none of its kind; the message names file, line and column
     * @throws IOException if it cannot be read, or the sink fails
     */
    public static void read(Kind kind, Path file, @Nullable Mapping mapping, @Nullable Scope scope, RowSink sink)
            throws IOException {
        switch (kind) {
            case MLENERGY -> {
                if (file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                    LegacyMlEnergyTable.read(file, sink);
                } else {
                    MlEnergy.read(file, sink);
                }
            }
            case AIENERGYSCORE -> AiEnergyScoreTable.read(file, sink);
            case OPTIMUM -> OptimumReport.read(file, sink);
            case CODECARBON -> CodeCarbonLog.read(file, sink);
            case LLMPERF -> LlmPerfTable.read(file, sink);
            case OHDOKING -> OhdokingTable.read(file, sink);
            case EJHUSOM -> EjhusomTable.read(file, sink);
            case MODELCARD -> ModelCard.read(file, sink);
            case TABLE -> {
                if (mapping == null) {
                    throw new LedgerException(
                            file + ": a table needs a mapping that says what its columns mean", "Name it.", null);
                }
                MappedTable.read(file, mapping, scope, sink);
            }
            default -> throw new IllegalArgumentException(kind + " is not imported but collected");
        }
    }

    /**
     * The files of a kind below a folder, or the file itself.
     *
     * @throws IOException if it cannot be listed
     */
    public static List<Path> files(Kind kind, Path input) throws IOException {
        if (!Files.isDirectory(input)) {
            return List.of(input);
        }
        try (Stream<Path> all = Files.walk(input)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> fits(kind, file.getFileName().toString().toLowerCase(Locale.ROOT)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean fits(Kind kind, String name) {
        if (JSON.contains(kind)) {
            boolean table = kind == Kind.MLENERGY && name.endsWith(".csv");
            return table || (name.endsWith(".json") && !name.equals("index.json"));
        }
        if (kind == Kind.MODELCARD) {
            return name.endsWith(".md");
        }
        return kind == Kind.CODECARBON ? name.equals("emissions.csv") : name.endsWith(".csv");
    }
}
