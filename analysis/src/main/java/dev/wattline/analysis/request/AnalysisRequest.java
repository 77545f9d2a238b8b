package dev.wattline.analysis.request;

import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to analyse. At least one of the two logs must be given.
 *
 * @param spl the analyzer's log; null without analyzer
 * @param smi the nvidia-smi log; null without telemetry
 * @param smiRequired whether there is no analysis where that cannot be read; telemetry found in a session is left out then
 * @param loadgen LoadGen's detailed log, for its power window; null without
 * @param zone zone of the nvidia-smi stamps; null to infer it
 * @param meta what was recorded with the telemetry; null if nothing was
 * @param calibrations gain and offset of the cards
 * @param field power field to use; empty for the best one in the log
 * @param card card name where the log has none; empty if not known
 * @param columns names of the columns of a table without a header; empty if it has one
 * @param phases phases that are known; empty to find them
 * @param maxLagS largest lag between the clocks to look for, in s
 * @param penaltyFactor times the default penalty of a phase change
 * @param seed of the bootstrap
 * @param notes what could not be made use of, a sentence each
 */
public record AnalysisRequest(
        @Nullable Path spl,
        @Nullable Path smi,
        boolean smiRequired,
        @Nullable Path loadgen,
        @Nullable ZoneId zone,
        @Nullable TelemetryMeta meta,
        CardCalibrations calibrations,
        String field,
        String card,
        List<String> columns,
        List<GivenPhase> phases,
        double maxLagS,
        double penaltyFactor,
        long seed,
        List<String> notes) {
    /** The default of {@link #maxLagS}. */
    public static final double DEFAULT_MAX_LAG_S = 60;

    public AnalysisRequest {
        columns = List.copyOf(columns);
        phases = List.copyOf(phases);
        notes = List.copyOf(notes);
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
                spl,
                smi,
                true,
                null,
                null,
                null,
                CardCalibrations.NONE,
                "",
                "",
                List.of(),
                List.of(),
                DEFAULT_MAX_LAG_S,
                1,
                1,
                List.of());
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
        request = request.with(changed -> {
            changed.smi = log;
            changed.smiRequired = false;
        });
        Path meta = telemetry.resolve(TelemetryMeta.FILE);
        return Files.isRegularFile(meta) ? request.withMetaOf(meta) : request;
    }

    /** Telemetry never spoils a measurement: a record of it that cannot be read is told, and done without. */
    private AnalysisRequest withMetaOf(Path file) {
        try {
            return withMeta(TelemetryMetaJson.read(file));
        } catch (SessionFilesException e) {
            return with(changed -> changed.notes =
                    List.of("What was recorded with the telemetry is left out: " + e.getMessage() + "."));
        }
    }

    /** The zone recorded with the telemetry; null if there is none or it is no zone. */
    @Nullable
    public ZoneId recordedZone() {
        if (meta == null || meta.zone().isEmpty()) {
            return null;
        }
        try {
            return ZoneId.of(meta.zone());
        } catch (DateTimeException e) {
            return null; // a zone that this Java does not know: the logs themselves must tell
        }
    }

    /** Another nvidia-smi log, without which there is no analysis. */
    public AnalysisRequest withSmi(Path log) {
        return with(changed -> {
            changed.smi = log;
            changed.smiRequired = true;
        });
    }

    public AnalysisRequest withLoadgen(Path detail) {
        return with(changed -> changed.loadgen = detail);
    }

    public AnalysisRequest withZone(ZoneId smiZone) {
        return with(changed -> changed.zone = smiZone);
    }

    public AnalysisRequest withMeta(TelemetryMeta recorded) {
        return with(changed -> changed.meta = recorded);
    }

    public AnalysisRequest withCalibrations(CardCalibrations cards) {
        return with(changed -> changed.calibrations = cards);
    }

    public AnalysisRequest withField(String powerField) {
        return with(changed -> changed.field = powerField);
    }

    public AnalysisRequest withCard(String name) {
        return with(changed -> changed.card = name);
    }

    public AnalysisRequest withColumns(List<String> names) {
        return with(changed -> changed.columns = names);
    }

    public AnalysisRequest withPhases(List<GivenPhase> given) {
        return with(changed -> changed.phases = given);
    }

    public AnalysisRequest withMaxLagS(double seconds) {
        return with(changed -> changed.maxLagS = seconds);
    }

    public AnalysisRequest withPenaltyFactor(double factor) {
        return with(changed -> changed.penaltyFactor = factor);
    }

    private AnalysisRequest with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.request();
    }

    /** A request that is being changed. */
    private static final class Draft {
        private final @Nullable Path spl;
        private @Nullable Path smi;
        private boolean smiRequired;
        private @Nullable Path loadgen;
        private @Nullable ZoneId zone;
        private @Nullable TelemetryMeta meta;
        private CardCalibrations calibrations;
        private String field;
        private String card;
        private List<String> columns;
        private List<GivenPhase> phases;
        private double maxLagS;
        private double penaltyFactor;
        private final long seed;
        private List<String> notes;

        Draft(AnalysisRequest from) {
            spl = from.spl;
            smi = from.smi;
            smiRequired = from.smiRequired;
            loadgen = from.loadgen;
            zone = from.zone;
            meta = from.meta;
            calibrations = from.calibrations;
            field = from.field;
            card = from.card;
            columns = from.columns;
            phases = from.phases;
            maxLagS = from.maxLagS;
            penaltyFactor = from.penaltyFactor;
            seed = from.seed;
            notes = from.notes;
        }

        AnalysisRequest request() {
            return new AnalysisRequest(
                    spl,
                    smi,
                    smiRequired,
                    loadgen,
                    zone,
                    meta,
                    calibrations,
                    field,
                    card,
                    columns,
                    phases,
                    maxLagS,
                    penaltyFactor,
                    seed,
                    notes);
        }
    }
}
