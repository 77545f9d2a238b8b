package dev.wattline.analysis.statement;

import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.ProfileEntry;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.analysis.telemetry.PreparedTelemetry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The power profile: what is known of this machine under this load, each line with its bounds and where it comes from. */
public final class ProfileTable {
    private static final double HIGH_PCT = 2;
    private static final double MEDIUM_PCT = 10;

    private ProfileTable() {}

    public static List<ProfileEntry> of(
            List<PhaseResult> phases,
            @Nullable WallResult wall,
            ErrorResult error,
            @Nullable PreparedTelemetry telemetry) {
        List<ProfileEntry> rows = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (PhaseResult phase : phases) {
            int number = seen.merge(phase.name(), 1, Integer::sum);
            String name = number == 1 ? phase.name() : phase.name() + " (" + number + ")";
            wallRows(rows, name, phase);
            GpuPhase gpu = phase.gpu();
            if (gpu != null && !Double.isNaN(gpu.meanW())) { // else the phase has a status that says why not
                Interval watts = gpu.ci95J().times(1 / phase.seconds());
                rows.add(new ProfileEntry(
                        name + ": GPU power",
                        gpu.meanW(),
                        watts,
                        "W",
                        lower(confidence(gpu.meanW(), watts), phase.confidence()),
                        "nvidia-smi, error budget"));
            }
            ramps(rows, name, phase);
        }
        if (wall != null && wall.interceptW() >= 0) {
            rows.add(new ProfileEntry(
                    "wall power without GPUs",
                    wall.interceptW(),
                    Interval.NONE,
                    "W",
                    "Low",
                    "regression of analyzer on nvidia-smi, at 0 W"));
        }
        if (wall != null && !Double.isNaN(wall.slope())) {
            rows.add(new ProfileEntry(
                    "wall power per GPU power reported",
                    wall.slope(),
                    wall.slopeCi(),
                    "W/W",
                    wall.r2() > 0.95 ? "Medium" : "Low",
                    "regression; contains supply, gain, CPU and fans"));
        }
        if (wall != null && !Double.isNaN(wall.gpuCorrelatedSharePct())) {
            rows.add(new ProfileEntry(
                    "GPU-correlated share of wall energy",
                    wall.gpuCorrelatedSharePct(),
                    new Interval(0, wall.gpuCorrelatedSharePct()),
                    "%",
                    "Low",
                    "regression; an upper bound"));
        }
        if (!Double.isNaN(error.pct())) {
            rows.add(new ProfileEntry(
                    "error of nvidia-smi's energy",
                    error.pct(),
                    error.ci95Pct(),
                    "%",
                    lower(ofPoints(error.ci95Pct()), error.reference().equals("calibration") ? "High" : "Medium"),
                    error.reference()));
        }
        if (telemetry != null) {
            sensorRows(rows, telemetry);
        }
        return rows;
    }

    private static void wallRows(List<ProfileEntry> rows, String name, PhaseResult phase) {
        if (Double.isNaN(phase.wallMeanW())) {
            return;
        }
        Interval level = phase.wallCi95W();
        rows.add(new ProfileEntry(
                name + ": wall power",
                phase.wallMeanW(),
                level,
                "W",
                level.isKnown() ? lower(confidence(phase.wallMeanW(), level), phase.confidence()) : "Low",
                "analyzer"));
        rows.add(new ProfileEntry(
                name + ": wall energy",
                phase.wallEnergyJ(),
                phase.wallEnergyCi95J(),
                "J",
                phase.wallCoveredS() > 0.98 * phase.seconds()
                        ? lower(confidence(phase.wallEnergyJ(), phase.wallEnergyCi95J()), phase.confidence())
                        : "Low",
                "analyzer"));
    }

    private static void ramps(List<ProfileEntry> rows, String name, PhaseResult phase) {
        String source = "1 s values: a lower bound of the true slope";
        if (!Double.isNaN(phase.rampUpWps())) {
            Interval bounds = new Interval(phase.rampUpWps(), Double.POSITIVE_INFINITY);
            rows.add(new ProfileEntry(name + ": rise", phase.rampUpWps(), bounds, "W/s", "Low", source));
        }
        if (!Double.isNaN(phase.rampDownWps())) {
            Interval bounds = new Interval(Double.NEGATIVE_INFINITY, phase.rampDownWps());
            rows.add(new ProfileEntry(name + ": fall", phase.rampDownWps(), bounds, "W/s", "Low", source));
        }
    }

    private static void sensorRows(List<ProfileEntry> rows, PreparedTelemetry telemetry) {
        PreparedTelemetry.Gpu gpu = telemetry.gpus().get(0);
        var model = gpu.model();
        String confidence = switch (model.source()) {
            case "user" -> "High";
            case "detected" -> "Medium";
            default -> "Low";
        };
        if (model.isKnown()) {
            rows.add(new ProfileEntry(
                    "sensor update period", model.periodMs(), Interval.NONE, "ms", confidence, model.source()));
            rows.add(new ProfileEntry(
                    "sensor window",
                    model.windowMs(),
                    Interval.NONE,
                    "ms",
                    model.source().equals("user") ? "High" : "Low",
                    model.source().equals("user") ? "user" : "table"));
            rows.add(new ProfileEntry(
                    "share of the time that nvidia-smi saw",
                    100 * model.coverage(gpu.polls().medianMs()),
                    Interval.NONE,
                    "%",
                    confidence,
                    "window over step"));
        }
    }

    private static String confidence(double value, Interval bounds) {
        return ofPercent(100 * bounds.halfWidth() / Math.abs(value));
    }

    /** Of a figure that is itself a percentage: its half-width in points. */
    private static String ofPoints(Interval bounds) {
        return bounds.isKnown() ? ofPercent(bounds.halfWidth()) : "Low";
    }

    private static String ofPercent(double percent) {
        return percent <= HIGH_PCT ? "High" : percent <= MEDIUM_PCT ? "Medium" : "Low";
    }

    private static String lower(String a, String b) {
        List<String> order = List.of("Low", "Medium", "High");
        return order.get(Math.min(order.indexOf(a), order.indexOf(b)));
    }
}
