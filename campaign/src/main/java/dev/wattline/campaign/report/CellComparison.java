package dev.wattline.campaign.report;

import dev.wattline.campaign.plan.BaselineComparison;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.records.query.GroupStatistics.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cell against the one that differs from it in one factor alone.
 *
 * @param cell the cell
 * @param by the factor
 * @param value the cell's value of it
 * @param baseline the other's
 * @param change what that came to
 * @param number sessions of the cell
 * @param baselineNumber sessions of the other
 */
public record CellComparison(
        Cell cell, String by, String value, String baseline, Change change, int number, int baselineNumber) {
    /** All that a campaign's comparison comes to, where both cells have sessions. */
    public static List<CellComparison> of(BaselineComparison comparison, Map<Cell, double[]> values) {
        Map<SortedMap<String, String>, double[]> baselines = new HashMap<>();
        values.forEach((cell, numbers) -> {
            if (comparison.baseline().equals(cell.factors().get(comparison.by()))) {
                baselines.put(others(cell, comparison.by()), numbers);
            }
        });
        List<CellComparison> all = new ArrayList<>();
        values.forEach((cell, numbers) -> {
            String value = cell.factors().get(comparison.by());
            double[] baseline = baselines.get(others(cell, comparison.by()));
            if (value != null
                    && !value.equals(comparison.baseline())
                    && baseline != null
                    && baseline.length > 0
                    && numbers.length > 0) {
                all.add(new CellComparison(
                        cell,
                        comparison.by(),
                        value,
                        comparison.baseline(),
                        Change.of(numbers, baseline),
                        numbers.length,
                        baseline.length));
            }
        });
        return all;
    }

    /** Two workloads have other parameters: their cells are never compared by anything but the workload itself. */
    private static SortedMap<String, String> others(Cell cell, String by) {
        SortedMap<String, String> all = new TreeMap<>(cell.factors());
        all.remove(by);
        return all;
    }
}
