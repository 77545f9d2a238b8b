package dev.wattline.analysis;

import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to analyse. At least one of the two logs must be given.
 *
 * @param spl the analyzer's log; null without analyzer
 * @param smi the nvidia-smi log; null without telemetry
 * @param loadgen LoadGen's detailed log, for its power window; null without
 * @param zone zone of the nvidia-smi stamps; null to infer it
 * @param meta what was recorded with the telemetry; null if nothing was
 * @param calibrations gain and offset of the cards
 * @param field power field to use; empty for the best one in the log
 * @param card card name where the log has none; empty if not known
 * @param phases phases that are known; empty to find them
 * @param maxLagS largest lag between the clocks to look for, in s
 * @param penaltyFactor times the default penalty of a phase change
 * @param seed of the bootstrap
 */
public record AnalysisRequest(
        @Nullable Path spl,
        @Nullable Path smi,
        @Nullable Path loadgen,
        @Nullable ZoneId zone,
        @Nullable TelemetryMeta meta,
        CardCalibrations calibrations,
        String field,
        String card,
        List<GivenPhase> phases,
        double maxLagS,
        double penaltyFactor,
        long seed) {
    /** The default of {@link #maxLagS}. */
    public static final double DEFAULT_MAX_LAG_S = 60;

    public AnalysisRequest {
        phases = List.copyOf(phases);
    }

    /**
     * A phase whose time is known.
     *
     * @param name its name
     * @param startMs begin in ms since the epoch, UTC
     * @param endMs end in ms since the epoch, UTC
     */
    public record GivenPhase(String name, double startMs, double endMs) {}

    /** Two logs and all defaults. */
    public static AnalysisRequest of(@Nullable Path spl, @Nullable Path smi) {
        return new AnalysisRequest(
                spl, smi, null, null, null, CardCalibrations.NONE, "", "", List.of(), DEFAULT_MAX_LAG_S, 1, 1);
    }

    /**
     * The testing phase of a session, with its telemetry if it has any.
     *
     * @throws AnalysisInputException if the folder is no session
     */
    public static AnalysisRequest ofSession(Path root) {
        SessionFolder folder = new SessionFolder(root);
        Path spl = folder.spl(Phase.TESTING);
        if (!Files.isRegularFile(spl)) {
            throw new AnalysisInputException(
                    root + ": is no session: there is no " + root.relativize(spl),
                    "Give the folder that holds power, ranging and run_1.");
        }
        AnalysisRequest request = of(spl, null);
        Path detail = folder.loadgenDetail(Phase.TESTING);
        if (Files.isRegularFile(detail)) {
            request = request.withLoadgen(detail);
        }
        Path telemetry = folder.telemetry(Phase.TESTING);
        Path log = telemetry.resolve(TelemetryMeta.LOG);
        if (!Files.isRegularFile(log)) {
            return request;
        }
        request = request.withSmi(log);
        Path meta = telemetry.resolve(TelemetryMeta.FILE);
        return Files.isRegularFile(meta) ? request.withMeta(TelemetryMetaJson.read(meta)) : request;
    }

    /** The zone recorded with the telemetry; null if there is none or it is no zone. */
    @Nullable
    ZoneId recordedZone() {
        if (meta == null || meta.zone().isEmpty()) {
            return null;
        }
        try {
            return ZoneId.of(meta.zone());
        } catch (DateTimeException e) {
            return null; // a zone that this Java does not know: the logs themselves must tell
        }
    }

    public AnalysisRequest withSmi(Path log) {
        return new AnalysisRequest(
                spl, log, loadgen, zone, meta, calibrations, field, card, phases, maxLagS, penaltyFactor, seed);
    }

    public AnalysisRequest withLoadgen(Path detail) {
        return new AnalysisRequest(
                spl, smi, detail, zone, meta, calibrations, field, card, phases, maxLagS, penaltyFactor, seed);
    }

    public AnalysisRequest withZone(ZoneId smiZone) {
        return new AnalysisRequest(
                spl, smi, loadgen, smiZone, meta, calibrations, field, card, phases, maxLagS, penaltyFactor, seed);
    }

    public AnalysisRequest withMeta(TelemetryMeta recorded) {
        return new AnalysisRequest(
                spl, smi, loadgen, zone, recorded, calibrations, field, card, phases, maxLagS, penaltyFactor, seed);
    }

    public AnalysisRequest withCalibrations(CardCalibrations cards) {
        return new AnalysisRequest(
                spl, smi, loadgen, zone, meta, cards, field, card, phases, maxLagS, penaltyFactor, seed);
    }

    public AnalysisRequest withField(String powerField) {
        return new AnalysisRequest(
                spl, smi, loadgen, zone, meta, calibrations, powerField, card, phases, maxLagS, penaltyFactor, seed);
    }

    public AnalysisRequest withCard(String name) {
        return new AnalysisRequest(
                spl, smi, loadgen, zone, meta, calibrations, field, name, phases, maxLagS, penaltyFactor, seed);
    }

    public AnalysisRequest withPhases(List<GivenPhase> given) {
        return new AnalysisRequest(
                spl, smi, loadgen, zone, meta, calibrations, field, card, given, maxLagS, penaltyFactor, seed);
    }

    public AnalysisRequest withMaxLagS(double seconds) {
        return new AnalysisRequest(
                spl, smi, loadgen, zone, meta, calibrations, field, card, phases, seconds, penaltyFactor, seed);
    }

    public AnalysisRequest withPenaltyFactor(double factor) {
        return new AnalysisRequest(
                spl, smi, loadgen, zone, meta, calibrations, field, card, phases, maxLagS, factor, seed);
    }
}
