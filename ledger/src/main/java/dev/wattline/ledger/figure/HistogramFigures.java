package dev.wattline.ledger.figure;

import dev.wattline.ledger.figure.FigureContent.Change;
import dev.wattline.ledger.figure.FigureContent.Histogram;
import dev.wattline.ledger.figure.PaperFigure.Difference;
import dev.wattline.ledger.figure.PaperFigure.Dropped;
import dev.wattline.ledger.figure.PaperFigure.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Figures 8 and 10: how efficiency changes with the accuracy target, and from round to round. */
final class HistogramFigures {
    private static final int BINS = 20;
    private static final double CUT_PERCENT = -50;
    private static final List<String> FIGURE_8_ROUNDS = List.of("v3.1", "v4.0", "v4.1");

    private final FigureSources sources;

    HistogramFigures(FigureSources sources) {
        this.sources = sources;
    }

    PaperFigure accuracy() {
        List<Change> published = accuracyChanges(crossed(Value::modelKey), null);
        List<Change> strict = accuracyChanges(unambiguous(), FIGURE_8_ROUNDS);
        String label = "Efficiency of BERT-99 above that of BERT-99.9, %";
        List<Difference> differences = new ArrayList<>();
        for (Change change : published) {
            if (strict.stream().noneMatch(other -> same(change, other))) {
                String round = change.from().substring(0, change.from().indexOf(' '));
                differences.add(new Difference(
                        change.from() + ", " + change.system(),
                        change.percent(),
                        null,
                        FIGURE_8_ROUNDS.contains(round)
                                ? "its values are ambiguous or stand on the wrong row"
                                : round + " is outside of the rounds that the paper states, v3.1 to v4.1"));
            }
        }
        added(differences, published, strict);
        return new PaperFigure(
                "8",
                "Efficiency gained by the lower accuracy target of BERT",
                "BERT-99 and BERT-99.9, Offline, datacenter: 100 (E99 - E99.9) / E99.9 for each id; " + BINS
                        + " equal bins from the least to the greatest value. In relation to BERT-99 the drop is"
                        + " 100 (1 - E99.9/E99).",
                published.isEmpty()
                        ? null
                        : new Side(
                                histogram(label, published),
                                statistics(published),
                                List.of("The rounds plotted are v1.0 to v4.1, not v3.1 to v4.1 as stated. v3.0 is lost:"
                                        + " both of its targets are called BERT."),
                                List.of()),
                strict.isEmpty()
                        ? null
                        : new Side(
                                histogram(label, strict),
                                statistics(strict),
                                List.of(
                                        "Rounds v3.1 to v4.1, as the paper states; values that are the only ones of their"
                                                + " id, system and model."),
                                List.of()),
                null,
                differences);
    }

