package dev.wattline.report;

import dev.wattline.analysis.AnalysisRequest;
import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.files.SessionFolder;
import dev.wattline.model.TimeSource;
import dev.wattline.report.session.ReportInput;
import dev.wattline.report.session.SessionPage;
import dev.wattline.report.setup.Setup;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Analyses, checks and writes one report.
 *
 * @param version of the program, as the report names it
 */
public record ReportJob(TimeSource time, String version) {

    /** Where a session's report lies if no other place is asked for. */
    public static Path fileOf(Path session) {
        return new SessionFolder(session).analysis().resolve(SessionPage.FILE);
    }

    /**
     * Writes the report of a session that was checked and analysed already.
     *
     * @return the file
     */
    public Path write(SessionReport checked, Analysis found) {
        Path session = checked.session();
        Path file = fileOf(session);
        write(found, name(session), checked, file);
        return file;
    }

    /**
     * Writes a report.
     *
     * @param request what to analyse
     * @param session to check; null where there are only logs
     * @param file to write
     */
    public void write(AnalysisRequest request, @Nullable Path session, Path file) {
        if (session == null) {
            Path log = request.spl() == null ? Objects.requireNonNull(request.smi()) : request.spl();
            write(SessionAnalyzer.analyze(request), name(log), null, file);
            return;
        }
        SessionReport checked = new SessionChecker(new CheckOptions(null, null, true)).check(session);
        write(SessionAnalyzer.analyze(request), name(session), checked, file);
    }

    private void write(Analysis found, String name, @Nullable SessionReport checked, Path file) {
        Setup setup = checked == null ? Setup.NONE : Setup.read(checked.session(), checked.metric());
        SessionPage.write(file, new ReportInput(name, found, checked, setup, time.now(), version));
    }

    /** The last two names of a path: for a log its folder tells more than it. */
    private static String name(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        Path folder = whole.getParent();
        boolean isLog = whole.toFile().isFile() && whole.getNameCount() > 1;
        return isLog && folder != null
                ? folder.getFileName() + "/" + whole.getFileName()
                : String.valueOf(whole.getFileName());
    }
}
