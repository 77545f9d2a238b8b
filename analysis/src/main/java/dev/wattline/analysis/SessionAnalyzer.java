package dev.wattline.analysis;

import dev.wattline.analysis.clock.Lag;
import dev.wattline.analysis.error.BlockBootstrap;
import dev.wattline.analysis.error.GpuCorrelation;
import dev.wattline.analysis.error.Readings;
import dev.wattline.analysis.error.RepetitionPlan;
import dev.wattline.analysis.error.SubSampler;
import dev.wattline.analysis.error.SumBudget;
import dev.wattline.analysis.phases.Course;
import dev.wattline.analysis.phases.PhaseFinder;
import dev.wattline.analysis.phases.Span;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.result.ClockResult;
import dev.wattline.analysis.result.CorrelationResult;
import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.result.Diagnostics;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.GpuResult;
import dev.wattline.analysis.result.Inputs;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.Quality;
import dev.wattline.analysis.result.Repetitions;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.SensorResult;
import dev.wattline.analysis.result.SubSampling;
import dev.wattline.analysis.sensor.SensorModel;
import dev.wattline.analysis.sensor.UpdatePeriod;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.analysis.statement.AliasCheck;
import dev.wattline.analysis.statement.ErrorStatement;
import dev.wattline.analysis.statement.PhaseTable;
import dev.wattline.analysis.statement.ProfileTable;
import dev.wattline.analysis.statement.RunWindow;
import dev.wattline.analysis.statement.Traces;
import dev.wattline.analysis.statement.WallEvidence;
import dev.wattline.analysis.statement.WallLog;
import dev.wattline.analysis.statement.WallView;
import dev.wattline.analysis.telemetry.AlignedSignals;
import dev.wattline.analysis.telemetry.LogQuality;
import dev.wattline.analysis.telemetry.PreparedTelemetry;
import dev.wattline.analysis.telemetry.TelemetryWarnings;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges an analyzer's log and an nvidia-smi log and says how wrong nvidia-smi is on this run, how sure that is, and why.
 * Each works alone too: with the analyzer's log only there are energy and phases, with nvidia-smi only there is no
 * comparison.
 */
public final class SessionAnalyzer {
    private static final double Z95 = 1.96;
    private static final double BLOCKS_TOLERANCE = 1.5;

    private final AnalysisRequest request;
    private final List<String> warnings = new ArrayList<>();
    private final @Nullable WallSeries wall;
    private final @Nullable Path nodes; // given as telemetry, and taken as the wall's side
    private final String wallForm;
    private final @Nullable PreparedTelemetry telemetry;
    private final AlignedSignals run;
    private final PhaseTable table;
    private final RunWindow window;

    private SessionAnalyzer(AnalysisRequest request) {
        if (request.spl() == null && request.smi() == null) {
            throw new AnalysisInputException(
                    "nothing to analyse: neither an analyzer's log nor an nvidia-smi log was given",
                    "Give a session folder, or --spl and --smi.");
        }
        this.request = request;
        warnings.addAll(request.notes());
        this.nodes =
                request.spl() == null && request.smi() != null && WallLog.isOfNodes(request.smi(), request.columns())
                        ? request.smi()
                        : null;
        if (nodes != null) {
            warnings.add(nodes.getFileName()
                    + " holds the power of whole nodes and of no GPU: it is taken as the wall's side.");
        }
        Path ofWall = nodes != null ? nodes : request.spl();
        WallLog ofLog =
                ofWall == null ? null : WallLog.read(ofWall, nodes != null ? request.columns() : List.of(), warnings);
        this.wall = ofLog == null ? null : ofLog.series();
        this.wallForm = ofLog == null ? "" : ofLog.form();
        if (wall != null && wall.rejected() > 0) {
            warnings.add("Lines of the analyzer's log that are no samples, or out of order: " + wall.rejected() + " ("
                    + String.join("; ", wall.examples()) + ").");
        }
        this.telemetry = request.smi() == null || nodes != null ? null : readTelemetry(request.smi());
        this.run = AlignedSignals.of(wall, telemetry);
        this.table = new PhaseTable(
                wall, telemetry, run, spans(), request.calibrations().gainCommon());
        this.window = RunWindow.choose(table.spans());
    }

