package dev.wattline.analysis.calibration;

import dev.wattline.analysis.stats.Stats;
import dev.wattline.model.finding.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Fits a {@link NodeModel}: window and delay by least residuals over a grid, its curve by least squares. */
final class NodeModelFit {
    private static final double[] WINDOWS_S = {1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60};
    private static final int LONGEST_DELAY_S = 14;
    private static final int FEWEST = 20;
    private static final double K95 = 1.96;
    private static final double WIDEST_PCT = 10;
    private static final double SETTLING_S = 12; // at the session's begin

    private final NodeReadings readings;
    private final double[] energy;
    private final int[] unknown; // seconds before
    private final List<Stair> stairs;
    private final double top;
    private final double low;

    /** @param wall power at the wall in each second; NaN where not known */
    NodeModelFit(NodeReadings readings, double[] wall, List<Stair> stairs) {
        this.readings = readings.renewed();
        this.stairs = stairs;
        this.energy = new double[wall.length + 1];
        this.unknown = new int[wall.length + 1];
        for (int k = 0; k < wall.length; k++) {
            boolean known = !Double.isNaN(wall[k]);
            energy[k + 1] = energy[k] + (known ? wall[k] : 0);
            unknown[k + 1] = unknown[k] + (known ? 0 : 1);
        }
        double[] known = Arrays.stream(wall).filter(w -> !Double.isNaN(w)).toArray();
        this.top = Arrays.stream(known).max().orElse(1);
        this.low = Arrays.stream(known).min().orElse(0);
    }

    /** Mean wall power over a time; NaN where it is not known throughout. */
    private double mean(double fromS, double toS) {
        boolean inside = fromS >= 0 && toS <= energy.length - 1 && fromS < toS;
        if (!inside || unknown[(int) Math.ceil(toS)] > unknown[(int) Math.floor(fromS)]) {
            return Double.NaN;
        }
        return (energyAt(toS) - energyAt(fromS)) / (toS - fromS);
    }

    private double energyAt(double second) {
        int k = (int) Math.min(energy.length - 2, Math.floor(second));
        return energy[k] + (second - k) * (energy[k + 1] - energy[k]);
    }

    private record Attempt(double window, double delay, List<Ridge.Row> rows, Ridge ridge, Ridge.Solution solution) {
        double[] residuals() {
            return rows.stream()
                    .mapToDouble(row -> row.y() - solution.at(row.x()))
                    .toArray();
        }

        double meanSquare() {
            return Arrays.stream(residuals()).map(e -> e * e).average().orElse(Double.POSITIVE_INFINITY);
        }
    }

    /**
     * @throws CalibrationRefusedException if there is too little to fit
     */
    NodeModel fit() {
        List<Attempt> attempts = new ArrayList<>();
        for (double window : WINDOWS_S) {
            for (int delay = 0; delay <= LONGEST_DELAY_S; delay++) {
                Attempt attempt = attempt(window, delay, false, Math.pow(0.01 * top, 2));
                if (attempt.rows.size() >= FEWEST) {
                    attempts.add(attempt);
                }
            }
        }
        Attempt first = attempts.stream()
                .min(Comparator.comparingDouble(Attempt::meanSquare))
                .orElseThrow(() -> new CalibrationRefusedException(
                        Finding.of(
                                        "calibration-few-readings",
                                        readings.entity() + ": fewer than " + FEWEST + " readings beside the meter")
                                .with("of", readings.entity()),
                        null));
        double[] residuals = first.residuals();
        double s2 = Ridge.variance(residuals, Ridge.lag1(residuals));
        Attempt best = attempt(first.window, first.delay, false, s2);
        NodeModel model = new NodeModel(
                readings.source(),
                readings.entity(),
                best.solution.b(),
                best.solution.v(),
                best.window,
                best.delay,
                top,
                low,
                Stats.madSd(best.residuals()), // those at a change of load are of timing, and average out
                structural(best),
                new HoldOut(0, 0, 0, ""));
        return tried(model);
    }

