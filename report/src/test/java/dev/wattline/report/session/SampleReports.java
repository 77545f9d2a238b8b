package dev.wattline.report.session;

import dev.wattline.analysis.result.AliasResult;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.result.ClockResult;
import dev.wattline.analysis.result.Components;
import dev.wattline.analysis.result.CorrelationResult;
import dev.wattline.analysis.result.Curve;
import dev.wattline.analysis.result.Diagnostics;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.GpuResult;
import dev.wattline.analysis.result.Inputs;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.MergedTrace;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.ProfileEntry;
import dev.wattline.analysis.result.Quality;
import dev.wattline.analysis.result.Repetitions;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.SensorResult;
import dev.wattline.analysis.result.SubSampling;
import dev.wattline.analysis.result.TimeSeries;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Finding;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Findings made up for tests, each figure recognisable. */
final class SampleReports {
    static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final double NAN = Double.NaN;

    private SampleReports() {}

    /** Two GPUs named so, 120 s at one value a second, steady from 20 s to 100 s. */
    static ReportInput full(String session, String card) {
        return full(session, card, 120);
    }

    static ReportInput full(String session, String card, int seconds) {
        List<GpuResult> gpus = List.of(gpu("GPU-0001", card), gpu("GPU-0002", card));
        SamplingError summary = new SamplingError(
                SamplingError.SCHEMA,
                new Inputs(
                        "run_1/spl.txt",
                        "telemetry/testing/nvidia-smi.csv",
                        "run_1/mlperf_log_detail.txt",
                        "UTC",
                        "session",
                        "550.54.15",
                        "",
                        "prior"),
                BEGIN.plusSeconds(20),
                BEGIN.plusSeconds(100),
                "loadgen",
                new ClockResult(0, 0.25, 0.05, new Interval(0.15, 0.35), 9.5, true, "xcorr+huber", 119, ""),
                new Quality(240, 1, Map.of("[N/A]", 3L), 2, 0, 0, 1, 3.5, 1000, 1010, 3500, false, List.of()),
                gpus,
                phases(true),
                new WallResult(
                        123456.7,
                        new Interval(123216.7, 123696.7),
                        1543.21,
                        new Interval(1540.21, 1546.21),
                        80,
                        1.1234,
                        new Interval(1.1, 1.15),
                        432.1,
                        0.987,
                        12.3,
                        1.9,
                        0.05,
                        0.2,
                        1,
                        118,
                        71.5,
                        88271.5,
                        true,
                        ""),
                new AliasResult(
                        "risk", 12.34, 101.2, "a load that repeats every 101.2 ms could be misread by 12.3 % unseen"),
                correlation(),
                new Repetitions(
                        1.5,
                        Map.of("5", 1, "2", 3, "1", 9),
                        6.3,
                        Map.of("5", 7, "2", 39, "1", 153),
                        "Start each after a random delay."),
                error(),
                List.of(
                        new SubSampling(0.5, 2.5, 0.1, new Interval(-4.1, 4.2), 20, "thinned"),
                        new SubSampling(1, 1.25, 0, Interval.NONE, 0, "predicted")),
                List.of(new ProfileEntry(
                        "steady: wall power", 1543.21, new Interval(1540, 1546), "W", "High", "analyzer")),
                List.of("The cards are not calibrated."));
        return new ReportInput(
                session,
                new Analysis(summary, trace(seconds, 2), diagnostics()),
                checked(Verdict.PASS),
                BEGIN,
                "1.2.3");
    }

    /** An analyzer's log alone. */
    static ReportInput analyzerOnly() {
        SamplingError summary = new SamplingError(
                SamplingError.SCHEMA,
                new Inputs("run_1/spl.txt", "", "run_1/mlperf_log_detail.txt", "", "none", "", "", ""),
                BEGIN.plusSeconds(20),
                BEGIN.plusSeconds(100),
                "loadgen",
                new ClockResult(null, NAN, NAN, Interval.NONE, NAN, false, "none", NAN, "there is no telemetry"),
                Quality.NONE,
                List.of(),
                phases(false),
                new WallResult(
                        123456.7,
                        new Interval(123216.7, 123696.7),
                        1543.21,
                        new Interval(1540.21, 1546.21),
                        80,
                        NAN,
                        Interval.NONE,
                        NAN,
                        NAN,
                        NAN,
                        NAN,
                        NAN,
                        NAN,
                        NAN,
                        0,
                        NAN,
                        NAN,
                        true,
                        "there is no telemetry"),
                new AliasResult("unknown", NAN, NAN, "there is no telemetry"),
                null,
                new Repetitions(NAN, Map.of(), NAN, Map.of(), ""),
                ErrorResult.none("there is no telemetry"),
                List.of(),
                List.of(),
                List.of());
        Curve none = Curve.empty("", "");
        return new ReportInput(
                "analyzer-only",
                new Analysis(summary, trace(120, 0), new Diagnostics(none, none, none, none, List.of(NAN, NAN))),
                checked(Verdict.FAIL),
                BEGIN,
                "1.2.3");
    }

