package dev.wattline.ledger.read.tree;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.rounds.MetricRules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * LoadGen's result of a session: what the round's tables publish beside the power.
 *
 * @param key LoadGen's name of it
 * @param value in the unit; latencies, which LoadGen has in ns whatever their keys say, in ms as tables have them
 * @param unit {@code Samples/s}, {@code Queries/s}, {@code Tokens/s} or {@code ms}
 */
public record LoadgenResult(String key, double value, String unit) {
    private static final double NANOS_PER_MILLI = 1e6;
    /** Samples of a MultiStream query: what a result inferred from a SingleStream run is multiplied with. */
    private static final int MULTI_STREAM = 8;

    private record Choice(String key, String unit, int factor) {
        Choice(String key, String unit) {
            this(key, unit, 1);
        }
    }

    /** The result for a scenario, by the rules of the session's round; empty if the log has none. */
    static Optional<LoadgenResult> of(LoadgenDetail detail, SessionFacts facts, String scenario) {
        String ran = detail.text("effective_scenario").orElse("");
        return choices(facts, scenario, ran).stream()
                .filter(choice -> detail.number(choice.key).isPresent())
                .map(choice -> {
                    double value = choice.factor * detail.number(choice.key).getAsDouble();
                    return new LoadgenResult(
                            choice.key, choice.unit.equals("ms") ? value / NANOS_PER_MILLI : value, choice.unit);
                })
                .findFirst();
    }

    /**
     * The keys that may hold it, the first that is there counts.
     *
     * @param ran the scenario that LoadGen ran, which is another than that of an inferred result
     */
    private static List<Choice> choices(SessionFacts facts, String scenario, String ran) {
        MetricRules rules = facts.rules().metric();
        MetricRules.TokenResults tokens = rules.tokenResults().get(facts.tokenBenchmark());
        return switch (scenario.toLowerCase(Locale.ROOT)) {
            case "offline" ->
                tokens != null
                        ? List.of(
                                new Choice(tokens.offline(), "Tokens/s"),
                                new Choice("result_samples_per_second", "Samples/s"))
                        : List.of(
                                new Choice("result_samples_per_second", "Samples/s"),
                                // a result that was inferred from a run of another scenario
                                new Choice("result_qps_without_loadgen_overhead", "Samples/s"));
            case "server", "interactive" ->
                tokens != null
                        ? List.of(
                                new Choice(tokens.server(), "Tokens/s"), new Choice(rules.serverResult(), "Queries/s"))
                        : List.of(new Choice(rules.serverResult(), "Queries/s"));
            case "singlestream" ->
                List.of(
                        new Choice("early_stopping_latency_ss", "ms"),
                        new Choice("result_90.00_percentile_latency_ns", "ms"));
            case "multistream" ->
                List.of(new Choice(
                        "early_stopping_latency_ms", "ms", ran.equalsIgnoreCase("SingleStream") ? MULTI_STREAM : 1));
            default -> List.of();
        };
    }
}
