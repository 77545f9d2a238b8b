package dev.wattline.analysis.report;

import dev.wattline.analysis.report.page.Provenance;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import java.util.ArrayList;
import java.util.List;

/** Where each figure of the report comes from: file, method, formula. */
final class Provenances {
    private final RunFacts facts;
    private final SamplingError found;
    private final List<Provenance> rows = new ArrayList<>();

    private Provenances(RunFacts facts) {
        this.facts = facts;
        this.found = facts.found();
    }

    static List<Provenance> of(RunFacts facts) {
        Provenances all = new Provenances(facts);
        all.power();
        all.session();
        all.window();
        if (facts.hasTelemetry()) {
            all.clocks();
            all.error();
            all.share();
            all.sampling();
        }
        all.add(
                "profile",
                "Power profile",
                found(facts),
                files(facts),
                "phases, regression and error budget above",
                "as named in each line");
        return List.copyOf(all.rows);
    }

    private static String found(RunFacts facts) {
        return facts.found().profile().size() + " lines";
    }

    private static String files(RunFacts facts) {
        return RunFacts.files(facts.analyzerFile(), facts.smiFile(), facts.loadgenFile());
    }

    private void add(String key, String quantity, String value, String file, String method, String formula) {
        rows.add(new Provenance(key, quantity, value, file.isEmpty() ? Numbers.NONE : file, method, formula));
    }

    private void power() {
        String value = Numbers.watts(facts.averageWatts()) + ", " + Numbers.joules(facts.energyJ());
        String file = RunFacts.files(facts.analyzerFile(), facts.loadgenFile());
        if (facts.isOfficial()) {
            add(
                    "power",
                    "Average power and energy",
                    value,
                    file,
                    "mean of the samples whose stamp lies in LoadGen's power window; energy is that times the window's length",
                    "official mean: P̄ = Σ Pᵢ / n, E = P̄ · (t_end − t_begin)");
        } else {
            add(
                    "power",
                    "Average power and energy",
                    value,
                    file,
                    "each sample holds for the interval before its stamp, cut at the ends of the window",
                    "interval sum: E = Σ Pᵢ · (tᵢ − tᵢ₋₁), P̄ = E / Σ (tᵢ − tᵢ₋₁)");
        }
    }

    private void session() {
        VerdictSummary verdict = facts.input().verdict();
        VerdictSummary.Metric metric = facts.metric();
        String rules = verdict == null ? "no session was given" : "rules of " + verdict.round();
        add(
                "metric",
                "Power metric",
                metric == null ? Numbers.NONE : Numbers.with(Numbers.digits(metric.value(), 5), metric.unit()),
                RunFacts.files(facts.analyzerFile(), facts.loadgenFile()),
                metric == null || metric.notes().isEmpty() ? rules : String.join("; ", metric.notes()),
                metric == null || metric.scenario().isEmpty()
                        ? "the submission checker's"
                        : "the submission checker's for " + metric.scenario());
        add(
                "verdict",
                "Compliance",
                verdict == null ? Numbers.NONE : verdict.verdict(),
                verdict == null ? "" : "power/client.json, power/server.json, logs of both phases",
                "the official checks, " + rules,
                "the worst of all checks");
    }

    private void window() {
        String value = found.windowStart() == null || found.windowEnd() == null
                ? Numbers.NONE
                : Numbers.stamp(found.windowStart(), facts.zone()) + " to " + Numbers.clock(found.windowEnd());
        boolean loadgen = found.windowSource().equals("loadgen");
        add(
                "window",
                "Window of the main figures",
                value,
                loadgen ? facts.loadgenFile() : files(facts),
                loadgen ? "power_begin to power_end of LoadGen" : facts.windowText(),
                "LoadGen's window, else the longest steady phase, else all of the log");
        add(
                "phases",
                "Phases",
                found.phases().size() + " phases",
                files(facts),
                "levels of power found by change points and named by power, utilisation, memory and LoadGen's window;"
                        + " the course drawn is the mean over each of the analyzer's intervals",
                "PELT with squared cost, penalty 12 · ln n · s²");
    }