    private Attempt attempt(double window, double delay, boolean holdOut, double s2) {
        List<Ridge.Row> rows = new ArrayList<>();
        Ridge ridge = new Ridge(new double[] {0, 1, 0}, new double[][] {
            {Math.pow(0.2 * top, 2), 0, 0}, {0, 0.01, 0}, {0, 0, 0.0009}
        });
        for (int i = 0; i < readings.atS().length; i++) {
            double end = readings.atS()[i] - delay;
            double wall = end - window < SETTLING_S ? Double.NaN : mean(end - window, end);
            int stair = stair(end - window / 2);
            if (!Double.isNaN(wall) && stair >= 0 && stairs.get(stair).holdOut() == holdOut) {
                rows.add(new Ridge.Row(
                        new double[] {1, wall, wall * wall / top}, readings.watts()[i], stair, readings.atS()[i]));
            }
        }
        rows.forEach(row -> ridge.add(row.x(), row.y()));
        return new Attempt(window, delay, rows, ridge, ridge.solve(s2));
    }

    private int stair(double second) {
        for (int s = 0; s < stairs.size(); s++) {
            if (stairs.get(s).holds(second)) {
                return s;
            }
        }
        return -1;
    }

    private double structural(Attempt best) {
        double s2 = Math.pow(Stats.madSd(best.residuals()), 2);
        // Of the curve's form: readings that reach over a change of load tell of timing.
        List<Ridge.Row> steady = best.rows.stream()
                .filter(row -> stair(row.atS() - best.delay - best.window) == row.stair()
                        && stair(row.atS() - best.delay) == row.stair())
                .toList();
        Map<Integer, List<Ridge.Row>> groups =
                (steady.size() < FEWEST ? best.rows : steady).stream().collect(Collectors.groupingBy(Ridge.Row::stair));
        double sum = 0;
        double weight = 0;
        for (List<Ridge.Row> own : groups.values()) {
            Ridge.Solution rest = best.ridge.without(own).solve(s2);
            double[] x = mean(own);
            double error = own.stream().mapToDouble(Ridge.Row::y).average().orElse(0) - rest.at(x);
            double slope = rest.b()[1] + 2 * rest.b()[2] * x[1] / top;
            sum += own.size() * Math.max(0, error * error - rest.variance(x)) / (slope * slope);
            weight += own.size();
        }
        return Math.sqrt(sum / Math.max(1, weight));
    }

    private static double[] mean(List<Ridge.Row> rows) {
        double[] x = new double[3];
        for (Ridge.Row row : rows) {
            for (int i = 0; i < x.length; i++) {
                x[i] += row.x()[i] / rows.size();
            }
        }
        return x;
    }

    /** On what was kept back, by the way that is used later. */
    private NodeModel tried(NodeModel model) {
        List<Stair> kept = stairs.stream().filter(Stair::holdOut).toList();
        double from = kept.stream().mapToDouble(Stair::beginS).min().orElse(0);
        double to = Math.min(
                energy.length - 1, kept.stream().mapToDouble(Stair::endS).max().orElse(0));
        while (to > from && unknown[(int) to] > unknown[(int) to - 1]) {
            to--; // the meter was stopped before the machine
        }
        NodeWindow window = NodeWindow.of(model, readings, from, to);
        double wall = mean(from, to);
        if (window.isEmpty() || Double.isNaN(wall)) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-short",
                                    readings.entity() + ": too few readings in the part that was kept back")
                            .with("of", readings.entity()),
                    "Measure the staircase to its end: its last part is the test.");
        }
        double error = window.watts() - wall;
        double half = K95 * Math.sqrt(model.variance(wall) + Math.pow(model.structuralSdW(), 2) + window.variance());
        String why = "";
        if (Math.abs(error) > half) {
            why = String.format(
                    Locale.ROOT,
                    "the part kept back is %.2f %% off, and %.2f %% would be the most",
                    100 * error / wall,
                    100 * half / wall);
        } else if (100 * half / wall > WIDEST_PCT) {
            why = String.format(Locale.ROOT, "its interval is ±%.1f %% on the part kept back", 100 * half / wall);
        }
        return model.with(new HoldOut(to - from, 100 * error / wall, 100 * half / wall, why));
    }
}
