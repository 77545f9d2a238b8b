package dev.wattline.cli.power;

import dev.wattline.agent.job.JobRequest;
import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.cli.options.BesideAgentOption;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.CompanionOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.SignalHook;
import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.sut.SutException;
import dev.wattline.sut.companion.SessionCompanion;
import dev.wattline.sut.measure.InformalMeasurement;
import dev.wattline.sut.measure.InformalMeasurement.Outcome;
import dev.wattline.sut.process.WorkloadVariables;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
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

/** {@code wattline run --no-director}: one measured phase by the machine's own sources, and no ranging. */
@Command(
        name = "run",
        description = {
            "Run a workload once and measure it by this machine's own sources, without director and analyzer.",
            "The result is informal: no submission can be made of it, and 'check' and 'pack' refuse it.",
            "Exit status: 0 complete; 1 failed, also where the workload did; 2 usage; 130, 143 interrupted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline run --no-director -w ./run.sh -L loadgen-logs -o out",
            "  wattline run --no-director -w ./run.sh -o out --telemetry nvidia-smi,rapl \\",
            "      --calibration lab-a.json"
        })
public final class InformalRunCommand implements Callable<Integer> {
    /** The option that makes the difference. */
    public static final String OPTION = JobRequest.NO_DIRECTOR;

    private static final long SLACK_S = 1; // LoadGen's window against the run, by one clock

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(names = OPTION, required = true, description = "Measure without director and analyzer.")
    @SuppressWarnings("unused") // that it is given has chosen this command
    private boolean given;

    @Option(
            names = {"-w", "--run-workload"},
            required = true,
            paramLabel = "CMD",
            description = "The command to run under measurement, in a shell.")
    private String workload = "";

