package dev.wattline.cli.power;

import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.InformalSessionException;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.model.TimeSource;
import dev.wattline.report.ReportJob;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattline report}: a session as one HTML file. */
@Command(
        name = "report",
        description = {
            "Write a session's report: one HTML file with power, energy, metric, verdict, the merged trace, and how wrong"
                    + " nvidia-smi is where there is telemetry. Of a folder of 'measure -o' or 'run --no-director': energy"
                    + " by source and scope.",
            "It opens from disk without network."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline report results/2026-11-22_10-00-00",
            "  wattline report SESSION --smi nvidia-smi.csv --smi-zone Europe/London \\",
            "      --out report.html",
            "  wattline report SESSION --calibration lab-a.json",
            "  wattline report --spl spl.txt --smi nvidia-smi.csv --out report.html",
        })
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private AnalysisOptions options = new AnalysisOptions();

    @Mixin
    private CalibrationUse calibration = new CalibrationUse();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write (default: SESSION/analysis/report.html).")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Path session = options.session();
        Optional<InferredWall> wall = calibration.read();
        if (wall.isPresent() && session == null) {
            throw new UsageException("--calibration needs a SESSION with its telemetry", null);
        }
        if (session != null && InformalSessionException.isInformal(session)) {
            return informal(session, wall);
        }
        AnalysisRequest request = options.request();
        Path file = out != null ? out : session == null ? null : ReportJob.fileOf(session);
        if (file == null) {
            throw new UsageException("no file to write was given", "Give --out FILE.");
        }
        OutputFolder.checkFor(file);
        new ReportJob(TimeSource.system(), Version.version()).write(request, session, wall, file);
        System.out.println(file);
        return ExitCode.OK.code();
    }

    private Integer informal(Path session, Optional<InferredWall> wall) {
        options.refuseForInformal(spec, session);
        Path file = out != null ? out : ReportJob.fileOf(session);
        OutputFolder.checkFor(file);
        new ReportJob(TimeSource.system(), Version.version()).writeInformal(session, wall, file);
        System.out.println(file);
        return ExitCode.OK.code();
    }
}
