package dev.wattline.cli;

import dev.wattline.analysis.AnalysisRequest;
import dev.wattline.analysis.json.CalibrationJson;
import dev.wattline.cli.report.ReportJob;
import dev.wattline.model.TimeSource;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline report}: a session as one HTML file. */
@Command(
        name = "report",
        description = {
            "Write a session's report: one HTML file with power, energy, metric, verdict, the merged trace, and how wrong",
            "nvidia-smi is where there is telemetry. It opens from disk without network."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline report results/2026-11-22_10-00-00",
            "  wattline report SESSION --smi nvidia-smi.csv --smi-zone Europe/London --out report.html",
            "  wattline report --spl spl.txt --smi nvidia-smi.csv --out report.html",
        })
final class ReportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SESSION", arity = "0..1", description = "Folder that holds power, ranging and run_1.")
    private @Nullable Path session;

    @Option(names = "--spl", paramLabel = "FILE", description = "The analyzer's log, instead of a session's.")
    private @Nullable Path spl;

    @Option(
            names = "--smi",
            paramLabel = "FILE",
            description = "The nvidia-smi log, instead of the session's telemetry.")
    private @Nullable Path smi;

    @Option(
            names = "--smi-zone",
            paramLabel = "ZONE",
            description =
                    "Zone of its stamps, such as America/Los_Angeles or +02:00 (default: recorded, else inferred).")
    private @Nullable ZoneId zone;

    @Option(names = "--loadgen", paramLabel = "FILE", description = "LoadGen's mlperf_log_detail.txt, for its window.")
    private @Nullable Path loadgen;

    @Option(
            names = "--card",
            paramLabel = "CALIBRATION",
            description = "Calibration file with gain and offset of the cards (default: a population of cards).")
    private @Nullable Path card;

    @Option(
            names = "--card-name",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The card's name where the log has none, such as 'H100'.")
    private String cardName = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write (default: SESSION/analysis/report.html).")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (session == null && spl == null && smi == null) {
            throw new UsageException("nothing to report on was given", "Give a SESSION, or --spl and --smi.");
        }
        if (session != null && spl != null) {
            throw new UsageException("both a SESSION and --spl were given", "Give one of them.");
        }
        Path file = out != null ? out : session == null ? null : ReportJob.fileOf(session);
        if (file == null) {
            throw new UsageException("no file to write was given", "Give --out FILE.");
        }
        new ReportJob(TimeSource.system(), Version.version()).write(request(), session, file);
        System.out.println(file);
        return ExitCode.OK.code();
    }

    private AnalysisRequest request() {
        AnalysisRequest request = session == null ? AnalysisRequest.of(spl, smi) : AnalysisRequest.ofSession(session);
        request = request.withCard(cardName);
        if (smi != null) {
            request = request.withSmi(smi);
        }
        if (zone != null) {
            request = request.withZone(zone);
        }
        if (loadgen != null) {
            request = request.withLoadgen(loadgen);
        }
        return card == null ? request : request.withCalibrations(CalibrationJson.read(card));
    }
}
