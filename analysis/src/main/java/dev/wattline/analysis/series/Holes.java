package dev.wattline.analysis.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The times over which too few readings tell the GPUs' sum: one GPU's readings lie more than 2.5 median intervals apart, or those
 * of half of the GPUs more than 1.5 (one poll is missing), and half a second at least. Immutable.
 */
final class Holes {
    /** No hole at all. */
    static final Holes NONE = new Holes(new double[0], new double[0]);

    private static final double LONG = 2.5;
    private static final double ONE_MISSING = 1.5;
    private static final double LEAST_MS = 500; // beside shorter ones an analyzer's second holds readings enough

    private static final double ALMOST_HALF = 0.499; // weights are sums of fractions

    private final double[] fromMs; // rising, apart from each other
    private final double[] toMs;

    private Holes(double[] fromMs, double[] toMs) {
        this.fromMs = fromMs;
        this.toMs = toMs;
    }

    private record Edge(double ms, double weight) {}

    /** The holes of these GPUs' sum, their stamps moved by so many ms. */
    static Holes of(List<PowerSeries> gpus, double[] movesMs) {
        List<Edge> edges = new ArrayList<>();
        for (int g = 0; g < gpus.size(); g++) {
            PowerSeries gpu = gpus.get(g);
            double median = PollStats.of(gpu).medianMs();
            for (int i = 1; i < gpu.size(); i++) {
                double interval = (double) gpu.timeMs(i) - gpu.timeMs(i - 1);
                if (interval > Math.max(LEAST_MS, ONE_MISSING * median)) {
                    double weight = interval > LONG * median ? 1 : 1.0 / gpus.size();
                    edges.add(new Edge(gpu.timeMs(i - 1) + movesMs[g], weight));
                    edges.add(new Edge(gpu.timeMs(i) + movesMs[g], -weight));
                }
            }
        }
        edges.sort(Comparator.comparingDouble(Edge::ms));
        double[] from = new double[edges.size()];
        double[] to = new double[edges.size()];
        int n = 0;
        double missing = 0;
        for (Edge edge : edges) {
            boolean was = missing > ALMOST_HALF;
            missing += edge.weight();
            if (!was && missing > ALMOST_HALF) {
                from[n] = edge.ms();
            } else if (was && missing <= ALMOST_HALF) {
                to[n++] = edge.ms();
            }
        }
        return new Holes(Arrays.copyOf(from, n), Arrays.copyOf(to, n));
    }

    /** The same holes later by this many ms. */
    Holes movedBy(double ms) {
        return new Holes(
                Arrays.stream(fromMs).map(t -> t + ms).toArray(),
                Arrays.stream(toMs).map(t -> t + ms).toArray());
    }

    /** Whether a hole reaches into the time between these two. */
    boolean reachInto(double beginMs, double endMs) {
        int found = Arrays.binarySearch(fromMs, endMs);
        int before = (found >= 0 ? found : -found - 1) - 1; // the last hole that begins before the end
        return before >= 0 && toMs[before] > beginMs;
    }
}
