package dev.wattline.report.checks;

import dev.wattline.compliance.CheckResult;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.model.finding.Severity;
import dev.wattline.report.page.Assets;
import dev.wattline.report.page.Document;
import dev.wattline.report.page.PageRenderer;
import dev.wattline.report.page.Tones;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checks of sessions as one page: a table over all sessions, and each session's findings with the power around them.
 * Sessions go to a temporary file as they come, because the table stands before them. Not for use by several threads.
 */
public final class ChecksPage implements AutoCloseable {
    private static final int PART = 1 << 16;

    private final Writer page;
    private final Path spool;
    private final Writer sections;
    private final PageRenderer renderer = new PageRenderer();
    private final List<Row> rows = new ArrayList<>();

    /**
     * A session in the table.
     *
     * @param anchor of its section
     * @param level what checks and audit say together, as a word
     * @param tone the colour of that word
     * @param why the same in a line
     * @param verdict the official verdicts together, as a word
     * @param checks the official checks in their order
     * @param metric as printed; empty where there is none
     * @param unit of the metric
     */
    public record Row(
            String anchor,
            String session,
            String level,
            String tone,
            String why,
            String verdict,
            String round,
            List<Dot> checks,
            long errors,
            long warnings,
            String metric,
            String unit) {}

    /** A check's verdict as a dot of a colour. */
    public record Dot(String tone, String title) {}

    /**
     * @param page where the page goes; closed at its end
     * @throws IOException if no temporary file can be made
     */
    public ChecksPage(Writer page) throws IOException {
        this.page = page;
        this.spool = Files.createTempFile("wattline-check", ".html");
        this.sections = new BufferedWriter(Files.newBufferedWriter(spool, StandardCharsets.UTF_8));
    }

    /** Adds a session. */
    public void add(SessionReport report) throws IOException {
        String anchor = "s" + (rows.size() + 1);
        rows.add(row(report, anchor));
        sections.write(renderer.render("tag/checked.jte", new SessionChecks(report, anchor).section()));
    }

    private static Row row(SessionReport report, String anchor) {
        PowerMetric metric = report.metric();
        Double value = metric == null ? null : metric.value();
        String unit = metric == null ? null : metric.unit();
        return new Row(
                anchor,
                report.session().toString(),
                report.together().level().word(),
                Tones.of(report.together().level()),
                report.together().text(),
                report.overall().word(),
                report.round(),
                report.checks().stream().map(ChecksPage::dot).toList(),
                count(report, Severity.ERROR),
                count(report, Severity.WARNING),
                metric == null || value == null ? "" : SessionChecks.metricValue(metric),
                value == null || unit == null ? "" : unit);
    }

    private static Dot dot(CheckResult check) {
        return new Dot(
                SessionChecks.tone(check), check.name() + ": " + check.verdict().word());
    }

    private static long count(SessionReport report, Severity severity) {
        return report.audit().stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    @Override
    public void close() throws IOException {
        sections.close();
        try (Writer out = page;
                BufferedReader spooled = Files.newBufferedReader(spool, StandardCharsets.UTF_8)) {
            Document document = new Document(
                    "wattline check",
                    "Checks",
                    rows.size() == 1 ? rows.get(0).session() : rows.size() + " sessions",
                    "Dots are the official checks in their order; the audit does not touch the official verdict.",
                    "",
                    Assets.plain(),
                    "Written by wattline check. This file needs nothing but itself.");
            Map<String, Object> parameters = Map.of(
                    "document", document, "rows", rows, "sections", PageRenderer.rendered(() -> new Parts(spooled)));
            renderer.render("checks.jte", parameters, out);
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    /** A reader's text in parts. */
    private static final class Parts implements java.util.Iterator<String> {
        private final BufferedReader reader;
        private final char[] buffer = new char[PART];
        private @Nullable String next;

        Parts(BufferedReader reader) {
            this.reader = reader;
            this.next = read();
        }

        private @Nullable String read() {
            try {
                int length = reader.read(buffer);
                return length < 0 ? null : new String(buffer, 0, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public String next() {
            String part = next;
            if (part == null) {
                throw new java.util.NoSuchElementException();
            }
            next = read();
            return part;
        }
    }
}