    @Option(
            names = {"-L", "--loadgen-logs"},
            paramLabel = "INDIR",
            description = "Where the workload writes its LoadGen logs: their window counts (default: the whole run).")
    private @Nullable Path loadgenLogs;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUTDIR",
            description = "Where the session's folder goes.")
    private Path output = Path.of("");

    @Option(
            names = {"-l", "--label"},
            defaultValue = "",
            paramLabel = "LABEL",
            description = "Part of the session's name: ASCII letters, digits, - and _.")
    private String label = "";

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there as JSON too.")
    private @Nullable Path json;

    @Mixin
    private BesideAgentOption agent = new BesideAgentOption();

    @Mixin
    private InformalJob job = new InformalJob();

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Mixin
    private CompanionOptions companion = new CompanionOptions();

    @Mixin
    private MarkedPhases phases = new MarkedPhases();

    @Mixin
    private CalibrationUse calibration = new CalibrationUse();

    @Override
    public Integer call() throws IOException {
        if (!label.matches("[A-Za-z0-9_-]*")) {
            throw new UsageException("--label: expected ASCII letters, digits, - and _, got '" + label + "'", null);
        }
        agent.hold();
        TimeSource time = TimeSource.system();
        InformalMeasurement measurement = new InformalMeasurement(time, ZoneId.systemDefault());
        SessionCompanion beside = new SessionCompanion(companion.order(), time, InformalRunCommand::warn);
        SignalHook onSignal = SignalHook.doing(() -> {
            beside.end();
            measurement.interrupt();
        });
        try (measurement;
                beside) {
            return run(measurement, beside, time);
        } finally {
            onSignal.remove();
        }
    }

    /** What became of a job is noted before the measurement is closed: a signal ends this process then. */
    private int run(InformalMeasurement measurement, SessionCompanion beside, TimeSource time) throws IOException {
        try {
            job.complete(output, measure(measurement, beside, time));
            return ExitCode.OK.code();
        } catch (WattlineException e) {
            job.failed(e, measurement.isInterrupted());
            throw e;
        }
    }

    private static void warn(String text) {
        System.err.println("wattline run: warning: " + text);
    }

    private Path measure(InformalMeasurement measurement, SessionCompanion beside, TimeSource time) throws IOException {
        TelemetryOptions options = sources.options();
        var wall = calibration.read();
        if (!measurement.prepare(options)) {
            throw InformalResult.nothing(measurement, "the workload", ".");
        }
        if (sources.areFound()) {
            measurement.forgetProblems();
        }
        Path folder = InformalResult.newFolder(output, label, time);
        InformalResult result = new InformalResult(folder, shell(), json, wall);
        SystemFacts facts = result.facts(time, options);
        job.record(folder, facts, workload, beside.record());
        Outcome outcome;
        try {
            beside.start(
                    Phase.TESTING,
                    new SessionFolder(folder),
                    new WorkloadVariables(
                            String.valueOf(folder.getFileName()),
                            WorkloadVariables.PLAIN,
                            Optional.empty(),
                            Optional.empty()));
            beside.requireRunning();
            outcome = job.isGiven()
                    ? measurement.runGuarded(
                            workload, String.valueOf(folder.getFileName()), job.limit(), result.telemetry())
                    : measurement.run(shell(), result.telemetry());
            outcome = outcome.withProblems(beside.stop(Phase.TESTING, outcome.endNanos()));
        } finally {
            beside.abandon(Phase.TESTING);
        }
        job.record(folder, facts, workload, beside.record());
        job.requireSteadyClock(outcome);
        Optional<PowerWindow> window =
                outcome.status() == 0 || !job.isGiven() ? loadgen(folder, outcome) : Optional.empty();
        List<GivenPhase> marked = phases.read(outcome);
        OptionalDouble tokens = tokens(folder, window);
        Optional<PowerWindow> counted = window.or(() -> MarkedPhases.window(marked));
        result.tell(outcome, facts, counted, marked, tokens).forEach(System.out::println);
        String over = window.isPresent()
                ? "over LoadGen's window"
                : counted.isPresent() ? "from the first phase's begin to the last one's end" : "over the whole run";
        System.out.println("  " + over + ", session in " + folder);
        if (outcome.status() != 0) {
            throw new InformalJob.StatusException(outcome.status());
        }
        return folder;
    }

    private static OptionalDouble tokens(Path folder, Optional<PowerWindow> window) throws IOException {
        Path detail = new SessionFolder(folder).folder(Phase.TESTING).resolve(LoadgenLog.DETAIL);
        return window.isPresent() ? LoadgenLog.tokensPerSecond(detail) : OptionalDouble.empty();
    }

    private List<String> shell() {
        return System.getProperty("os.name").startsWith("Windows")
                ? List.of("cmd", "/c", workload)
                : List.of("/bin/sh", "-c", workload);
    }

    /** Copies this run's LoadGen logs beside the telemetry, and returns their window. */
    private Optional<PowerWindow> loadgen(Path folder, Outcome outcome) throws IOException {
        if (loadgenLogs == null) {
            return Optional.empty();
        }
        Path detail = newestDetail(loadgenLogs, outcome.begin())
                .orElseThrow(() -> new SutException(
                        "the workload wrote no " + LoadgenLog.DETAIL + " below " + loadgenLogs,
                        "Name the folder of its logs with -L, or leave -L out to measure the whole run."));
        Path target = Files.createDirectories(new SessionFolder(folder).folder(Phase.TESTING));
        try (Stream<Path> files = Files.list(detail.resolveSibling(""))) {
            for (Path file : files.filter(
                            one -> String.valueOf(one.getFileName()).matches("mlperf_log_.*\\.txt"))
                    .toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        PowerWindow window = LoadgenLog.powerWindow(detail)
                .orElseThrow(() -> new SutException(detail + ": has no power_begin and power_end", null));
        if (window.begin().isBefore(outcome.begin().minusSeconds(SLACK_S))
                || window.end().isAfter(outcome.end().plusSeconds(SLACK_S))
                || !window.begin().isBefore(window.end())) {
            throw new SutException(
                    detail + ": its window, " + window.begin() + " to " + window.end() + ", is not within the run, "
                            + outcome.begin() + " to " + outcome.end(),
                    "Is it the log of another run, or was the clock set meanwhile?");
        }
        return Optional.of(window);
    }

    private static Optional<Path> newestDetail(Path folder, Instant since) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found =
                    all.filter(path -> path.endsWith(LoadgenLog.DETAIL)).toList();
            return found.stream()
                    .filter(path -> !modified(path).isBefore(since.minusSeconds(SLACK_S)))
                    .max(Comparator.comparing(InformalRunCommand::modified));
        }
    }

    private static Instant modified(Path path) {
        return Instant.ofEpochMilli(path.toFile().lastModified());
    }
}
