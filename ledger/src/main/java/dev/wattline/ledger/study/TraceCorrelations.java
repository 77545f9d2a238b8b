package dev.wattline.ledger.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.jspecify.annotations.Nullable;

/**
 * Correlation coefficients between the powers of several cards or nodes over time. Of the power itself, which is high
 * already where all go through the same phases, and by ranks of its changes from one step to the next, in which the few jumps
 * between phases weigh no more than others: whether they vary together within phases.
 *
 * @param stepMillis length of a step: a second, or the longest median interval of the traces
 * @param pairs each two traces, in the order of the traces
 */
public record TraceCorrelations(long stepMillis, List<Pair> pairs) {
    private static final long SECOND = 1000;
    /** Fewer independent steps tell nothing: Fisher's z has a standard error of 1 at four. */
    private static final int LEAST_STEPS = 12;

    private static final double LEAST_INDEPENDENT = 4;
    private static final double NORMAL_95 = 1.959963984540054;
    private static final double NEARLY_ONE = 0.999999;

    public TraceCorrelations {
        pairs = List.copyOf(pairs);
    }

    /**
     * The power of a card or a node.
     *
     * @param millis times of the readings, ms since 1970, ascending
     * @param watts the readings
     */
    @SuppressWarnings("ArrayRecordComponent") // long series, which nobody compares
    public record Trace(String name, long[] millis, double[] watts) {}

    /**
     * Two traces.
     *
     * @param steps steps in which both have readings
     * @param power Pearson's r of the mean powers of these steps; null of fewer than twelve, or if one does not vary
     * @param low lower end of its 95 % interval by Fisher's z with the number of independent steps, which the
     *     autocorrelation at one step makes smaller; null where fewer than four are independent
     * @param high upper end
     * @param changes Spearman's rank correlation of the changes between adjacent steps; null as {@code power}
     */
    public record Pair(
            String first,
            String second,
            int steps,
            @Nullable Double power,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double changes) {}

    /** The correlations of each two of the traces; those without two readings have no pair that says anything. */
    public static TraceCorrelations of(List<Trace> traces) {
        long step = traces.stream().mapToLong(TraceCorrelations::medianInterval).reduce(SECOND, Math::max);
        List<Map<Long, Double>> means =
                traces.stream().map(trace -> means(trace, step)).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < traces.size(); i++) {
            for (int k = i + 1; k < traces.size(); k++) {
                pairs.add(pair(traces.get(i).name(), traces.get(k).name(), means.get(i), means.get(k)));
            }
        }
        return new TraceCorrelations(step, pairs);
    }

    private static long medianInterval(Trace trace) {
        long[] intervals = new long[Math.max(0, trace.millis().length - 1)];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = trace.millis()[i + 1] - trace.millis()[i];
        }
        Arrays.sort(intervals);
        return intervals.length == 0 ? 0 : intervals[intervals.length / 2];
    }

    private static Map<Long, Double> means(Trace trace, long step) {
        Map<Long, double[]> sums = new TreeMap<>();
        for (int i = 0; i < trace.millis().length; i++) {
            double[] sum = sums.computeIfAbsent(Math.floorDiv(trace.millis()[i], step), at -> new double[2]);
            sum[0] += trace.watts()[i];
            sum[1]++;
        }
        Map<Long, Double> means = new TreeMap<>();
        sums.forEach((at, sum) -> means.put(at, sum[0] / sum[1]));
        return means;
    }

    private static Pair pair(String first, String second, Map<Long, Double> one, Map<Long, Double> two) {
        List<Double> a = new ArrayList<>();
        List<Double> b = new ArrayList<>();
        List<Double> changesOfA = new ArrayList<>();
        List<Double> changesOfB = new ArrayList<>();
        Long before = null;
        for (Map.Entry<Long, Double> each : one.entrySet()) {
            Double other = two.get(each.getKey());
            if (other == null) {
                continue;
            }
            if (before != null && each.getKey() == before + 1) {
                changesOfA.add(each.getValue() - a.get(a.size() - 1));
                changesOfB.add(other - b.get(b.size() - 1));
            }
            a.add(each.getValue());
            b.add(other);
            before = each.getKey();
        }
        Double power = known(a, b, new PearsonsCorrelation()::correlation);
        Double low = null;
        Double high = null;
        if (power != null) {
            double product = autocorrelation(a) * autocorrelation(b);
            double independent = a.size() * (1 - product) / (1 + product);
            if (independent > LEAST_INDEPENDENT) {
                double z = 0.5 * Math.log((1 + inside(power)) / (1 - inside(power)));
                double half = NORMAL_95 / Math.sqrt(independent - 3);
                low = Math.tanh(z - half);
                high = Math.tanh(z + half);
            }
        }
        return new Pair(
                first,
                second,
                a.size(),
                power,
                low,
                high,
                known(changesOfA, changesOfB, new SpearmansCorrelation()::correlation));
    }

    private static double inside(double r) {
        return Math.max(-NEARLY_ONE, Math.min(NEARLY_ONE, r));
    }

    private static @Nullable Double known(List<Double> a, List<Double> b, ToDoubleBiFunction<double[], double[]> r) {
        if (a.size() < LEAST_STEPS) {
            return null;
        }
        double value = r.applyAsDouble(array(a), array(b));
        return Double.isNaN(value) ? null : value; // one of them does not vary
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** At one step; taken for none below 0, which would make more independent steps than there are. */
    private static double autocorrelation(List<Double> values) {
        double mean = mean(values);
        double products = 0;
        double squares = 0;
        for (int i = 0; i < values.size(); i++) {
            double x = values.get(i) - mean;
            squares += x * x;
            if (i > 0) {
                products += x * (values.get(i - 1) - mean);
            }
        }
        return squares > 0 ? Math.max(0, products / squares) : 0;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
