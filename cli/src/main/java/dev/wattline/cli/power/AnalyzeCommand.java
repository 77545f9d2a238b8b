package dev.wattline.cli.power;

import dev.wattline.analysis.AnalysisFiles;
import dev.wattline.analysis.AnalysisText;
import dev.wattline.analysis.MergedCsv;
import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.informal.InformalSession;
import dev.wattline.analysis.json.AnalysisJson;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.source.CalibratedStatement;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.analysis.source.SessionSources;
import dev.wattline.analysis.source.json.SourcesJson;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.InformalSessionException;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.files.SessionFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wattline analyze}: how wrong nvidia-smi is on a run, and what the run consisted of. */
@Command(
        name = "analyze",
        description = {
            "Merge the analyzer's log and nvidia-smi's: energies, phases, and how wrong nvidia-smi is, with an interval.",
            "Writes sampling-error.json and merged.csv, into SESSION/analysis or the folder given with --out;",
            "of a session with other sources than nvidia-smi sources.json too, of one without analyzer that alone."
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
public final class AnalyzeCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private AnalysisOptions options = new AnalysisOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
        if (measured != null && InformalSessionException.isInformal(measured)) {
            return informal(measured, wall);
        }
        AnalysisRequest request = options.request();
        Path session = options.session();
        Path folder = out != null ? out : session == null ? null : new SessionFolder(session).analysis();
        if (folder != null) {
            OutputFolder.check(folder);
        }
        Analysis found = SessionAnalyzer.analyze(request);
        Optional<CalibratedStatement> calibrated = session == null
                ? Optional.empty()
                : SessionSources.of(session, found.summary(), wall.isPresent())
                        .map(all -> SessionSources.with(wall, all, session, found.summary()));
        if (wall.isPresent() && session != null && calibrated.isEmpty()) {
            SessionSources.wall(wall.get(), session, found.summary()); // says what the session lacks
        }
        Optional<EnergyStatement> sources = calibrated.map(CalibratedStatement::statement);
        if (folder != null) {
            write(folder, found);
        }
        if (folder != null && session != null && sources.isPresent()) {
            write(folder, session, sources.get(), found.summary());
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
            sources.ifPresent(all -> tell(all, session, found.summary()).forEach(console::println));
            if (wall.isPresent()
                    && calibrated.flatMap(CalibratedStatement::refusal).isEmpty()) {
                sources.flatMap(EnergyStatement::wall)
                        .map(one -> InferredLines.of(wall.get(), one.prediction()))
                        .orElse(List.of("No wall power by " + wall.get().name() + ": the session has no window."))
                        .forEach(console::println);
            }
        }
        console.flush();
        calibrated.ifPresent(CalibratedStatement::requireAccepted);
        return ExitCode.OK.code();
    }

    /** Of a measurement without analyzer: its sources by scope, and the wall by a calibration. */
    private Integer informal(Path session, Optional<InferredWall> wall) {
        options.refuseForInformal(spec, session);
        Path folder = out != null ? out : new SessionFolder(session).analysis();
        OutputFolder.check(folder);
        InformalSession kept = InformalSession.read(session);
        CalibratedStatement calibrated = kept.statement(wall);
        EnergyStatement statement = calibrated.statement();
        OptionalDouble tokens = kept.informal().ran().tokensPerSecond();
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(SourcesJson.FILE);
            SourcesJson.write(file, statement, kept.begin(), kept.end(), tokens);
            if (json) {
                System.out.print(Files.readString(file));
            }
        } catch (IOException e) {
            throw OutputException.of(folder, e);
        }
        if (!json) {
            tellInformal(statement, tokens, wall, folder.resolve(SourcesJson.FILE));
        }
        calibrated.requireAccepted();
        return ExitCode.OK.code();
    }

    private static void tellInformal(
            EnergyStatement statement, OptionalDouble tokens, Optional<InferredWall> wall, Path written) {
        System.out.printf(Locale.ROOT, "Sources by scope, over %.1f s:%n", statement.seconds());
        EnergyLines.scopes(statement, tokens).forEach(System.out::println);
        if (wall.isPresent() && statement.wall().isPresent()) {
            InferredLines.of(wall.get(), statement.wall().get().prediction()).forEach(System.out::println);
        }
        System.out.println("  informal: no submission can be made of this");
        System.out.println("Written: " + written);
    }

    private static List<String> tell(EnergyStatement sources, @Nullable Path session, SamplingError found) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "Sources by scope, over %.1f s:", sources.seconds()));
        lines.addAll(EnergyLines.scopes(
                sources, session == null ? OptionalDouble.empty() : SessionSources.tokensPerSecond(session, found)));
        return lines;
    }

    private static void write(Path folder, Path session, EnergyStatement sources, SamplingError found) {
        Instant begin = found.windowStart();
        Instant end = found.windowEnd();
        try {
            if (begin != null && end != null) {
                SourcesJson.write(
                        folder.resolve(SourcesJson.FILE),
                        sources,
                        begin,
                        end,
                        SessionSources.tokensPerSecond(session, found));
            }
        } catch (IOException e) {
            throw OutputException.of(folder, e);
        }
    }

    private static void write(Path folder, Analysis found) {
        try {
            AnalysisFiles.write(folder, found);
        } catch (IOException e) {
            throw OutputException.of(folder, e);
        }
    }
}
