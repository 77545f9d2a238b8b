package dev.wattline.ledger.sheet;

import dev.wattline.ledger.hardware.Accelerators;
import dev.wattline.ledger.hardware.DesignPowers;
import dev.wattline.ledger.hardware.DesignPowers.Power;
import dev.wattline.ledger.read.tree.SubmissionSettings;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of a sheet, in their order; {@code docs/ledger.md} describes them. */
public final class SheetColumns {
    private static final Pattern TARGET = Pattern.compile("-(99(?:\\.\\d+)?)$");

    private final DesignPowers designPowers;
    private final List<Column> columns = new ArrayList<>();

    private record Column(String name, Function<SheetEntry, @Nullable Object> value) {}

    private SheetColumns(DesignPowers designPowers) {
        this.designPowers = designPowers;
    }

    /**
     * All columns.
     *
     * @param phases whether those of the phases are among them
     */
    public static SheetColumns full(DesignPowers designPowers, boolean phases) {
        SheetColumns sheet = new SheetColumns(designPowers);
        sheet.result();
        sheet.hardware();
        sheet.workload();
        sheet.power();
        if (phases) {
            sheet.phases();
        }
        sheet.verdicts();
        return sheet;
    }

    /** The short columns, a projection of the others. */
    public static SheetColumns brief(DesignPowers designPowers) {
        SheetColumns sheet = new SheetColumns(designPowers);
        sheet.add("Source", entry -> entry.row().origin().file());
        sheet.add("Type", SheetColumns::scope);
        sheet.add("Hardware", entry -> entry.row().machine().name());
        sheet.add(
                "Workload",
                entry -> (entry.row().task().model() + " " + entry.row().task().scenario()).strip());
        sheet.add("Idle (W)", entry -> watts(entry.idle()));
        sheet.add("Inference (W)", entry -> watts(entry.average()));
        sheet.add("Peak (W)", entry -> watts(entry.peak()));
        sheet.add("Model Load (W)", entry -> watts(entry.load()));
        sheet.add("Warmup (W)", entry -> watts(entry.warmUp()));
        sheet.add("Correlation", entry -> null);
        sheet.add("Notes", SheetColumns::confidences);
        return sheet;
    }

    /** The columns' names. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** An entry's values, one for each column: texts, numbers, and null where there is nothing. */
    public List<@Nullable Object> values(SheetEntry entry) {
        List<@Nullable Object> values = new ArrayList<>();
        columns.forEach(column -> values.add(known(column.value.apply(entry))));
        return values;
    }

