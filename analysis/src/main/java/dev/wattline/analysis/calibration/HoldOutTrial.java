package dev.wattline.analysis.calibration;

import dev.wattline.model.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tries a model on the stairs that were kept back. What differs from day to day cannot show here and is left out. */
final class HoldOutTrial {
    private static final double K95 = 1.96;
    private static final int BLOCK_S = 30;
    private static final double WIDER = 1.5; // a block of 30 s against the whole
    private static final double ENOUGH_BLOCKS = 0.8;
    private static final double WIDEST_PCT = 10;

    private final PowerGrid grid;
    private final double[] wall;
    private final List<Stair> stairs;

    HoldOutTrial(PowerGrid grid, double[] wall, List<Stair> stairs) {
        this.grid = grid;
        this.wall = wall;
        this.stairs = stairs;
    }

    /** The seconds that were kept back. */
    private List<Integer> seconds(double[][] columns) {
        List<Integer> kept = new ArrayList<>();
        for (Stair stair : stairs) {
            for (int k = (int) Math.ceil(stair.beginS()); stair.holdOut() && k + 1 <= stair.endS(); k++) {
                if (k < wall.length && !Double.isNaN(wall[k]) && Regressors.mean(columns, k, k + 1).length > 0) {
                    kept.add(k);
                }
            }
        }
        return kept;
    }

    WallModel of(WallModel model) {
        double[][] columns = model.columns().columns(grid, Double.NaN);
        List<Integer> seconds = seconds(columns);
        if (seconds.size() < 2 * BLOCK_S) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-short",
                                    "only " + seconds.size() + " s were kept back to test the model, of " + 2 * BLOCK_S
                                            + " needed")
                            .with("kept back in s", seconds.size()),
                    "Measure the staircase to its end: its last part is the test.");
        }
        double[] x = mean(columns, seconds);
        double error = model.at(x) - mean(seconds);
        double half = K95 * sigma(model, x, seconds.size());
        int inside = 0;
        int blocks = 0;
        for (int from = 0; from + BLOCK_S <= seconds.size(); from += BLOCK_S) {
            List<Integer> block = seconds.subList(from, from + BLOCK_S);
            double[] own = mean(columns, block);
            inside += Math.abs(model.at(own) - mean(block)) <= WIDER * K95 * sigma(model, own, BLOCK_S) ? 1 : 0;
            blocks++;
        }
        double measured = mean(seconds);
        HoldOut result = new HoldOut(
                seconds.size(),
                100 * error / measured,
                100 * half / measured,
                why(error, half, measured, inside, blocks));
        return model.with(result);
    }

    private static String why(double error, double half, double measured, int inside, int blocks) {
        if (Math.abs(error) > half) {
            return String.format(
                    Locale.ROOT,
                    "the part kept back is %.2f %% off, and %.2f %% would be the most",
                    100 * error / measured,
                    100 * half / measured);
        }
        if (inside < ENOUGH_BLOCKS * blocks) {
            return "of " + blocks + " pieces of " + BLOCK_S + " s kept back only " + inside + " are near the model";
        }
        if (100 * half / measured > WIDEST_PCT) {
            return String.format(Locale.ROOT, "its interval is ±%.1f %% on the part kept back", 100 * half / measured);
        }
        return "";
    }

    /** Of a mean over so many seconds. */
    private static double sigma(WallModel model, double[] x, int seconds) {
        double noise = model.residualSdW() * model.residualSdW() * (1 + model.lag1()) / (1 - model.lag1());
        return Math.sqrt(
                model.variance(x) + Math.pow(model.structuralSdW(), 2) + noise * Math.min(1, model.blockS() / seconds));
    }

    private static double[] mean(double[][] columns, List<Integer> seconds) {
        double[] mean = new double[columns.length];
        for (int i = 0; i < mean.length; i++) {
            for (int k : seconds) {
                mean[i] += columns[i][k] / seconds.size();
            }
        }
        return mean;
    }

    private double mean(List<Integer> seconds) {
        return seconds.stream().mapToDouble(k -> wall[k]).average().orElse(Double.NaN);
    }
}
