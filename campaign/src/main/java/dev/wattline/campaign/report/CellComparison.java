package dev.wattline.campaign.report;

import dev.wattline.campaign.plan.BaselineComparison;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.records.query.GroupStatistics.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A cell against the one that differs from it in one factor alone. Where the order was {@code random-blocks} the sessions of a
 * block are pairs, if there are at least three; else the groups are held against one another.
 *
 * @param cell the cell
 * @param by the factor
 * @param value the cell's value of it
 * @param baseline the other's
 * @param change what that came to
 * @param pairs how many pairs that is from; 0 where none were made
 * @param number sessions of the cell
 * @param baselineNumber sessions of the other
 * @param probability that of the change by chance, after Holm for all comparisons of the metric; NaN where there is none
 */
public record CellComparison(
        Cell cell,
        String by,
        String value,
        String baseline,
        Change change,
        int pairs,
        int number,
        int baselineNumber,
        double probability) {
    private static final int FEWEST_PAIRS = 3; // two pairs say next to nothing

    /** All of a plan's comparisons of one metric, where both cells have sessions. */
    public static List<CellComparison> of(CampaignPlan plan, RunTable table, int metric) {
        Map<Cell, SortedMap<Integer, Double>> values = table.byRepeat(metric);
        boolean blocks = plan.order() == CampaignPlan.Order.RANDOM_BLOCKS;
        List<CellComparison> all = new ArrayList<>();
        plan.comparisons().forEach(comparison -> all.addAll(of(comparison, values, blocks)));
        double[] adjusted =
                holm(all.stream().mapToDouble(one -> one.change().probability()).toArray());
        return IntStream.range(0, adjusted.length)
                .mapToObj(i -> all.get(i).with(adjusted[i]))
                .toList();
    }

    private CellComparison with(double adjusted) {
        return new CellComparison(cell, by, value, baseline, change, pairs, number, baselineNumber, adjusted);
    }

    private static List<CellComparison> of(
            BaselineComparison comparison, Map<Cell, SortedMap<Integer, Double>> values, boolean blocks) {
        Map<SortedMap<String, String>, SortedMap<Integer, Double>> baselines = new HashMap<>();
        values.forEach((cell, numbers) -> {
            if (comparison.baseline().equals(cell.factors().get(comparison.by()))) {
                baselines.put(others(cell, comparison.by()), numbers);
            }
        });
        List<CellComparison> all = new ArrayList<>();
        values.forEach((cell, numbers) -> {
            String value = cell.factors().get(comparison.by());
            SortedMap<Integer, Double> baseline = baselines.get(others(cell, comparison.by()));
            if (value != null
                    && !value.equals(comparison.baseline())
                    && baseline != null
                    && !baseline.isEmpty()
                    && !numbers.isEmpty()) {
                TreeSet<Integer> both = new TreeSet<>(numbers.keySet());
                both.retainAll(baseline.keySet());
                boolean paired = blocks && both.size() >= FEWEST_PAIRS;
                all.add(new CellComparison(
                        cell,
                        comparison.by(),
                        value,
                        comparison.baseline(),
                        paired
                                ? Change.ofPairs(array(numbers, both), array(baseline, both))
                                : Change.of(array(numbers, numbers.keySet()), array(baseline, baseline.keySet())),
                        paired ? both.size() : 0,
                        numbers.size(),
                        baseline.size(),
                        Double.NaN));
            }
        });
        return all;
    }

    private static double[] array(Map<Integer, Double> values, Iterable<Integer> repeats) {
        List<Double> all = new ArrayList<>();
        repeats.forEach(repeat -> all.add(values.getOrDefault(repeat, Double.NaN)));
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Two workloads have other parameters: their cells are never compared by anything but the workload itself. */
    private static SortedMap<String, String> others(Cell cell, String by) {
        SortedMap<String, String> all = new TreeMap<>(cell.factors());
        all.remove(by);
        return all;
    }

    /**
     * Holm's step-down: the probability that any of a family is as far from 0 by chance.
     *
     * @param probabilities NaN where a comparison has none; it is no part of the family
     */
    static double[] holm(double[] probabilities) {
        List<Integer> family = IntStream.range(0, probabilities.length)
                .filter(i -> !Double.isNaN(probabilities[i]))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> probabilities[i]))
                .toList();
        double[] adjusted = new double[probabilities.length];
        Arrays.fill(adjusted, Double.NaN);
        double greatest = 0;
        for (int i = 0; i < family.size(); i++) {
            greatest = Math.max(greatest, Math.min(1, (family.size() - i) * probabilities[family.get(i)]));
            adjusted[family.get(i)] = greatest;
        }
        return adjusted;
    }
}
