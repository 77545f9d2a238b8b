package dev.wattline.cli.power;

import dev.wattline.analysis.calibration.CalibrationRefusedException;
import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.analysis.source.InferredWall;
import dev.wattline.analysis.source.PhaseEnergy;
import dev.wattline.analysis.source.json.InformalJson;
import dev.wattline.analysis.source.json.InformalJson.Informal;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.SutException;
import dev.wattline.sut.facts.SystemProbe;
import dev.wattline.sut.measure.InformalMeasurement;
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

    /** That no source tells power or energy, with what each of them lacks. */
    static SutException nothing(InformalMeasurement measurement, String what, String remedy) {
        List<String> lacks = measurement.problems();
        return lacks.isEmpty()
                ? new SutException(
                        "the sources that are named tell no power or energy; " + what + " was not started",
                        "Name others, or leave --telemetry out to look for all" + remedy)
                : new SutException(
                        "nothing on this machine tells power or energy; " + what + " was not started\n  "
                                + String.join("\n  ", lacks),
                        "Fix one of these" + remedy);
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
     * @param loadgen LoadGen's window or that of the phases, which counts where there is one
     * @param phases phases that the workload marked
     * @param tokensPerSecond what LoadGen counted in it; empty where it counts no tokens
     */
    List<String> tell(
            Outcome outcome,
            @Nullable SystemFacts facts,
            Optional<PowerWindow> loadgen,
            List<GivenPhase> phases,
            OptionalDouble tokensPerSecond)
            throws IOException {
        Path record = telemetry().resolve(TelemetryMeta.FILE);
        EnergyStatement.Window window = window(outcome, loadgen);
        List<String> problems = new ArrayList<>(outcome.problems());
        List<PhaseEnergy> byPhase = List.of();
        EnergyStatement statement = EnergyStatement.none(window.seconds());
        if (Files.exists(record)) {
            TelemetryMeta meta = TelemetryMetaJson.read(record);
            statement = EnergyStatement.of(telemetry(), meta, window);
            byPhase = PhaseEnergy.of(telemetry(), meta, phases);
            if (wall.isPresent() && facts != null) {
                try {
                    double from = window.beginMs() / 1e3;
                    statement = statement.with(
                            wall.get().over(facts, telemetry(), meta, from, from + window.seconds()), wall.get());
                } catch (CalibrationRefusedException e) {
                    // A finding, for the command has run.
                    statement = statement.refused(e.finding());
                    problems.add("no wall power: " + e.getMessage()
                            + e.remedy().map(remedy -> ". Remedy: " + remedy).orElse(""));
                }
            }
        }
        InformalJson.Ran ran = new InformalJson.Ran(
                command,
                outcome.status(),
                outcome.begin(),
                outcome.end(),
                problems,
                tokensPerSecond,
                loadgen.map(PowerWindow::begin).orElse(outcome.begin()),
                loadgen.map(PowerWindow::end).orElse(outcome.end()));
        Informal informal = new Informal(ran, statement, byPhase);
        InformalJson.write(folder.resolve(InformalJson.FILE), informal);
        if (json != null) {
            InformalJson.write(json, informal);
        }
        problems.forEach(problem -> System.err.println("wattline: warning: " + problem));
        List<String> lines = new ArrayList<>(EnergyLines.of(statement, outcome.status(), tokensPerSecond));
        byPhase.forEach(phase -> lines.addAll(EnergyLines.of(phase)));
        return lines;
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
