package dev.wattline.report.session;

import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.report.page.PageRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the report of a session: one HTML file that holds all it needs. */
public final class SessionPage {
    /** The file's name in a session's {@code analysis} folder. */
    public static final String FILE = "report.html";

    private SessionPage() {}

    /**
     * Writes the report; the file appears complete or not at all.
     *
     * @throws ReportException if it cannot be written
     */
    public static void write(Path file, ReportInput input) {
        write(file, render(input));
    }

    /** Writes a page in the same way. */
    public static void write(Path file, String html) {
        Path target = file.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target.getParent());
            DurableFile.replace(target, html);
        } catch (IOException e) {
            throw new ReportException(
                    "the report " + target + " cannot be written: " + IoErrors.of(e),
                    "Name another file with --out.",
                    e);
        }
    }

    /** The report's text. */
    public static String render(ReportInput input) {
        return new PageRenderer().render("session.jte", PageBuilder.page(input));
    }
}
