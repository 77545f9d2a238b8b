package dev.wattline.ledger.imports.row;

import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Basis;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.finding.FindingCatalog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of the ledger while an importer puts it together. Not safe for use by several threads. */
public final class ImportedRow {
    private final Kind kind;
    private final String file;
    private final String place;
    private String submitter = "";
    private String id = "";
    private String round = "";
    private String system = "";
    private String platform = "";
    private String processor = "";
    private String accelerator = "";
    private @Nullable Double accelerators;
    private @Nullable Double nodes;
    private String model = "";
    private String officialModel = "";
    private String scenario = "";
    private String precision = "";
    private String benchmark = "";
    private String phase = "";
    private String run = "";
    private final Map<Setting, Double> numbers = new EnumMap<>(Setting.class);
    private final List<Measure> measures = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    /**
     * @param place {@code line 12} or a JSON pointer
     */
    public ImportedRow(Kind kind, String file, String place) {
        this.kind = kind;
        this.file = file;
        this.place = place;
    }

    /** Texts of the row that a mapping file can name. */
    public enum Field {
        SUBMITTER,
        ID,
        ROUND,
        SYSTEM,
        PLATFORM,
        PROCESSOR,
        ACCELERATOR,
        ACCELERATORS,
        NODES,
        MODEL,
        OFFICIALMODEL,
        SCENARIO,
        PRECISION,
        BENCHMARK,
        PHASE,
        RUN
    }

    /** Sets a text; of counts, one that is no number is none. */
    public ImportedRow set(Field field, String value) {
        String text = value.strip();
        switch (field) {
            case SUBMITTER -> submitter = text;
            case ID -> id = text;
            case ROUND -> round = text;
            case SYSTEM -> system = text;
            case PLATFORM -> platform = text;
            case PROCESSOR -> processor = text;
            case ACCELERATOR -> accelerator = text;
            case ACCELERATORS -> accelerators = count(text);
            case NODES -> nodes = count(text);
            case MODEL -> model = text;
            case OFFICIALMODEL -> officialModel = text;
            case SCENARIO -> scenario = text;
            case PRECISION -> precision = text;
            case BENCHMARK -> benchmark = text;
            case PHASE -> phase = text;
            case RUN -> run = text;
        }
        return this;
    }

    private static @Nullable Double count(String text) {
        double number = Measure.number(text);
        return Double.isNaN(number) ? null : number;
    }

    /** Sets a number; none if the text is no number. */
    public ImportedRow set(Setting setting, @Nullable String text) {
        double number = text == null ? Double.NaN : Measure.number(text);
        if (!Double.isNaN(number)) {
            numbers.put(setting, number);
        }
        return this;
    }

    /**
     * Adds a value as the source prints it; nothing if the source has none.
     *
     * @param key the source's name of it
     * @param label its unit
     */
    public ImportedRow measure(@Nullable String text, String label, Scope scope, String key, Basis basis) {
        return measure(text, label, scope, key, basis, place);
    }

    /** The same with its own place. */
    public ImportedRow measure(
            @Nullable String text, String label, Scope scope, String key, Basis basis, String where) {
        if (text == null || text.isBlank()) {
            return this;
        }
        Measure measure = Measure.of(text, label, scope, where).with(key, basis);
        if (Double.isNaN(measure.value())) {
            finding("result-no-number");
        }
        measures.add(measure);
        return this;
    }

    /** Adds a value of which a zero means that nothing was measured. */
    public ImportedRow measureUnlessZero(@Nullable String text, String label, Scope scope, String key, Basis basis) {
        boolean zero = text != null && Measure.number(text) == 0;
        if (zero) {
            finding("zero-is-missing");
        }
        return measure(text, label, scope, key, zero ? Basis.MISSING : basis);
    }

    /** Adds a value that follows from others of the row; nothing if it cannot be computed. */
    public ImportedRow derived(double value, String label, Scope scope, String key) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? this
                : measure(PythonFloat.repr(value), label, scope, key, Basis.DERIVED);
    }

    /** Adds the id of a finding, once. */
    public ImportedRow finding(String finding) {
        String known = FindingCatalog.id(finding);
        if (!findings.contains(known)) {
            findings.add(known);
        }
        return this;
    }

    /** The row. */
    public LedgerRow build() {
        return new LedgerRow(
                new LedgerRow.Origin(kind, file, place),
                new LedgerRow.Submission(LedgerRow.Suite.OTHER, round, "", "", id, submitter, ""),
                new LedgerRow.Machine(system, platform, nodes, processor, accelerator, accelerators),
                new LedgerRow.Task(model, officialModel, scenario, precision),
                new LedgerRow.Settings(benchmark, phase, run, numbers),
                measures,
                findings);
    }
}
