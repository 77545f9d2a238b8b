package dev.wattline.report.session;

import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Provenance;
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
        if (!facts.isCovered()) {
            all.add("estimate", "All other figures", Numbers.NONE, files(facts), RunFacts.UNCOVERED, "none");
            return List.copyOf(all.rows);
        }
        if (facts.hasTelemetry()) {
            all.clocks();
            all.error();
            all.share();
            all.sampling();
        }
        facts.input()
                .sources()
                .ifPresent(sources -> all.add(
                        "sources",
                        "Sources by scope",
                        sources.energies().size() + " figures",
                        RunFacts.files(facts.analyzerFile(), facts.loadgenFile(), "telemetry/testing/meta.json"),
                        "counters: the difference of both ends; readings: their mean over time; gain, offset, delay and"
                                + " unseen time as assumed of each kind of source; of the analyzer the 1 % that the rules"
                                + " allow, and the window's ends",
                        "95 %: ± 1.96 · √(Σ σ²); of a difference of sources likewise"));
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
        add(
                "power",
                "Average power and energy",
                Numbers.watts(facts.averageWatts(), facts.averageWattsCi95()) + " ("
                        + Numbers.ends(facts.averageWattsCi95(), "W") + "), "
                        + Numbers.joules(facts.energyJ(), facts.energyCi95J()),
                RunFacts.files(facts.analyzerFile(), facts.loadgenFile()),
                "each sample holds for the interval before its stamp; of one that an end of the window cuts, the part"
                        + " inside lies between it and its neighbour inside. The official metric takes whole samples"
                        + " instead",
                "interval sum: E = Σ Pᵢ · (tᵢ − tᵢ₋₁), P̄ = E / Σ (tᵢ − tᵢ₋₁)");
    }

    private void session() {
        SessionReport checked = facts.input().checked();
        PowerMetric metric = facts.metric();
        String rules = checked == null ? "no session was given" : "rules of " + checked.round();
        add(
                "metric",
                "Power metric",
                facts.metricText(),
                RunFacts.files(facts.analyzerFile(), facts.loadgenFile()),
                metric == null || metric.noteTexts().isEmpty() ? rules : String.join("; ", metric.noteTexts()),
                metric == null || metric.scenario().isEmpty()
                        ? "the submission checker's"
                        : "the submission checker's for " + metric.scenario());
        add(
                "verdict",
                "Verdict",
                checked == null ? Numbers.NONE : checked.together().level().word(),
                checked == null ? "" : "power/client.json, power/server.json, logs of both phases",
                "the official checks, " + rules + ", and our own audit",
                "the worst of both; unknown sources of the tools alone make it suspect");
    }

    private void window() {
        String value = !facts.isCovered() || found.windowStart() == null || found.windowEnd() == null
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
                Numbers.with(Numbers.within(found.clock().lagS(), found.clock().lagCi95S()), "s") + ", zone "
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
                "T " + Numbers.with(Numbers.nominal(found.gpus().get(0).sensor().periodMs()), "ms") + ", W "
                        + Numbers.with(
                                Numbers.nominal(found.gpus().get(0).sensor().windowMs()), "ms") + " (GPU 0)",
                facts.smiFile(),
                "update period from the instants at which readings change; window from the user, the card's table entry or bounds",
                "periodogram of events: R = |mean exp(2πi·t/T)|; coverage c = min(1, W / max(T, poll))");
    }

    private void error() {
        ErrorResult error = found.error();
        add(
                "plain",
                facts.readings() + " as it is",
                Numbers.joules(error.reportedJ(), error.estimateCi95J()),
                facts.smiFile(),
                "straight lines between the readings, only the clock set right, cut at the ends of the window",
                "trapezoid");
        add(
                "estimate",
                "Estimate of the GPUs' power and energy",
                Numbers.joules(error.estimateJ(), error.estimateCi95J()),
                RunFacts.files(facts.smiFile(), found.inputs().calibration()),
                "mean of the readings that saw nothing outside of the phase, offset taken off, gain divided out; "
                        + (error.reference().equals("calibration")
                                ? "gain and offset from the calibration file"
                                : "gain and offset of a population of cards"),
                "inside-values mean: P = (m − o) / g, E = P · (b − a)");
        add(
                "budget",
                "Interval of the error of " + facts.readings(),
                Numbers.signedInterval(error.ci95Pct()),
                facts.smiFile(),
                "coverage, ends, structure, rounding, lag, gain and offset in quadrature; over GPUs linearly where the cause"
                        + " is common",
                "error budget: ± √(t² · (σ_cov² + σ_edge² + σ_floor² + σ_quant² + σ_lag²)/g² + 1.96² · (σ_gain² + σ_off²))");
    }

    private void share() {
        WallResult wall = found.wall();
        String value = wall == null ? Numbers.NONE : Numbers.joules(wall.gpuCorrelatedJ(), Interval.NONE);
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
                wall == null || Double.isNaN(wall.rmsW()) ? Numbers.NONE : Numbers.watts(wall.rmsW()) + " RMS",
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