    /**
     * Analyses two logs, or one of them.
     *
     * @throws AnalysisInputException if a log cannot be read or is none
     */
    public static Analysis analyze(AnalysisRequest request) {
        return new SessionAnalyzer(request).result();
    }

    private @Nullable PreparedTelemetry readTelemetry(Path smi) {
        try {
            PreparedTelemetry read = PreparedTelemetry.read(request, smi, wall, warnings);
            warnings.addAll(TelemetryWarnings.of(read, request, wall != null));
            return read;
        } catch (AnalysisInputException e) {
            if (request.smiRequired()) {
                throw e;
            }
            warnings.add("The session's telemetry is left out: " + e.getMessage() + ".");
            return null;
        }
    }

    private List<Span> spans() {
        Course course = run.course();
        double first = course.startsMs()[0];
        double last = course.endsMs()[course.size() - 1];
        List<Span> spans = new ArrayList<>();
        if (!request.phases().isEmpty()) {
            request.phases()
                    .forEach(phase -> spans.add(new Span(
                            phase.name(), phase.startMs(), phase.endMs(), "given", "High", "given by the user")));
            spans.stream()
                    .filter(span -> span.endMs() <= first || span.startMs() >= last)
                    .forEach(span -> warnings.add(
                            "The given phase '" + span.name() + "' lies outside of the logs: look at its date."));
            return spans;
        }
        PhaseFinder.Window power = powerWindow();
        if (power != null && (power.endMs() < first || power.beginMs() > last)) {
            warnings.add("LoadGen's power window lies outside of the logs and is ignored.");
            power = null;
        }
        spans.addAll(PhaseFinder.find(course, power, request.penaltyFactor()));
        if (spans.stream().noneMatch(span -> span.name().equals("steady"))) {
            spans.add(new Span("log", first, last, "log", "High", "all of the log: no steady phase was found in it"));
        }
        return spans;
    }

    private PhaseFinder.@Nullable Window powerWindow() {
        Path detail = request.loadgen();
        if (detail == null) {
            return null;
        }
        if (wall == null && telemetry != null && telemetry.zoneSource().equals("none")) {
            warnings.add(
                    "The zone of the nvidia-smi stamps is not known: LoadGen's power window cannot be found in them"
                            + " and is ignored. Give it with --smi-zone.");
            return null;
        }
        try {
            Optional<PowerWindow> found = LoadgenLog.powerWindow(detail);
            if (found.isEmpty() || !found.get().begin().isBefore(found.get().end())) {
                String wrong = found.isEmpty()
                        ? " has no power_begin and power_end with a time such as 07-17-2024 09:46:26.305"
                        : ": power_end is not later than power_begin";
                warnings.add(detail.getFileName() + wrong + ": the phases are found without.");
                return null;
            }
            return new PhaseFinder.Window(
                    found.get().begin().toEpochMilli(), found.get().end().toEpochMilli());
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(detail, "Give LoadGen's mlperf_log_detail.txt.", e);
        }
    }

