package dev.wattline.ledger.study;

import dev.wattline.ledger.hardware.Accelerators;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Setting;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.Measure.Scope;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much a power varies: from run to run of one configuration, from a session's ranging to its testing phase, and from
 * system to system with the same cards and workload. Values of one recording count once. Not safe for use by several
 * threads.
 */
public final class Variability {
    /** Where the variation is from. */
    public enum Source {
        RUN_TO_RUN("run to run"),
        RANGING_TO_TESTING("ranging to testing"),
        SYSTEM_TO_SYSTEM("system to system"),
        ROUND_TO_ROUND("round to round");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        /** The words in outputs. */
        public String words() {
            return words;
        }
    }

    /**
     * The variation of one source.
     *
     * @param ratios statistics of testing over ranging less 1, by scenario; empty of other sources
     */
    public record Component(Source source, Optional<VarianceComponents> components, Map<String, Ratio> ratios) {}

    /**
     * Testing over ranging, less 1, without sign, as a share.
     *
     * @param least with its sign
     * @param greatest with its sign
     */
    public record Ratio(int pairs, double median, double p90, double p99, double least, double greatest) {}

    private static final Set<Kind> IMPORTED =
            EnumSet.of(Kind.OPTIMUM, Kind.CODECARBON, Kind.OHDOKING, Kind.TABLE, Kind.AIENERGYSCORE, Kind.LLMPERF);

    private final Map<Source, Map<String, Map<String, Double>>> groups = new LinkedHashMap<>();
    private final Map<String, List<Double>> pairs = new LinkedHashMap<>();

    /** Adds a row of a ledger. */
    public void add(LedgerRow row) {
        if (IMPORTED.contains(row.origin().kind())) {
            addRun(row);
        } else if (row.submission().suite() == Suite.INFERENCE) {
            addSystem(row);
        }
    }

    private void addRun(LedgerRow row) {
        for (Scope scope : List.of(Scope.GPU, Scope.NODE, Scope.WALL, Scope.CPU)) {
            Optional<Measure> power = Values.first(row, Dimension.POWER, scope);
            if (power.isPresent()) {
                String group = String.join(
                        ", ",
                        row.task().model(),
                        row.machine().accelerator(),
                        row.machine().processor(),
                        row.settings().phase(),
                        String.valueOf(row.settings().get(Setting.BATCH)),
                        scope.name().toLowerCase(java.util.Locale.ROOT));
                put(
                        Source.RUN_TO_RUN,
                        group,
                        row.settings().run() + " " + row.origin().place(),
                        Values.base(power.get()));
                return;
            }
        }
    }

    private void addSystem(LedgerRow row) {
        Optional<Measure> power = Values.first(row, Dimension.POWER, Scope.WALL);
        Double count = row.machine().accelerators();
        if (power.isEmpty() || count == null || row.machine().accelerator().isEmpty()) {
            return;
        }
        String workload = String.join(
                ", ",
                row.task().model(),
                row.task().scenario(),
                Accelerators.name(row.machine().accelerator()) + " x " + count.intValue());
        String system = row.submission().submitter() + " " + row.machine().name();
        put(Source.SYSTEM_TO_SYSTEM, row.submission().round() + ", " + workload, system, Values.base(power.get()));
        put(Source.ROUND_TO_ROUND, system + ", " + workload, row.submission().round(), Values.base(power.get()));
    }

    private void put(Source source, String group, String name, double watts) {
        Map<String, Double> values = groups.computeIfAbsent(source, key -> new LinkedHashMap<>())
                .computeIfAbsent(group, key -> new LinkedHashMap<>());
        if (!values.containsValue(watts)) {
            values.putIfAbsent(name, watts);
        }
    }

    /**
     * Adds a session's two phases.
     *
     * @param ranging mean power of the ranging phase, W
     * @param testing mean power of the testing phase, W
     */
    public void addSession(String session, String scenario, double ranging, double testing) {
        pairs.computeIfAbsent(scenario, key -> new ArrayList<>()).add(testing / ranging - 1);
        put(Source.RANGING_TO_TESTING, session, "ranging", ranging);
        put(Source.RANGING_TO_TESTING, session, "testing", testing);
    }

    /** Adds a run of a folder of Training with its energy in the window, J. */
    public void addTraining(String folder, String run, double joules) {
        put(Source.RUN_TO_RUN, folder, run, joules);
    }

    /** The components, each with what is known of it. */
    public List<Component> components() {
        List<Component> components = new ArrayList<>();
        Set<Source> sources = new LinkedHashSet<>(groups.keySet());
        for (Source source : sources) {
            List<VarianceComponents.Group> several = new ArrayList<>();
            groups.getOrDefault(source, Map.of()).forEach((name, values) -> {
                List<VarianceComponents.Value> named = new ArrayList<>();
                values.forEach((each, value) -> named.add(new VarianceComponents.Value(each, value)));
                several.add(new VarianceComponents.Group(name, named));
            });
            Map<String, Ratio> ratios = new LinkedHashMap<>();
            if (source == Source.RANGING_TO_TESTING) {
                pairs.forEach((scenario, all) -> ratios.put(scenario, ratio(all)));
            }
            components.add(new Component(source, VarianceComponents.of(several), ratios));
        }
        return components;
    }

    private static Ratio ratio(List<Double> changes) {
        Series signed = Series.of(changes);
        Series sizes = Series.of(changes.stream().map(Math::abs).toList());
        return new Ratio(
                changes.size(), sizes.median(), sizes.quantile(0.9), sizes.quantile(0.99), signed.min(), signed.max());
    }
}
