package dev.wattline.ledger.hardware;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.read.csv.CsvTable;
import dev.wattline.ledger.row.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Thermal design powers of accelerators with their sources: a user's table, and below it the one of this program. */
public final class DesignPowers {
    /** Those of this program alone. */
    public static final DesignPowers BUILT_IN = new DesignPowers(Map.of());

    private final Map<String, Power> own;

    /**
     * A power of an accelerator.
     *
     * @param watts of one card, W
     * @param source where it is from
     */
    public record Power(double watts, String source) {}

    private DesignPowers(Map<String, Power> own) {
        this.own = Map.copyOf(own);
    }

    /**
     * Reads a table with the columns {@code accelerator}, {@code tdp_w} and {@code source}.
     *
     * @throws LedgerException if a column is missing or a power is no number above 0; the message names the line
     * @throws IOException if it cannot be read
     */
    public static DesignPowers read(Path file) throws IOException {
        Map<String, Power> own = new HashMap<>();
        try (CsvTable table = CsvTable.open(file)) {
            table.require("a table of design powers", "accelerator", "tdp_w", "source");
            for (CsvTable.Row row = table.next(); row != null; row = table.next()) {
                double watts = Measure.number(row.get("tdp_w"));
                if (!(watts > 0)) {
                    throw new LedgerException(
                            file + ":" + row.line() + ": tdp_w is no power: " + row.get("tdp_w"),
                            "Write the design power of one card in W, such as 700.",
                            null);
                }
                String source = row.get("source").isBlank() ? file.getFileName() + "" : row.get("source");
                own.put(Accelerators.name(row.get("accelerator")), new Power(watts, source));
            }
        }
        return new DesignPowers(own);
    }

    /** The design power of a card; empty if neither table has it. */
    public Optional<Power> of(String accelerator) {
        Power given = own.get(Accelerators.name(accelerator));
        if (given != null) {
            return Optional.of(given);
        }
        return Accelerators.of(accelerator)
                .filter(known -> known.designWatts() != null)
                .map(known -> new Power(java.util.Objects.requireNonNull(known.designWatts()), known.source()));
    }
}
