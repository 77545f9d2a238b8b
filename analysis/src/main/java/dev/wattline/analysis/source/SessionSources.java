package dev.wattline.analysis.source;

import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** What several sources said in a session that an analyzer measured, over the window of its main figures. */
public final class SessionSources {
    /** Limit of an analyzer's error: the most that the rules allow one, as the session does not say its own. */
    public static final double ANALYZER_LIMIT_PCT = 1;

    private static final double SLACK_S = 2; // of the analyzer's log at the window's ends

    private SessionSources() {}

    /**
     * Adds up.
     *
     * @param found what the analysis found
     * @param alone whether nvidia-smi alone is of interest too, as beside wall power by a calibration
     * @return empty where nvidia-smi is the only source, unless that is of interest, or there is none, where they cannot be
     *     read, or there is no window
     */
    public static Optional<EnergyStatement> of(Path session, SamplingError found, boolean alone) {
        Path telemetry = new SessionFolder(session).telemetry(Phase.TESTING);
        Path record = telemetry.resolve(TelemetryMeta.FILE);
        Instant begin = found.windowStart();
        Instant end = found.windowEnd();
        if (begin == null || end == null || !Files.exists(record)) {
            return Optional.empty();
        }
        try {
            TelemetryMeta meta = TelemetryMetaJson.read(record);
            if (!alone
                    && meta.sources().stream().allMatch(source -> source.log().equals(TelemetryMeta.LOG))) {
                return Optional.empty();
            }
            Double offset = meta.clockOffsetMs();
            long ahead = offset == null ? 0 : Math.round(offset); // the window is by the director's clock
            EnergyStatement statement =
                    EnergyStatement.of(telemetry, meta, begin.toEpochMilli() + ahead, end.toEpochMilli() + ahead);
            WallResult wall = found.wall();
            return Optional.of(wall == null ? statement : statement.with(analyzer(wall, statement.seconds())));
        } catch (SessionFilesException | AnalysisInputException e) {
            return Optional.empty(); // the analysis tells of telemetry that cannot be read
        }
    }

    /** The tokens that LoadGen counted each second, where the window of the figures is LoadGen's. */
    public static OptionalDouble tokensPerSecond(Path session, SamplingError found) {
        Path detail = new SessionFolder(session).loadgenDetail(Phase.TESTING);
        try {
            return found.windowSource().equals("loadgen") && Files.exists(detail)
                    ? LoadgenLog.tokensPerSecond(detail)
                    : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty(); // the checks tell of a log that cannot be read
        }
    }

    /**
     * Power at the wall by a calibration, over the window of the main figures.
     *
     * @return empty where there is no window
     * @throws AnalysisInputException if the session lacks readings, or does not say what machine it is of
     * @throws dev.wattline.analysis.calibration.CalibrationRefusedException if the calibration is of another machine
     */
    public static Optional<WallPrediction> wall(InferredWall wall, Path session, SamplingError found) {
        SessionFolder folder = new SessionFolder(session);
        Path telemetry = folder.telemetry(Phase.TESTING);
        Path record = telemetry.resolve(TelemetryMeta.FILE);
        if (!Files.exists(record)) {
            throw new AnalysisInputException(session + ": has no telemetry (" + record + ")", null);
        }
        TelemetryMeta meta = TelemetryMetaJson.read(record);
        SystemFacts facts = SystemFactsJson.read(folder.systemFacts())
                .orElseThrow(() -> new AnalysisInputException(
                        session + ": does not say what machine it is of (" + folder.systemFacts() + ")",
                        "A calibration is of one machine: measure again with this version."));
        Instant begin = found.windowStart();
        Instant end = found.windowEnd();
        if (begin == null || end == null) {
            return Optional.empty();
        }
        Double offset = meta.clockOffsetMs();
        double ahead = offset == null ? 0 : offset / 1e3; // the window is by the director's clock
        return Optional.of(wall.over(
                facts, telemetry, meta, begin.toEpochMilli() / 1e3 + ahead, end.toEpochMilli() / 1e3 + ahead));
    }

    /**
     * What sources said, with power at the wall by a calibration, if one was given and there is a window.
     *
     * @throws AnalysisInputException if the session lacks readings, or does not say what machine it is of
     */
    public static CalibratedStatement with(
            Optional<InferredWall> wall, EnergyStatement measured, Path session, SamplingError found) {
        return CalibratedStatement.of(
                measured,
                wall,
                by -> wall(by, session, found)
                        .map(inferred -> measured.with(inferred, by))
                        .orElse(measured));
    }

    private static ScopeEnergy analyzer(WallResult wall, double seconds) {
        double ends = wall.energyCi95J().isKnown() ? wall.energyCi95J().halfWidth() / IntervalEnergy.K95 : 0;
        double own = ANALYZER_LIMIT_PCT / 100 * wall.energyJ() / Math.sqrt(3);
        boolean covered = Double.isFinite(wall.energyJ()) && wall.windowS() > seconds - SLACK_S;
        String why = covered ? "" : "the analyzer's log does not cover the window";
        return new ScopeEnergy(
                "wall", EnergyStatement.ANALYZER, "sampled", 1, wall.energyJ(), Math.hypot(ends, own), why);
    }
}
