package dev.wattline.analysis.report;

import dev.wattline.analysis.report.page.Page;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.model.FileTrouble;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a report: one HTML file that holds all it needs. Every text in it is escaped by where it stands. */
public final class HtmlReport {
    /** The file's name in a session's {@code analysis} folder. */
    public static final String FILE = "report.html";

    private static final String TEMPLATES = "dev.wattline.analysis.report.templates";
    private static final int TYPICAL_SIZE = 1 << 18;

    private HtmlReport() {}

    /**
     * Writes the report; the file appears complete or not at all.
     *
     * @throws AnalysisInputException if it cannot be written
     */
    public static void write(Path file, ReportInput input) {
        Path target = file.toAbsolutePath().normalize();
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.getParent());
            Files.writeString(part, render(input), StandardCharsets.UTF_8);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AnalysisInputException(
                    "the report " + target + " cannot be written: " + FileTrouble.of(e),
                    "Name another file with --out.",
                    e);
        }
    }

    /** The report's text. */
    public static String render(ReportInput input) {
        Page page = PageBuilder.page(input, ReportAssets.load());
        TemplateEngine templates =
                TemplateEngine.createPrecompiled(null, ContentType.Html, HtmlReport.class.getClassLoader(), TEMPLATES);
        templates.setTrimControlStructures(true);
        StringOutput html = new StringOutput(TYPICAL_SIZE);
        templates.render("report.jte", page, html);
        return html.toString();
    }
}