    private Analysis result() {
        WallView view = WallView.of(wall, telemetry, table, window, warnings);
        AliasCheck alias = AliasCheck.of(telemetry, table, run, window, warnings);
        WallEvidence evidence = WallEvidence.of(
                wall,
                telemetry,
                table,
                view.contradictingGain(),
                telemetry == null ? 1 : telemetry.meanGain(),
                alias.result().status().equals("proven") ? window.phase() : -1);
        List<PhaseResult> phases = table.phases(evidence);
        boolean quantified = telemetry != null && table.sum(window.phase()).isValid();
        double cv = quantified
                ? 100
                        * table.sum(window.phase()).sampling()
                        / table.sum(window.phase()).powerW()
                        / Z95
                : Double.NaN;
        checkByBlocks(quantified);
        tellHoles(quantified);
        ErrorResult error = ErrorStatement.of(telemetry, table, window, view.result(), evidence);
        Repetitions reps = RepetitionPlan.of(cv, alias.result().worstPeriodicPct() / Z95, longestPeriod());
        SamplingError summary = new SamplingError(
                SamplingError.SCHEMA,
                inputs(),
                PhaseTable.instant(window.span().startMs()),
                PhaseTable.instant(window.span().endMs()),
                window.source(),
                clock(),
                quality(),
                gpus(evidence),
                phases,
                view.result(),
                alias.result(),
                correlation(),
                reps,
                error,
                subSampling(),
                ProfileTable.of(phases, view.result(), error, telemetry),
                List.copyOf(warnings));
        Diagnostics diagnostics = new Diagnostics(
                telemetry == null
                        ? Curve.empty("lag [s]", "mean square [W²]")
                        : telemetry.lag().profile(),
                changeIntervals(),
                alias.curve(),
                view.residualSpectrum(),
                view.residualByPhase(table.spans()));
        return new Analysis(summary, Traces.of(run, view, table.spans()), diagnostics);
    }

