package dev.wattline.cli.power;

import dev.wattline.analysis.source.InferredWall;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.terminal.SignalHook;
import dev.wattline.files.SystemFacts;
import dev.wattline.model.TimeSource;
import dev.wattline.sut.measure.InformalMeasurement;
import dev.wattline.sut.measure.InformalMeasurement.Outcome;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline measure}: what a command used, by this machine's own sources, as one uses {@code time}. */
@Command(
        name = "measure",
        description = {
            "Run a command and say what energy it used, by the sources that this machine has; no analyzer.",
            "Exit status: the command's own; 1 if nothing can be read or it cannot be started; 2 usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline measure -- ./serve --model m",
            "  wattline measure --telemetry rapl,redfish --telemetry-settings sources.ini \\",
            "      -o out -- ./run.sh",
            "  wattline measure --calibration lab-a.json -- ./serve --model m"
        })
public final class MeasureCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUTDIR",
            description = "Keep the readings in a folder of their own below this one (default: keep nothing).")
    private @Nullable Path output;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON too.")
    private @Nullable Path json;

    @Option(names = "--anyway", description = "Run the command also where nothing can be read.")
    private boolean anyway;

    @Option(names = "--quiet", description = "Print nothing but warnings, for use with --json or -o.")
    private boolean quiet;

    @Parameters(arity = "1..*", paramLabel = "CMD", description = "After --: the command and its arguments.")
    private List<String> command = List.of();

    @Mixin
    private MarkedPhases phases = new MarkedPhases();

    @Mixin
    private CalibrationUse calibration = new CalibrationUse();

    @Override
    public Integer call() throws IOException {
        TelemetryOptions options = sources.options();
        Optional<InferredWall> wall = calibration.read();
        TimeSource time = TimeSource.system();
        InformalMeasurement measurement = new InformalMeasurement(time, ZoneId.systemDefault());
        SignalHook onSignal = SignalHook.doing(measurement::interrupt);
        Path folder = output == null
                ? Files.createTempDirectory("wattline-measure")
                : InformalResult.newFolder(output, "", time);
        InformalResult result = new InformalResult(folder, command, json, wall);
        try (measurement) {
            boolean reads = measurement.prepare(options);
            if (!reads && !anyway) {
                throw InformalResult.nothing(
                        measurement, "the command", ", or run the command all the same with --anyway.");
            }
            if (sources.areFound()) {
                measurement.forgetProblems();
            }
            SystemFacts facts = wall.isPresent() || output != null ? result.facts(time, options) : null;
            Outcome outcome = measurement.run(command, result.telemetry());
            List<String> lines =
                    result.tell(outcome, facts, Optional.empty(), phases.read(outcome), OptionalDouble.empty());
            if (!quiet) {
                lines.forEach(System.err::println);
                if (output != null) {
                    System.err.println("  readings in " + folder);
                }
            }
            return outcome.status();
        } finally {
            if (output == null) {
                delete(folder);
            }
            onSignal.remove();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
