package dev.wattline.analysis.statement;

import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.SumBudget;
import dev.wattline.analysis.result.Components;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.telemetry.PreparedTelemetry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the plain reading of nvidia-smi beside the best estimate of the truth, and says where the difference comes from. */
public final class ErrorStatement {
    private ErrorStatement() {}

    public static ErrorResult of(
            @Nullable PreparedTelemetry telemetry,
            PhaseTable table,
            RunWindow window,
            @Nullable WallResult wall,
            WallEvidence evidence) {
        if (telemetry == null) {
            return ErrorResult.none("there is no telemetry");
        }
        SumBudget sum = table.sum(window.phase());
        if (telemetry.gpus().stream().anyMatch(PreparedTelemetry.Gpu::stuck)) {
            return ErrorResult.none("a GPU's reading is stuck");
        }
        if (!telemetry.unplaced().isEmpty()) {
            return ErrorResult.none(telemetry.unplaced());
        }
        if (!sum.isGiven()) {
            return ErrorResult.none("the window '" + window.span().name() + "' holds only " + sum.values()
                    + " readings of a GPU that saw nothing else, " + PhaseBudget.MIN_VALUES + " are needed");
        }
        if (!sum.isBounded()) {
            return ErrorResult.none(String.format(
                    Locale.ROOT,
                    "%.0f %% of the window '%s' are holes in the nvidia-smi log, and what they may hide leaves no figure",
                    100 * sum.gapShare(),
                    window.span().name()));
        }
        double seconds = window.span().seconds();
        double reported = plain(telemetry, window);
        double estimate = sum.powerW() * seconds;
        WallEvidence.Allowed allowed = evidence.of(window.phase());
        if (allowed.contradicts() && !allowed.sumW().isKnown()) {
            return ErrorResult.none(allowed.reason() + ", and the wall's other phases do not tell what the GPUs drew");
        }
        Interval interval = evidence.sumW(window.phase(), sum).times(seconds);
        if (!interval.isKnown() || !(estimate > 0)) {
            return ErrorResult.none(
                    "the readings of the window '" + window.span().name() + "' leave no interval of the GPUs' energy");
        }
        double gain = 0;
        double offset = 0;
        List<PhaseBudget> budgets = table.budgets(window.phase());
        for (int k = 0; k < budgets.size(); k++) {
            var card = telemetry.gpus().get(k).card();
            gain += (card.gain() - 1) * budgets.get(k).powerW();
            offset += card.offsetW();
        }
        boolean prior = telemetry.gpus().stream().anyMatch(gpu -> gpu.card().prior());
        double timing = 100 * (reported - sum.reportedW() * seconds) / estimate;
        double shareJ = wall != null && wall.gpuCorrelatedJ() > 0 ? wall.gpuCorrelatedJ() : Double.NaN;
        return new ErrorResult(
                percent(reported, estimate),
                interval.low() <= 0
                        ? Interval.NONE
                        : new Interval(percent(reported, interval.high()), percent(reported, interval.low())),
                sum.components(),
                timing,
                100 * gain / sum.powerW(),
                100 * offset / sum.powerW(),
                reported,
                estimate,
                interval,
                shareJ,
                percent(reported, shareJ),
                againstShare(reported, shareJ, wall),
                prior ? "prior" : "calibration",
                because(sum.components(), prior, timing, 100 * gain / sum.powerW(), 100 * offset / sum.powerW()),
                window.span().name(),
                allowed.reason());
    }

    private static double percent(double value, double reference) {
        return 100 * (value / reference - 1);
    }

    private static Interval againstShare(double reported, double shareJ, @Nullable WallResult wall) {
        if (wall == null || Double.isNaN(shareJ)) {
            return Interval.NONE;
        }
        double high = shareJ * wall.slopeCi().high() / wall.slope();
        double low = shareJ * wall.slopeCi().low() / wall.slope();
        return low <= 0 ? Interval.NONE : new Interval(percent(reported, high), percent(reported, low));
    }

    /** What a reader gets from the log as it is: the trapezoid over its stamps, only the clock set right. */
    private static double plain(PreparedTelemetry telemetry, RunWindow window) {
        double sum = 0;
        double move = telemetry.lagS() * 1e3;
        for (PreparedTelemetry.Gpu gpu : telemetry.gpus()) {
            PowerSeries series = gpu.series();
            double[] energy = series.energyAt(
                    new double[] {window.span().startMs() + move, window.span().endMs() + move});
            sum += energy[1] - energy[0];
        }
        return sum;
    }

    private static String because(Components parts, boolean prior, double timing, double gain, double offset) {
        Map<Double, String> biases = new TreeMap<>();
        biases.put(Math.abs(gain), String.format(Locale.ROOT, "the gain of the cards (%+.1f %%)", gain));
        biases.put(Math.abs(offset), String.format(Locale.ROOT, "the offset of the cards (%+.1f %%)", offset));
        biases.put(
                Math.abs(timing),
                String.format(Locale.ROOT, "late and smeared readings at the window's ends (%+.1f %%)", timing));
        Map<Double, String> doubts = new TreeMap<>();
        doubts.put(parts.coveragePct(), "time that the sensors do not see");
        doubts.put(parts.gainPct(), prior ? "the gain of cards that were not calibrated" : "the calibration's gain");
        doubts.put(
                parts.offsetPct(), prior ? "the offset of cards that were not calibrated" : "the calibration's offset");
        doubts.put(parts.lagPct(), "the lag between the clocks");
        doubts.put(parts.edgePct(), "the ends of the window");
        doubts.put(parts.floorPct(), "structure inside the sensor's window");
        return "the largest part of the difference is " + last(biases) + ", and of the uncertainty " + last(doubts);
    }

    private static String last(Map<Double, String> byWeight) {
        return ((TreeMap<Double, String>) byWeight).lastEntry().getValue();
    }
}
