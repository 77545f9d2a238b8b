package dev.wattline.compliance.html;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.Explanation;
import dev.wattline.compliance.Finding;
import dev.wattline.compliance.FindingCatalog;
import dev.wattline.compliance.Severity;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One session on the page: its checks, its audit, its metric, its power. */
final class SessionSection {
    private static final int MESSAGE_LIMIT = 2000;

    private final SessionReport report;
    private final String anchor;
    private final SessionView view;
    private final Map<Finding, Long> times = new HashMap<>(); // milliseconds since the epoch
    private final Map<Phase, PowerTrace> traces = new EnumMap<>(Phase.class);

    SessionSection(SessionReport report, String anchor) {
        this.report = report;
        this.anchor = anchor;
        this.view = SessionView.of(report.session(), report.session().toString());
    }

    String html() throws IOException {
        readTraces();
        StringBuilder out = new StringBuilder("<section id=\"").append(anchor).append("\"><h2>");
        out.append(HtmlReport.badge(report.overall().word())).append(' ');
        out.append(Html.text(report.session().toString())).append("</h2>\n<p class=\"sub\">round ");
        out.append(Html.text(report.round() + " (" + report.roundReason() + ")"));
        out.append(" <a href=\"#\">to the table</a></p>\n");
        metric(out, report.metric());
        overview(out);
        out.append("<h3>Official checks</h3>\n");
        for (CheckResult check : report.checks()) {
            check(out, check);
        }
        if (!report.audit().isEmpty()) {
            out.append("<h3>Audit</h3>\n");
            report.audit().forEach(finding -> {
                out.append("<details class=\"finding\"").append(finding.severity() == Severity.ERROR ? " open" : "");
                out.append("><summary>")
                        .append(HtmlReport.badge(finding.severity().word()))
                        .append(' ');
                out.append(Html.text(finding.message())).append("</summary>");
                finding(out, finding);
                out.append("</details>\n");
            });
        }
        return out.append("</section>\n").toString();
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
                traces.put(phase, PowerTrace.read(view.open(phase.folder() + "/spl.txt"), wanted));
            } catch (PyError e) {
                traces.remove(phase); // a log that cannot be opened is a finding already
            }
        }
    }

    private List<Finding> all() {
        List<Finding> all = new ArrayList<>(report.audit());
        report.checks().forEach(check -> all.addAll(check.findings()));
        return all;
    }

    private void overview(StringBuilder out) throws IOException {
        PowerTrace trace = traces.get(Phase.TESTING);
        if (trace == null) {
            return;
        }
        Optional<PowerWindow> window = window();
        out.append("<figure>");
        out.append(TraceSvg.overview(
                trace.overview(),
                window.map(w -> w.begin().toEpochMilli()).orElse(0L),
                window.map(w -> w.end().toEpochMilli()).orElse(0L),
                List.copyOf(trace.details().keySet())));
        out.append(
                "<figcaption>Power while testing; shaded is LoadGen's power window, lines are findings</figcaption></figure>\n");
    }

    private Optional<PowerWindow> window() throws IOException {
        try {
            return LoadgenLog.powerWindow(view.file("run_1/" + LoadgenLog.DETAIL));
        } catch (PyError e) {
            return Optional.empty(); // a log that is not there is a finding already
        }
    }

    private void check(StringBuilder out, CheckResult check) {
        if (check.verdict() == Verdict.PASS) {
            out.append("<p class=\"passed\">").append(HtmlReport.badge("pass")).append(' ');
            out.append(Html.text(check.name())).append("</p>\n");
            return;
        }
        out.append("<details class=\"finding\" open><summary>");
        out.append(HtmlReport.badge(check.verdict().word())).append(' ').append(Html.text(check.name()));
        String message = check.message().strip();
        out.append("</summary><pre>");
        out.append(
                Html.text(message.length() > MESSAGE_LIMIT ? message.substring(0, MESSAGE_LIMIT) + " ..." : message));
        out.append("</pre>");
        check.findings().forEach(finding -> finding(out, finding));
        out.append("</details>\n");
    }

    private void finding(StringBuilder out, Finding finding) {
        out.append("<dl><dt>Rule</dt><dd><code>")
                .append(Html.text(finding.id()))
                .append("</code></dd>");
        entry(out, "Where", HtmlReport.place(finding));
        finding.values().forEach((name, value) -> entry(out, name, value));
        entry(out, "Right would be", finding.limit());
        Explanation explanation = FindingCatalog.explain(finding.id());
        entry(out, "Usual cause", explanation.cause());
        entry(out, "What to do", explanation.remedy());
        out.append("</dl>");
        out.append(trace(finding));
    }

    /** The power around a finding, in the phase that its time lies in. */
    private String trace(Finding finding) {
        Long time = times.get(finding);
        if (time == null) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        traces.forEach((phase, trace) -> {
            List<PowerTrace.Row> rows = trace.details().get(time);
            if (rows != null) {
                String file = phase.folder() + "/spl.txt";
                long line = file.equals(finding.file()) ? finding.line() : 0;
                out.append("<figure>").append(TraceSvg.detail(rows, time, line));
                out.append("<figcaption>Power around it: lines ")
                        .append(rows.get(0).line());
                out.append(" to ").append(rows.get(rows.size() - 1).line()).append(" of ");
                out.append(file).append("</figcaption></figure>");
            }
        });
        return out.toString();
    }

    private static void entry(StringBuilder out, String name, String value) {
        if (!value.isEmpty()) {
            String cut = value.length() > MESSAGE_LIMIT ? value.substring(0, MESSAGE_LIMIT) + " ..." : value;
            out.append("<dt>")
                    .append(Html.text(name))
                    .append("</dt><dd>")
                    .append(Html.text(cut))
                    .append("</dd>");
        }
    }

    private static void metric(StringBuilder out, @Nullable PowerMetric metric) {
        if (metric == null) {
            return;
        }
        out.append("<p class=\"metric\">");
        Double value = metric.value();
        if (value == null) {
            out.append("no metric");
        } else {
            out.append("<strong>")
                    .append(String.format(Locale.ROOT, "%.6g", value))
                    .append(' ');
            out.append(Html.text(String.valueOf(metric.unit()))).append("</strong>");
            PowerMetric.Interval ci95 = metric.ci95();
            if (ci95 != null) {
                out.append(String.format(Locale.ROOT, " (%.6g to %.6g)", ci95.low(), ci95.high()));
            }
        }
        if (!metric.scenario().isEmpty()) {
            out.append(", ").append(Html.text(metric.scenario()));
        }
        if (metric.samples() > 0) {
            out.append(", ").append(metric.samples()).append(" samples");
        }
        for (PowerMetric.Inferred inferred : metric.inferred()) {
            out.append("; submitted as ").append(Html.text(inferred.scenario())).append(": ");
            out.append(Decimals.significant(inferred.value(), 6)).append(' ').append(Html.text(inferred.unit()));
        }
        metric.notes()
                .forEach(note ->
                        out.append("<br><small>").append(Html.text(note)).append("</small>"));
        out.append("</p>\n");
    }
}
