package dev.wattline.compliance.text;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reports in JUnit's XML, written one by one as they come: a suite a session, a case a check. What the audit found is the
 * suite's output, because it is no verdict.
 */
public final class JUnitXml implements AutoCloseable {
    private final Writer out;

    /** Begins the file; the writer is closed at its end. */
    public JUnitXml(Writer out) throws IOException {
        this.out = out;
        out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"wattline check\">\n");
    }

    /** Adds a session. */
    public void add(SessionReport report) throws IOException {
        long failures =
                report.checks().stream().filter(check -> check.verdict().bad()).count();
        out.write("  <testsuite name=\"" + escape(report.session().toString()) + "\" tests=\""
                + report.checks().size() + "\" failures=\"" + failures + "\" errors=\"0\" skipped=\"0\">\n");
        out.write("    <properties><property name=\"round\" value=\"" + escape(report.round())
                + "\"/><property name=\"overall\" value=\"" + report.overall().word() + "\"/></properties>\n");
        for (CheckResult check : report.checks()) {
            testcase(check);
        }
        List<Finding> ours = new ArrayList<>();
        report.kinds().forEach(kind -> ours.add(kind.finding()));
        ours.addAll(report.audit());
        if (!ours.isEmpty()) {
            out.write("    <system-out>");
            for (Finding finding : ours) {
                out.write(escape(
                        "audit " + finding.severity().word() + " " + finding.id() + ": " + finding.message() + "\n"));
            }
            out.write("</system-out>\n");
        }
        out.write("  </testsuite>\n");
    }

    private void testcase(CheckResult check) throws IOException {
        out.write("    <testcase classname=\"wattline.check\" name=\"" + escape(check.name()) + "\"");
        if (check.verdict() == Verdict.PASS) {
            out.write("/>\n");
            return;
        }
        out.write(">\n");
        if (check.verdict().bad()) {
            String type =
                    check.findings().isEmpty() ? "" : check.findings().get(0).id();
            out.write("      <failure type=\"" + escape(type) + "\" message=\"" + escape(check.message()) + "\"/>\n");
        } else {
            out.write("      <system-out>" + escape("warning: " + check.message()) + "</system-out>\n");
        }
        out.write("    </testcase>\n");
    }

    /** Text for XML 1.0, which has no form at all for most control characters. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                case '\t' -> escaped.append("&#9;");
                case '\r' -> escaped.append("&#13;");
                default -> {
                    boolean allowed = (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
                    escaped.appendCodePoint(allowed ? c : 0xfffd);
                }
            }
        });
        return escaped.toString();
    }

    @Override
    public void close() throws IOException {
        out.write("</testsuites>\n");
        out.close();
    }
}
