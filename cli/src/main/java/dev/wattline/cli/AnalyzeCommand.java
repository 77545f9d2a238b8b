package dev.wattline.cli;

import dev.wattline.analysis.AnalysisRequest;
import dev.wattline.analysis.AnalysisText;
import dev.wattline.analysis.GivenPhases;
import dev.wattline.analysis.MergedCsv;
import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.json.AnalysisJson;
import dev.wattline.analysis.json.CalibrationJson;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.files.SessionFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            "  wattline analyze SESSION --smi nvidia-smi.csv --smi-zone Europe/London --card calibration.json",
            "  wattline analyze --spl spl.txt --smi nvidia-smi.csv --loadgen mlperf_log_detail.txt --out analysis",
        })
final class AnalyzeCommand implements Callable<Integer> {
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
            names = "--field",
            paramLabel = "FIELD",
            defaultValue = "",
            description = "Power field to use (default: power.draw.average where it has readings, else power.draw).")
    private String field = "";

    @Option(
            names = "--phases",
            paramLabel = "FILE",
            description = "Known phases: CSV lines of name, begin and end, in UTC (default: found in the logs).")
    private @Nullable Path phases;

    @Option(
            names = "--max-lag",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Largest lag between the clocks to look for (default: ${DEFAULT-VALUE}).")
    private double maxLag = AnalysisRequest.DEFAULT_MAX_LAG_S;

    @Option(
            names = "--phase-penalty",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "Times the penalty of a phase change; more gives fewer phases (default: ${DEFAULT-VALUE}).")
    private double penalty = 1;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where to write (default: SESSION/analysis).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print sampling-error.json instead of a summary.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (session == null && spl == null && smi == null) {
            throw new UsageException("nothing to analyze was given", "Give a SESSION, or --spl and --smi.");
        }
        if (session != null && spl != null) {
            throw new UsageException("both a SESSION and --spl were given", "Give one of them.");
        }
        Analysis found = SessionAnalyzer.analyze(request());
        Path folder = out != null ? out : session == null ? null : new SessionFolder(session).analysis();
        if (folder != null) {
            Files.createDirectories(folder);
            AnalysisJson.write(folder.resolve(AnalysisJson.FILE), found.summary());
            MergedCsv.write(folder.resolve(MergedCsv.FILE), found);
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
        console.flush();
        return ExitCode.OK.code();
    }

    private AnalysisRequest request() {
        AnalysisRequest request = session == null ? AnalysisRequest.of(spl, smi) : AnalysisRequest.ofSession(session);
        request =
                request.withField(field).withCard(cardName).withMaxLagS(maxLag).withPenaltyFactor(penalty);
        if (smi != null) {
            request = request.withSmi(smi);
        }
        if (zone != null) {
            request = request.withZone(zone);
        }
        if (loadgen != null) {
            request = request.withLoadgen(loadgen);
        }
        if (card != null) {
            request = request.withCalibrations(CalibrationJson.read(card));
        }
        return phases == null ? request : request.withPhases(GivenPhases.read(phases));
    }
}
