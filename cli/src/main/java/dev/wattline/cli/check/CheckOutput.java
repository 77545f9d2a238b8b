package dev.wattline.cli.check;

import dev.wattline.cli.terminal.OutputException;
import dev.wattline.compliance.Verdict;
import dev.wattline.compliance.json.ReportJson;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.compliance.text.JUnitXml;
import dev.wattline.compliance.text.OfficialText;
import dev.wattline.compliance.text.TextReport;
import dev.wattline.report.checks.ChecksPage;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where reports go: one form on the terminal, and files beside it. */
final class CheckOutput implements AutoCloseable {

    /** What is printed. */
    enum Form {
        TEXT,
        JSON,
        OFFICIAL
    }

    private final Form form;
    private final TextReport text;
    private final boolean brief;
    private final PrintStream standard;
    private final PrintStream out;
    private final @Nullable ReportJson json;
    private final @Nullable JUnitXml junit;
    private final @Nullable ChecksPage html;
    private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);

    private CheckOutput(
            Form form, TextReport text, boolean brief, @Nullable JUnitXml junit, @Nullable ChecksPage html) {
        this.form = form;
        this.text = text;
        this.brief = brief;
        this.junit = junit;
        this.html = html;
        this.standard = form == Form.OFFICIAL ? System.err : System.out;
        // UTF-8 whatever the locale: file contents and paths must come out as they are.
        this.out = new PrintStream(new BufferedOutputStream(standard, 1 << 14), false, StandardCharsets.UTF_8);
        this.json = form == Form.JSON ? new ReportJson(out) : null;
    }

    /**
     * @param brief whether the text of a session is kept short
     * @throws OutputException if a file cannot be made
     * @throws IOException if there is no room for temporary files
     */
    static CheckOutput open(Form form, TextReport text, boolean brief, @Nullable Path junit, @Nullable Path html)
            throws IOException {
        return new CheckOutput(
                form,
                text,
                brief,
                junit == null ? null : new JUnitXml(writer(junit)),
                html == null ? null : new ChecksPage(writer(html)));
    }

    private static BufferedWriter writer(Path file) {
        try {
            return new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw OutputException.of(file, e);
        }
    }

    void add(SessionReport report) throws IOException {
        counts.merge(report.overall(), 1, Integer::sum);
        if (json != null) {
            json.add(report);
        } else if (form == Form.OFFICIAL) {
            out.print(OfficialText.of(report));
        } else {
            out.print(brief ? text.brief(report) : text.full(report));
        }
        if (brief) {
            out.flush();
        }
        if (junit != null) {
            junit.add(report);
        }
        if (html != null) {
            html.add(report);
        }
    }

    @Override
    public void close() throws IOException {
        if (json != null) {
            json.close();
        } else if (brief) {
            int all = counts.values().stream().mapToInt(Integer::intValue).sum();
            out.println(all + " sessions: " + count(Verdict.PASS) + " passed, " + count(Verdict.WARN)
                    + " passed with warnings, " + count(Verdict.FAIL) + " failed, " + count(Verdict.CRASH)
                    + " could not be loaded");
        }
        out.flush();
        boolean lost = standard.checkError();
        if (junit != null) {
            junit.close();
        }
        if (html != null) {
            html.close();
        }
        if (lost) {
            throw OutputException.ofStandardOutput();
        }
    }

    private int count(Verdict verdict) {
        return counts.getOrDefault(verdict, 0);
    }
}
