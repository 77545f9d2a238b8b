package dev.wattline.analysis.statement;

import dev.wattline.analysis.error.GpuCorrelation;
import dev.wattline.analysis.error.PhaseBudget;
import dev.wattline.analysis.error.Readings;
import dev.wattline.analysis.error.SumBudget;
import dev.wattline.analysis.phases.Ramp;
import dev.wattline.analysis.phases.Span;
import dev.wattline.analysis.result.Components;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.series.WallEnergy;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.stats.Stats;
import dev.wattline.analysis.telemetry.AlignedSignals;
import dev.wattline.analysis.telemetry.PreparedTelemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Level, energy, interval, ramps and correlation of each phase, for each GPU, their sum, and the analyzer. */
public final class PhaseTable {
    private static final double RAMP_REACH_MS = 15_000;
    private static final double IN_STEP = 0.5;
    private static final double QUANTUM_W = 0.01;
    private static final double INTEGER_QUANTUM_W = 1;

    private final @Nullable WallSeries wall;
    private final @Nullable PreparedTelemetry telemetry;
    private final AlignedSignals run;
    private final List<Span> spans;
    private final boolean gainCommon;
    private final List<Readings> readings;
    private final List<List<PhaseBudget>> budgets = new ArrayList<>(); // by phase, then GPU
    private final List<SumBudget> sums = new ArrayList<>();
    private final List<Double> correlations = new ArrayList<>();

    public PhaseTable(
            @Nullable WallSeries wall,
            @Nullable PreparedTelemetry telemetry,
            AlignedSignals run,
            List<Span> spans,
            boolean gainCommon) {
        this.wall = wall;
        this.telemetry = telemetry;
        this.run = run;
        this.spans = spans;
        this.gainCommon = gainCommon;
        this.readings = telemetry == null
                ? List.of()
                : telemetry.gpus().stream()
                        .map(gpu -> Readings.of(
                                        gpu.series(), gpu.model(), gpu.polls().medianMs(), telemetry.lagS() * 1e3)
                                .withLimit(gpu.log().limitW()))
                        .toList();
        for (Span span : spans) {
            add(span);
        }
    }

    private void add(Span span) {
        if (telemetry == null) {
            correlations.add(Double.NaN);
            return;
        }
        double r = readings.size() < 2 || !telemetry.unplaced().isEmpty()
                ? Double.NaN
                : GpuCorrelation.median(GpuCorrelation.sample(readings, span.startMs(), span.endMs()));
        correlations.add(r);
        List<PhaseBudget> own = new ArrayList<>();
        for (int k = 0; k < readings.size(); k++) {
            own.add(budget(k, span.startMs(), span.endMs()));
        }
        budgets.add(own);
        sums.add(SumBudget.of(own, gainCommon, r > IN_STEP));
    }

    /** The budget of one GPU over any interval. */
    private PhaseBudget budget(int gpu, double fromMs, double toMs) {
        PreparedTelemetry source = java.util.Objects.requireNonNull(telemetry);
        PreparedTelemetry.Gpu one = source.gpus().get(gpu);
        Calibration card = one.card();
        if (!source.unplaced().isEmpty()) {
            return PhaseBudget.none(card, Double.NaN);
        }
        double quantum = one.series().isWholeWatts() ? INTEGER_QUANTUM_W : QUANTUM_W;
        PhaseBudget budget = PhaseBudget.of(readings.get(gpu), fromMs, toMs, card, source.lagSigmaS(), quantum);
        return one.stuck() ? PhaseBudget.none(card, budget.gapShare()) : budget; // a stuck sensor says nothing
    }

    public List<Span> spans() {
        return spans;
    }

    public List<Readings> readings() {
        return readings;
    }

    List<PhaseBudget> budgets(int phase) {
        return budgets.get(phase);
    }

    public SumBudget sum(int phase) {
        return sums.get(phase);
    }

    /** One GPU's phases. */
    public List<GpuPhase> gpuPhases(int gpu, WallEvidence evidence) {
        List<GpuPhase> rows = new ArrayList<>();
        for (int p = 0; p < spans.size(); p++) {
            PhaseBudget budget = budgets.get(p).get(gpu);
            Components parts = budget.isGiven() ? components(budget) : Components.NONE;
            rows.add(row(
                    spans.get(p),
                    budget.isGiven(),
                    budget.powerW(),
                    evidence.cardW(p, budget, sums.get(p), readings.size()),
                    evidence.of(p).contradicts(),
                    budget.samplingHalfWidth(),
                    parts,
                    budget.reportedW(),
                    budget.values(),
                    PhaseBudget.isBounded(budget.gapShare(), budget.holes(), budget.powerW()),
                    silence(stuck(gpu)),
                    ramps(p, run.gpuW().get(gpu), stuck(gpu))));
        }
        return rows;
    }

    private boolean stuck(int gpu) {
        return java.util.Objects.requireNonNull(telemetry).gpus().get(gpu).stuck();
    }

    /** What keeps all of this run's phases from having figures; empty if nothing does. */
    private String silence(boolean stuck) {
        boolean unplaced =
                !java.util.Objects.requireNonNull(telemetry).unplaced().isEmpty();
        return stuck ? "stuck" : unplaced ? "unplaced" : "";
    }

    private static Components components(PhaseBudget budget) {
        double percent = 100 / budget.powerW();
        return new Components(
                Math.hypot(budget.coverage(), budget.holes()) * percent,
                budget.atEnds() * percent,
                budget.floor() * percent,
                budget.quant() * percent,
                budget.lag() * percent,
                budget.gain() * percent,
                budget.offset() * percent);
    }

