package dev.wattline.analysis;

import dev.wattline.analysis.result.ClockResult;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The main figures of an analysis as lines of text for a terminal. */
public final class AnalysisText {
    private AnalysisText() {}

    /** The lines: headline, clocks, phases, warnings. */
    public static List<String> lines(SamplingError found) {
        List<String> lines = new ArrayList<>();
        WallResult wall = found.wall();
        if (wall != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Analyzer: %.2f W on average, %.0f J over %.1f s (window: %s).",
                    wall.meanW(),
                    wall.energyJ(),
                    wall.windowS(),
                    found.windowSource()));
        }
        lines.add(headline(found.error()));
        if (!found.gpus().isEmpty()) {
            lines.add(clock(found.clock()));
            lines.add("Alias: " + found.alias().status() + ": " + found.alias().evidence() + ".");
        }
        if (wall != null && !Double.isNaN(wall.slope())) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Wall = %.1f W + %.4f x GPU [%.4f, %.4f], R2 %.4f; %s.",
                    wall.interceptW(),
                    wall.slope(),
                    wall.slopeCi().low(),
                    wall.slopeCi().high(),
                    wall.r2(),
                    share(wall)));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%-12s %-13s %9s %12s %12s %8s",
                "phase",
                found.timesAreUtc() ? "begin (UTC)" : "begin (local)",
                "length s",
                "wall W",
                "GPU W",
                "± %"));
        for (PhaseResult phase : found.phases()) {
            GpuPhase gpu = phase.gpu();
            String status = gpu == null || gpu.status().equals("ok") ? "" : "  " + gpu.status();
            lines.add(String.format(
                    Locale.ROOT,
                    "%-12s %-13s %9.1f %12s %12s %8s%s",
                    phase.name(),
                    timeOfDay(phase.start(), found.timesAreUtc()),
                    phase.seconds(),
                    cell(phase.wallMeanW(), 1),
                    cell(gpu == null ? Double.NaN : gpu.meanW(), 1),
                    cell(gpu == null ? Double.NaN : gpu.relHalfWidthPct(), 2),
                    status));
        }
        found.warnings().forEach(warning -> lines.add("Note: " + warning));
        return lines;
    }

    /** How wrong nvidia-smi is, in one sentence. */
    public static String headline(ErrorResult error) {
        if (Double.isNaN(error.pct())) {
            return "nvidia-smi: no statement: " + error.because() + ".";
        }
        return String.format(
                Locale.ROOT,
                "nvidia-smi reads %.1f %% %s, 95 %% interval %+.1f to %+.1f %%, because %s.",
                Math.abs(error.pct()),
                error.pct() < 0 ? "low" : "high",
                error.ci95Pct().low(),
                error.ci95Pct().high(),
                error.because());
    }

    private static String timeOfDay(Instant at, boolean utc) {
        String text = at.toString().substring("2026-11-22T".length());
        return utc ? text : text.substring(0, text.length() - 1);
    }

    private static String share(WallResult wall) {
        return Double.isNaN(wall.gpuCorrelatedSharePct())
                ? wall.reason()
                : String.format(
                        Locale.ROOT,
                        "at most %.1f %% of the wall energy follows the GPUs",
                        wall.gpuCorrelatedSharePct());
    }

    private static String clock(ClockResult clock) {
        String zone = clock.tzOffsetMin() == null ? "unknown" : clock.tzOffsetMin() + " min";
        if (!clock.accepted()) {
            return "Clocks: zone " + zone + ", no lag: " + clock.reason() + ".";
        }
        return String.format(
                Locale.ROOT,
                "Clocks: zone %s, SUT ahead by %.3f s (%.3f to %.3f).",
                zone,
                clock.lagS(),
                clock.lagCi95S().low(),
                clock.lagCi95S().high());
    }

    private static String cell(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
