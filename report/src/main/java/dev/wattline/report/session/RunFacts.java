package dev.wattline.report.session;

import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.TimeSeries;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.OverallVerdict;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Severity;
import dev.wattline.report.page.Numbers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts of the report ask of the findings again and again. */
final class RunFacts {
    /** The zone of all times that come from an analyzer or from here. */
    static final String UTC = "UTC";

    private static final String MOCK = "mock";
    static final String MOCK_ANALYZER = "data-mock"; // the audit's finding

    /** Why there is no figure where the window is not covered. */
    static final String UNCOVERED = "the logs do not cover LoadGen's power window";

    private static final long SLACK_SAMPLES = 2; // a stamp may stand at either end of its interval

    private final ReportInput input;
    private final SamplingError found;

    RunFacts(ReportInput input) {
        this.input = input;
        this.found = input.analysis().summary();
    }

    ReportInput input() {
        return input;
    }

    SamplingError found() {
        return found;
    }

    boolean hasTelemetry() {
        return !found.gpus().isEmpty();
    }

    /** Which of the instruments were mocks, in words; empty if none was, as far as the session tells. */
    String madeBy() {
        boolean smi = found.inputs().driver().contains(MOCK);
        SessionReport checked = input.checked();
        boolean analyzer = checked != null
                && checked.audit().stream().anyMatch(finding -> finding.id().equals(MOCK_ANALYZER));
        if (smi && analyzer) {
            return "both the analyzer and nvidia-smi were mocks";
        }
        return smi ? "nvidia-smi was a mock" : analyzer ? "the analyzer was a mock" : "";
    }

    /** Whether some reading of a GPU could be set beside the run's time. */
    boolean hasTrace() {
        var sum = input.analysis().trace().gpuSumW();
        for (int i = 0; i < sum.size(); i++) {
            if (!Double.isNaN(sum.value(i))) {
                return true;
            }
        }
        return false;
    }

    /** The zone of the page's times, in words: an nvidia-smi log alone may have local ones. */
    String zone() {
        return found.timesAreUtc() ? UTC : "local time, zone not known";
    }

    /** What the telemetry's readings are called, such as nvidia-smi. */
    String readings() {
        return found.inputs().readingsName();
    }

    boolean hasError() {
        return !Double.isNaN(found.error().pct()) && isCovered();
    }

    /** Why no figure stands for nvidia-smi's error. */
    String noError() {
        return isCovered() ? found.error().because() : UNCOVERED;
    }

    /** What checks and audit say together; null where there is no session. */
    @Nullable
    OverallVerdict together() {
        SessionReport checked = input.checked();
        return checked == null ? null : checked.together();
    }

    /** The verdict's level where it touches the figures, which unknown sources of the tools do not; else empty. */
    String doubt() {
        SessionReport checked = input.checked();
        OverallVerdict together = together();
        if (checked == null || together == null || together.level() == OverallVerdict.Level.PASS) {
            return "";
        }
        boolean touched = together.level() != OverallVerdict.Level.SUSPECT
                || checked.audit().stream().anyMatch(finding -> finding.severity() == Severity.WARNING)
                || checked.checks().stream().anyMatch(check -> check.verdict() == Verdict.WARN);
        return touched ? together.level().word() : "";
    }

    /**
     * Whether the logs cover the window that the figures of a LoadGen run are about. Where they do not, no figure stands:
     * one over another stretch of time would be taken for it.
     */
    boolean isCovered() {
        if (loadgenFile().isEmpty() || found.windowSource().equals("given")) {
            return true;
        }
        TimeSeries wall = input.analysis().trace().wallW();
        boolean analyzer = !found.inputs().analyzer().isEmpty() && wall.size() > 1;
        if (!found.windowSource().equals("loadgen")) {
            return false;
        }
        if (!analyzer || found.windowStart() == null || found.windowEnd() == null) {
            return true;
        }
        long first = wall.epochMs(0);
        long last = wall.epochMs(wall.size() - 1);
        long slack = SLACK_SAMPLES * (last - first) / (wall.size() - 1);
        return first - slack <= found.windowStart().toEpochMilli()
                && last + slack >= found.windowEnd().toEpochMilli();
    }

    @Nullable
    WallResult wall() {
        return found.wall();
    }

    @Nullable
    PowerMetric metric() {
        SessionReport checked = input.checked();
        return checked == null ? null : checked.metric();
    }

