package dev.wattline.ledger.imports;

import static dev.wattline.ledger.imports.row.ImportedRow.Field.ACCELERATOR;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.BENCHMARK;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.MODEL;
import static dev.wattline.ledger.imports.row.ImportedRow.Field.SUBMITTER;

import dev.wattline.ledger.OtherFormatException;
import dev.wattline.ledger.imports.row.ImportedRow;
import dev.wattline.ledger.imports.row.RowSink;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model card of Hugging Face: {@code co2_eq_emissions} in its YAML front matter, grams of CO2 of the training. */
final class ModelCard {
    private static final String FENCE = "---";

    private ModelCard() {}

    static void read(Path file, RowSink sink) throws IOException {
        List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int end = lines.isEmpty() || !lines.get(0).replace("\ufeff", "").strip().equals(FENCE)
                ? -1
                : lines.subList(1, lines.size()).indexOf(FENCE);
        if (end < 0) {
            throw new OtherFormatException(
                    file + ":1: this is no model card: it does not begin with YAML between two lines ---",
                    "Name the README.md of a model.");
        }
        Object front = YamlText.parse(file, String.join("\n", lines.subList(1, end + 1)), 1);
        Map<?, ?> keys = front instanceof Map<?, ?> map ? map : Map.of();
        Object told = keys.get("co2_eq_emissions");
        if (told == null) {
            throw new OtherFormatException(
                    file + ": the model card has no co2_eq_emissions", "Leave it out: it tells no emissions.");
        }
        Map<?, ?> emissions = told instanceof Map<?, ?> map ? map : Map.of("emissions", told);
        String folder = file.toAbsolutePath().getParent() == null
                ? ""
                : String.valueOf(file.toAbsolutePath().getParent().getFileName());
        sink.row(new ImportedRow(Kind.MODELCARD, String.valueOf(file.getFileName()), "/co2_eq_emissions")
                .set(MODEL, model(keys, folder))
                .set(SUBMITTER, text(emissions.get("source")))
                .set(BENCHMARK, text(emissions.get("training_type")))
                .set(ACCELERATOR, text(emissions.get("hardware_used")))
                .measure(text(emissions.get("emissions")), "g CO2", Scope.UNKNOWN, "emissions", Basis.ESTIMATED)
                .finding("emissions-without-power")
                .build());
    }

    private static String model(Map<?, ?> front, String folder) {
        if (front.get("model-index") instanceof List<?> list
                && !list.isEmpty()
                && list.get(0) instanceof Map<?, ?> first
                && first.get("name") != null) {
            return text(first.get("name"));
        }
        String name = text(front.get("model_name"));
        return name.isEmpty() ? folder : name;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString().strip();
    }
}
