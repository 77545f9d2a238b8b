package dev.wattline.analysis.calibration;

import dev.wattline.analysis.calibration.Channel.Seen;
import dev.wattline.model.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.stat.correlation.PearsonsCorrelation;

/**
 * Makes a session of a calibration: every model that its sources allow, so that one that is missing later does not make the
 * calibration useless, and refuses what would not hold.
 */
public final class SessionFit {
    private static final double LARGEST_GAP = 0.02; // of the meter
    private static final double HIGHEST_LAG1 = 0.9;
    private static final double SMALL_RESIDUAL = 0.015; // of the highest power
    private static final double LARGEST_STRUCTURAL = 0.02; // of the highest power
    private static final int FEWEST_LEVELS = 8;
    private static final double MOST_CORRELATED = 0.9;
    private static final double[] CARD_SLOPES = {0.85, 1.5};
    private static final double[] CPU_SLOPES = {0.8, 2.0};
    private static final double K95 = 1.96;

    private final PowerGrid grid;
    private final double[] wall;
    private final List<Stair> stairs;
    private final List<String> notes = new ArrayList<>();

    private SessionFit(PowerGrid grid, double[] wall, List<Stair> stairs) {
        this.grid = grid;
        this.wall = wall;
        this.stairs = stairs;
    }

    /**
     * @param wall power at the wall in each second of the grid; NaN where not known
     * @param files SHA-256 of the files read, by name
     * @param cooling what fans and temperatures were
     * @throws CalibrationRefusedException with the reason, if the best model does not hold
     */
    public static CalibrationSession of(
            PowerGrid grid,
            double[] wall,
            List<Stair> stairs,
            Instant begin,
            Map<String, String> files,
            Cooling cooling) {
        SessionFit fit = new SessionFit(grid, wall, stairs);
        fit.requireMeter();
        fit.requireLevels();
        List<WallModel> models = fit.models();
        List<NodeModel> nodes = fit.nodes(models.isEmpty());
        if (models.isEmpty() && nodes.isEmpty()) {
            throw new CalibrationRefusedException(
                    Finding.of("calibration-no-source", "no source sees GPUs, processors or the node"),
                    "Measure with a source of 'wattline doctor' that is ok.");
        }
        boolean exercised = stairs.stream().anyMatch(stair -> stair.cpu() > 0.5 && !(stair.gpu() > 0.5));
        if (!exercised) {
            fit.notes.add("cpu: not exercised: what processors draw by themselves was not measured");
        }
        return new CalibrationSession(
                begin, wall.length, files, fit.levels(), exercised, models, nodes, cooling, List.copyOf(fit.notes));
    }

