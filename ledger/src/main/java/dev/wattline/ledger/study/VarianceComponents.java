package dev.wattline.ledger.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How much of the variation of a value is within groups and how much between them: a one-way random effects analysis of
 * variance of the logarithms, so that deviations are relative. In groups of three values and more, those far from their group's
 * median by robust measure are left out of it and told; of two that lie apart nobody can say which is wrong.
 *
 * @param groups groups with two values or more
 * @param values values in them
 * @param within relative standard deviation within groups
 * @param withinLow lower end of its 95 % interval, from the chi-squared distribution
 * @param withinHigh upper end
 * @param robustWithin the same from the median distance to the group's median, which outliers hardly move
 * @param between relative standard deviation between groups, 0 where there is no more than chance makes; null of one group
 * @param greatestRatio greatest over least value within a group, of all groups and with the outliers
 */
public record VarianceComponents(
        int groups,
        int values,
        double within,
        double withinLow,
        double withinHigh,
        double robustWithin,
        @Nullable Double between,
        double greatestRatio,
        List<Outlier> outliers) {
    private static final double FAR = 5;
    private static final int ENOUGH_TO_BLAME = 3;
    private static final double TAIL = 0.025;

    public VarianceComponents {
        outliers = List.copyOf(outliers);
    }

    /** A named value of a group. */
    public record Value(String name, double value) {}

    /** Values that ought to be alike. */
    public record Group(String name, List<Value> values) {
        public Group {
            values = List.copyOf(values);
        }
    }

    /**
     * A value far from its peers.
     *
     * @param ratio the value over its group's median
     */
    public record Outlier(String group, String name, double ratio) {}

    /**
     * The components; groups of one value do not count.
     *
     * @param groups values above 0
     * @return empty if no group has two values
     */
    public static Optional<VarianceComponents> of(List<Group> groups) {
        List<Group> several =
                groups.stream().filter(group -> group.values.size() > 1).toList();
        if (several.isEmpty()) {
            return Optional.empty();
        }
        List<Outlier> outliers = new ArrayList<>();
        List<List<Double>> logs = new ArrayList<>();
        double greatestRatio = 1;
        double scale = robustScale(several);
        for (Group group : several) {
            Series series = Series.of(group.values.stream().map(Value::value).toList());
            greatestRatio = Math.max(greatestRatio, series.max() / series.min());
            List<Double> kept = new ArrayList<>();
            for (Value value : group.values) {
                double off = Math.log(value.value / series.median());
                if (group.values.size() >= ENOUGH_TO_BLAME && scale > 0 && Math.abs(off) > FAR * scale) {
                    outliers.add(new Outlier(group.name, value.name, value.value / series.median()));
                } else {
                    kept.add(Math.log(value.value));
                }
            }
            if (kept.size() > 1) {
                logs.add(kept);
            }
        }
        return analyse(logs, several, scale, greatestRatio, outliers);
    }

    /** The median distance of all values from their group's median, as a standard deviation of their logarithms. */
    private static double robustScale(List<Group> groups) {
        List<Double> distances = new ArrayList<>();
        for (Group group : groups) {
            double median =
                    Series.of(group.values.stream().map(Value::value).toList()).median();
            // The median of few values lies nearer to them than the middle that it stands for.
            double few = Math.sqrt(group.values.size() / (group.values.size() - 1.0));
            group.values.forEach(value -> distances.add(few * Math.log(value.value / median)));
        }
        return Series.of(distances).robustDeviation();
    }

    private static Optional<VarianceComponents> analyse(
            List<List<Double>> logs, List<Group> several, double scale, double greatestRatio, List<Outlier> outliers) {
        int n = logs.stream().mapToInt(List::size).sum();
        int k = logs.size();
        if (k == 0) {
            return Optional.empty();
        }
        double grand = logs.stream().flatMap(List::stream).mapToDouble(x -> x).sum() / n;
        double inside = 0;
        double across = 0;
        double squares = 0;
        for (List<Double> group : logs) {
            double mean = group.stream().mapToDouble(x -> x).average().orElseThrow();
            inside += group.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
            across += group.size() * (mean - grand) * (mean - grand);
            squares += (double) group.size() * group.size();
        }
        int freedom = n - k;
        double meanInside = inside / freedom;
        ChiSquaredDistribution chi = new ChiSquaredDistribution(freedom);
        Double between = null;
        if (k > 1) {
            double size = (n - squares / n) / (k - 1);
            between = Math.sqrt(Math.max(0, (across / (k - 1) - meanInside) / size));
        }
        return Optional.of(new VarianceComponents(
                several.size(),
                several.stream().mapToInt(group -> group.values.size()).sum(),
                Math.sqrt(meanInside),
                Math.sqrt(inside / chi.inverseCumulativeProbability(1 - TAIL)),
                Math.sqrt(inside / chi.inverseCumulativeProbability(TAIL)),
                scale,
                between,
                greatestRatio,
                outliers));
    }
}