    /** The same with telemetry that gives no figure, for this reason. */
    static ReportInput withoutError(String because) {
        ReportInput full = full("no figure", "H100");
        SamplingError s = full.analysis().summary();
        SamplingError without = new SamplingError(
                s.schema(),
                s.inputs(),
                s.windowStart(),
                s.windowEnd(),
                s.windowSource(),
                s.clock(),
                s.quality(),
                s.gpus(),
                s.phases(),
                s.wall(),
                s.alias(),
                null,
                s.reps(),
                ErrorResult.none(because),
                List.of(),
                s.profile(),
                s.warnings());
        return new ReportInput(
                full.session(),
                new Analysis(without, full.analysis().trace(), full.analysis().diagnostics()),
                null,
                BEGIN,
                "1.2.3");
    }

    /** The same with another window of the main figures, and where that comes from. */
    static ReportInput withWindow(String source, Instant start, Instant end) {
        ReportInput full = full("s", "H100");
        SamplingError s = full.analysis().summary();
        SamplingError moved = new SamplingError(
                s.schema(),
                s.inputs(),
                start,
                end,
                source,
                s.clock(),
                s.quality(),
                s.gpus(),
                s.phases(),
                s.wall(),
                s.alias(),
                s.correlation(),
                s.reps(),
                s.error(),
                s.subsampling(),
                s.profile(),
                s.warnings());
        return new ReportInput(
                full.session(),
                new Analysis(moved, full.analysis().trace(), full.analysis().diagnostics()),
                full.checked(),
                BEGIN,
                "1.2.3");
    }

    /** The same with another metric, whose interval is not known. */
    static ReportInput withMetric(double value, String unit) {
        SessionReport c = checked(Verdict.PASS);
        PowerMetric metric = new PowerMetric(
                value, unit, "SingleStream", 1501.25, 120100.0, null, 80, List.of(), List.of(), List.of(), List.of());
        return with(new SessionReport(
                c.session(), c.round(), c.roundReason(), c.overall(), c.checks(), c.kinds(), c.audit(), metric));
    }

    /** The same where nothing but the hashes of the tools' sources is found fault with. */
    static ReportInput onlySourcesUnknown() {
        SessionReport c = checked(Verdict.PASS);
        CheckResult sources = new CheckResult(
                "Check client sources checksum",
                Verdict.FAIL,
                "checksum",
                false,
                List.of(Finding.error("sources-unknown", "the sources are not those of a release")));
        return with(new SessionReport(
                c.session(),
                c.round(),
                c.roundReason(),
                Verdict.FAIL,
                List.of(sources),
                List.of(),
                List.of(),
                c.metric()));
    }

    private static ReportInput with(SessionReport checked) {
        ReportInput full = full("s", "H100");
        return new ReportInput(full.session(), full.analysis(), checked, BEGIN, "1.2.3");
    }

    private static ErrorResult error() {
        return new ErrorResult(
                -4.82,
                new Interval(-5.41, -4.23),
                new Components(2.1, 0.2, 0.1, 0.01, 0.5, 6.9, 1.7),
                0.31,
                -3.5,
                -1.63,
                81111.1,
                85218.7,
                new Interval(84690.3, 85747.9),
                88271.5,
                -8.11,
                new Interval(-10.2, -6.1),
                "calibration",
                "most of the difference is the gain of the cards (-3.5 %)",
                "steady",
                "");
    }

    private static GpuResult gpu(String key, String name) {
        return new GpuResult(
                key,
                name,
                "power.draw.average",
                new SensorResult(100.5, 1000, 1, "table", 0.9, true, 100.52, 0.02, 119, "taken from the table"),
                0.953,
                0.005,
                -1.18,
                1,
                1000,
                List.of(gpuPhase()));
    }

