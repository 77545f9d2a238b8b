package dev.wattline.analysis.calibration;

import dev.wattline.model.finding.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;

/**
 * Whether a calibration holds in a new session beside a meter.
 *
 * @param outcome what it comes to
 * @param why in words
 * @param levels the session's loads
 * @param shiftW by how much more is inferred than measured, in the mean over time
 * @param shiftPct that in percent of what was measured
 */
public record CalibrationVerdict(Outcome outcome, String why, List<Level> levels, double shiftW, double shiftPct) {
    private static final double LEAST_S = 20; // shorter loads tell of timing
    private static final double SIGNIFICANCE = 0.01;

    public CalibrationVerdict {
        levels = List.copyOf(levels);
    }

    /** What a check can come to. */
    public enum Outcome {
        /** Each load's power is inside its interval. */
        HOLDS,
        /** All loads are off by about the same. */
        DRIFTED,
        /** Loads are off by different amounts, or by far too much: the machine is another than was calibrated. */
        BROKEN
    }

    /**
     * A load.
     *
     * @param stair the load
     * @param measuredW what the meter showed
     * @param inferredW what the calibration says
     * @param halfWidthW half of the 95 % interval of that
     * @param formSigmaW standard deviation of what it may be off by on one day
     */
    public record Level(Stair stair, double measuredW, double inferredW, double halfWidthW, double formSigmaW) {
        double error() {
            return inferredW - measuredW;
        }
    }

    /**
     * Checks.
     *
     * @param wall power at the wall in each second of the grid; NaN where not known
     * @throws CalibrationRefusedException if nothing can be compared
     */
    public static CalibrationVerdict of(
            PowerCalibration calibration, PowerGrid grid, double[] wall, List<Stair> stairs, Instant begin) {
        WallPredictor predictor = new WallPredictor(
                calibration,
                new WallPredictor.Use(
                        true, Math.min(Assumed.OLDEST_MONTHS, calibration.months(begin)), 1, Optional.empty()));
        List<Level> levels = new ArrayList<>();
        for (Stair stair : stairs) {
            int from = (int) Math.ceil(stair.beginS());
            int to = (int) Math.floor(stair.endS());
            double measured = WallModelFit.mean(wall, from, to);
            if (stair.seconds() < LEAST_S - 0.5 || Double.isNaN(measured)) {
                continue;
            }
            predictor.predict(grid, from, to).ifPresent(found -> {
                double fit = found.termsW().getOrDefault("fit", 0.0);
                double form = found.termsW().getOrDefault("form", 0.0);
                levels.add(new Level(stair, measured, found.watts(), found.halfWidthW(), Math.hypot(fit, form)));
            });
        }
        if (levels.size() < 3) {
            throw new CalibrationRefusedException(
                    Finding.of(
                                    "calibration-few-readings",
                                    "only " + levels.size() + " loads of " + Math.round(LEAST_S)
                                            + " s or more can be compared")
                            .with("loads", levels.size()),
                    "Measure the staircase with the sources that the calibration was made with.");
        }
        return of(levels);
    }

    private static CalibrationVerdict of(List<Level> levels) {
        double seconds =
                levels.stream().mapToDouble(level -> level.stair().seconds()).sum();
        double shift = levels.stream()
                        .mapToDouble(level -> level.error() * level.stair().seconds())
                        .sum()
                / seconds;
        double mean = levels.stream()
                        .mapToDouble(level -> level.measuredW() * level.stair().seconds())
                        .sum()
                / seconds;
        long outside = levels.stream()
                .filter(level -> Math.abs(level.error()) > level.halfWidthW())
                .count();
        long far = levels.stream()
                .filter(level -> Math.abs(level.error()) > 2 * level.halfWidthW())
                .count();
        double chi2 = levels.stream()
                .mapToDouble(level -> Math.pow((level.error() - shift) / level.formSigmaW(), 2))
                .sum();
        double limit = new ChiSquaredDistribution(levels.size() - 1).inverseCumulativeProbability(1 - SIGNIFICANCE);
        double pct = 100 * shift / mean;
        if (outside == 0) {
            return new CalibrationVerdict(
                    Outcome.HOLDS, "all " + levels.size() + " loads are inside their intervals", levels, shift, pct);
        }
        String count = outside + " of " + levels.size() + " loads are outside of their intervals";
        if (far > 0 || chi2 > limit) {
            return new CalibrationVerdict(
                    Outcome.BROKEN,
                    count
                            + (far > 0
                                    ? ", " + far + " by more than twice"
                                    : String.format(
                                            Locale.ROOT,
                                            ", by different amounts (chi-square %.0f, at most %.0f)",
                                            chi2,
                                            limit))
                            + ": calibrate anew",
                    levels,
                    shift,
                    pct);
        }
        return new CalibrationVerdict(
                Outcome.DRIFTED,
                count + ", all by about the same: add this session with 'wattline calibrate --add'",
                levels,
                shift,
                pct);
    }
}