    /** How many official checks of a session pass, with or without warnings. */
    static long passed(SessionReport checked) {
        return checked.checks().stream().filter(check -> !check.verdict().bad()).count();
    }

    /** The phase that is the window of the main figures; null if it is none. */
    @Nullable
    PhaseResult window() {
        return found.phases().stream()
                .filter(phase ->
                        phase.start().equals(found.windowStart()) && phase.end().equals(found.windowEnd()))
                .findFirst()
                .orElse(null);
    }

    double windowSeconds() {
        return found.windowStart() == null || found.windowEnd() == null
                ? Double.NaN
                : (found.windowEnd().toEpochMilli() - found.windowStart().toEpochMilli()) / 1e3;
    }

    /** The window in words. */
    String windowText() {
        return switch (found.windowSource()) {
            case "loadgen" -> "LoadGen's power window";
            case "given" -> "the given phase";
            case "detected" -> "the steady phase, as detected";
            default -> "all of the log";
        };
    }

    /** A name short enough for a legend; the GPU table tells which card it is. */
    static String gpuLabel(int index) {
        return "GPU " + index;
    }

    String analyzerFile() {
        return file(found.inputs().analyzer());
    }

    String smiFile() {
        return file(found.inputs().smi());
    }

    String loadgenFile() {
        return file(found.inputs().loadgen());
    }

    /** The names of those files that there are. */
    static String files(String... names) {
        List<String> given = new ArrayList<>();
        for (String name : names) {
            if (!name.isEmpty()) {
                given.add(name);
            }
        }
        return String.join(", ", given);
    }

    /** The last two names of a path: enough to find it in a session. */
    private static String file(String path) {
        if (path.isEmpty()) {
            return "";
        }
        Path file = Path.of(path);
        int names = file.getNameCount();
        return names < 2 ? path : file.subpath(names - 2, names).toString().replace('\\', '/');
    }

    /**
     * Estimate of the mean wall power over the window in W; NaN where the window is not covered. The official metric is
     * another figure, see {@link #metric()}.
     */
    double averageWatts() {
        WallResult wall = wall();
        return wall == null || !isCovered() ? Double.NaN : wall.meanW();
    }

    /** 95 % interval of it. */
    Interval averageWattsCi95() {
        WallResult wall = wall();
        return wall == null || !isCovered() ? Interval.NONE : wall.meanCi95W();
    }

    /** Estimate of the wall energy over the window in J; NaN where the window is not covered. */
    double energyJ() {
        WallResult wall = wall();
        return wall == null || !isCovered() ? Double.NaN : wall.energyJ();
    }

    /** 95 % interval of it. */
    Interval energyCi95J() {
        WallResult wall = wall();
        return wall == null || !isCovered() ? Interval.NONE : wall.energyCi95J();
    }

    /** Half the width of the interval of the average power, W; NaN if unknown. */
    double halfWidthWatts() {
        Interval ci95 = averageWattsCi95();
        return ci95.isKnown() ? ci95.halfWidth() : Double.NaN;
    }

    /** The metric with its unit: in J where thousands of mJ would stand. */
    String metricText() {
        MetricFigure figure = metricFigure();
        return figure == null ? Numbers.NONE : Numbers.with(figure.value(), figure.unit());
    }

    /** The metric as printed; the interval is empty where none is known. */
    record MetricFigure(String value, String unit, String interval) {}

    /** The metric; null where there is none, or the window is not covered. */
    @Nullable
    MetricFigure metricFigure() {
        PowerMetric metric = metric();
        Double value = metric == null ? null : metric.value();
        String unit = metric == null ? null : metric.unit();
        if (metric == null || value == null || unit == null || !isCovered()) {
            return null;
        }
        boolean kilo = unit.startsWith("mJ/") && value >= 1e3;
        double scale = kilo ? 1e-3 : 1;
        String shown = kilo ? unit.substring(1) : unit;
        PowerMetric.Interval ci95 = metric.ci95();
        double halfWidth = ci95 == null ? Double.NaN : scale * (ci95.high() - ci95.low()) / 2;
        return new MetricFigure(
                Numbers.within(value * scale, halfWidth),
                shown,
                ci95 == null
                        ? ""
                        : Numbers.within(ci95.low() * scale, halfWidth) + " to "
                                + Numbers.within(ci95.high() * scale, halfWidth) + " " + shown);
    }
}
