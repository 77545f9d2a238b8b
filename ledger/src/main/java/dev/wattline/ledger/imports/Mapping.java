package dev.wattline.ledger.imports;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.imports.row.ImportedRow.Field;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a table mean: YAML or JSON with {@code columns}, from the column's name to a field or to a value with
 * its unit, and {@code constants}, from a field to its text. {@code docs/ledger.md} has an example.
 */
public final class Mapping {
    private final Path file;
    private final Map<String, Target> columns;
    private final Map<Target, String> constants;

    /** What a column goes to. */
    sealed interface Target permits ToField, ToSetting, ToMeasure {}

    /** A text of the row. */
    record ToField(Field field) implements Target {}

    /** A number of the settings. */
    record ToSetting(Setting setting) implements Target {}

    /**
     * A value.
     *
     * @param factor what to multiply the column's number with to have it in the unit
     */
    record ToMeasure(
            String key,
            String unit,
            double factor,
            boolean zeroMeansMissing,
            @Nullable Scope scope,
            Basis basis) implements Target {}

    private Mapping(Path file, Map<String, Target> columns, Map<Target, String> constants) {
        this.file = file;
        this.columns = columns;
        this.constants = constants;
    }

    /** The file's name, for messages. */
    Path file() {
        return file;
    }

    /** The targets by the column's name. */
    Map<String, Target> columns() {
        return columns;
    }

    /** Texts that all rows have. */
    Map<Target, String> constants() {
        return constants;
    }

    /**
     * Reads a mapping file.
     *
     * @throws LedgerException if it cannot be used; the message names all that is wrong with it
     * @throws IOException if it cannot be read
     */
    public static Mapping read(Path file) throws IOException {
        Object root = YamlText.parse(file, Files.readString(file, StandardCharsets.UTF_8), 0);
        List<String> problems = new ArrayList<>();
        Map<String, Target> columns = new LinkedHashMap<>();
        Map<Target, String> constants = new LinkedHashMap<>();
        Map<?, ?> map = root instanceof Map<?, ?> found ? found : Map.of();
        for (Object key : map.keySet()) {
            if (!key.equals("columns") && !key.equals("constants")) {
                problems.add("'" + key + "' is none of columns and constants");
            }
        }
        if (map.get("columns") instanceof Map<?, ?> found && !found.isEmpty()) {
            found.forEach((column, what) -> target(String.valueOf(column), what, problems)
                    .ifPresent(target -> columns.put(String.valueOf(column), target)));
        } else {
            problems.add("there is no 'columns' with the names of columns");
        }
        if (map.get("constants") instanceof Map<?, ?> found) {
            found.forEach((key, value) -> target(String.valueOf(key), String.valueOf(key), problems)
                    .ifPresent(target -> constants.put(target, String.valueOf(value))));
        }
        if (problems.isEmpty() && columns.values().stream().noneMatch(ToMeasure.class::isInstance)) {
            problems.add("no column is a value with a unit");
        }
        if (!problems.isEmpty()) {
            throw new LedgerException(
                    file + ": " + String.join("\n  " + file + ": ", problems),
                    "Give each column a field (" + fields() + ") or {unit: W, scope: gpu}.",
                    null);
        }
        return new Mapping(file, columns, constants);
    }

    private static Optional<Target> target(String column, @Nullable Object what, List<String> problems) {
        if (what instanceof Map<?, ?> options) {
            return measure(column, options, problems);
        }
        String name = String.valueOf(what);
        for (Field field : Field.values()) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(new ToField(field));
            }
        }
        Optional<Target> setting = Setting.of(name).map(ToSetting::new);
        if (setting.isEmpty()) {
            problems.add("'" + column + "': there is no field '" + name + "'");
        }
        return setting;
    }

    private static Optional<Target> measure(String column, Map<?, ?> options, List<String> problems) {
        int before = problems.size();
        for (Object key : options.keySet()) {
            if (!List.of("unit", "factor", "zero_means_missing", "scope", "basis")
                    .contains(key)) {
                problems.add(
                        "'" + column + "': '" + key + "' is none of unit, factor, zero_means_missing, scope, basis");
            }
        }
        String unit = String.valueOf(options.get("unit"));
        if (MeasureUnit.ofLabel(unit).isEmpty()) {
            problems.add("'" + column + "': "
                    + (options.containsKey("unit") ? "'" + unit + "' is no unit that is known" : "it has no unit"));
        }
        Object factor = options.containsKey("factor") ? options.get("factor") : 1;
        if (!(factor instanceof Number number) || !(Math.abs(number.doubleValue()) > 0)) {
            problems.add("'" + column + "': factor has to be a number other than 0, got '" + factor + "'");
        }
        Scope scope = choice(column, "scope", options, Scope.class, problems);
        Basis basis = choice(column, "basis", options, Basis.class, problems);
        return problems.size() > before
                ? Optional.empty()
                : Optional.of(new ToMeasure(
                        column,
                        unit,
                        ((Number) factor).doubleValue(),
                        Boolean.TRUE.equals(options.get("zero_means_missing")),
                        scope,
                        basis == null ? Basis.MEASURED : basis));
    }

    private static <E extends Enum<E>> @Nullable E choice(
            String column, String key, Map<?, ?> options, Class<E> type, List<String> problems) {
        if (!options.containsKey(key)) {
            return null;
        }
        String name = String.valueOf(options.get(key));
        for (E each : type.getEnumConstants()) {
            if (each.name().equalsIgnoreCase(name)) {
                return each;
            }
        }
        problems.add("'" + column + "': there is no " + key + " '" + name + "'");
        return null;
    }

    private static String fields() {
        List<String> names = new ArrayList<>();
        for (Field field : Field.values()) {
            names.add(field.name().toLowerCase(Locale.ROOT));
        }
        for (Setting setting : Setting.values()) {
            names.add(setting.key());
        }
        return String.join(", ", names);
    }
}
