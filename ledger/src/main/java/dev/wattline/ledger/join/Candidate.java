package dev.wattline.ledger.join;

import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.ledger.read.tree.ResultPlace;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.Measure;
import dev.wattline.ledger.row.MeasureUnit;
import dev.wattline.ledger.row.MeasureUnit.Dimension;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A measured result of a round: a session, a folder of Training or of Tiny, with what is needed to find the row that it was
 * published in.
 *
 * @param systemNames names that the result's system goes by, letters and digits only
 * @param model as {@link Names#model} gives it
 * @param scenario letters and digits only; empty for suites without scenarios
 * @param nodes number of nodes; NaN where it does not matter
 * @param metric the metric of a session; null for other results
 * @param unit the unit of {@code value}
 * @param value the value of results that are no sessions; NaN without one
 * @param incomplete what is missing; empty if nothing is
 */
record Candidate(
        ResultPlace place,
        List<String> systemNames,
        String model,
        String scenario,
        double nodes,
        @Nullable PowerMetric metric,
        MeasureUnit unit,
        double value,
        String incomplete) {

    static Candidate of(RoundTree.Session session) {
        return new Candidate(
                session.place(),
                List.of(Names.plain(session.systemName())),
                Names.model(session.place().benchmark()),
                Names.plain(session.place().scenario()),
                Double.NaN,
                session.metric(),
                MeasureUnit.WATT,
                Double.NaN,
                session.missing().isEmpty()
                        ? session.metric().value() == null
                                ? String.join("; ", session.metric().noteTexts())
                                : ""
                        : "missing: " + String.join(", ", session.missing()));
    }

    static Candidate of(RoundTree.Training training) {
        Double joules = training.study().fileOrderJ();
        return new Candidate(
                training.place(),
                List.of(Names.plain(training.systemName())),
                Names.model(training.place().benchmark()),
                "",
                training.nodes(),
                null,
                MeasureUnit.KILOJOULE,
                joules == null ? Double.NaN : joules / 1e3,
                joules == null ? "the logs give no official energy" : "");
    }

    static Candidate of(RoundTree.Tiny tiny) {
        List<String> below = tiny.place().rest();
        // The benchmark's folder is the one above the energy run's, however many lie above it.
        String benchmark = below.size() < 2 ? "" : below.get(below.size() - 2);
        Double median = tiny.study().logMedianUJ();
        return new Candidate(
                tiny.place(),
                Stream.concat(tiny.chips().stream(), Stream.of(tiny.place().system()))
                        .map(Names::plain)
                        .toList(),
                Names.model(benchmark),
                "",
                Double.NaN,
                null,
                MeasureUnit.MICROJOULE_PER_INFERENCE,
                median == null ? Double.NaN : median,
                median == null ? "the energy runner's log gives no median" : "");
    }

    /** The value in a published unit; NaN where the result has none of that kind. */
    double in(Measure measure) {
        MeasureUnit published = measure.unit();
        if (published == null) {
            return Double.NaN;
        }
        if (metric == null) {
            return converted(value, unit, published);
        }
        if (published.dimension() == Dimension.POWER) {
            return metric.averageWatts() == null ? Double.NaN : metric.averageWatts();
        }
        MeasureUnit own = MeasureUnit.ofLabel(metric.unit()).orElse(null);
        return metric.value() == null || own == null ? Double.NaN : converted(metric.value(), own, published);
    }

    /** The same in another unit, to the last digit where it is the same unit; NaN where the units measure other things. */
    private static double converted(double value, MeasureUnit from, MeasureUnit to) {
        if (from == to) {
            return value;
        }
        return from.dimension() == to.dimension() ? to.fromBase(from.toBase(value)) : Double.NaN;
    }

    /** An end of the analyzer's interval in the published unit; NaN if it is not known. */
    double interval(Measure measure, boolean high) {
        double here = in(measure);
        PowerMetric.Interval ci95 = metric == null ? null : metric.ci95();
        Double of = metric == null ? null : metric.value();
        if (ci95 == null || of == null || of == 0) {
            return Double.NaN;
        }
        return here * (high ? ci95.high() : ci95.low()) / of;
    }

    /** Equal for two sessions that hold the same recording: mean watts, number of samples and energy. */
    @Nullable
    List<Object> recording() {
        if (metric == null || metric.averageWatts() == null || metric.energyJoules() == null) {
            return null;
        }
        return List.of(metric.averageWatts(), metric.samples(), metric.energyJoules());
    }
}
