package dev.wattline.analysis.source;

import dev.wattline.analysis.calibration.Channel;
import dev.wattline.analysis.calibration.Channel.Seen;
import dev.wattline.analysis.calibration.NodeReadings;
import dev.wattline.analysis.calibration.PowerGrid;
import dev.wattline.analysis.source.CrossVerdict.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.ranking.NaturalRanking;

/**
 * Sources of one machine against each other by how they move: what a controller shows rises with its parts, and packages
 * draw more when they are busier. Where both stand still nothing can be said.
 */
final class CourseCheck {
    private static final double K95 = IntervalEnergy.K95;
    private static final int BLOCK_S = 5;
    private static final int FEWEST = 20;
    private static final int LONG_BLOCK_S = 30; // some counters are read each 10 s: what is between is not known
    private static final int FEWEST_LONG = 12;
    private static final double LEAST_SPREAD = 0.25; // of what the processors can do; less tells of noise
    private static final double LEAST_RANK = 0.5;
    private static final int[] WINDOWS_S = {1, 2, 3, 5, 7, 10, 14, 20, 25, 30, 35, 40, 45, 50, 55, 60};
    private static final int LONGEST_DELAY_S = 14;
    private static final double LEAST_RISE = 0.1; // standard deviation of the parts over their mean
    private static final double LOW_RISE = 0.98; // W of the node for each W of the parts: the rest falls a little,
    private static final double HIGH_RISE = 1.35; // or rises, as memory, regulators and fans do
    private static final double EXPLAINED = 0.9; // of the variance: below that the controller's window is another
    private static final double NOT_AT_ALL = 0.5; // W for each W: no window of a reasonable length does this
    private static final int SLOW_S = 180; // what varies over this is seen by any window
    private static final int LEAST_SLOW_S = 600;

    /** Standard uncertainty of both gains: 5.1 % of a controller's, 5 % of the parts'; assumed, as in SourcePrior. */
    private static final double GAINS = 0.07;

    private final PowerGrid grid;
    private final List<CrossVerdict> verdicts = new ArrayList<>();

    private CourseCheck(PowerGrid grid) {
        this.grid = grid;
    }

    /** @param grid the time that was measured */
    static List<CrossVerdict> of(PowerGrid grid) {
        CourseCheck check = new CourseCheck(grid);
        check.activity();
        grid.nodes().forEach(check::rest);
        return check.verdicts;
    }

    /** Packages against how busy the operating system says they are. */
    private void activity() {
        if (!has(Seen.PACKAGE) || !has(Seen.ACTIVITY)) {
            return;
        }
        double[] watts = blocks(sum(Seen.PACKAGE));
        double[] busy = blocks(sum(Seen.ACTIVITY));
        int[] known = IntStream.range(0, watts.length)
                .filter(k -> !Double.isNaN(watts[k] + busy[k]))
                .toArray();
        String what = "rapl against os (package power follows activity)";
        List<String> figures = List.of("package rapl");
        double[] x = Arrays.stream(known).mapToDouble(k -> busy[k]).toArray();
        double[] y = Arrays.stream(known).mapToDouble(k -> watts[k]).toArray();
        double full = PowerGrid.activityWatts(1, 1);
        double spread = x.length == 0
                ? 0
                : (Arrays.stream(x).max().orElse(0) - Arrays.stream(x).min().orElse(0)) / full;
        if (x.length < FEWEST || spread < LEAST_SPREAD) {
            add(
                    what,
                    figures,
                    Outcome.CANNOT_SAY,
                    x.length < FEWEST
                            ? "shorter than " + FEWEST * BLOCK_S + " s"
                            : "the processors' activity hardly varies");
            return;
        }
        NaturalRanking ranking = new NaturalRanking();
        boolean still = Arrays.stream(y).distinct().count() < 2;
        double rank = still ? 0 : new PearsonsCorrelation().correlation(ranking.rank(x), ranking.rank(y));
        double half = K95 * 1.03 / Math.sqrt(x.length - 3); // of Fisher's transform of a rank correlation
        double z = Math.log((1 + Math.min(rank, 1 - 1e-9)) / (1 - Math.min(rank, 1 - 1e-9))) / 2;
        String found = String.format(
                Locale.ROOT,
                "rank correlation %.2f (%.2f to %.2f), expected above %.1f",
                rank,
                Math.tanh(z - half),
                Math.tanh(z + half),
                LEAST_RANK);
        if (Math.tanh(z - half) > LEAST_RANK) {
            add(what, figures, Outcome.CONSISTENT, "");
        } else if (Math.tanh(z + half) < LEAST_RANK) {
            add(what, figures, Outcome.CONTRADICT, "the packages' power does not follow their activity: " + found);
        } else {
            add(what, figures, Outcome.CANNOT_SAY, found);
        }
    }

