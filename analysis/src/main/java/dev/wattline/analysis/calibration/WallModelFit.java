package dev.wattline.analysis.calibration;

import dev.wattline.model.finding.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fits a {@link WallModel} to a calibration: means of blocks, least squares with what physics expects, the time constant of
 * the fans by least residuals, and the error of the model's form from leaving each stair out. The hold-out is never fitted.
 */
final class WallModelFit {
    private static final int BLOCK_S = 6;
    private static final int DROPPED_BLOCKS = 2; // at the session's begin
    private static final double[] TAUS_S = {8, 15, 30, 60, 100};
    private static final int ROUNDS = 3;
    private static final double IDLE_CPU = 0.2; // above that the processors are not idle, for a model that sees none

    private final PowerGrid grid;
    private final double[] wall;
    private final List<Stair> stairs;
    private final CpuSight cpu;

    /** @param wall power at the wall in each of the grid's seconds; NaN where not known */
    WallModelFit(PowerGrid grid, double[] wall, List<Stair> stairs, CpuSight cpu) {
        this.grid = grid;
        this.wall = wall;
        this.stairs = stairs;
        this.cpu = cpu;
    }

    /** The rows of one time constant, and what they gave. */
    private record Attempt(Regressors columns, List<Ridge.Row> rows, Ridge ridge, Ridge.Solution solution, double s2) {
        double[] residuals() {
            return rows.stream()
                    .mapToDouble(row -> row.y() - solution.at(row.x()))
                    .toArray();
        }

        double square() {
            return Arrays.stream(residuals()).map(e -> e * e).sum();
        }
    }

    /**
     * @throws CalibrationRefusedException if there is too little to fit
     */
    WallModel fit() {
        Regressors bare = Regressors.of(grid, cpu);
        Attempt best = Arrays.stream(TAUS_S)
                .mapToObj(tau -> attempt(bare.withTau(tau)))
                .min(Comparator.comparingDouble(Attempt::square))
                .orElseThrow();
        double[] residuals = best.residuals();
        double[] walls = best.rows.stream().mapToDouble(Ridge.Row::y).toArray();
        double[] sums =
                Arrays.stream(bare.sum(grid)).filter(w -> !Double.isNaN(w)).toArray();
        WallModel model = new WallModel(
                cpu,
                best.columns.names(),
                best.solution.b(),
                best.solution.v(),
                best.columns.tauS(),
                best.columns.topW(),
                Arrays.stream(sums).min().orElse(0),
                Arrays.stream(walls).max().orElse(0),
                BLOCK_S,
                Math.sqrt(best.square() / residuals.length),
                Ridge.lag1(residuals),
                structural(best),
                cpuSpan(),
                new HoldOut(0, 0, 0, ""));
        // What sees no processor is fitted to idle ones, and the hold-out loads them.
        return cpu == CpuSight.NONE ? model : new HoldOutTrial(grid, wall, stairs).of(model);
    }

    private Attempt attempt(Regressors columns) {
        double[][] seconds = columns.columns(grid, Double.NaN);
        List<Ridge.Row> rows = new ArrayList<>();
        for (int s = 0; s < stairs.size(); s++) {
            Stair stair = stairs.get(s);
            if (stair.holdOut() || (cpu == CpuSight.NONE && stair.cpu() > IDLE_CPU)) {
                continue;
            }
            for (int from = (int) Math.ceil(stair.beginS()); from + BLOCK_S <= stair.endS(); from += BLOCK_S) {
                double[] x = from < DROPPED_BLOCKS * BLOCK_S
                        ? new double[0]
                        : Regressors.mean(seconds, from, from + BLOCK_S);
                double y = mean(wall, from, from + BLOCK_S);
                if (x.length > 0 && !Double.isNaN(y)) {
                    rows.add(new Ridge.Row(x, y, s, from));
                }
            }
        }
        if (rows.size() < 3 * columns.names().size()) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-few-readings",
                                    "only " + rows.size() + " means of " + BLOCK_S
                                            + " s in which meter and sources have readings")
                            .with("means", rows.size()),
                    "Measure the whole staircase with both.");
        }
        Ridge ridge = new Ridge(columns.expected(), columns.spread());
        rows.forEach(row -> ridge.add(row.x(), row.y()));
        double s2 = Math.pow(0.01 * columns.topW(), 2);
        Attempt attempt = new Attempt(columns, rows, ridge, ridge.solve(s2), s2);
        for (int round = 0; round < ROUNDS; round++) {
            double[] residuals = attempt.residuals();
            double variance = Ridge.variance(residuals, Ridge.lag1(residuals));
            attempt = new Attempt(columns, rows, ridge, ridge.solve(variance), variance);
        }
        return attempt;
    }

    static double mean(double[] values, int from, int to) {
        double sum = 0;
        int n = 0;
        for (int k = from; k < to && k < values.length; k++) {
            if (!Double.isNaN(values[k])) {
                sum += values[k];
                n++;
            }
        }
        return n < 0.8 * (to - from) ? Double.NaN : sum / n;
    }

    /** Leaves each stair out, but the lowest and the highest, and looks how far its mean is from what the others say. */
    private double structural(Attempt attempt) {
        int[] used = attempt.rows.stream()
                .mapToInt(Ridge.Row::stair)
                .distinct()
                .boxed()
                .sorted(Comparator.comparingDouble(s -> meanWall(attempt, s)))
                .mapToInt(Integer::intValue)
                .toArray();
        double sum = 0;
        double weight = 0;
        for (int s : IntStream.range(1, used.length - 1).map(i -> used[i]).toArray()) {
            List<Ridge.Row> own =
                    attempt.rows.stream().filter(row -> row.stair() == s).toList();
            Ridge.Solution rest = attempt.ridge.without(own).solve(attempt.s2);
            double[] x = new double[attempt.columns.names().size()];
            double y = 0;
            for (Ridge.Row row : own) {
                for (int i = 0; i < x.length; i++) {
                    x[i] += row.x()[i] / own.size();
                }
                y += row.y() / own.size();
            }
            double error = y - rest.at(x);
            sum += own.size() * Math.max(0, error * error - rest.variance(x));
            weight += own.size();
        }
        return weight > 0 ? Math.sqrt(sum / weight) : 0.01 * attempt.columns.topW();
    }

    private static double meanWall(Attempt attempt, int stair) {
        return attempt.rows.stream()
                .filter(row -> row.stair() == stair)
                .mapToDouble(Ridge.Row::y)
                .average()
                .orElse(0);
    }

    /** Rise from idle to full processors while the cards are idle. */
    private double cpuSpan() {
        double idle = Double.NaN;
        double full = Double.NaN;
        for (Stair stair : stairs) {
            boolean cardsIdle = !(stair.gpu() > 0);
            double mean = mean(wall, (int) Math.ceil(stair.beginS()), (int) stair.endS());
            if (stair.holdOut() || !cardsIdle || Double.isNaN(mean)) {
                continue;
            }
            if (stair.cpu() == 0) {
                idle = !Double.isNaN(idle) ? Math.min(idle, mean) : mean;
            } else if (stair.cpu() >= 1) {
                full = !Double.isNaN(full) ? Math.max(full, mean) : mean;
            }
        }
        return full - idle;
    }
}
