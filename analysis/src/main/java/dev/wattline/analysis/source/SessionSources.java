package dev.wattline.analysis.source;

import dev.wattline.analysis.result.SamplingError;
import dev.wattline.analysis.result.WallResult;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.TelemetryMeta;
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
     * @return empty where nvidia-smi is the only source or there is none, where they cannot be read, or there is no window
     */
    public static Optional<EnergyStatement> of(Path session, SamplingError found) {
        Path telemetry = new SessionFolder(session).telemetry(Phase.TESTING);
        Path record = telemetry.resolve(TelemetryMeta.FILE);
        Instant begin = found.windowStart();
        Instant end = found.windowEnd();
        if (begin == null || end == null || !Files.exists(record)) {
            return Optional.empty();
        }
        try {
            TelemetryMeta meta = TelemetryMetaJson.read(record);
            if (meta.sources().stream().allMatch(source -> source.log().equals(TelemetryMeta.LOG))) {
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

    private static ScopeEnergy analyzer(WallResult wall, double seconds) {
        double ends = wall.energyCi95J().isKnown() ? wall.energyCi95J().halfWidth() / IntervalEnergy.K95 : 0;
        double own = ANALYZER_LIMIT_PCT / 100 * wall.energyJ() / Math.sqrt(3);
        boolean covered = Double.isFinite(wall.energyJ()) && wall.windowS() > seconds - SLACK_S;
        String why = covered ? "" : "the analyzer's log does not cover the window";
        return new ScopeEnergy(
                "wall", EnergyStatement.ANALYZER, "sampled", 1, wall.energyJ(), Math.hypot(ends, own), why);
    }
}