    /** What a controller shows against the sum of the parts: what is left over may not fall as they rise, nor run ahead. */
    private void rest(NodeReadings all) {
        if (!has(Seen.GPU) && !has(Seen.PACKAGE)) {
            return;
        }
        String what = all.source() + " against its parts (what the rest does as they rise)";
        List<String> figures = new ArrayList<>(List.of("node " + all.source()));
        for (Channel channel : grid.channels()) {
            String figure = channel.seen().name().toLowerCase(Locale.ROOT) + " " + channel.source();
            if (channel.seen() != Seen.ACTIVITY && !figures.contains(figure)) {
                figures.add(figure);
            }
        }
        String missing = !has(Seen.GPU) ? "GPUs" : has(Seen.PACKAGE) ? "" : "packages";
        if (!missing.isEmpty()) {
            add(what, figures, Outcome.CANNOT_SAY, "the " + missing + " are not seen, and may move against the others");
            return;
        }
        double[] parts = sum(Seen.GPU);
        for (Seen seen : List.of(Seen.PACKAGE, Seen.DRAM)) {
            double[] more = sum(seen);
            for (int k = 0; k < parts.length && has(seen); k++) {
                parts[k] += more[k];
            }
        }
        NodeReadings renewed = all.renewed();
        Line best = null;
        for (int window : WINDOWS_S) {
            for (int delay = 0; delay <= LONGEST_DELAY_S; delay++) {
                Line line = Line.of(renewed, parts, window, delay);
                if (line != null && line.count >= FEWEST_LONG && (best == null || line.r2 > best.r2)) {
                    best = line;
                }
            }
        }
        if (best == null || best.spread < LEAST_RISE) {
            add(
                    what,
                    figures,
                    Outcome.CANNOT_SAY,
                    best == null
                            ? "fewer than " + FEWEST_LONG + " times " + LONG_BLOCK_S + " s with a renewed reading"
                            : "the parts hardly vary");
            return;
        }
        double half = K95 * Math.hypot(best.sigma, GAINS * Math.abs(best.slope));
        String found = String.format(
                Locale.ROOT,
                "the rest rises by %.2f W (%.2f to %.2f) for each W of the parts, and %.2f to %.2f is possible",
                best.slope - 1,
                best.slope - 1 - half,
                best.slope - 1 + half,
                LOW_RISE - 1,
                HIGH_RISE - 1);
        boolean outside = best.slope + half < LOW_RISE || best.slope - half > HIGH_RISE;
        boolean follows = best.r2 >= EXPLAINED;
        boolean still = Math.abs(best.slope) + half < NOT_AT_ALL && slowSpread(parts) >= LEAST_RISE;
        if (outside && (follows || still)) {
            add(what, figures, Outcome.CONTRADICT, found + ": one of them is wrong");
        } else if (best.slope >= LOW_RISE && best.slope <= HIGH_RISE && half <= HIGH_RISE - LOW_RISE) {
            add(what, figures, Outcome.CONSISTENT, "");
        } else {
            add(
                    what,
                    figures,
                    Outcome.CANNOT_SAY,
                    follows
                            ? found
                            : String.format(
                                    Locale.ROOT,
                                    "no window and delay of the controller explains its readings by the parts (R² %.2f)",
                                    best.r2));
        }
    }

    /** Standard deviation over mean of the parts' means over some minutes; 0 where it was not measured long enough. */
    private static double slowSpread(double[] parts) {
        if (parts.length < LEAST_SLOW_S) {
            return 0;
        }
        double[] means = IntStream.rangeClosed(0, parts.length - SLOW_S)
                .mapToDouble(k -> Arrays.stream(parts, k, k + SLOW_S).average().orElse(Double.NaN))
                .filter(mean -> !Double.isNaN(mean))
                .toArray();
        double mean = Arrays.stream(means).average().orElse(Double.NaN);
        double squares =
                Arrays.stream(means).map(one -> (one - mean) * (one - mean)).sum();
        return means.length < 2 ? 0 : Math.sqrt(squares / means.length) / mean;
    }

