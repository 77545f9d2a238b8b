package dev.wattline.report;

import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.calibration.CalibrationRefusedException;
import dev.wattline.analysis.informal.InformalSession;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.source.CalibratedStatement;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.analysis.source.SessionSources;
import dev.wattline.analysis.source.SourceGrid;
import dev.wattline.analysis.source.SourceSeries;
import dev.wattline.analysis.source.json.InformalJson.Informal;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.report.session.InformalPage;
import dev.wattline.report.session.ReportInput;
import dev.wattline.report.session.SessionPage;
import dev.wattline.report.setup.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
        write(found, session, checked, Optional.empty(), file);
        return file;
    }

    /**
     * Writes a report.
     *
     * @param request what to analyse
     * @param session to check; null where there are only logs
     * @param wall the calibration to infer wall power by, if there is one
     * @param file to write
     * @throws CalibrationRefusedException if the calibration is of no use for this session; the report is written, and says
     *     why it has no wall power
     */
    public void write(AnalysisRequest request, @Nullable Path session, Optional<InferredWall> wall, Path file) {
        if (session == null) {
            Path log = request.spl() == null ? Objects.requireNonNull(request.smi()) : request.spl();
            SessionPage.write(
                    file, new ReportInput(name(log), SessionAnalyzer.analyze(request), null, time.now(), version));
            return;
        }
        SessionReport checked = new SessionChecker(new CheckOptions(null, null, true)).check(session);
        write(SessionAnalyzer.analyze(request), session, checked, wall, file);
    }

    /**
     * Writes the report of a measurement without analyzer.
     *
     * @param wall the calibration to infer wall power by; empty for what was inferred when it was measured
     * @throws CalibrationRefusedException if the calibration is of no use for it; the report is written, and says so
     */
    public void writeInformal(Path session, Optional<InferredWall> wall, Path file) {
        InformalSession kept = InformalSession.read(session);
        CalibratedStatement calibrated = kept.statement(wall);
        Informal found = new Informal(
                kept.informal().ran(), calibrated.statement(), kept.informal().phases());
        Path telemetry = new SessionFolder(session).telemetry(Phase.TESTING);
        Path record = telemetry.resolve(TelemetryMeta.FILE);
        List<SourceSeries> series =
                Files.exists(record) ? SourceGrid.series(telemetry, TelemetryMetaJson.read(record)) : List.of();
        Setup setup = Setup.ofMachine(session);
        SessionPage.write(file, InformalPage.render(name(session), found, series, setup, time.now(), version));
        calibrated.requireAccepted();
    }

    private void write(Analysis found, Path session, SessionReport checked, Optional<InferredWall> wall, Path file) {
        Optional<CalibratedStatement> calibrated = SessionSources.of(session, found.summary(), wall.isPresent())
                .map(measured -> SessionSources.with(wall, measured, session, found.summary()));
        Optional<EnergyStatement> sources = calibrated.map(CalibratedStatement::statement);
        Setup setup = Setup.read(checked.session(), checked.metric());
        SessionPage.write(file, new ReportInput(name(session), found, checked, setup, sources, time.now(), version));
        calibrated.ifPresent(CalibratedStatement::requireAccepted);
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