    private void requireMeter() {
        long missing = Arrays.stream(wall).filter(w -> Double.isNaN(w)).count();
        if (missing > LARGEST_GAP * wall.length) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-meter-gaps",
                                    String.format(
                                            Locale.ROOT,
                                            "the meter has no reading for %.1f %% of the session, and %.0f %% would be the most",
                                            100.0 * missing / wall.length,
                                            100 * LARGEST_GAP))
                            .with("missing in s", missing)
                            .limit("2 % of the session"),
                    "Look at the meter's log, and measure again.");
        }
    }

    private int levels() {
        return (int) stairs.stream()
                .filter(stair -> !stair.holdOut() && !Double.isNaN(stair.gpu() + stair.cpu()))
                .map(stair -> List.of(stair.gpu(), stair.cpu()))
                .distinct()
                .count();
    }

    private void requireLevels() {
        if (stairs.stream().anyMatch(stair -> Double.isNaN(stair.gpu()) || Double.isNaN(stair.cpu()))) {
            notes.add(
                    "the levels of the load are not known: whether cards and processors were told apart is not tested");
            return;
        }
        if (levels() < FEWEST_LEVELS && grid.has(Seen.GPU)) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-few-levels",
                                    "the session has " + levels() + " levels of load, and " + FEWEST_LEVELS
                                            + " are needed")
                            .with("levels", levels())
                            .limit(FEWEST_LEVELS + " levels"),
                    "Use the built-in staircase: wattline workload --staircase full.");
        }
        List<Stair> used = stairs.stream().filter(stair -> !stair.holdOut()).toList();
        double[] gpu = used.stream().mapToDouble(Stair::gpu).toArray();
        double[] cpu = used.stream().mapToDouble(Stair::cpu).toArray();
        double r = new PearsonsCorrelation().correlation(gpu, cpu);
        if (grid.has(Seen.GPU) && r > MOST_CORRELATED) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-loads-together",
                                    String.format(
                                            Locale.ROOT,
                                            "cards and processors were loaded together (correlation %.2f): their shares cannot be told apart",
                                            r))
                            .with("correlation", r)
                            .limit("at most " + MOST_CORRELATED),
                    "Use the built-in staircase: wattline workload --staircase full.");
        }
    }

    private List<WallModel> models() {
        List<WallModel> models = new ArrayList<>();
        for (CpuSight cpu : CpuSight.values()) {
            if (!cpu.isSeenIn(grid)) {
                continue;
            }
            boolean best = models.isEmpty();
            try {
                WallModel model = new WallModelFit(grid, wall, stairs, cpu).fit();
                require(model);
                models.add(model);
            } catch (CalibrationRefusedException e) {
                if (best) {
                    throw e;
                }
                notes.add("no model with " + word(cpu) + ": " + e.getMessage());
            }
        }
        return models;
    }

    static String word(CpuSight cpu) {
        return switch (cpu) {
            case RAPL -> "the packages' counters";
            case OS -> "the processors' activity";
            case NONE -> "the cards alone";
        };
    }

    private static void require(WallModel model) {
        if (!model.holdOut().passed()) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-kept-back-off",
                                    "the model does not hold: "
                                            + model.holdOut().why())
                            .with("error in %", model.holdOut().errorPct())
                            .with("allowed in %", model.holdOut().halfWidthPct()),
                    "Look whether the meter is right, whether anything else is at its outlet, and measure again.");
        }
        // Errors that follow each other do no harm while they are small.
        if (model.lag1() > HIGHEST_LAG1 && model.residualSdW() > SMALL_RESIDUAL * model.topWallW()) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-errors-follow",
                                    String.format(
                                            Locale.ROOT,
                                            "the model's errors follow each other (correlation %.2f): something moves that no source sees",
                                            model.lag1()))
                            .with("correlation", model.lag1())
                            .limit("at most " + HIGHEST_LAG1),
                    "Look for other loads at the meter's outlet, and measure again.");
        }
        if (model.structuralSdW() > LARGEST_STRUCTURAL * model.topWallW()) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-stairs-missed",
                                    String.format(
                                            Locale.ROOT,
                                            "stairs left out are missed by %.1f %% of the highest power, and %.0f %% would be the most",
                                            100 * model.structuralSdW() / model.topWallW(),
                                            100 * LARGEST_STRUCTURAL))
                            .with("missed in W", model.structuralSdW())
                            .with("highest power in W", model.topWallW()),
                    "Look for other loads at the meter's outlet, and measure again.");
        }
        for (int i = 0; i < model.b().length; i++) {
            String name = model.regressors().get(i);
            double[] bounds =
                    name.startsWith("gpu:") ? CARD_SLOPES : name.equals("package") ? CPU_SLOPES : new double[0];
            double half = K95 * Math.sqrt(model.v()[i][i]);
            if (bounds.length > 0 && (model.b()[i] + half < bounds[0] || model.b()[i] - half > bounds[1])) {
                throw new CalibrationRefusedException(
                        Finding.of(
                                        "calibration-slope-odd",
                                        String.format(
                                                Locale.ROOT,
                                                "a W of %s is %.2f W at the wall, which no supply and no regulator explains",
                                                name,
                                                model.b()[i]))
                                .with("of", name)
                                .with("W at the wall for each W", model.b()[i]),
                        "Look whether the meter sees this machine and nothing else.");
            }
        }
    }

    private List<NodeModel> nodes(boolean required) {
        List<NodeModel> nodes = new ArrayList<>();
        for (NodeReadings readings : grid.nodes()) {
            try {
                NodeModel model = new NodeModelFit(readings, wall, stairs).fit();
                if (!model.holdOut().passed()) {
                    throw new CalibrationRefusedException(
                            Finding.of(
                                            "calibration-kept-back-off",
                                            readings.entity() + " does not hold: "
                                                    + model.holdOut().why())
                                    .with("of", readings.entity())
                                    .with("error in %", model.holdOut().errorPct())
                                    .with("allowed in %", model.holdOut().halfWidthPct()),
                            null);
                }
                nodes.add(model);
            } catch (CalibrationRefusedException e) {
                if (required) {
                    throw e;
                }
                notes.add("no model of " + readings.source() + ": " + e.getMessage());
            }
        }
        return nodes;
    }
}
