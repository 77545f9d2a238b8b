package dev.wattline.analysis;

import dev.wattline.analysis.result.ClockResult;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.Rounded;
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
                    "%s: %s W on average (%s W), %s J (%s J) over %.1f s (window: %s).",
                    found.inputs().wallName(),
                    Rounded.value(wall.meanW(), wall.meanCi95W()),
                    Rounded.ends(wall.meanCi95W()),
                    Rounded.value(wall.energyJ(), wall.energyCi95J()),
                    Rounded.ends(wall.energyCi95J()),
                    wall.windowS(),
                    found.windowSource()));
        }
        lines.add(headline(found.inputs().readingsName(), found.error()));
        if (!found.gpus().isEmpty()) {
            lines.add(clock(found.clock()));
            lines.add("Alias: " + found.alias().status() + ": " + found.alias().evidence() + ".");
        }
        if (wall != null && !Double.isNaN(wall.slope())) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Wall = %.0f W + %s x GPU (%s), R2 %.4f; %s.",
                    wall.interceptW(),
                    Rounded.value(wall.slope(), wall.slopeCi()),
                    Rounded.ends(wall.slopeCi()),
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
                    Rounded.value(phase.wallMeanW(), phase.wallCi95W()),
                    gpu == null ? "-" : Rounded.value(gpu.meanW(), gpu.ci95J().times(1 / phase.seconds())),
                    gpu == null ? "-" : Rounded.width(gpu.relHalfWidthPct()),
                    status));
        }
        found.warnings().forEach(warning -> lines.add("Note: " + warning));
        return lines;
    }

    /** How wrong nvidia-smi is, in one sentence. */
    public static String headline(ErrorResult error) {
        return headline("nvidia-smi", error);
    }

    private static String headline(String whose, ErrorResult error) {
        if (Double.isNaN(error.pct())) {
            return whose + ": no statement: " + error.because() + ".";
        }
        Interval interval = error.ci95Pct();
        if (!interval.isKnown()) {
            return whose + ": no statement: " + error.contradiction() + ", and the interval reaches down to 0 W.";
        }
        String first =
                error.contradiction().isEmpty() ? whose : "Contradicted: " + error.contradiction() + ". " + whose;
        if (interval.contains(0)) {
            return String.format(
                    Locale.ROOT,
                    "%s: no significant error found, at most %s %% (95 %% interval %s %%); %s.",
                    first,
                    Rounded.value(Math.max(-interval.low(), interval.high()), interval),
                    Rounded.signedEnds(interval),
                    error.because());
        }
        return String.format(
                Locale.ROOT,
                "%s reads %s %% %s, 95 %% interval %s %%, because %s.",
                first,
                Rounded.value(Math.abs(error.pct()), interval),
                error.pct() < 0 ? "low" : "high",
                Rounded.signedEnds(interval),
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
                "Clocks: zone %s, SUT ahead by %s s (%s s).",
                zone,
                Rounded.value(clock.lagS(), clock.lagCi95S()),
                Rounded.ends(clock.lagCi95S()));
    }
}