    private void clocks() {
        add(
                "clock",
                "Lag between the clocks",
                Numbers.with(Numbers.fixed(found.clock().lagS(), 3), "s") + ", zone "
                        + found.inputs().smiZone(),
                RunFacts.files(facts.analyzerFile(), facts.smiFile()),
                "best of the correlation's peaks by the residual of a robust line; interval by block bootstrap and the"
                        + " unknown phase of the polls",
                "cross-correlation, Huber line, σ² = σ_boot² + (0.15 · D · (1 − c) + T/2)²");
        add(
                "quality",
                "Quality of the log",
                found.quality().rows() + " rows",
                facts.smiFile(),
                "counted while reading; nothing is dropped silently",
                "counts");
        add(
                "sensor",
                "Sensor of each GPU",
                "T " + Numbers.with(Numbers.digits(found.gpus().get(0).sensor().periodMs(), 6), "ms") + ", W "
                        + Numbers.with(
                                Numbers.digits(found.gpus().get(0).sensor().windowMs(), 4), "ms") + " (GPU 0)",
                facts.smiFile(),
                "update period from the instants at which readings change; window from the user, the card's table entry or bounds",
                "periodogram of events: R = |mean exp(2πi·t/T)|; coverage c = min(1, W / max(T, poll))");
    }

    private void error() {
        ErrorResult error = found.error();
        add(
                "plain",
                "nvidia-smi as it is",
                Numbers.joules(error.reportedJ()),
                facts.smiFile(),
                "straight lines between the readings, only the clock set right, cut at the ends of the window",
                "trapezoid");
        add(
                "estimate",
                "Estimate of the GPUs' power and energy",
                Numbers.joules(error.estimateJ()),
                RunFacts.files(facts.smiFile(), found.inputs().calibration()),
                "mean of the readings that saw nothing outside of the phase, offset taken off, gain divided out; "
                        + (error.reference().equals("calibration")
                                ? "gain and offset from the calibration file"
                                : "gain and offset of a population of cards"),
                "inside-values mean: P = (m − o) / g, E = P · (b − a)");
        add(
                "budget",
                "Interval of nvidia-smi's error",
                Numbers.signedInterval(error.ci95Pct()),
                facts.smiFile(),
                "coverage, ends, structure, rounding, lag, gain and offset in quadrature; over GPUs linearly where the cause"
                        + " is common",
                "error budget: ± √(t² · (σ_cov² + σ_edge² + σ_floor² + σ_quant² + σ_lag²)/g² + 1.96² · (σ_gain² + σ_off²))");
    }

    private void share() {
        WallResult wall = found.wall();
        String value = wall == null ? Numbers.NONE : Numbers.joules(wall.gpuCorrelatedJ());
        String file = RunFacts.files(facts.analyzerFile(), facts.smiFile());
        add(
                "share",
                "Wall energy that follows the GPUs",
                value,
                file,
                "robust line of wall power over the GPUs' reported sum; an upper bound",
                "Huber regression (k = 1.345), fixed-b HAC interval: share = slope · mean GPU / mean wall");
        add(
                "residuals",
                "Residuals",
                wall == null ? Numbers.NONE : Numbers.watts(wall.rmsW()) + " RMS",
                file,
                "wall power minus the line, value by value; spectrum with a Hann window",
                "r = P_wall − (b₀ + b₁ · P_GPU)");
    }

    private void sampling() {
        add(
                "rates",
                "Sub-sampling",
                found.subsampling().size() + " rates",
                facts.smiFile(),
                "the log thinned out at up to 50 phases; slower logs: predicted by the error budget",
                "SD over phases of the zero-order-hold mean");
        add(
                "periodic",
                "Worst periodic load",
                Numbers.percent(found.alias().worstPeriodicPct()) + " at "
                        + Numbers.with(Numbers.digits(found.alias().worstPeriodMs(), 4), "ms"),
                facts.smiFile(),
                "closed form for a square wave that is on half of the time, with the swing of the readings",
                "SD = √(Σ 2|c_h|² sinc²(hW/P) [sin(πNhD/P) / (N sin(πhD/P))]²)");
        add(
                "reps",
                "Repetitions",
                "SD of one run " + Numbers.percent(found.reps().cv1Pct()),
                facts.smiFile(),
                "independent starts assumed",
                "N ≥ (1.96 · SD / target)²");
        add(
                "correlation",
                "Correlation of the GPUs",
                found.correlation() == null
                        ? Numbers.NONE
                        : found.correlation().gpus().size() + " GPUs",
                facts.smiFile(),
                "readings inside one phase, moved to UTC",
                "Pearson's r, Spearman's ρ; interval by Fisher's z with n_eff = n (1 − r₁r₂) / (1 + r₁r₂)");
    }
}
