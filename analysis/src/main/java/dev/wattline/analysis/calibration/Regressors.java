package dev.wattline.analysis.calibration;

import dev.wattline.analysis.calibration.Channel.Seen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of a wall model: a constant, each card, the packages, the memory, the sum of all behind a low-pass (fans follow
 * power slowly), and its square (supplies lose more the more they give).
 *
 * @param cards the cards' entities, in order
 * @param cpu by what the processors are seen
 * @param memory whether memory has a column
 * @param tauS time constant of the low-pass in s
 * @param topW the sum's highest value in the calibration, in W
 */
record Regressors(List<String> cards, CpuSight cpu, boolean memory, double tauS, double topW) {
    Regressors {
        cards = List.copyOf(cards);
    }

    static Regressors of(PowerGrid grid, CpuSight cpu) {
        boolean memory = cpu == CpuSight.RAPL && grid.has(Seen.DRAM);
        Regressors bare = new Regressors(grid.entities(Seen.GPU), cpu, memory, 1, 1);
        double top = Arrays.stream(bare.sum(grid))
                .filter(w -> !Double.isNaN(w))
                .max()
                .orElse(1);
        return new Regressors(bare.cards, cpu, memory, 1, Math.max(1, top));
    }

    Regressors withTau(double seconds) {
        return new Regressors(cards, cpu, memory, seconds, topW);
    }

    List<String> names() {
        List<String> names = new ArrayList<>(List.of("1"));
        cards.forEach(card -> names.add("gpu:" + card));
        if (cpu != CpuSight.NONE) {
            names.add(cpu == CpuSight.RAPL ? "package" : "activity");
        }
        if (memory) {
            names.add("dram");
        }
        names.add("lowpass");
        names.add("square");
        return names;
    }

    /** Whether a grid has all that the columns are made of. */
    boolean areIn(PowerGrid grid) {
        return grid.entities(Seen.GPU).containsAll(cards)
                && cards.size() == grid.entities(Seen.GPU).size()
                && (cpu == CpuSight.NONE || cpu.isSeenIn(grid))
                && (!memory || grid.has(Seen.DRAM));
    }

    /** The series that are added up. */
    private List<double[]> parts(PowerGrid grid) {
        List<double[]> parts = new ArrayList<>();
        cards.forEach(card -> parts.add(grid.of(Seen.GPU, card)));
        if (cpu != CpuSight.NONE) {
            parts.add(grid.sum(cpu == CpuSight.RAPL ? Seen.PACKAGE : Seen.ACTIVITY));
        }
        if (memory) {
            parts.add(grid.sum(Seen.DRAM));
        }
        return parts;
    }

    /** All that is seen, second by second; NaN where a part is not known. */
    double[] sum(PowerGrid grid) {
        double[] sum = new double[grid.seconds()];
        for (double[] part : parts(grid)) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += k < part.length ? part[k] : Double.NaN;
            }
        }
        return sum;
    }

    /** The columns, second by second. What the low-pass held before the first second is the first sum, or what is given. */
    double[][] columns(PowerGrid grid, double before) {
        List<double[]> columns = new ArrayList<>();
        double[] sum = sum(grid);
        double[] ones = new double[sum.length];
        Arrays.fill(ones, 1);
        columns.add(ones);
        columns.addAll(parts(grid));
        columns.add(lowPass(sum, before));
        columns.add(Arrays.stream(sum).map(w -> w * w / topW).toArray());
        return columns.toArray(double[][]::new);
    }

    private double[] lowPass(double[] sum, double before) {
        double[] slow = new double[sum.length];
        double keep = Math.exp(-1 / tauS);
        double held = before;
        for (int k = 0; k < sum.length; k++) {
            if (!Double.isNaN(sum[k])) {
                // The mean over the second of what follows a power that is constant within it.
                double mean = Double.isNaN(held) ? sum[k] : sum[k] + (held - sum[k]) * tauS * (1 - keep);
                held = Double.isNaN(held) ? sum[k] : sum[k] + (held - sum[k]) * keep;
                slow[k] = mean;
            } else {
                slow[k] = Double.NaN;
            }
        }
        return slow;
    }

    /** Mean of the columns over a part; null where more than a fifth of it is not known. */
    static double[] mean(double[][] columns, int from, int to) {
        double[] mean = new double[columns.length];
        int n = 0;
        for (int k = from; k < to; k++) {
            boolean known = true;
            for (double[] column : columns) {
                known &= k < column.length && !Double.isNaN(column[k]);
            }
            if (known) {
                n++;
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += columns[i][k];
                }
            }
        }
        if (n == 0 || n < 0.8 * (to - from)) {
            return new double[0];
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= n;
        }
        return mean;
    }

    /** What physics makes one expect of the coefficients. */
    double[] expected() {
        List<Double> mu = new ArrayList<>(List.of(0.07 * topW));
        cards.forEach(card -> mu.add(1.07));
        if (cpu != CpuSight.NONE) {
            mu.add(cpu == CpuSight.RAPL ? 1.18 : 1.0);
        }
        if (memory) {
            mu.add(1.2);
        }
        mu.add(0.03);
        mu.add(0.01);
        return mu.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** How far from that they are expected. Cards of one machine share what their supplies do. */
    double[][] spread() {
        int n = names().size();
        double[][] p = new double[n][n];
        p[0][0] = sq(0.5 * topW);
        for (int i = 1; i <= cards.size(); i++) {
            for (int k = 1; k <= cards.size(); k++) {
                p[i][k] = sq(0.08) + (i == k ? sq(0.04) : 0);
            }
        }
        int next = cards.size() + 1;
        if (cpu != CpuSight.NONE) {
            p[next][next] = sq(cpu == CpuSight.RAPL ? 0.12 : 0.6);
            next++;
        }
        if (memory) {
            p[next][next] = sq(0.3);
            next++;
        }
        p[next][next] = sq(0.03);
        p[next + 1][next + 1] = sq(0.025);
        return p;
    }

    private static double sq(double value) {
        return value * value;
    }
}
