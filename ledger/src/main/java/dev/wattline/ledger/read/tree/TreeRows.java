package dev.wattline.ledger.read.tree;

import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.files.SessionFile;
import dev.wattline.ledger.row.LedgerRow;
import dev.wattline.ledger.row.LedgerRow.Kind;
import dev.wattline.ledger.row.LedgerRow.Suite;
import dev.wattline.ledger.row.Measure;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.finding.FindingCatalog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of a tree as rows of the ledger: values that were computed from the raw logs. */
public final class TreeRows {
    private TreeRows() {}

    /** A row for each session, folder of Training and folder of Tiny. */
    public static List<LedgerRow> of(RoundTree tree) {
        List<LedgerRow> rows = new ArrayList<>();
        for (RoundTree.Session session : tree.sessions()) {
            rows.add(session(tree.round(), session));
        }
        for (RoundTree.Training training : tree.trainings()) {
            Double joules = training.study().officialJ();
            rows.add(row(
                    tree.round(),
                    Suite.TRAINING,
                    training.place(),
                    training.systemName(),
                    Double.isNaN(training.nodes()) ? null : training.nodes(),
                    training.place().benchmark(),
                    "",
                    measure(joules == null ? null : joules / 1e3, "kJ", Measure.Scope.NODE, training.place())));
        }
        for (RoundTree.Tiny tiny : tree.tinies()) {
            List<String> rest = tiny.place().rest();
            rows.add(row(
                    tree.round(),
                    Suite.TINY,
                    tiny.place(),
                    tiny.chips().isEmpty()
                            ? tiny.place().system()
                            : tiny.chips().get(0),
                    1.0,
                    rest.size() < 2 ? "" : rest.get(rest.size() - 2),
                    "",
                    measure(tiny.study().medianUJ(), "uJ/inference", Measure.Scope.WALL, tiny.place())));
        }
        return rows;
    }

    /** The row of a session. */
    public static LedgerRow session(String round, RoundTree.Session session) {
        PowerMetric metric = session.metric();
        ResultPlace place = session.place();
        List<Measure> measures = new ArrayList<>();
        LoadgenResult performance = session.performance();
        if (performance != null) {
            measures.add(Measure.of(
                            PythonFloat.repr(performance.value()),
                            performance.unit(),
                            Measure.Scope.UNKNOWN,
                            place.path() + "/" + SessionFile.TESTING_DETAIL.place())
                    .with(performance.key(), Measure.Basis.MEASURED));
        }
        PowerMetric.Interval interval = metric.ci95();
        Measure power = measure(metric.value(), metric.unit() == null ? "" : metric.unit(), Measure.Scope.WALL, place);
        measures.add(interval == null ? power : power.within(interval.low(), interval.high()));
        Map<String, Object> system = session.system();
        Double nodes = count(system, "number_of_nodes");
        Double perNode = count(system, "accelerators_per_node");
        return new LedgerRow(
                new LedgerRow.Origin(Kind.TREE, place.path(), place.path()),
                new LedgerRow.Submission(
                        Suite.INFERENCE,
                        round,
                        session.categories().size() == 1 ? session.categories().get(0) : "",
                        place.division(),
                        "",
                        place.organization(),
                        place.path()),
                new LedgerRow.Machine(
                        session.systemName(),
                        place.system(),
                        nodes,
                        SystemDescriptions.text(system, "host_processor_model_name"),
                        SystemDescriptions.text(system, "accelerator_model_name"),
                        perNode == null ? null : perNode * (nodes == null ? 1 : nodes)),
                new LedgerRow.Task(
                        place.benchmark(),
                        "",
                        place.scenario(),
                        session.settings().precision()),
                settings(session.settings()),
                measures,
                metric.value() == null ? List.of(FindingCatalog.id("result-no-number")) : List.of());
    }

    private static LedgerRow.Settings settings(SubmissionSettings stated) {
        Map<LedgerRow.Setting, Double> numbers = new EnumMap<>(LedgerRow.Setting.class);
        if (stated.batch() != null) {
            numbers.put(LedgerRow.Setting.BATCH, stated.batch());
        }
        if (stated.limitWatts() != null) {
            numbers.put(LedgerRow.Setting.POWER_LIMIT, stated.limitWatts());
        }
        return numbers.isEmpty() ? LedgerRow.Settings.NONE : new LedgerRow.Settings("", "", "", numbers);
    }

    private static @Nullable Double count(Map<String, Object> description, String key) {
        double number = Measure.number(SystemDescriptions.text(description, key));
        return Double.isNaN(number) ? null : number;
    }

    private static Measure measure(@Nullable Double value, String label, Measure.Scope scope, ResultPlace place) {
        return Measure.of(value == null ? "" : PythonFloat.repr(value), label, scope, place.path());
    }

    private static LedgerRow row(
            String round,
            Suite suite,
            ResultPlace place,
            String system,
            @Nullable Double nodes,
            String model,
            String scenario,
            Measure measure) {
        return new LedgerRow(
                new LedgerRow.Origin(Kind.TREE, place.path(), place.path()),
                new LedgerRow.Submission(suite, round, "", place.division(), "", place.organization(), place.path()),
                new LedgerRow.Machine(system, place.system(), nodes, "", "", null),
                new LedgerRow.Task(model, "", scenario, ""),
                List.of(measure),
                List.of());
    }
}
