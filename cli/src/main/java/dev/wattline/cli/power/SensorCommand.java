package dev.wattline.cli.power;

import dev.wattline.analysis.json.AnalysisJson;
import dev.wattline.analysis.json.CalibrationJson;
import dev.wattline.analysis.result.SensorReport;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.study.SensorRequest;
import dev.wattline.analysis.study.SensorStudy;
import dev.wattline.analysis.study.SensorText;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.ZoneConverter;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.OutputFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline sensor}: what stands behind a GPU's power reading. */
@Command(
        name = "sensor",
        description = {
            "Identify the power sensor behind an nvidia-smi log: update period and, against an external meter, averaging"
                    + " window, delay, gain and offset.",
            "The log must be polled faster than a third of the update period, such as every 10 ms."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline sensor --smi nvidia-smi.csv --smi-zone Europe/London --json",
            "  wattline sensor --smi nvidia-smi.csv --reference meter.csv \\",
            "      --reference-start 1688840857595.6 --write-calibration card.json",
        })
public final class SensorCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--smi",
            required = true,
            paramLabel = "FILE",
            description = "The log: nvidia-smi's or another tool's.")
    private Path smi = Path.of("");

    @Option(
            names = "--smi-zone",
            paramLabel = "ZONE",
            converter = ZoneConverter.class,
            description = "Zone of its stamps, such as Europe/London (default: inferred from the reference).")
    private @Nullable ZoneId zone;

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = "An external meter's CSV log with the columns t_ms and watts_total.")
    private @Nullable Path reference;

    @Option(
            names = "--reference-start",
            paramLabel = "EPOCH_MS",
            defaultValue = "0",
            description = "What to add to t_ms to get UTC milliseconds since 1970 (default: ${DEFAULT-VALUE}).")
    private double referenceStart;

    @Option(
            names = "--load",
            paramLabel = "FROM_MS,TO_MS",
            split = ",",
            description = "Begin and end of the load to compare energies over, in the reference's t_ms.")
    private double @Nullable [] load;

    @Option(names = "--gain", paramLabel = "G", description = "A gain from elsewhere, to calibrate with.")
    private @Nullable Double gain;

    @Option(names = "--offset", paramLabel = "W", description = "The offset that goes with it (default: 0).")
    private @Nullable Double offset;

    @Option(
            names = "--card-name",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The card's name where the log has none, such as 'A100'.")
    private String cardName = "";

    @Option(
            names = "--columns",
            paramLabel = "NAMES",
            split = ",",
            description = "The log's columns in order, such as timestamp,index,power.draw, if it has no header.")
    private List<String> columns = List.of();

    @Option(
            names = "--write-calibration",
            paramLabel = "FILE",
            description = "Write what was found as a calibration file for 'wattline analyze --card'.")
    private @Nullable Path calibration;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        SensorReport report = SensorStudy.study(request());
        PrintWriter console = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        if (json) {
            console.println(AnalysisJson.write(report));
        } else {
            SensorText.lines(report).forEach(console::println);
            report.warnings().forEach(warning -> console.println("Note: " + warning));
        }
        console.flush();
        if (calibration != null) {
            write(calibration, SensorStudy.calibrations(report));
            if (!json) {
                console.println("Written: " + calibration);
            }
        }
        return ExitCode.OK.code();
    }

    private SensorRequest request() {
        if (reference == null) {
            rejectOptionsOfReference();
        }
        if (!Double.isFinite(referenceStart)) {
            throw new UsageException("--reference-start: expected milliseconds, got " + referenceStart, null);
        }
        SensorRequest.Load interval = null;
        if (load != null) {
            if (load.length != 2 || !(load[0] < load[1])) {
                throw new UsageException("--load expects two times, the first before the second", null);
            }
            interval = new SensorRequest.Load(referenceStart + load[0], referenceStart + load[1]);
        }
        if (calibration != null) {
            OutputFolder.checkFor(calibration);
        }
        return new SensorRequest(smi, zone, reference, referenceStart, interval, given(), cardName, columns);
    }

    private void rejectOptionsOfReference() {
        String option =
                load != null ? "--load" : gain != null ? "--gain" : calibration != null ? "--write-calibration" : "";
        if (!option.isEmpty()) {
            throw new UsageException(
                    option + " was given, but there is no meter to compare with",
                    "Give its log with --reference FILE.");
        }
    }

    private @Nullable Calibration given() {
        if (gain == null) {
            if (offset != null) {
                throw new UsageException(
                        "--offset was given without --gain", "Give both; a gain of 1 changes nothing.");
            }
            return null;
        }
        double watts = offset == null ? 0 : offset;
        if (!(gain > 0) || !Double.isFinite(gain) || !Double.isFinite(watts)) {
            throw new UsageException(
                    "--gain and --offset: expected a gain above 0 and watts, got " + gain + " and " + watts, null);
        }
        return new Calibration(gain, 0, watts, 0, false);
    }

    private static void write(Path file, CardCalibrations cards) {
        if (cards.entries().isEmpty()) {
            throw new AnalysisInputException(
                    file + " is not written: no power column agreed with the meter well enough for a gain",
                    "The reason stands beside 'window' or 'no calibration' above.");
        }
        try {
            CalibrationJson.write(file, cards);
        } catch (IOException e) {
            throw OutputException.of(file, e);
        }
    }
}
