package dev.wattline.ledger.figure;

import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.ledger.figure.FigureContent.Point;
import dev.wattline.ledger.figure.FigureContent.Series;
import dev.wattline.ledger.figure.FigureContent.Trend;
import dev.wattline.ledger.figure.PaperFigure.Difference;
import dev.wattline.ledger.figure.PaperFigure.Dropped;
import dev.wattline.ledger.figure.PaperFigure.Side;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.row.LedgerRow.Suite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Figures 5a, 5b and 5c: the best efficiency so far, over the first round's. */
final class TrendFigures {
    /** What the paper divides tokens a second by to have samples a second, whatever the model. */
    static final double TOKENS_PER_SAMPLE = 292;

    private static final Map<String, List<String>> MODELS = Map.of(
            "datacenter",
            List.of("RetinaNet", "BERT-99.0", "ResNet", "RNN-T", "GPTJ-99.0", "DLRM-v2-99.0", "Llama2-70b-99.9"),
            "edge",
            List.of("RetinaNet", "BERT-99.0", "ResNet", "RNN-T"));

    private static final List<String> TINY_MODELS = List.of("MobileNet", "ResNet", "DSCNN", "AutoEncoder");
    private static final Map<String, String> TINY_BENCHMARKS =
            Map.of("MobileNet", "vww", "ResNet", "ic", "DSCNN", "kws", "AutoEncoder", "ad");

    /** Models of which tokens a second are meant where a table says so; of all others samples a second are. */
    private static final List<String> TOKEN_MODELS = List.of("gptj", "llama", "mixtral");

    private final FigureSources sources;

    /** An efficiency with the round that it counts for. */
    private record Best(
            String round,
            double efficiency,
            String id,
            String system,
            String source,
            @Nullable Pair pair) {
        static Best of(Pair pair, double efficiency) {
            return new Best(
                    pair.round(),
                    efficiency,
                    pair.id(),
                    pair.power().row().machine().name(),
                    pair.performance().where() + " / " + pair.power().where(),
                    pair);
        }
    }

    TrendFigures(FigureSources sources) {
        this.sources = sources;
    }

    PaperFigure inference(String id, String category) {
        Map<String, List<Best>> published = new LinkedHashMap<>();
        Map<String, List<Best>> strict = new LinkedHashMap<>();
        Map<String, List<Best>> logs = new LinkedHashMap<>();
        List<Value> paper = offline(sources.paper(category));
        List<Pair> crossed = Pair.crossed(
                paper.stream().filter(Value::isRate).toList(),
                paper.stream().filter(Value::isWatts).toList(),
                TrendFigures::publishedModel);
        List<Pair> matched = Pair.matched(offline(sources.strict(category)), Value::isRate, Value::isWatts);
        List<Dropped> dropped = new ArrayList<>();
        for (String model : MODELS.getOrDefault(category, List.of())) {
            String key = Value.key(model);
            published.put(
                    model,
                    crossed.stream()
                            .filter(pair -> publishedModel(pair.performance()).equals(key))
                            .map(pair -> Best.of(pair, publishedEfficiency(pair)))
                            .toList());
            strict.put(model, strict(model, key, matched, dropped));
            logs.put(model, logs(key, category));
        }
        Trend strictTrend = trend("samples/J", Suite.INFERENCE, strict);
        Side publishedSide = new Side(
                trend("samples/J", Suite.INFERENCE, published),
                size(published) + " pairs of performance and power, " + category + ", Offline",
                List.of(
                        "Performance and power are joined by id, model, scenario and round, without the system's name:"
                                + " where an id carries several systems or a name two targets, every performance meets every"
                                + " power.",
                        "Tokens a second are divided by " + (int) TOKENS_PER_SAMPLE + ", whatever the model."),
                List.of());
        Side strictSide = new Side(
                strictTrend,
                size(strict) + " pairs of performance and power, " + category + ", Offline",
                List.of(
                        "Performance and power of one row: same id, system, model and round; where BERT stands for both"
                                + " targets, values in adjacent lines belong together.",
                        "Values of one series have one unit: tokens with tokens, samples with samples."),
                dropped);
        boolean anyLogs = logs.values().stream().anyMatch(list -> !list.isEmpty());
        return new PaperFigure(
                id,
                "Energy efficiency of the " + category + " submissions",
                "Offline; for each model and round the greatest performance over power of all submissions, then the"
                        + " greatest so far, divided by that of the model's first round.",
                paper.isEmpty() ? null : publishedSide,
                size(strict) == 0 ? null : strictSide,
                anyLogs
                        ? new Side(
                                trend("samples/J", Suite.INFERENCE, logs),
                                size(logs) + " sessions",
                                List.of("From the raw logs alone, relative to the first round that was given."),
                                List.of())
                        : null,
                paper.isEmpty() ? List.of() : differences(published, strict, Suite.INFERENCE));
    }

