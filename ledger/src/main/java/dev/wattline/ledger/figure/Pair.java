package dev.wattline.ledger.figure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A performance (or latency) and the power (or energy) that it is divided by.
 *
 * @param ambiguous whether the row's names and id fit several performances or powers
 */
record Pair(Value performance, Value power, boolean ambiguous) {

    /** Performance over power; samples per joule of samples per second and watts. */
    double efficiency() {
        return performance.number() / power.number();
    }

    String id() {
        return power.id();
    }

    String round() {
        return power.round();
    }

    /** What the paper's scripts join on: the system's name is not in it. */
    static List<String> publishedKey(Value value, Function<Value, String> model) {
        return List.of(value.id(), model.apply(value), value.scenario(), value.round());
    }

    /**
     * Every performance with every power of its key, as the paper's scripts join them: the cross product where a key has
     * several.
     */
    static List<Pair> crossed(List<Value> performances, List<Value> powers, Function<Value, String> model) {
        Map<List<String>, List<Value>> byKey = new LinkedHashMap<>();
        powers.forEach(power -> byKey.computeIfAbsent(publishedKey(power, model), key -> new ArrayList<>())
                .add(power));
        Map<List<String>, Integer> counts = new LinkedHashMap<>();
        performances.forEach(value -> counts.merge(publishedKey(value, model), 1, Integer::sum));
        List<Pair> pairs = new ArrayList<>();
        for (Value performance : performances) {
            List<String> key = publishedKey(performance, model);
            List<Value> fitting = byKey.getOrDefault(key, List.of());
            for (Value power : fitting) {
                pairs.add(new Pair(performance, power, fitting.size() > 1 || counts.getOrDefault(key, 0) > 1));
            }
        }
        return pairs;
    }

    /**
     * Pairs of one row's performance and power: the same round, id, system, model and scenario. Where a key has one
     * distinct performance and one distinct power, that is its pair. Where it has several, values that stand in adjacent
     * lines, or in one row, belong together, and the pair is marked as ambiguous.
     */
    static List<Pair> matched(List<Value> values, Predicate<Value> performance, Predicate<Value> power) {
        Map<List<String>, List<Value>> byKey = new LinkedHashMap<>();
        for (Value value : values) {
            if (!Double.isNaN(value.number())) {
                byKey.computeIfAbsent(
                                List.of(value.round(), value.id(), value.system(), value.modelKey(), value.scenario()),
                                key -> new ArrayList<>())
                        .add(value);
            }
        }
        List<Pair> pairs = new ArrayList<>();
        for (List<Value> group : byKey.values()) {
            List<Value> performances = group.stream().filter(performance).toList();
            List<Value> powers = group.stream().filter(power).toList();
            if (performances.isEmpty() || powers.isEmpty()) {
                continue;
            }
            if (distinct(performances) == 1 && distinct(powers) == 1) {
                pairs.add(new Pair(performances.get(0), powers.get(0), false));
            } else {
                pairs.addAll(adjacent(group, performance, power));
            }
        }
        return pairs;
    }

    private static long distinct(List<Value> values) {
        return values.stream().map(Value::number).distinct().count();
    }

    private static List<Pair> adjacent(List<Value> group, Predicate<Value> performance, Predicate<Value> power) {
        List<Value> sorted = group.stream()
                .sorted(Comparator.comparing(
                                (Value value) -> value.row().origin().file())
                        .thenComparing(Value::line))
                .toList();
        List<Pair> pairs = new ArrayList<>();
        Set<List<Double>> seen = new HashSet<>();
        for (int i = 0; i + 1 < sorted.size(); i++) {
            Value first = sorted.get(i);
            Value second = sorted.get(i + 1);
            boolean ordered = performance.test(first) && power.test(second);
            boolean reversed = power.test(first) && performance.test(second);
            boolean together = second.line() - first.line() == 1 || first.row().equals(second.row());
            if (together && (ordered || reversed)) {
                Pair pair = new Pair(ordered ? first : second, ordered ? second : first, true);
                if (seen.add(List.of(pair.performance().number(), pair.power().number()))) {
                    pairs.add(pair);
                }
                i++;
            }
        }
        return pairs;
    }
}