    private static List<Change> accuracyChanges(List<Pair> pairs, @Nullable List<String> rounds) {
        Map<List<String>, Pair> low = new LinkedHashMap<>();
        Map<List<String>, Pair> high = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            if (rounds != null && !rounds.contains(pair.round())) {
                continue;
            }
            String model = pair.power().modelKey();
            if (model.equals("bert99") || model.equals("bert99.9")) {
                (model.equals("bert99") ? low : high)
                        .merge(
                                List.of(pair.round(), pair.id()),
                                pair,
                                (one, other) -> one.efficiency() >= other.efficiency() ? one : other);
            }
        }
        List<Change> changes = new ArrayList<>();
        low.forEach((key, pair) -> {
            Pair other = high.get(key);
            if (other != null) {
                changes.add(change("BERT-99 against BERT-99.9", other, pair));
            }
        });
        return changes;
    }

    PaperFigure software() {
        List<Dropped> cut = new ArrayList<>();
        List<Change> all = consecutiveMajors(crossed(HistogramFigures::bertAsHigher));
        List<Change> published =
                all.stream().filter(change -> change.percent() >= CUT_PERCENT).toList();
        all.stream()
                .filter(change -> change.percent() < CUT_PERCENT)
                .forEach(change -> cut.add(
                        new Dropped(change.what() + ", " + change.from() + " to " + change.to(), "below -50 %")));
        List<Dropped> changed = new ArrayList<>();
        List<Change> strict = adjacentRounds(changed);
        String label = "Change of efficiency, %";
        List<Difference> differences = new ArrayList<>();
        for (Change change : published) {
            if (strict.stream().noneMatch(other -> same(change, other))) {
                differences.add(new Difference(
                        change.what() + ", " + change.from() + " to " + change.to(),
                        change.percent(),
                        null,
                        whyNot(change)));
            }
        }
        added(differences, published, strict);
        return new PaperFigure(
                "10",
                "Change of efficiency with new software on the same hardware",
                "Datacenter, Offline: 100 (E' - E) / E from one round to a later one within a group of organisation,"
                        + " accelerator, number of accelerators and model; " + BINS + " equal bins.",
                published.isEmpty()
                        ? null
                        : new Side(
                                histogram(label, published),
                                statistics(published),
                                List.of(
                                        "Every pair of a group whose major version numbers follow each other, whatever the"
                                                + " system's name; so half of the pairs are not of consecutive rounds.",
                                        "Both targets of v3.0's BERT count as BERT-99.9. Changes below -50 % are cut off."),
                                cut),
                strict.isEmpty()
                        ? null
                        : new Side(
                                histogram(label, strict),
                                statistics(strict),
                                List.of(
                                        "Same organisation, system, accelerators, model and target, adjacent rounds, one"
                                                + " distinct performance and power each, same unit."),
                                changed),
                null,
                differences);
    }

    private static String bertAsHigher(Value value) {
        String key = value.modelKey();
        return key.equals("bert") ? "bert99.9" : key;
    }

    private List<Pair> crossed(Function<Value, String> model) {
        List<Value> values = sources.paper("datacenter").stream()
                .filter(Value::offline)
                .filter(value -> !Double.isNaN(value.number()))
                .toList();
        return Pair.crossed(
                values.stream().filter(Value::isSamples).toList(),
                values.stream().filter(Value::isWatts).toList(),
                model);
    }

    private List<Pair> unambiguous() {
        List<Value> values = sources.strict("datacenter").stream()
                .filter(Value::offline)
                .filter(value -> PaperRounds.INFERENCE.contains(value.round()))
                .toList();
        return Pair.matched(values, Value::isRate, Value::isWatts).stream()
                .filter(pair -> !pair.ambiguous())
                .toList();
    }

    private static List<Change> consecutiveMajors(List<Pair> pairs) {
        Map<List<Object>, List<Pair>> groups = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            Double accelerators = pair.performance().row().machine().accelerators();
            String accelerator = pair.power().row().machine().accelerator();
            if (accelerators != null && !accelerator.isEmpty()) {
                groups.computeIfAbsent(
                                List.of(
                                        pair.performance().row().submission().submitter(),
                                        accelerator,
                                        accelerators,
                                        bertAsHigher(pair.power())),
                                key -> new ArrayList<>())
                        .add(pair);
            }
        }
        List<Change> changes = new ArrayList<>();
        for (List<Pair> group : groups.values()) {
            for (Pair one : group) {
                for (Pair other : group) {
                    if (major(other) == major(one) + 1) {
                        changes.add(change(one.power().model(), one, other));
                    }
                }
            }
        }
        return changes;
    }

    private static int major(Pair pair) {
        return Integer.parseInt(pair.round().substring(1, pair.round().indexOf('.')));
    }

    private List<Change> adjacentRounds(List<Dropped> changed) {
        Map<List<Object>, Map<String, Pair>> groups = new LinkedHashMap<>();
        for (Pair pair : unambiguous()) {
            Value power = pair.power();
            Double accelerators = power.row().machine().accelerators();
            groups.computeIfAbsent(
                            List.of(
                                    Value.plain(power.row().submission().submitter()),
                                    systemWithoutSoftware(power),
                                    Value.plain(power.row().machine().accelerator()),
                                    accelerators == null ? "" : accelerators,
                                    power.modelKey(),
                                    pair.performance().isTokens()),
                            key -> new LinkedHashMap<>())
                    .merge(pair.round(), pair, (one, other) -> one);
        }
        List<Change> changes = new ArrayList<>();
        for (Map<String, Pair> group : groups.values()) {
            for (int i = 0; i + 1 < PaperRounds.INFERENCE.size(); i++) {
                Pair one = group.get(PaperRounds.INFERENCE.get(i));
                Pair other = group.get(PaperRounds.INFERENCE.get(i + 1));
                if (one == null || other == null) {
                    continue;
                }
                Change change = change(one.power().model(), one, other);
                if (one.power().modelKey().startsWith("3dunet") && other.round().equals("v2.0")) {
                    changed.add(new Dropped(
                            change.what() + ", " + change.from() + " to " + change.to(),
                            "the benchmark 3D-UNet changed in v2.0"));
                } else {
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    private static String systemWithoutSoftware(Value value) {
        return value.system().replace("tensorrt", "");
    }

    private static Change change(String what, Pair before, Pair after) {
        return new Change(
                what,
                after.power().row().machine().name(),
                before.round() + " " + before.id(),
                after.round() + " " + after.id(),
                before.efficiency(),
                after.efficiency(),
                (after.efficiency() - before.efficiency()) / before.efficiency() * 100,
                before.power().where() + " / " + after.power().where());
    }

    private static boolean same(Change one, Change other) {
        return one.from().equals(other.from())
                && one.to().equals(other.to())
                && Value.key(one.what()).equals(Value.key(other.what()))
                && Math.abs(one.percent() - other.percent()) < 1e-6;
    }

    private String whyNot(Change change) {
        String from = change.from().substring(0, change.from().indexOf(' '));
        String to = change.to().substring(0, change.to().indexOf(' '));
        int first = PaperRounds.INFERENCE.indexOf(from);
        if (PaperRounds.INFERENCE.indexOf(to) != first + 1) {
            return from + " and " + to + " are not adjacent rounds";
        }
        if (Value.key(change.what()).startsWith("3dunet") && to.equals("v2.0")) {
            return "the benchmark 3D-UNet changed in v2.0";
        }
        return "the systems' names differ, the values are ambiguous, or the target does";
    }

    private static void added(List<Difference> differences, List<Change> published, List<Change> strict) {
        for (Change change : strict) {
            if (published.stream().noneMatch(other -> same(change, other))) {
                String from = change.from().substring(0, change.from().indexOf(' '));
                String to = change.to().substring(0, change.to().indexOf(' '));
                differences.add(new Difference(
                        change.what() + ", " + change.from() + (from.equals(to) ? "" : " to " + change.to()),
                        null,
                        change.percent(),
                        from.equals(to)
                                ? "the published figure lacks it"
                                : "both rounds have one major version number, or the published figure lacks the pair"));
            }
        }
    }

    static Histogram histogram(String label, List<Change> changes) {
        double low = changes.stream().mapToDouble(Change::percent).min().orElse(0);
        double high = changes.stream().mapToDouble(Change::percent).max().orElse(0);
        double width = (high - low) / BINS;
        List<Double> edges = new ArrayList<>();
        for (int i = 0; i <= BINS; i++) {
            edges.add(i == BINS ? high : low + i * width);
        }
        int[] counts = new int[BINS];
        for (Change change : changes) {
            int bin = width == 0 ? 0 : Math.min(BINS - 1, (int) ((change.percent() - low) / width));
            // The division may be off by a rounding at an edge.
            while (bin > 0 && change.percent() < edges.get(bin)) {
                bin--;
            }
            while (bin < BINS - 1 && change.percent() >= edges.get(bin + 1)) {
                bin++;
            }
            counts[bin]++;
        }
        List<Integer> list = new ArrayList<>();
        for (int count : counts) {
            list.add(count);
        }
        return new Histogram(label, changes, edges, list);
    }

    private static String statistics(List<Change> changes) {
        ChangeStatistics statistics = ChangeStatistics.of(changes);
        return String.format(
                Locale.ROOT,
                "n %d, mean %.3f %%, median %.3f %%, %.2f to %.2f %%, %d negative, %.2f %% at or above 50 %%",
                statistics.n(),
                statistics.mean(),
                statistics.median(),
                statistics.min(),
                statistics.max(),
                statistics.negative(),
                statistics.shareAbove50Percent());
    }
}