    private static List<Value> offline(List<Value> values) {
        return values.stream()
                .filter(Value::offline)
                .filter(value -> PaperRounds.INFERENCE.contains(value.round()))
                .filter(value -> !Double.isNaN(value.number()))
                .toList();
    }

    /** In the paper's figure BERT without a target is BERT-99.0. */
    private static String publishedModel(Value value) {
        String key = value.modelKey();
        return key.equals("bert") ? "bert99" : key;
    }

    private static double publishedEfficiency(Pair pair) {
        double perWatt = pair.performance().number();
        return (pair.performance().isTokens() ? perWatt / TOKENS_PER_SAMPLE : perWatt)
                / pair.power().number();
    }

    private List<Best> strict(String model, String key, List<Pair> matched, List<Dropped> dropped) {
        List<Pair> pairs = new ArrayList<>();
        for (Pair pair : matched) {
            String own = pair.power().modelKey();
            // BERT of v3.0 holds both targets; the higher target never has the greater efficiency of a system.
            if (own.equals(key) || (key.equals("bert99") && own.equals("bert") && pair.ambiguous())) {
                pairs.add(pair);
            }
        }
        boolean tokens = TOKEN_MODELS.stream().anyMatch(key::startsWith);
        Optional<Pair> first = pairs.stream().min(Comparator.comparing(Pair::round));
        boolean firstInTokens = first.isPresent() && first.get().performance().isTokens();
        List<Best> best = new ArrayList<>();
        for (Pair pair : pairs) {
            boolean inTokens = pair.performance().isTokens();
            if (!tokens || inTokens == firstInTokens) {
                best.add(Best.of(pair, pair.efficiency()));
            } else {
                Optional<Best> logged = logs(key, "").stream()
                        .filter(each -> each.round().equals(pair.round()))
                        .max(Comparator.comparingDouble(Best::efficiency));
                logged.ifPresent(best::add);
                dropped.add(new Dropped(
                        model + " " + pair.round() + " " + pair.id(),
                        logged.isPresent()
                                ? "in tokens/s, the series is in samples/s; LoadGen's samples/s are taken from the logs"
                                : "in tokens/s, the series is in samples/s, and tokens a sample are not known"));
            }
        }
        return best;
    }

    /** Efficiencies of a model's Offline sessions in samples per joule, of one category or of all. */
    private List<Best> logs(String key, String category) {
        List<Best> best = new ArrayList<>();
        for (RoundTree tree : sources.trees()) {
            for (RoundTree.Session session : tree.sessions()) {
                boolean fits = Value.key(session.place().benchmark()).equals(key)
                        && session.place().scenario().equalsIgnoreCase("offline")
                        && session.place().division().equalsIgnoreCase("closed")
                        && (category.isEmpty() || session.categories().contains(category));
                if (fits) {
                    session.metric().efficiencies().stream()
                            .filter(efficiency -> !efficiency.unit().startsWith("tokens"))
                            .mapToDouble(PowerMetric.Efficiency::value)
                            .findFirst()
                            .ifPresent(value -> best.add(new Best(
                                    tree.round(),
                                    value,
                                    session.place().organization(),
                                    session.systemName(),
                                    session.place().path(),
                                    null)));
                }
            }
        }
        return best;
    }

