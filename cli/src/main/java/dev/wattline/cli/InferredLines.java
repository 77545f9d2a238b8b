package dev.wattline.cli;

import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.analysis.source.SourceGrid;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a calibration says of a session's wall power, as lines for a reader. */
final class InferredLines {
    private final InferredWall wall;
    private final Path telemetry;
    private final TelemetryMeta meta;
    private final SystemFacts facts;

    private InferredLines(InferredWall wall, Path session) {
        this.wall = wall;
        SessionFolder folder = new SessionFolder(session);
        this.telemetry = folder.telemetry(Phase.TESTING);
        Path record = telemetry.resolve(TelemetryMeta.FILE);
        if (!Files.exists(record)) {
            throw new AnalysisInputException(session + ": has no telemetry (" + record + ")", null);
        }
        this.meta = TelemetryMetaJson.read(record);
        this.facts = SystemFactsJson.read(folder.systemFacts())
                .orElseThrow(() -> new AnalysisInputException(
                        session + ": does not say what machine it is of (" + folder.systemFacts() + ")",
                        "A calibration is of one machine: measure again with this version."));
    }

    /** Over all that was measured, of a session without analyzer. */
    static List<String> ofAll(InferredWall wall, Path session) {
        InferredLines lines = new InferredLines(wall, session);
        SourceGrid.Span span = SourceGrid.span(lines.telemetry, lines.meta)
                .orElseThrow(
                        () -> new AnalysisInputException(session + ": its sources have no readings in common", null));
        List<String> all = of(wall, lines.over(span.fromS(), span.toS()));
        all.add("  informal: no submission can be made of this");
        return all;
    }

    /** Over the window of an analysis, beside what the analyzer measured; empty where it has no window. */
    static Optional<WallPrediction> over(InferredWall wall, Path session, SamplingError found) {
        InferredLines lines = new InferredLines(wall, session);
        Instant begin = found.windowStart();
        Instant end = found.windowEnd();
        if (begin == null || end == null) {
            return Optional.empty();
        }
        Double offset = lines.meta.clockOffsetMs();
        double ahead = offset == null ? 0 : offset / 1e3; // the window is by the director's clock
        return Optional.of(lines.over(begin.toEpochMilli() / 1e3 + ahead, end.toEpochMilli() / 1e3 + ahead));
    }

    private WallPrediction over(double fromS, double toS) {
        return wall.over(facts, telemetry, meta, fromS, toS);
    }

    static List<String> of(InferredWall wall, WallPrediction found) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "By %s, over %.1f s:", wall.name(), found.seconds()));
        lines.add(EnergyLines.inferred(new EnergyStatement.Inferred(
                found, wall.name(), wall.calibration().machine().hash())));
        found.told().forEach(told -> lines.add("  " + told));
        lines.add("  " + found.confidence());
        return lines;
    }
}