    /** Whole numbers are written without a fraction, and what is no number is not written. */
    private static @Nullable Object known(@Nullable Object value) {
        if (!(value instanceof Double number)) {
            return value;
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole ? (Object) Math.round(number) : Double.isFinite(number) ? number : null;
    }

    private void add(String name, Function<SheetEntry, @Nullable Object> value) {
        columns.add(new Column(name, value));
    }

    private void result() {
        add("source", entry -> entry.row().origin().file());
        add(
                "source_location",
                entry -> entry.power() == null
                        ? entry.row().origin().place()
                        : entry.power().place());
        add("round", entry -> entry.row().submission().round());
        add("division", entry -> entry.row().submission().division());
        add("suite", entry -> lower(entry.row().submission().suite().name()));
        add("submission_id", entry -> entry.row().submission().id());
        add("submitter", entry -> entry.row().submission().submitter());
        add("system", entry -> entry.row().machine().name());
        add("platform", entry -> entry.row().machine().platform());
    }

    private void hardware() {
        add("nodes", entry -> entry.row().machine().nodes());
        add("accelerator", entry -> entry.row().machine().accelerator());
        add("accelerators", entry -> entry.row().machine().accelerators());
        add("accelerator_tdp_w", entry -> design(entry).map(Power::watts).orElse(null));
        add("tdp_source", entry -> design(entry).map(Power::source).orElse(null));
        add("power_limit_w", entry -> limit(entry).map(Power::watts).orElse(null));
        add("power_limit_source", entry -> limit(entry).map(Power::source).orElse(null));
        add("processor", entry -> entry.row().machine().processor());
    }

    private void workload() {
        add("model", entry -> entry.row().task().model());
        add("target", entry -> {
            Matcher target = TARGET.matcher(entry.row().task().model());
            return target.find() ? target.group(1) : null;
        });
        add("scenario", entry -> entry.row().task().scenario());
        add("model_size_b", entry -> entry.row().settings().get(Setting.PARAMETERS));
        add(
                "precision",
                entry -> entry.row().task().precision().isEmpty()
                        ? stated(entry).precision()
                        : entry.row().task().precision());
        add("batch_size", entry -> set(entry, Setting.BATCH, stated(entry).batch()));
        add("batch_source", entry -> source(entry, Setting.BATCH, stated(entry).batchFile()));
        add("throughput", SheetEntry::rate);
        add("throughput_unit", entry -> Double.isNaN(entry.rate()) ? null : unit(entry.performance()));
        add("tokens_per_sample", entry -> entry.row().settings().get(Setting.OUTPUT_TOKENS));
        add("latency_ms", entry -> {
            Measure performance = entry.performance();
            MeasureUnit unit = performance == null ? null : performance.unit();
            return performance == null || unit == null || unit.dimension() != Dimension.TIME
                    ? null
                    : MeasureUnit.MILLISECOND.fromBase(unit.toBase(performance.value()));
        });
    }

    private void power() {
        add("power_scope", SheetColumns::scope);
        phase("avg_power", "avg_power_w", SheetEntry::average);
        add("energy_j", entry -> {
            Measure power = entry.power();
            MeasureUnit unit = power == null ? null : power.unit();
            if (power != null && unit != null && unit.dimension() == Dimension.ENERGY) {
                return unit.toBase(power.value());
            }
            return entry.session() == null
                    ? null
                    : entry.session().result().metric().energyJoules();
        });
        add("efficiency", entry -> 1 / entry.energyOfWork());
        add("efficiency_unit", entry -> Double.isNaN(entry.energyOfWork()) ? null : plural(entry.work()) + "/J");
        add("energy_per_sample_j", SheetEntry::energyOfWork);
        add("energy_per_sample_unit", entry -> Double.isNaN(entry.energyOfWork()) ? null : "J/" + entry.work());
        add(
                "power_per_accelerator_w",
                entry -> cards(entry)
                        .flatMap(count -> entry.average().map(average -> average.watts() / count))
                        .orElse(null));
        add("power_over_tdp", entry -> shareOfDesign(entry).orElse(null));
    }

    private void phases() {
        add("window_s", entry -> of(entry, SessionPhases::windowSeconds));
        add("samples", entry -> of(entry, phases -> phases.window().samples()));
        add("window_mean_w", entry -> of(entry, phases -> phases.window().mean()));
        add("p99_power_w", entry -> of(entry, SessionPhases::p99));
        add("cv", entry -> of(entry, SessionPhases::cv));
        phase("idle", "idle_w", SheetEntry::idle);
        phase("load", "load_w", SheetEntry::load);
        add("load_min_w", entry -> of(entry, phases -> phases.before().least()));
        add("load_samples", entry -> of(entry, phases -> phases.before().samples()));
        phase("warmup", "warmup_w", SheetEntry::warmUp);
        phase("steady", "steady_w", SheetEntry::steady);
        phase("tail", "tail_w", SheetEntry::tail);
        add("tail_min_w", entry -> of(entry, phases -> phases.after().least()));
        add("tail_samples", entry -> of(entry, phases -> phases.after().samples()));
        phase("peak_power", "peak_power_w", SheetEntry::peak);
    }

    private void phase(String name, String watts, Function<SheetEntry, Optional<PhasePower>> of) {
        add(watts, entry -> watts(of.apply(entry)));
        add(name + "_lo", entry -> of.apply(entry).map(PhasePower::low).orElse(null));
        add(name + "_hi", entry -> of.apply(entry).map(PhasePower::high).orElse(null));
        if (!name.endsWith("power")) {
            add(name + "_s", entry -> of.apply(entry).map(PhasePower::seconds).orElse(null));
        }
        add(
                name + "_confidence",
                entry -> of.apply(entry).map(power -> power.confidence().word()).orElse(null));
        add(name + "_source", entry -> of.apply(entry).map(PhasePower::source).orElse(null));
    }

    private void verdicts() {
        add(
                "published_power",
                entry -> isTree(entry) || entry.power() == null
                        ? null
                        : entry.power().value());
        add(
                "published_unit",
                entry -> isTree(entry) || entry.power() == null
                        ? null
                        : entry.power().label());
        add(
                "verdict",
                entry -> entry.verified() == null
                        ? null
                        : entry.verified().verdict().word());
        add(
                "session",
                entry -> entry.session() == null
                        ? null
                        : entry.session().result().place().path());
        add(
                "same_recording_as",
                entry -> entry.verified() == null || entry.verified().own() == null
                        ? null
                        : String.join("; ", entry.verified().own().sameRecordingAs()));
        add(
                "metric",
                entry -> entry.session() == null
                        ? null
                        : entry.session().result().metric().value());
        add(
                "metric_unit",
                entry -> entry.session() == null
                        ? null
                        : entry.session().result().metric().unit());
        add(
                "checker",
                entry -> entry.session() == null
                        ? null
                        : entry.session().verdict().word());
        add(
                "notes",
                entry -> Stream.concat(
                                entry.row().findings().stream(),
                                entry.session() != null
                                                && entry.session()
                                                                .result()
                                                                .metric()
                                                                .value()
                                                        == null
                                        ? entry.session().result().metric().noteTexts().stream()
                                        : Stream.empty())
                        .collect(java.util.stream.Collectors.joining("; ")));
    }

    private static boolean isTree(SheetEntry entry) {
        return entry.row().origin().kind() == LedgerRow.Kind.TREE;
    }

    private static @Nullable Double watts(Optional<PhasePower> power) {
        return power.map(PhasePower::watts).orElse(null);
    }

    private static <T> @Nullable T of(SheetEntry entry, Function<SessionPhases, T> value) {
        return entry.session() == null
                ? null
                : entry.session().phases().map(value).orElse(null);
    }

    private static String scope(SheetEntry entry) {
        return entry.power() == null ? "" : lower(entry.power().scope().name());
    }

    private static @Nullable String unit(@Nullable Measure measure) {
        MeasureUnit unit = measure == null ? null : measure.unit();
        return unit == null ? null : unit.symbol();
    }

    private static String plural(String work) {
        return work.equals("query") ? "queries" : work + "s";
    }

    private static Map<String, Object> system(SheetEntry entry) {
        return entry.session() == null ? Map.of() : entry.session().result().system();
    }

    private static String accelerator(SheetEntry entry) {
        return entry.row().machine().accelerator();
    }

    private Optional<Power> design(SheetEntry entry) {
        return accelerator(entry).isBlank()
                ? Optional.empty()
                : StatedPower.design(accelerator(entry), system(entry), designPowers);
    }

    /** A limit that the submission's configuration or the row's source sets, else what its description says of one. */
    private static Optional<Power> limit(SheetEntry entry) {
        Double set = set(entry, Setting.POWER_LIMIT, stated(entry).limitWatts());
        return set != null
                ? Optional.of(new Power(
                        set,
                        "setting of "
                                + source(
                                        entry,
                                        Setting.POWER_LIMIT,
                                        stated(entry).limitFile())))
                : StatedPower.limit(accelerator(entry), system(entry));
    }

    private static SubmissionSettings stated(SheetEntry entry) {
        return entry.session() == null
                ? SubmissionSettings.NONE
                : entry.session().result().settings();
    }

    /** The row's own setting, else what the submission of its session states. */
    private static @Nullable Double set(SheetEntry entry, Setting setting, @Nullable Double stated) {
        Double own = entry.row().settings().get(setting);
        return own == null ? stated : own;
    }

    private static @Nullable String source(SheetEntry entry, Setting setting, String file) {
        boolean own = entry.row().settings().get(setting) != null && !isTree(entry);
        return own ? entry.row().origin().file() : file.isEmpty() ? null : file;
    }

    private static Optional<Double> cards(SheetEntry entry) {
        Double count = entry.row().machine().accelerators();
        return count == null
                        || !(count > 0)
                        || Accelerators.name(accelerator(entry)).isEmpty()
                ? Optional.empty()
                : Optional.of(count);
    }

    /** Power over cards times their limit or design power, of powers of the cards alone: at the wall the host is in it. */
    private Optional<Double> shareOfDesign(SheetEntry entry) {
        if (entry.power() == null || entry.power().scope() != Scope.GPU) {
            return Optional.empty();
        }
        return cards(entry)
                .flatMap(count -> limit(entry)
                        .or(() -> design(entry))
                        .flatMap(power -> entry.average().map(average -> average.watts() / (count * power.watts()))));
    }

    private static String confidences(SheetEntry entry) {
        List<String> words = new ArrayList<>();
        confidence(words, "idle", entry.idle());
        confidence(words, "inference", entry.average());
        confidence(words, "peak", entry.peak());
        confidence(words, "load", entry.load());
        confidence(words, "warm-up", entry.warmUp());
        return String.join("; ", words);
    }

    private static void confidence(List<String> words, String name, Optional<PhasePower> power) {
        power.ifPresent(each -> words.add(name + " "
                + each.confidence().word()
                + (each.confidence() == PhasePower.Confidence.LOW ? " (" + each.source() + ")" : "")));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