    PaperFigure tiny() {
        List<Value> all = sources.tiny();
        // The paper's script takes energies without thousands commas only, and joins each with each latency.
        List<Pair> crossed = Pair.crossed(
                all.stream()
                        .filter(Value::isMilliseconds)
                        .filter(value -> !Double.isNaN(value.number()))
                        .toList(),
                all.stream()
                        .filter(Value::isMicrojoules)
                        .filter(value -> value.measure().text().matches("\\d+(\\.\\d+)?"))
                        .toList(),
                Value::modelKey);
        Map<String, List<Best>> published = new LinkedHashMap<>();
        Map<String, List<Best>> strict = new LinkedHashMap<>();
        Map<String, List<Best>> logs = new LinkedHashMap<>();
        for (String model : TINY_MODELS) {
            String key = Value.key(model);
            published.put(
                    model,
                    crossed.stream()
                            .filter(pair -> pair.power().modelKey().contains(key))
                            .map(pair -> Best.of(pair, 1 / pair.power().number()))
                            .toList());
            Set<List<Object>> seen = new HashSet<>();
            strict.put(
                    model,
                    all.stream()
                            .filter(Value::isMicrojoules)
                            .filter(value -> value.modelKey().contains(key) && value.number() > 0)
                            .filter(value ->
                                    seen.add(List.of(value.round(), value.id(), value.system(), value.number())))
                            .map(value -> new Best(
                                    value.round(),
                                    1 / value.number(),
                                    value.id(),
                                    value.row().machine().name(),
                                    value.where(),
                                    null))
                            .toList());
            logs.put(model, tinyLogs(TINY_BENCHMARKS.getOrDefault(model, "")));
        }
        boolean anyLogs = logs.values().stream().anyMatch(list -> !list.isEmpty());
        return new PaperFigure(
                "5c",
                "Energy efficiency of the Tiny submissions",
                "For each model and round the greatest number of inferences per microjoule of all submissions, then the"
                        + " greatest so far, divided by that of the first round.",
                all.isEmpty()
                        ? null
                        : new Side(
                                trend("1/uJ", Suite.TINY, published),
                                size(published) + " pairs of energy and latency",
                                List.of(
                                        "n counts pairs: each energy with each latency of its id and model. Energies with"
                                                + " thousands commas are lost."),
                                List.of()),
                all.isEmpty()
                        ? null
                        : new Side(
                                trend("1/uJ", Suite.TINY, strict),
                                size(strict) + " distinct energies",
                                List.of("Each energy once, thousands commas read; latencies are not needed."),
                                List.of()),
                anyLogs
                        ? new Side(
                                trend("1/uJ", Suite.TINY, logs),
                                size(logs) + " folders of energy runs",
                                List.of("From the binary traces alone, relative to the first round that was given."),
                                List.of())
                        : null,
                all.isEmpty() ? List.of() : differences(published, strict, Suite.TINY));
    }

    private List<Best> tinyLogs(String benchmark) {
        List<Best> best = new ArrayList<>();
        for (RoundTree tree : sources.trees()) {
            for (RoundTree.Tiny tiny : tree.tinies()) {
                Double median = tiny.study().medianUJ();
                if (median != null && tiny.benchmark().equals(benchmark)) {
                    best.add(new Best(
                            tree.round(),
                            1 / median,
                            tiny.place().organization(),
                            tiny.place().system(),
                            tiny.place().path(),
                            null));
                }
            }
        }
        return best;
    }

    private static int size(Map<String, List<Best>> best) {
        return best.values().stream().mapToInt(List::size).sum();
    }

    private static Trend trend(String unit, Suite suite, Map<String, List<Best>> best) {
        List<Series> series = new ArrayList<>();
        best.forEach((name, values) -> {
            if (!values.isEmpty()) {
                series.add(new Series(name, points(suite, values)));
            }
        });
        return new Trend(unit, series);
    }

