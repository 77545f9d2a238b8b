package dev.wattline.compliance.metric;

import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.ScenarioChoice;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.compliance.facts.Window;
import dev.wattline.compliance.metric.PowerMetric.Interval;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.rounds.MetricRules;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.sample.FaultTally;
import dev.wattline.compliance.sample.PowerStatistics;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Computes the power metric as the submission checker of a round does: the mean of field 4 of the rows strictly inside
 * the power window for Offline, Server and Interactive; that mean times the window's length over the number of queries
 * for SingleStream and MultiStream; a MultiStream result inferred from a SingleStream run takes eight queries for one.
 */
public final class MetricCalculator {
    private static final int MULTISTREAM_SAMPLES = 8;
    private static final double MILLI = 1000;
    private static final double TOLD_EDGES = 5e-6; // what three decimals of a percent show
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of(
            "sample-out-of-range", "out of range",
            "sample-error", "read errors",
            "sample-missed", "missed",
            "sample-zero", "0 W"));

    private final SessionFacts facts;
    private final MetricRules rules;
    private final @Nullable String askedScenario;
    private final List<Finding> notes = new ArrayList<>();

    /**
     * @param askedScenario the scenario that the user says the result counts for, or null
     */
    public MetricCalculator(SessionFacts facts, MetricRules rules, @Nullable String askedScenario) {
        this.facts = facts;
        this.rules = rules;
        this.askedScenario = askedScenario;
    }

    /**
     * The metric of the testing phase; what is missing for it is in the notes.
     *
     * @throws IOException if a file cannot be read
     */
    public PowerMetric compute() throws IOException {
        LoadgenDetail detail;
        SplFacts spl;
        try {
            detail = facts.loadgen(Phase.TESTING);
            spl = facts.spl(Phase.TESTING);
        } catch (PyError e) {
            return nothing("", e.file() + ": " + e.words());
        }
        Optional<ScenarioChoice> choice =
                ScenarioChoice.of(askedScenario, facts.view().folder(), facts, detail);
        if (choice.isEmpty()) {
            return nothing("", "neither a folder nor LoadGen's log tells the scenario");
        }
        String scenario = choice.get().scenario();
        Optional<Window> window = detail.window();
        if (window.isEmpty()) {
            return nothing(scenario, detail.file() + " does not tell the power window");
        }
        PowerStatistics power = spl.inWindow();
        long samples = rules.positiveOnly() ? power.positiveCount() : power.count();
        if (samples == 0) {
            return nothing(scenario, nothingCounts(spl));
        }
        double watts = rules.positiveOnly() ? power.positiveMean() : power.mean();
        if (!Double.isFinite(watts)) {
            return nothing(
                    scenario,
                    "some of the " + samples + " samples in the power window are no numbers, and the rules of round "
                            + facts.rules().name() + " count them");
        }
        Window onItsClock = spl.window();
        double edges = onItsClock == null ? 0 : spl.edges().fraction(watts, onItsClock.begin(), onItsClock.end());
        return withEnergy(choice.get(), detail, watts, window.get().seconds(), samples, edges);
    }

    private PowerMetric nothing(String scenario, String why) {
        notes.add(PowerMetric.unknown(why));
        return new PowerMetric(null, null, scenario, null, null, null, 0, List.of(), List.of(), notes, List.of());
    }

    private void note(String id, String text) {
        notes.add(Finding.of(id, text));
    }

    private static String nothingCounts(SplFacts spl) {
        long inside = spl.inWindow().count();
        if (inside == 0) {
            return "no samples lie in the power window";
        }
        Map<String, FaultTally.Entry> faults = spl.windowFaults().all();
        List<String> kinds = new ArrayList<>();
        KINDS.forEach((id, words) -> {
            FaultTally.Entry entry = faults.get(id);
            if (entry != null) {
                kinds.add((entry.count() == inside ? "all" : Long.toString(entry.count())) + " are " + words);
            }
        });
        return "none of the " + inside + " samples in the power window is above 0 W: " + String.join(", ", kinds);
    }

    private PowerMetric withEnergy(
            ScenarioChoice choice, LoadgenDetail detail, double watts, double seconds, long samples, double edges)
            throws IOException {
        if (choice.note() != null) {
            note("metric-scenario-inferred", choice.note());
        }
        roundNote(detail);
        String scenario = choice.scenario();
        Optional<Quantity> quantity = quantity(scenario, detail, watts, seconds);
        List<PowerMetric.Inferred> inferred = inferred(choice, detail, watts, seconds);
        if (quantity.isEmpty() && choice.told()) {
            note(
                    "metric-queries-unknown",
                    detail.file() + " has no number of queries, so that the energy of one is not known");
        } else if (quantity.isEmpty()) {
            note(
                    "metric-as-offline",
                    detail.file() + " has no number of queries and no folder tells the scenario: this is the metric"
                            + " as an Offline result; name another with --scenario");
            scenario = ScenarioChoice.OFFLINE;
            quantity = quantity(scenario, detail, watts, seconds);
            inferred = List.of();
        }
        if (quantity.isPresent() && takesEightForOne(scenario, detail)) {
            note(
                    "metric-eight-for-one",
                    "inferred from a SingleStream run: " + MULTISTREAM_SAMPLES + " of its queries make one");
        }
        Double value = quantity.map(Quantity::value).orElse(null);
        return new PowerMetric(
                value,
                quantity.map(Quantity::unit).orElse(null),
                scenario,
                watts,
                watts * seconds,
                interval(value, watts, edges),
                samples,
                value == null || !(value > 0) ? List.of() : efficiencies(scenario, detail, value, watts),
                inferred,
                notes,
                List.of());
    }

    /** LoadGen's own round would give another number: that has been taken for the metric often enough. */
    private void roundNote(LoadgenDetail detail) {
        Optional<RoundRules> own = detail.round().flatMap(Rounds::find);
        if (own.isPresent() && !own.get().metric().sameNumber(rules)) {
            note(
                    "metric-other-round",
                    "by the rules of round " + facts.rules().name() + "; LoadGen's log says "
                            + own.get().name() + ", by whose rules it would be another number");
        }
    }

    /** The metric as the other scenarios that the run may count for, where it makes another one. */
    private List<PowerMetric.Inferred> inferred(
            ScenarioChoice choice, LoadgenDetail detail, double watts, double seconds) {
        List<PowerMetric.Inferred> inferred = new ArrayList<>();
        if (perQuery(choice.scenario())) {
            for (String scenario : choice.inferable()) {
                if (rules.queryCountLogged() || !perQuery(scenario)) { // MultiStream is inferred since that is logged
                    quantity(scenario, detail, watts, seconds)
                            .map(other -> new PowerMetric.Inferred(scenario, other.value(), other.unit()))
                            .ifPresent(inferred::add);
                }
            }
        }
        return inferred;
    }

    private @Nullable Interval interval(@Nullable Double value, double watts, double edges) throws IOException {
        Optional<AnalyzerUncertainty> uncertainty = watts > 0 ? AnalyzerUncertainty.of(facts, watts) : Optional.empty();
        if (uncertainty.isEmpty()) {
            note(
                    "metric-uncertainty-unknown",
                    watts > 0
                            ? "the analyzer's uncertainty is not known"
                            : "no interval: the mean power is not above 0 W");
            return null;
        }
        if (value == null) {
            return null;
        }
        note("metric-interval", uncertainty.get().source());
        if (edges >= TOLD_EDGES) {
            note(
                    "metric-window-edges",
                    "interval: " + Decimals.percent(edges, 3)
                            + " more for the samples that the window's ends cut; the metric itself is the mean of whole samples");
        }
        double half = Math.abs(value) * (uncertainty.get().fraction() + edges);
        return new Interval(value - half, value + half);
    }

    private record Quantity(double value, String unit) {}

    private static boolean perQuery(String scenario) {
        return scenario.endsWith("Stream");
    }

    /** The metric for a scenario; empty if the number of queries is needed and not known. */
    private Optional<Quantity> quantity(String scenario, LoadgenDetail detail, double watts, double seconds) {
        if (!perQuery(scenario)) {
            return Optional.of(new Quantity(watts, "W"));
        }
        OptionalDouble queries = queries(scenario, detail, seconds);
        if (queries.isEmpty()) {
            return Optional.empty();
        }
        // The order of the factors is the submission checker's, to the last bit.
        double energy = watts * seconds;
        if (takesEightForOne(scenario, detail)) {
            energy *= MULTISTREAM_SAMPLES;
        }
        boolean milli = rules.perQuery().startsWith("mJ");
        return Optional.of(new Quantity((milli ? energy * MILLI : energy) / queries.getAsDouble(), rules.perQuery()));
    }

    private boolean takesEightForOne(String scenario, LoadgenDetail detail) {
        return rules.queryCountLogged()
                && scenario.equals(ScenarioChoice.MULTI_STREAM)
                && detail.text("effective_scenario").orElse("").equalsIgnoreCase(ScenarioChoice.SINGLE_STREAM);
    }

    private OptionalDouble queries(String scenario, LoadgenDetail detail, double seconds) {
        if (rules.queryCountLogged()) {
            OptionalDouble logged = detail.number("result_query_count");
            double count = logged.isPresent() ? Math.rint(logged.getAsDouble()) : 0;
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(count);
        }
        if (scenario.equals(ScenarioChoice.MULTI_STREAM)) {
            OptionalDouble count = detail.number("generated_query_count");
            OptionalDouble samples = detail.number("generated_samples_per_query");
            return count.isPresent() && samples.isPresent()
                    ? OptionalDouble.of(count.getAsDouble() * samples.getAsDouble())
                    : OptionalDouble.empty();
        }
        OptionalDouble rate = detail.number("result_qps_with_loadgen_overhead");
        return rate.isPresent() ? OptionalDouble.of(rate.getAsDouble() * seconds) : OptionalDouble.empty();
    }

    private List<PowerMetric.Efficiency> efficiencies(
            String scenario, LoadgenDetail detail, double value, double watts) {
        List<PowerMetric.Efficiency> all = new ArrayList<>();
        if (perQuery(scenario)) {
            double perJoule = rules.perQuery().startsWith("mJ") ? MILLI / value : 1 / value;
            all.add(new PowerMetric.Efficiency(
                    scenario.equals(ScenarioChoice.MULTI_STREAM) ? MULTISTREAM_SAMPLES * perJoule : perJoule,
                    "samples/J"));
            return all;
        }
        OptionalDouble samples = throughput(scenario, detail);
        samples.ifPresent(rate -> all.add(new PowerMetric.Efficiency(rate / watts, "samples/J")));
        tokens(scenario, detail, all, watts);
        return all;
    }

    /** Tokens: first of a benchmark that the round counts in them; behind samples where the benchmark is not known. */
    private void tokens(String scenario, LoadgenDetail detail, List<PowerMetric.Efficiency> all, double watts) {
        String ran = detail.text("effective_scenario").orElse(scenario);
        boolean offline = ran.equalsIgnoreCase(ScenarioChoice.OFFLINE);
        Optional<MetricRules.TokenResults> counted =
                Optional.ofNullable(rules.tokenResults().get(facts.tokenBenchmark()));
        Optional<String> key =
                counted.map(keys -> offline ? keys.offline() : keys.server()).filter(name -> !name.isEmpty());
        OptionalDouble rate = key.map(detail::number).orElse(OptionalDouble.empty());
        boolean official = rate.isPresent();
        if (rate.isEmpty()) {
            rate = detail.number(offline ? "result_tokens_per_second" : "result_completed_tokens_per_second");
        }
        if (rate.isPresent()) {
            all.add(official ? 0 : all.size(), new PowerMetric.Efficiency(rate.getAsDouble() / watts, "tokens/J"));
        }
        if (key.isPresent() && !official) {
            note(
                    "metric-tokens-missing",
                    "the round counts " + facts.tokenBenchmark() + " by " + key.get() + ", which " + detail.file()
                            + " does not have");
        }
    }

    private OptionalDouble throughput(String scenario, LoadgenDetail detail) {
        String ran = detail.text("effective_scenario").orElse(scenario);
        if (scenario.equals(ScenarioChoice.OFFLINE) && ran.equalsIgnoreCase(ScenarioChoice.SINGLE_STREAM)) {
            return detail.number("result_qps_without_loadgen_overhead");
        }
        if (scenario.equals(ScenarioChoice.OFFLINE) && ran.equalsIgnoreCase(ScenarioChoice.MULTI_STREAM)) {
            OptionalDouble samples = detail.number("effective_samples_per_query");
            OptionalDouble latency = detail.number("result_mean_query_latency_ns");
            return samples.isPresent() && latency.isPresent()
                    ? OptionalDouble.of(samples.getAsDouble() * MILLI / (latency.getAsDouble() / NANOS_PER_MILLI))
                    : OptionalDouble.empty();
        }
        return detail.number(
                scenario.equals(ScenarioChoice.OFFLINE) ? "result_samples_per_second" : rules.serverResult());
    }
}
