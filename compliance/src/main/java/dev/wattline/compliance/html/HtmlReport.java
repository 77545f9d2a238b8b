package dev.wattline.compliance.html;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Finding;
import dev.wattline.compliance.Severity;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reports as one page without any link to elsewhere: a table over all sessions, and each session's findings with the
 * power trace around them. Sessions go to a temporary file as they come, because the table stands before them.
 */
public final class HtmlReport implements AutoCloseable {
    private final Writer page;
    private final Path spool;
    private final Writer sections;
    private final List<String> rows = new ArrayList<>();

    /**
     * @param page where the page goes; closed at its end
     * @throws IOException if no temporary file can be made
     */
    public HtmlReport(Writer page) throws IOException {
        this.page = page;
        this.spool = Files.createTempFile("wattline-check", ".html");
        this.sections = new BufferedWriter(Files.newBufferedWriter(spool, StandardCharsets.UTF_8));
    }

    /** Adds a session. */
    public void add(SessionReport report) throws IOException {
        String anchor = "s" + (rows.size() + 1);
        rows.add(row(report, anchor));
        sections.write(new SessionSection(report, anchor).html());
    }

    private static String row(SessionReport report, String anchor) {
        StringBuilder out = new StringBuilder("<tr data-overall=\"")
                .append(report.overall().word())
                .append("\"><td>");
        out.append("<a href=\"#")
                .append(anchor)
                .append("\">")
                .append(Html.text(report.session().toString()));
        out.append("</a></td><td>").append(badge(report.overall().word())).append("</td><td>");
        out.append(Html.text(report.round())).append("</td><td class=\"dots\">");
        for (CheckResult check : report.checks()) {
            out.append("<i class=\"").append(check.verdict().word()).append("\" title=\"");
            out.append(Html.text(check.name() + ": " + check.verdict().word())).append("\"></i>");
        }
        out.append("</td>");
        for (Severity severity : List.of(Severity.ERROR, Severity.WARNING)) {
            long count = report.audit().stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
            out.append("<td class=\"number\">").append(count == 0 ? "" : count).append("</td>");
        }
        PowerMetric metric = report.metric();
        Double value = metric == null ? null : metric.value();
        out.append("<td class=\"number\">");
        if (metric != null && value != null) {
            out.append(String.format(Locale.ROOT, "%.6g", value))
                    .append(" <small>")
                    .append(metric.unit())
                    .append("</small>");
        }
        return out.append("</td></tr>\n").toString();
    }

    static String badge(String word) {
        return "<b class=\"badge " + word + "\">" + word + "</b>";
    }

    /** The place of a finding, as text. */
    static String place(Finding finding) {
        @Nullable String file = finding.file();
        return file == null ? "" : finding.line() > 0 ? file + ":" + finding.line() : file;
    }

    @Override
    public void close() throws IOException {
        sections.close();
        try (Writer out = page;
                Reader spooled = Files.newBufferedReader(spool, StandardCharsets.UTF_8)) {
            out.write(
                    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>wattline check</title>\n");
            out.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n");
            out.write(resource("report.css"));
            out.write("</style></head><body>\n<header><h1>wattline check</h1><p>" + rows.size()
                    + " sessions. Dots are the official checks in their order; the audit does not touch the official"
                    + " verdict.</p></header>\n");
            out.write(
                    "<p class=\"tools\"><label>Show <input id=\"filter\" type=\"search\" placeholder=\"part of a path\""
                            + "></label> <label><input id=\"bad\" type=\"checkbox\"> only what did not pass</label></p>\n");
            out.write(
                    "<div class=\"scroll\"><table id=\"sessions\"><thead><tr><th>Session</th><th>Official</th><th>Round"
                            + "</th><th>Checks</th><th>Audit errors</th><th>Audit warnings</th><th>Metric</th></tr></thead><tbody>\n");
            for (String row : rows) {
                out.write(row);
            }
            out.write("</tbody></table></div>\n");
            spooled.transferTo(out);
            out.write("<script>\n" + resource("report.js") + "</script></body></html>\n");
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