    private static GpuPhase gpuPhase() {
        return new GpuPhase(
                "steady",
                BEGIN.plusSeconds(20),
                BEGIN.plusSeconds(100),
                532.61,
                42609.3,
                new Interval(42345.1, 42873.9),
                new Interval(42500, 42700),
                0.62,
                new Components(0.5, 0.1, 0.1, 0, 0.1, 0.3, 0.1),
                506.9,
                79,
                NAN,
                NAN,
                "ok");
    }

    private static List<PhaseResult> phases(boolean telemetry) {
        GpuPhase gpu = telemetry ? gpuPhase() : null;
        return List.of(phase("idle", 0, 20, 612.34, null), phase("steady", 20, 100, 1543.21, gpu));
    }

    private static PhaseResult phase(String name, int from, int to, double watts, @Nullable GpuPhase gpu) {
        return new PhaseResult(
                name,
                BEGIN.plusSeconds(from),
                BEGIN.plusSeconds(to),
                "detected",
                "High",
                "evidence of " + name,
                watts,
                Interval.around(watts, 3),
                watts * (to - from),
                Interval.around(watts, 3).times(to - from),
                to - from,
                gpu,
                NAN,
                NAN,
                NAN);
    }

    private static CorrelationResult correlation() {
        List<List<Double>> r = List.of(List.of(1.0, 0.876), List.of(0.876, 1.0));
        List<List<Double>> corrected = List.of(Arrays.asList(1.0, NAN), Arrays.asList(NAN, 1.0));
        return new CorrelationResult(
                "steady", List.of("GPU-0001", "GPU-0002"), r, r, corrected, true, List.of(0.98, 0.2), 77, 0.05);
    }

    private static MergedTrace trace(int seconds, int gpus) {
        long[] times = new long[seconds];
        double[] wall = new double[seconds];
        double[] gpu = new double[seconds];
        double[] sum = new double[seconds];
        double[] residual = new double[seconds];
        for (int i = 0; i < seconds; i++) {
            times[i] = BEGIN.toEpochMilli() + 1000L * i;
            gpu[i] = i < 20 || i >= 100 ? 80 : 500 + 40 * Math.sin(i * 0.7);
            sum[i] = gpus == 0 ? NAN : gpus * gpu[i];
            wall[i] = 440 + 1.12 * 2 * gpu[i];
            residual[i] = gpus == 0 ? NAN : 10 * Math.cos(i);
        }
        List<TimeSeries> each = new ArrayList<>(Collections.nCopies(gpus, new TimeSeries(times, gpu)));
        return new MergedTrace(
                new TimeSeries(times, wall),
                new TimeSeries(times, sum),
                each,
                new TimeSeries(times, residual),
                Collections.nCopies(seconds, 0));
    }

    private static Diagnostics diagnostics() {
        double[] x = {20, 50, 101.2, 500, 2000};
        return new Diagnostics(
                new Curve("lag [s]", "mean square [W²]", new double[] {-2, 0.25, 2}, new double[] {900_000, 150, 800_000
                }),
                new Curve(
                        "interval between changes [ms]", "count", new double[] {100, 101, 200}, new double[] {30, 60, 4
                        }),
                new Curve(
                        "period of the load [ms]", "1.96 SD of the mean [%]", x, new double[] {0.1, 0.4, 12.34, 2, 1}),
                new Curve(
                        "frequency [Hz]", "share of variance", new double[] {0.1, 0.2, 0.5}, new double[] {0.2, 0.7, 0.1
                        }),
                List.of(-1.5, 0.7));
    }

    private static SessionReport checked(Verdict verdict) {
        return new SessionReport(
                Path.of("session"),
                "v5.1",
                "the newest",
                verdict,
                List.of(
                        new CheckResult("Check UUID", Verdict.PASS, "", false, List.of()),
                        new CheckResult("Check session name", verdict, "the session name differs", false, List.of())),
                List.of(),
                List.of(Finding.warning("sample-gap", "a gap of 3 s").at("run_1/spl.txt", 17)),
                new PowerMetric(
                        1501.25,
                        "W",
                        "Offline",
                        1501.25,
                        120100.0,
                        new PowerMetric.Interval(1498.5, 1504),
                        80,
                        List.of(),
                        List.of(),
                        List.of(Finding.of("metric-interval", "one note")),
                        List.of()));
    }
}
