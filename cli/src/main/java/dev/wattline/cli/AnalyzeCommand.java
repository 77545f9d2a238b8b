package dev.wattline.cli;

import dev.wattline.analysis.AnalysisFiles;
import dev.wattline.analysis.AnalysisRequest;
import dev.wattline.analysis.AnalysisText;
import dev.wattline.analysis.MergedCsv;
import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.json.AnalysisJson;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.files.SessionFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline analyze}: how wrong nvidia-smi is on a run, and what the run consisted of. */
@Command(
        name = "analyze",
        description = {
            "Merge the analyzer's log and nvidia-smi's: energies, phases, and how wrong nvidia-smi is, with an interval.",
            "Writes sampling-error.json and merged.csv, into SESSION/analysis or the folder given with --out."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline analyze results/2026-11-22_10-00-00",
            "  wattline analyze SESSION --smi nvidia-smi.csv --smi-zone Europe/London \\",
            "      --card calibration.json",
            "  wattline analyze --spl spl.txt --smi nvidia-smi.csv \\",
            "      --loadgen mlperf_log_detail.txt --out analysis",
            "  wattline analyze results/SESSION --calibration lab-a.json",
        })
final class AnalyzeCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private AnalysisOptions options = new AnalysisOptions();

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where to write (default: SESSION/analysis).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print sampling-error.json instead of a summary.")
    private boolean json;

    @Mixin
    private CalibrationUse calibration = new CalibrationUse();

    @Override
    public Integer call() {
        Optional<InferredWall> wall = calibration.read();
        Path measured = options.session();
        if (wall.isPresent() && measured == null) {
            throw new UsageException("--calibration needs a SESSION with its telemetry", null);
        }
        if (wall.isPresent() && measured != null && InformalSessionException.isInformal(measured)) {
            InferredLines.ofAll(wall.get(), measured).forEach(System.out::println);
            return ExitCode.OK.code();
        }
        AnalysisRequest request = options.request();
        Path session = options.session();
        Path folder = out != null ? out : session == null ? null : new SessionFolder(session).analysis();
        if (folder != null) {
            OutputFolder.check(folder);
        }
        Analysis found = SessionAnalyzer.analyze(request);
        if (folder != null) {
            write(folder, found);
        }
        PrintWriter console = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        if (json) {
            console.println(AnalysisJson.write(found.summary()));
        } else {
            AnalysisText.lines(found.summary()).forEach(console::println);
            if (folder != null) {
                console.println(
                        "Written: " + folder.resolve(AnalysisJson.FILE) + ", " + folder.resolve(MergedCsv.FILE));
            }
        }
        if (!json && wall.isPresent() && session != null) {
            InferredLines.of(wall.get(), session, found.summary()).forEach(console::println);
        }
        console.flush();
        return ExitCode.OK.code();
    }

    private static void write(Path folder, Analysis found) {
        try {
            AnalysisFiles.write(folder, found);
        } catch (IOException e) {
            throw OutputException.of(folder, e);
        }
    }
}
