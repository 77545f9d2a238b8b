package dev.wattline.cli;

import dev.wattline.analysis.calibration.CalibrationRefusedException;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.analysis.source.json.InformalJson;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.facts.SystemProbe;
import dev.wattline.sut.measure.InformalMeasurement.Outcome;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a measurement without analyzer comes to, in its folder: telemetry, the machine's facts, and {@code informal.json}.
 *
 * @param folder the session's folder
 * @param command what was run
 * @param json where the result goes too; null for nowhere
 * @param wall the calibration to infer wall power by, if there is one
 */
record InformalResult(
        Path folder, List<String> command, @Nullable Path json, Optional<InferredWall> wall) {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT);

    /** A new folder below another, named by the time. */
    static Path newFolder(Path output, String label, TimeSource time) throws IOException {
        String name = NAME.format(time.now().atZone(ZoneOffset.UTC)) + (label.isEmpty() ? "" : "_" + label);
        Files.createDirectories(output);
        Path folder = output.resolve(name);
        for (int i = 2; Files.exists(folder); i++) {
            folder = output.resolve(name + "_" + i);
        }
        return Files.createDirectory(folder);
    }

    /** What the machine is, which a calibration must know; kept with the readings. */
    SystemFacts facts(TimeSource time, TelemetryOptions options) {
        SystemFacts facts = SystemProbe.ofThisMachine(time).ask(options.program(), String.join(" ", command));
        SystemFactsJson.write(new SessionFolder(folder).systemFacts(), facts);
        return facts;
    }

    Path telemetry() {
        return new SessionFolder(folder).telemetry(Phase.TESTING);
    }

    /**
     * Adds up, writes the result, and returns its lines; warnings go to stderr.
     *
     * @param loadgen LoadGen's window, which counts where there is one
     * @param tokensPerSecond what LoadGen counted in it; empty where it counts no tokens
     */
    List<String> tell(
            Outcome outcome, @Nullable SystemFacts facts, Optional<PowerWindow> loadgen, OptionalDouble tokensPerSecond)
            throws IOException {
        Path record = telemetry().resolve(TelemetryMeta.FILE);
        EnergyStatement.Window window = window(outcome, loadgen);
        List<String> problems = new ArrayList<>(outcome.problems());
        EnergyStatement statement = EnergyStatement.none(window.seconds());
        if (Files.exists(record)) {
            TelemetryMeta meta = TelemetryMetaJson.read(record);
            statement = EnergyStatement.of(telemetry(), meta, window);
            if (wall.isPresent() && facts != null) {
                try {
                    double from = window.beginMs() / 1e3;
                    statement = statement.with(
                            wall.get().over(facts, telemetry(), meta, from, from + window.seconds()), wall.get());
                } catch (CalibrationRefusedException e) {
                    // A finding, for the command has run.
                    problems.add("no wall power: " + e.getMessage()
                            + e.remedy().map(remedy -> ". Remedy: " + remedy).orElse(""));
                }
            }
        }
        InformalJson.Ran ran = new InformalJson.Ran(
                command, outcome.status(), outcome.begin(), outcome.end(), problems, tokensPerSecond);
        InformalJson.write(folder.resolve(InformalJson.FILE), ran, statement);
        if (json != null) {
            InformalJson.write(json, ran, statement);
        }
        problems.forEach(problem -> System.err.println("wattline: warning: " + problem));
        return EnergyLines.of(statement, outcome.status(), tokensPerSecond);
    }

    private static EnergyStatement.Window window(Outcome outcome, Optional<PowerWindow> loadgen) {
        long begin = outcome.begin().toEpochMilli();
        if (loadgen.isEmpty()) {
            return new EnergyStatement.Window(
                    begin, outcome.end().toEpochMilli(), outcome.beginNanos(), outcome.endNanos());
        }
        long from = loadgen.get().begin().toEpochMilli();
        long to = loadgen.get().end().toEpochMilli();
        long nanos = outcome.beginNanos();
        return new EnergyStatement.Window(
                from, to, nanos + (from - begin) * 1_000_000, nanos + (to - begin) * 1_000_000);
    }
}