    /** A straight line of the controller's readings over the parts' mean in the window that each stands for, by blocks. */
    private record Line(double slope, double sigma, double r2, double spread, int count) {
        static @org.jspecify.annotations.Nullable Line of(NodeReadings node, double[] parts, int window, int delay) {
            double[] sums = new double[parts.length + 1];
            for (int k = 0; k < parts.length; k++) {
                sums[k + 1] = sums[k] + parts[k];
            }
            double[][] blocks = new double[parts.length / LONG_BLOCK_S + 1][3];
            for (int i = 0; i < node.atS().length; i++) {
                int end = (int) Math.floor(node.atS()[i] - delay);
                double mean = end - window >= 0 && end <= parts.length
                        ? (sums[end] - sums[end - window]) / window
                        : Double.NaN;
                int block = (int) Math.floor(node.atS()[i] / LONG_BLOCK_S);
                if (!Double.isNaN(mean) && block >= 0 && block < blocks.length) {
                    blocks[block][0] += mean;
                    blocks[block][1] += node.watts()[i];
                    blocks[block][2]++;
                }
            }
            List<double[]> pairs = Arrays.stream(blocks)
                    .filter(block -> block[2] > 0)
                    .map(block -> new double[] {block[0] / block[2], block[1] / block[2]})
                    .toList();
            int n = pairs.size();
            if (n < 3) {
                return null;
            }
            double x = pairs.stream().mapToDouble(pair -> pair[0]).average().orElse(0);
            double y = pairs.stream().mapToDouble(pair -> pair[1]).average().orElse(0);
            double xx = pairs.stream()
                    .mapToDouble(pair -> (pair[0] - x) * (pair[0] - x))
                    .sum();
            double xy = pairs.stream()
                    .mapToDouble(pair -> (pair[0] - x) * (pair[1] - y))
                    .sum();
            double yy = pairs.stream()
                    .mapToDouble(pair -> (pair[1] - y) * (pair[1] - y))
                    .sum();
            if (!(xx > 0)) {
                return null;
            }
            double slope = xy / xx;
            double[] left = pairs.stream()
                    .mapToDouble(pair -> pair[1] - y - slope * (pair[0] - x))
                    .toArray();
            double squares = Arrays.stream(left).map(e -> e * e).sum();
            double next = 0;
            for (int i = 1; i < n; i++) {
                next += left[i] * left[i - 1];
            }
            // Residuals that follow each other are worth fewer.
            double lag1 = squares > 0 ? Math.max(0, Math.min(0.95, next / squares)) : 0;
            double sigma = Math.sqrt(squares / Math.max(1, n - 2) / xx * (1 + lag1) / (1 - lag1));
            double r2 = yy > 0 ? 1 - squares / yy : 0;
            return new Line(slope, sigma, r2, Math.sqrt(xx / n) / Math.max(1e-9, x), n);
        }
    }

    private boolean has(Seen seen) {
        return grid.channels().stream().anyMatch(channel -> channel.seen() == seen);
    }

    private double[] sum(Seen seen) {
        double[] sum = new double[grid.seconds()];
        for (int i = 0; i < grid.watts().length; i++) {
            if (grid.channels().get(i).seen() == seen) {
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += k < grid.watts()[i].length ? grid.watts()[i][k] : Double.NaN;
                }
            }
        }
        return sum;
    }

    private static double[] blocks(double[] seconds) {
        double[] means = new double[seconds.length / BLOCK_S];
        for (int k = 0; k < means.length; k++) {
            means[k] = Arrays.stream(seconds, k * BLOCK_S, (k + 1) * BLOCK_S)
                    .average()
                    .orElse(Double.NaN);
        }
        return means;
    }

    private void add(String what, List<String> figures, Outcome outcome, String why) {
        verdicts.add(new CrossVerdict(what, figures, outcome, Double.NaN, Double.NaN, why));
    }
}
