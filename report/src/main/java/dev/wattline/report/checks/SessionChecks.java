package dev.wattline.report.checks;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionFile;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Explanation;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Tones;
import dev.wattline.report.trace.OverviewChart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One session on the page: its checks, its audit, its metric, its power. */
final class SessionChecks {
    private static final int MESSAGE_LIMIT = 2000;
    private static final String SOURCES_UNKNOWN = "sources-unknown";

    private final SessionReport report;
    private final String anchor;
    private final SessionView view;
    private final Map<Finding, Long> times = new HashMap<>(); // milliseconds since the epoch
    private final Map<Phase, PowerTrace> traces = new EnumMap<>(Phase.class);

    SessionChecks(SessionReport report, String anchor) {
        this.report = report;
        this.anchor = anchor;
        this.view = SessionView.of(report.session(), report.session().toString());
    }

    /**
     * What the template shows.
     *
     * @throws IOException if a log of the session cannot be read
     */
    CheckedSession section() throws IOException {
        readTraces();
        return new CheckedSession(
                anchor,
                report.session().toString(),
                report.together().level().word(),
                Tones.of(report.together().level()),
                report.together().text(),
                "round " + report.round() + " (" + report.roundReason() + ")",
                metric(report.metric()),
                overview(),
                report.checks().stream().map(this::check).toList(),
                ours().stream()
                        .map(finding -> finding(
                                finding,
                                finding.severity().word(),
                                finding.message(),
                                finding.severity() == Severity.ERROR))
                        .toList());
    }

    private void readTraces() throws IOException {
        for (Finding finding : all()) {
            OptionalLong time = FindingTime.of(view, finding);
            if (time.isPresent()) {
                times.put(finding, time.getAsLong());
            }
        }
        Set<Long> wanted = new TreeSet<>(times.values());
        for (Phase phase : Phase.values()) {
            try {
                traces.put(
                        phase, PowerTrace.read(view.open(SessionFile.spl(phase).place()), wanted));
            } catch (PyError e) {
                traces.remove(phase); // a log that cannot be opened is a finding already
            }
        }
    }

    /** The session's kind, which is the cause of much else, before what the audit found. */
    private List<Finding> ours() {
        List<Finding> ours = new ArrayList<>();
        report.kinds().forEach(kind -> ours.add(kind.finding()));
        ours.addAll(report.audit());
        return ours;
    }

    private List<Finding> all() {
        List<Finding> all = new ArrayList<>(ours());
        report.checks().forEach(check -> all.addAll(check.findings()));
        return all;
    }

    private String overview() throws IOException {
        PowerTrace trace = traces.get(Phase.TESTING);
        return trace == null
                ? ""
                : OverviewChart.of(
                                trace.overview(),
                                window(),
                                List.copyOf(trace.details().keySet()))
                        .map(chart -> chart.svg("Power of the testing phase over time"))
                        .orElse("");
    }

    private Optional<PowerWindow> window() throws IOException {
        try {
            return LoadgenLog.powerWindow(view.file(SessionFile.TESTING_DETAIL.place()));
        } catch (PyError e) {
            return Optional.empty(); // a log that is not there is a finding already
        }
    }

    /** The colour of a check: sources that MLCommons does not know are no fault of the measurement. */
    static String tone(CheckResult check) {
        boolean onlySources = !check.findings().isEmpty()
                && check.findings().stream().allMatch(finding -> finding.id().equals(SOURCES_UNKNOWN));
        return check.verdict().bad() && !onlySources
                ? Verdict.FAIL.word()
                : check.verdict() == Verdict.PASS ? Verdict.PASS.word() : Verdict.WARN.word();
    }

    /** The metric with as many digits as its interval can bear. */
    static String metricValue(PowerMetric metric) {
        return Numbers.within(Objects.requireNonNull(metric.value()), metric.halfWidth());
    }

    private CheckedSession.Check check(CheckResult check) {
        return new CheckedSession.Check(
                check.name(),
                check.verdict().word(),
                tone(check),
                check.verdict() == Verdict.PASS,
                cut(check.message().strip()),
                check.findings().stream()
                        .map(finding -> finding(finding, finding.severity().word(), finding.message(), true))
                        .toList());
    }

    private CheckedSession.Found finding(Finding finding, String severity, String message, boolean open) {
        List<CheckedSession.Entry> entries = new ArrayList<>();
        add(entries, "Where", place(finding));
        finding.values().forEach((name, value) -> add(entries, name, value));
        add(entries, "Right would be", finding.limit());
        Explanation explanation = report.explain(finding);
        add(entries, report.isExplainedByKind(finding) ? "Cause" : "Usual cause", explanation.cause());
        add(entries, "What to do", explanation.remedy());
        return new CheckedSession.Found(finding.id(), severity, message, open, entries, traces(finding));
    }

    private static String place(Finding finding) {
        String file = finding.file();
        return file == null ? "" : finding.line() > 0 ? file + ":" + finding.line() : file;
    }

    private static void add(List<CheckedSession.Entry> entries, String name, String value) {
        if (!value.isEmpty()) {
            entries.add(new CheckedSession.Entry(name, cut(value)));
        }
    }

    private static String cut(String text) {
        return text.length() > MESSAGE_LIMIT ? text.substring(0, MESSAGE_LIMIT) + " ..." : text;
    }

    /** The power around a finding, in the phases that its time lies in. */
    private List<CheckedSession.Trace> traces(Finding finding) {
        Long time = times.get(finding);
        List<CheckedSession.Trace> found = new ArrayList<>();
        if (time == null) {
            return found;
        }
        traces.forEach((phase, trace) -> {
            List<PowerTrace.Row> rows = trace.details().get(time);
            if (rows != null && rows.size() > 1) {
                String file = SessionFile.spl(phase).place();
                long line = file.equals(finding.file()) ? finding.line() : 0;
                found.add(new CheckedSession.Trace(
                        TraceCharts.detail(rows, time, line),
                        "Power around it: lines " + rows.get(0).line() + " to "
                                + rows.get(rows.size() - 1).line() + " of " + file));
            }
        });
        return found;
    }

    private static List<String> metric(@Nullable PowerMetric metric) {
        if (metric == null) {
            return List.of();
        }
        StringBuilder line = new StringBuilder();
        Double value = metric.value();
        if (value == null) {
            line.append("no metric");
        } else {
            line.append(metricValue(metric)).append(' ').append(metric.unit());
            PowerMetric.Interval ci95 = metric.ci95();
            if (ci95 != null) {
                line.append(" (")
                        .append(Numbers.within(ci95.low(), metric.halfWidth()))
                        .append(" to ");
                line.append(Numbers.within(ci95.high(), metric.halfWidth())).append(')');
            }
        }
        if (!metric.scenario().isEmpty()) {
            line.append(", ").append(metric.scenario());
        }
        if (metric.samples() > 0) {
            line.append(", ").append(metric.samples()).append(" samples");
        }
        for (PowerMetric.Efficiency efficiency : metric.efficiencies()) {
            line.append(", ")
                    .append(metric.rounded(efficiency.value()))
                    .append(' ')
                    .append(efficiency.unit());
        }
        for (PowerMetric.Inferred inferred : metric.inferred()) {
            line.append("; submitted as ").append(inferred.scenario()).append(": ");
            line.append(metric.rounded(inferred.value())).append(' ').append(inferred.unit());
        }
        List<String> lines = new ArrayList<>(List.of(line.toString()));
        metric.doubtTexts().forEach(doubt -> lines.add("This is no clean metric: " + doubt));
        lines.addAll(metric.noteTexts());
        return lines;
    }
}