    private static List<Point> points(Suite suite, List<Best> values) {
        Map<String, List<Best>> byRound = new TreeMap<>();
        values.forEach(value -> byRound.computeIfAbsent(value.round(), round -> new ArrayList<>())
                .add(value));
        List<Point> points = new ArrayList<>();
        double running = 0;
        double first = Double.NaN;
        for (Map.Entry<String, List<Best>> round : byRound.entrySet()) {
            Best best = best(round.getValue());
            running = Math.max(running, best.efficiency());
            first = Double.isNaN(first) ? running : first;
            points.add(new Point(
                    round.getKey(),
                    PaperRounds.date(suite, round.getKey()),
                    round.getValue().size(),
                    best.efficiency(),
                    running,
                    running / first,
                    best.id(),
                    best.system(),
                    best.source()));
        }
        return points;
    }

    /** The first of the greatest. */
    private static Best best(List<Best> values) {
        Best best = values.get(0);
        for (Best value : values) {
            best = value.efficiency() > best.efficiency() ? value : best;
        }
        return best;
    }

    private static List<Difference> differences(
            Map<String, List<Best>> published, Map<String, List<Best>> strict, Suite suite) {
        List<Difference> differences = new ArrayList<>();
        published.forEach((model, values) -> {
            List<Best> right = strict.getOrDefault(model, List.of());
            Map<String, Point> strictPoints = new LinkedHashMap<>();
            points(suite, right).forEach(point -> strictPoints.put(point.version(), point));
            for (Point point : points(suite, values)) {
                Point other = strictPoints.get(point.version());
                String row = model + " " + point.version();
                Function<List<Best>, Optional<Best>> ofRound = list -> list.stream()
                        .filter(each -> each.round().equals(point.version()))
                        .max(Comparator.comparingDouble(Best::efficiency));
                if (other == null) {
                    differences.add(new Difference(
                            row, point.normalized(), null, why(ofRound.apply(values), Optional.empty())));
                } else if (Math.abs(other.normalized() / point.normalized() - 1) > 1e-9) {
                    boolean own = Math.abs(other.rawMax() / point.rawMax() - 1) > 1e-9;
                    differences.add(new Difference(
                            row,
                            point.normalized(),
                            other.normalized(),
                            own
                                    ? why(ofRound.apply(values), ofRound.apply(right))
                                    : "the greatest so far, or the first value, has changed"));
                } else if (Math.abs(other.rawMax() / point.rawMax() - 1) > 1e-9) {
                    differences.add(new Difference(
                            row + ", round's own greatest, " + (suite == Suite.TINY ? "1/uJ" : "1/J"),
                            point.rawMax(),
                            other.rawMax(),
                            why(ofRound.apply(values), ofRound.apply(right))));
                }
            }
        });
        return differences;
    }

    private static String why(Optional<Best> published, Optional<Best> strict) {
        Pair pair = published.map(Best::pair).orElse(null);
        if (pair == null) {
            return "the published maximum is not among the strict values";
        }
        Value performance = pair.performance();
        Value power = pair.power();
        Optional<String> corrected = FigureSources.correctionOf(performance).isPresent()
                ? FigureSources.correctionOf(performance)
                : FigureSources.correctionOf(power);
        if (corrected.isPresent()) {
            return "cross product or wrong row: " + performance.number() + " (" + performance.where()
                    + ") is divided by " + power.number() + " (" + power.where() + "); " + corrected.get();
        }
        if (performance.isTokens()) {
            return TOKEN_MODELS.stream().anyMatch(power.modelKey()::startsWith)
                    ? strict.isPresent() && !strict.get().source().contains("line ")
                            ? "tokens/s divided by 292; the logs have samples/s"
                            : "published: tokens/s over 292, which are not this run's tokens a sample; strict: tokens/J"
                    : "labelled tokens/s and divided by 292; these are samples/s, for the model makes no tokens";
        }
        return pair.ambiguous()
                ? "a pair of the cross product: the performance of " + performance.where() + " over the power of "
                        + power.where()
                : "the published maximum is not among the strict values";
    }
}