    /** Says what holes of the telemetry cost the window's figure. */
    private void tellHoles(boolean quantified) {
        SumBudget sum = quantified ? table.sum(window.phase()) : null;
        if (sum != null && sum.holes() > 0) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Holes of the telemetry take up to %.1f %% of the window; what they may hide, by the readings beside"
                            + " them and by like stretches of the log, is within ± %.2g %% of the GPUs' energy and is in"
                            + " its interval.",
                    100 * sum.gapShare(),
                    100 * sum.holes() / sum.powerW()));
        }
    }

    /** Warns where the window's own blocks scatter by more than the budget of its sampling says. */
    private void checkByBlocks(boolean quantified) {
        if (!quantified) {
            return;
        }
        Span span = window.span();
        double blocks = BlockBootstrap.halfWidthW(table.readings(), span.startMs(), span.endMs(), request.seed());
        double budget = table.sum(window.phase()).sampling();
        double power = table.sum(window.phase()).powerW();
        if (blocks > BLOCKS_TOLERANCE * budget) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The load varies slowly: blocks of 20 s of the window itself give ± %.2f %% for the time that the"
                            + " sensors do not see, the error budget ± %.2f %%.",
                    100 * blocks / power,
                    100 * budget / power));
        }
    }

    private Inputs inputs() {
        boolean calibrated = telemetry != null
                && telemetry.gpus().stream().noneMatch(gpu -> gpu.card().prior());
        return new Inputs(
                text(nodes != null ? nodes : request.spl()),
                text(nodes != null ? null : request.smi()),
                text(request.loadgen()),
                telemetry == null ? "" : telemetry.zoneText(),
                telemetry == null ? "none" : telemetry.zoneSource(),
                telemetry == null || request.meta() == null
                        ? ""
                        : request.meta().driver(),
                request.calibrations().source(),
                telemetry == null ? "" : calibrated ? "file" : "prior",
                wallForm,
                telemetry == null ? "" : telemetry.log().origin().form());
    }

    private static String text(@Nullable Path path) {
        return path == null ? "" : path.toString();
    }

    private ClockResult clock() {
        if (telemetry == null) {
            double nan = Double.NaN;
            return new ClockResult(null, nan, nan, Interval.NONE, nan, false, "none", nan, "there is no telemetry");
        }
        Lag lag = telemetry.lag();
        return new ClockResult(
                telemetry.tzOffsetMin(),
                lag.seconds(),
                lag.sigma(),
                lag.interval(),
                lag.sseRatio(),
                lag.accepted(),
                telemetry.lagMethod(),
                lag.overlapS(),
                lag.reason());
    }

    private Quality quality() {
        if (telemetry == null) {
            return Quality.NONE;
        }
        List<String> stuck = telemetry.gpus().stream()
                .filter(PreparedTelemetry.Gpu::stuck)
                .map(PreparedTelemetry.Gpu::key)
                .toList();
        return LogQuality.of(telemetry.log(), telemetry.polls(), stuck);
    }

    private List<GpuResult> gpus(WallEvidence evidence) {
        if (telemetry == null) {
            return List.of();
        }
        List<GpuResult> results = new ArrayList<>();
        for (int k = 0; k < telemetry.gpus().size(); k++) {
            PreparedTelemetry.Gpu gpu = telemetry.gpus().get(k);
            results.add(new GpuResult(
                    gpu.key(),
                    gpu.name(),
                    telemetry.field(),
                    sensor(gpu),
                    gpu.card().gain(),
                    gpu.card().gainSigma(),
                    gpu.card().offsetW(),
                    gpu.card().offsetSigmaW(),
                    gpu.polls().medianMs(),
                    table.gpuPhases(k, evidence)));
        }
        return results;
    }

    private static SensorResult sensor(PreparedTelemetry.Gpu gpu) {
        SensorModel model = gpu.model();
        UpdatePeriod period = model.period();
        boolean known = model.isKnown();
        return new SensorResult(
                known || period.isUsable() ? model.periodMs() : Double.NaN,
                known ? model.windowMs() : Double.NaN,
                known ? model.coverage(gpu.polls().medianMs()) : Double.NaN,
                model.source(),
                period.concentration(),
                period.status() == UpdatePeriod.Status.IDENTIFIED,
                period.isUsable() || period.isCandidate() ? period.periodMs() : Double.NaN,
                period.isUsable() ? period.sigmaMs() : Double.NaN,
                gpu.changes(),
                model.reason().strip());
    }

    private @Nullable CorrelationResult correlation() {
        if (telemetry == null
                || telemetry.gpus().size() < 2
                || !telemetry.unplaced().isEmpty()) {
            return null;
        }
        if (telemetry.gpus().stream().anyMatch(PreparedTelemetry.Gpu::stuck)) {
            warnings.add("A GPU's reading is stuck: there is no correlation of the GPUs.");
            return null;
        }
        List<Readings> readings = table.readings();
        Span span = window.span();
        double[][] values = GpuCorrelation.sample(readings, span.startMs(), span.endMs());
        if (values[0].length == 0) {
            warnings.add(
                    "There is no correlation of the GPUs: the window is too short, or too much of it lacks readings of"
                            + " one of them.");
            return null;
        }
        List<String> keys =
                telemetry.gpus().stream().map(PreparedTelemetry.Gpu::key).toList();
        CorrelationResult found = GpuCorrelation.of(
                span.name(), keys, readings, values, telemetry.lag().accepted());
        if (Double.isNaN(found.halfWidth())) {
            warnings.add(
                    "The GPUs' readings vary too little inside the window, or too slowly for its length: there is no"
                            + " correlation of the GPUs.");
            return null;
        }
        return found;
    }

    private List<SubSampling> subSampling() {
        if (telemetry == null || !table.sum(window.phase()).isValid()) {
            return List.of(); // unplaced, stuck, too short or full of holes
        }
        double first = Double.NEGATIVE_INFINITY;
        double last = Double.POSITIVE_INFINITY;
        for (PreparedTelemetry.Gpu gpu : telemetry.gpus()) {
            first = Math.max(first, gpu.series().firstMs() - telemetry.lagS() * 1e3);
            last = Math.min(last, gpu.series().lastMs() - telemetry.lagS() * 1e3);
        }
        return new SubSampler(
                        telemetry.gpus().stream()
                                .map(PreparedTelemetry.Gpu::series)
                                .toList(),
                        table.readings(),
                        Math.max(first, window.span().startMs()),
                        Math.min(last, window.span().endMs()),
                        telemetry.lagS() * 1e3)
                .curve();
    }

    private double longestPeriod() {
        return telemetry == null
                ? Double.NaN
                : telemetry.gpus().stream()
                        .filter(gpu -> gpu.model().isKnown())
                        .mapToDouble(gpu -> gpu.model().periodMs())
                        .max()
                        .orElse(Double.NaN);
    }

    private Curve changeIntervals() {
        if (telemetry == null) {
            return Curve.empty("interval between changes [ms]", "count");
        }
        return Traces.changeIntervals(telemetry.gpus().get(0).series());
    }
}
