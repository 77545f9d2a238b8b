package dev.wattline.cli.power;

import dev.wattline.analysis.json.CalibrationJson;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.request.GivenPhases;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.ZoneConverter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to analyse: {@code @Mixin AnalysisOptions options}, the same for {@code analyze} and {@code report}. */
final class AnalysisOptions {
    private static final double LARGEST_LAG_S = 3600;

    @Parameters(paramLabel = "SESSION", arity = "0..1", description = "Folder that holds power, ranging and run_1.")
    private @Nullable Path session;

    @Option(
            names = "--spl",
            paramLabel = "FILE",
            description = "The analyzer's log, or one of nodes' power, instead of a session's.")
    private @Nullable Path spl;

    @Option(
            names = "--smi",
            paramLabel = "FILE",
            description = "The GPUs' log, instead of the session's telemetry: nvidia-smi's or another tool's.")
    private @Nullable Path smi;

    @Option(
            names = "--smi-zone",
            paramLabel = "ZONE",
            converter = ZoneConverter.class,
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
            names = "--columns",
            paramLabel = "NAMES",
            split = ",",
            description = "The log's columns in order, such as timestamp,index,power.draw, if it has no header.")
    private List<String> columns = List.of();

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

    /** The session's folder; null where only logs were given. */
    @Nullable
    Path session() {
        return session;
    }

    /**
     * What was asked for.
     *
     * @throws UsageException if that is nothing, or two things at once
     */
    AnalysisRequest request() {
        if (session == null && spl == null && smi == null) {
            throw new UsageException("nothing to analyze was given", "Give a SESSION, or --spl and --smi.");
        }
        if (session != null && spl != null) {
            throw new UsageException("both a SESSION and --spl were given", "Give one of them.");
        }
        if (!(maxLag > 0) || maxLag > LARGEST_LAG_S) {
            throw new UsageException("--max-lag: expected seconds above 0 up to 3600, got " + maxLag, null);
        }
        if (!(penalty > 0) || penalty == Double.POSITIVE_INFINITY) {
            throw new UsageException("--phase-penalty: expected a factor above 0, got " + penalty, null);
        }
        AnalysisRequest request = session == null ? AnalysisRequest.of(spl, smi) : AnalysisRequest.ofSession(session);
        request = request.withField(field)
                .withCard(cardName)
                .withColumns(columns)
                .withMaxLagS(maxLag)
                .withPenaltyFactor(penalty);
        if (smi != null) {
            request = request.withSmi(smi);
        }
        if (request.smi() == null) {
            rejectOptionsOfTelemetry();
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

    /**
     * Says which of these options have no effect on a measurement without analyzer.
     *
     * @throws UsageException if one of them was given
     */
    void refuseForInformal(CommandSpec spec, Path informal) {
        CommandSpec own = CommandSpec.forAnnotatedObject(new AnalysisOptions());
        List<String> given = spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> own.findOption(name) != null)
                .toList();
        if (!given.isEmpty()) {
            throw new UsageException(
                    informal + " was measured without an analyzer: " + String.join(", ", given) + " has no effect",
                    "Leave it out.");
        }
    }

    /** What says how to read an nvidia-smi log is a mistake where there is none. */
    private void rejectOptionsOfTelemetry() {
        String option = zone != null
                ? "--smi-zone"
                : card != null
                        ? "--card"
                        : !cardName.isEmpty()
                                ? "--card-name"
                                : !field.isEmpty() ? "--field" : columns.isEmpty() ? "" : "--columns";
        if (!option.isEmpty()) {
            throw new UsageException(
                    option + " was given, but there is no nvidia-smi log"
                            + (session == null ? "" : " in " + session + "/telemetry"),
                    "Give the log with --smi FILE.");
        }
    }
}
