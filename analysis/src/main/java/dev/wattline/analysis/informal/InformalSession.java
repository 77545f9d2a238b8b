package dev.wattline.analysis.informal;

import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.source.CalibratedStatement;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.analysis.source.json.InformalJson;
import dev.wattline.analysis.source.json.InformalJson.Informal;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
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

/**
 * A measurement without analyzer that was kept.
 *
 * @param folder its folder
 * @param informal its result
 * @param begin of what its figures are over: LoadGen's window, the marked phases, or the whole run
 * @param end of that
 */
public record InformalSession(Path folder, Informal informal, Instant begin, Instant end) {
    /**
     * Reads one.
     *
     * @throws AnalysisInputException if its result cannot be read
     */
    public static InformalSession read(Path folder) {
        Informal informal = InformalJson.read(folder.resolve(InformalJson.FILE));
        InformalJson.Ran ran = informal.ran();
        Path detail = new SessionFolder(folder).loadgenDetail(Phase.TESTING);
        // Files of earlier versions do not say that they are over LoadGen's window.
        boolean whole = ran.windowBegin().equals(ran.begin()) && ran.windowEnd().equals(ran.end());
        try {
            Optional<PowerWindow> window =
                    whole && Files.exists(detail) ? LoadgenLog.powerWindow(detail) : Optional.empty();
            return new InformalSession(
                    folder,
                    informal,
                    window.map(PowerWindow::begin).orElse(ran.windowBegin()),
                    window.map(PowerWindow::end).orElse(ran.windowEnd()));
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(detail, "It was there when the session was measured.", e);
        }
    }

    /** What was used, as the measurement wrote it. */
    public EnergyStatement statement() {
        return informal.statement();
    }

    /**
     * The same with power at the wall by a calibration, if there is one.
     *
     * @throws AnalysisInputException if the folder lacks readings, or does not say what machine it is of
     */
    public CalibratedStatement statement(Optional<InferredWall> wall) {
        return CalibratedStatement.of(statement(), wall, by -> statement().with(wall(by, folder, begin, end), by));
    }

    /** Wall power over a time by the machine's own clock. */
    private static WallPrediction wall(InferredWall wall, Path folder, Instant begin, Instant end) {
        SessionFolder session = new SessionFolder(folder);
        Path telemetry = session.telemetry(Phase.TESTING);
        Path record = telemetry.resolve(TelemetryMeta.FILE);
        if (!Files.exists(record)) {
            throw new AnalysisInputException(folder + ": has no telemetry (" + record + ")", null);
        }
        SystemFacts facts = SystemFactsJson.read(session.systemFacts())
                .orElseThrow(() -> new AnalysisInputException(
                        folder + ": does not say what machine it is of (" + session.systemFacts() + ")",
                        "A calibration is of one machine: measure again with this version."));
        return wall.over(
                facts, telemetry, TelemetryMetaJson.read(record), begin.toEpochMilli() / 1e3, end.toEpochMilli() / 1e3);
    }
}