    private static GpuPhase row(
            Span span,
            boolean given,
            double power,
            Interval watts,
            boolean widened,
            double sampling,
            Components parts,
            double reported,
            int values,
            boolean bounded,
            String silence,
            double[] ramps) {
        double seconds = span.seconds();
        boolean gaps = !bounded;
        boolean aliased = widened && given && !watts.isKnown();
        boolean unbounded = gaps || (given && !(watts.isKnown() && Double.isFinite(power) && power > 0));
        boolean usable =
                silence.isEmpty() && !unbounded && given && !span.name().equals("transition");
        String figures = widened ? "widened" : "ok";
        String status = !silence.isEmpty()
                ? silence
                : aliased ? "aliased" : unbounded ? "invalid" : usable ? figures : "transition";
        double nan = Double.NaN;
        return new GpuPhase(
                span.name(),
                instant(span.startMs()),
                instant(span.endMs()),
                usable ? power : nan,
                usable ? power * seconds : nan,
                usable ? watts.times(seconds) : Interval.NONE,
                usable ? Interval.around(power * seconds, sampling * seconds) : Interval.NONE,
                usable ? 100 * watts.halfWidth() / power : nan,
                usable ? parts : Components.NONE,
                usable ? reported : nan,
                values,
                ramps[0],
                ramps[1],
                status);
    }

    /** The phases over all GPUs, with the analyzer's view. */
    public List<PhaseResult> phases(WallEvidence evidence) {
        List<PhaseResult> rows = new ArrayList<>();
        for (int p = 0; p < spans.size(); p++) {
            Span span = spans.get(p);
            GpuPhase gpu = telemetry == null ? null : sumRow(p, evidence);
            double[] leading = run.course().wallW();
            boolean hasWall = wall != null;
            double[] ramps = ramps(p, hasWall ? leading : run.course().gpuW(), false);
            WallEnergy energy =
                    wall == null ? new WallEnergy(0, 0, Double.NaN) : wall.energy(span.startMs(), span.endMs());
            boolean level = energy.isKnown() && !span.name().equals("transition");
            rows.add(new PhaseResult(
                    span.name(),
                    instant(span.startMs()),
                    instant(span.endMs()),
                    span.source(),
                    span.confidence(),
                    span.evidence(),
                    level ? energy.meanW() : Double.NaN,
                    level ? energy.intervalW() : Interval.NONE,
                    energy.isKnown() ? energy.joules() : Double.NaN,
                    energy.intervalJ(),
                    energy.coveredS(),
                    gpu,
                    ramps[0],
                    ramps[1],
                    correlations.get(p)));
        }
        return rows;
    }

    private GpuPhase sumRow(int p, WallEvidence evidence) {
        SumBudget sum = sums.get(p);
        return row(
                spans.get(p),
                sum.isGiven(),
                sum.powerW(),
                evidence.sumW(p, sum),
                evidence.of(p).contradicts(),
                sum.sampling(),
                sum.isGiven() ? sum.components() : Components.NONE,
                sum.reportedW(),
                sum.values(),
                sum.isBounded(),
                silence(java.util.Objects.requireNonNull(telemetry).gpus().stream()
                        .anyMatch(PreparedTelemetry.Gpu::stuck)),
                ramps(p, run.course().gpuW(), false));
    }

    private double[] inside(double[] signal, Span span) {
        double[] starts = run.course().startsMs();
        double[] ends = run.course().endsMs();
        double[] values = new double[signal.length];
        int n = 0;
        for (int i = 0; i < signal.length; i++) {
            if (starts[i] >= span.startMs() && ends[i] <= span.endMs() && !Double.isNaN(signal[i])) {
                values[n++] = signal[i];
            }
        }
        return Arrays.copyOf(values, n);
    }

    /** Slope of the rise into the phase and of the fall out of it; NaN where the step goes the other way. */
    private double[] ramps(int p, double[] signal, boolean stuck) {
        double[] none = {Double.NaN, Double.NaN};
        if (stuck) {
            return none;
        }
        double[] times = new double[signal.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = (run.course().startsMs()[i] + run.course().endsMs()[i]) / 2;
        }
        double level = Stats.median(inside(signal, spans.get(p)));
        double up = p == 0 ? Double.NaN : slope(times, signal, p, level, -1);
        double down = p + 1 == spans.size() ? Double.NaN : slope(times, signal, p, level, 1);
        return new double[] {up > 0 ? up : Double.NaN, down < 0 ? down : Double.NaN};
    }

    private double slope(double[] times, double[] signal, int p, double level, int side) {
        int neighbour = p + side;
        // A transition is no level: the ramp leads to what lies behind it.
        if (spans.get(neighbour).name().equals("transition")
                && neighbour + side >= 0
                && neighbour + side < spans.size()) {
            neighbour += side;
        }
        double at = side < 0 ? spans.get(p).startMs() : spans.get(p).endMs();
        double begins =
                side < 0 ? spans.get(neighbour).endMs() : spans.get(neighbour).startMs();
        if (Math.abs(begins - at) > RAMP_REACH_MS) {
            return Double.NaN; // given phases need not touch each other
        }
        double other = Stats.median(inside(signal, spans.get(neighbour)));
        return side < 0
                ? Ramp.slope(times, signal, at, other, level, RAMP_REACH_MS)
                : Ramp.slope(times, signal, at, level, other, RAMP_REACH_MS);
    }

    public static Instant instant(double epochMs) {
        return Instant.ofEpochMilli(Math.round(epochMs));
    }
}
