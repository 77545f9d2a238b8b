package dev.wattline.analysis.statement;

import dev.wattline.analysis.error.AliasProof;
import dev.wattline.analysis.error.PeriodicLoad;
import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.Readings;
import dev.wattline.analysis.result.AliasResult;
import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.stats.Stats;
import dev.wattline.analysis.telemetry.AlignedSignals;
import dev.wattline.analysis.telemetry.PreparedTelemetry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The worst strictly periodic load over the window, and whether the analyzer shows that there is one.
 *
 * @param result the statement
 * @param curve error over the load's period, of the GPU that is worst off
 */
public record AliasCheck(AliasResult result, Curve curve) {
    private static final double NO_RISK_PCT = 1;
    private static final double SEEN_PCT = 0.05; // what one decimal shows
    private static final double HALF_DUTY = 0.5;

    public static AliasCheck of(
            @Nullable PreparedTelemetry telemetry,
            PhaseTable table,
            AlignedSignals run,
            RunWindow window,
            List<String> warnings) {
        Curve worst = Curve.empty("period of the load [ms]", "1.96 SD of the mean [%]");
        if (telemetry == null) {
            return new AliasCheck(new AliasResult("unknown", Double.NaN, Double.NaN, "there is no telemetry"), worst);
        }
        if (!telemetry.unplaced().isEmpty()) {
            return new AliasCheck(new AliasResult("unknown", Double.NaN, Double.NaN, telemetry.unplaced()), worst);
        }
        double from = window.span().startMs();
        double to = window.span().endMs();
        double highest = Double.NaN;
        double at = Double.NaN;
        for (int k = 0; k < telemetry.gpus().size(); k++) {
            PhaseBudget budget = table.budgets(window.phase()).get(k);
            if (!budget.isValid()) {
                continue;
            }
            Readings readings = table.readings().get(k);
            double[] values = readings.inside(from, to);
            double swing = (Stats.quantile(values, 0.99) - Stats.quantile(values, 0.01))
                    / telemetry.gpus().get(k).card().gain();
            Curve curve = new PeriodicLoad(
                            readings.model().coverageWindowMs(),
                            readings.stepMs(),
                            values.length,
                            swing,
                            HALF_DUTY,
                            budget.powerW())
                    .curve();
            int peak = PeriodicLoad.worst(curve);
            if (Double.isNaN(highest) || curve.y(peak) > highest) {
                highest = curve.y(peak);
                at = curve.x(peak);
                worst = curve;
            }
        }
        if (Double.isNaN(highest)) {
            return new AliasCheck(
                    new AliasResult(
                            "unknown",
                            Double.NaN,
                            Double.NaN,
                            "the window holds too few readings, or too many holes, to tell"),
                    worst);
        }
        AliasProof proof = proof(telemetry, run, from, to);
        String status = proof.proven() ? "proven" : highest > NO_RISK_PCT ? "risk" : "none";
        String misread = highest < SEEN_PCT
                ? "no load that repeats every 20 ms to 2 s could be misread by 0.1 % unseen"
                : String.format(
                        Locale.ROOT,
                        "a load that repeats every %.1f ms could be misread by %.1f %% unseen",
                        at,
                        highest);
        String evidence = misread + "; " + proof.text();
        if (proof.proven()) {
            warnings.add("ALIASED: " + proof.text() + ".");
        }
        return new AliasCheck(new AliasResult(status, highest, at, evidence), worst);
    }

    private static AliasProof proof(PreparedTelemetry telemetry, AlignedSignals run, double from, double to) {
        boolean partial = telemetry.gpus().stream()
                .anyMatch(gpu -> gpu.model().coverage(gpu.polls().medianMs()) < 0.999);
        if (!partial) {
            return AliasProof.none("the sensors see all of the time");
        }
        if (!telemetry.lag().accepted()) {
            return AliasProof.none(
                    "the analyzer cannot tell (" + telemetry.lag().reason() + ")");
        }
        double[] starts = run.course().startsMs();
        double[] ends = run.course().endsMs();
        double[] wall = run.course().wallW();
        double[] sum = run.course().gpuW();
        int n = 0;
        double[] g = new double[starts.length];
        double[] w = new double[starts.length];
        for (int i = 0; i < starts.length; i++) {
            if (starts[i] >= from && ends[i] <= to && !Double.isNaN(wall[i]) && !Double.isNaN(sum[i])) {
                g[n] = sum[i];
                w[n++] = wall[i];
            }
        }
        return AliasProof.of(Arrays.copyOf(g, n), Arrays.copyOf(w, n));
    }
}
