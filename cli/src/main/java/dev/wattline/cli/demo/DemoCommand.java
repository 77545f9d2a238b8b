package dev.wattline.cli.demo;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.model.IoErrors;
import dev.wattline.model.SessionId;
import dev.wattline.model.TimeSource;
import dev.wattline.model.process.Programs;
import dev.wattline.report.ReportJob;
import dev.wattline.sut.workload.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline demo}: a whole measurement on this machine, without analyzer, licence, network or root. */
@Command(
        name = "demo",
        description = {
            "Run a whole measurement on this machine, in about a minute.",
            "It starts an SNTP server, a director with a mock analyzer whose watts follow a known signal, and a"
                    + " runner with the built-in workload and a mock nvidia-smi, on free local ports."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline demo",
            "  wattline demo --seconds 60 --settle 10",
            "  wattline demo --signal square,low=100,high=300,period=10 \\",
            "      --scenario SingleStream"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final int LEAST_SECONDS = 5;

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and the failure handler act on
    private CommonOptions common = new CommonOptions();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "Length of the workload in each of the two phases, in s (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--settle",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long the director waits before and after each phase, in s; 10 in a real run "
                    + "(default: ${DEFAULT-VALUE}).")
    private double settle;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the workload (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--scenario",
            paramLabel = "SCENARIO",
            defaultValue = "Offline",
            description = "Offline or SingleStream (default: ${DEFAULT-VALUE}).")
    private String scenario = "Offline";

    @Option(
            names = "--signal",
            paramLabel = "SIGNAL",
            description = "What both mocks measure, as for mock-ptd and mock-smi (default: a cycle of steps as long as"
                    + " the workload).")
    private @Nullable String signal;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            defaultValue = "logs/demo",
            description = "Folder for the demo's folder (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("logs", "demo");

    @Override
    public Integer call() throws Exception {
        if (Programs.isWindows()) {
            throw new UsageException(
                    "demo runs on Linux and macOS only: its mocks are started by shell scripts",
                    "Here, start 'wattline director' with bin\\mock_ptd.cmd as ptd, and 'wattline run' on a Linux machine.");
        }
        if (seconds < LEAST_SECONDS || settle < 0 || threads < 1) {
            throw new UsageException(
                    "--seconds must be at least " + LEAST_SECONDS + ", --settle at least 0, --threads at least 1",
                    null);
        }
        Scenario parsed = scenario();
        String wall = wall();
        SessionId name =
                SessionId.of(LocalDateTime.ofInstant(TimeSource.system().now(), ZoneId.systemDefault()), "");
        Path folder = create(output.toAbsolutePath().normalize().resolve(name.value()));
        SignalModel measured = SignalSpec.parse(wall);
        long began = TimeSource.system().now().toEpochMilli();
        DemoPlan plan = plan(parsed, wall, folder, began);
        AtomicBoolean finished = new AtomicBoolean();
        SelfCommand self = SelfCommand.find();
        try (Demo demo = new Demo(plan, self, folder)) {
            endWithThisProcess(demo, finished, folder);
            System.out.println(opening(plan, wall, folder));
            Path session = demo.run();
            finished.set(true);
            ReportJob reports = new ReportJob(TimeSource.system(), Version.version());
            return new DemoSummary(session, folder, plan.cards(), measured, began, reports, self).print(System.out);
        }
    }

    /** What to measure; the mocks would refuse a wrong one, too, but only when everything else has been started. */
    private String wall() {
        String given = signal == null ? DemoPlan.signal(seconds) : signal;
        try {
            SignalSpec.parse(given);
            return given;
        } catch (InvalidOptionException e) {
            throw new UsageException("--signal: " + e.getMessage(), e.remedy().orElse(null));
        }
    }

    private Scenario scenario() {
        return Arrays.stream(Scenario.values())
                .filter(one -> one.name().equalsIgnoreCase(scenario))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "--scenario: expected Offline or SingleStream, got '" + scenario + "'",
                        "These are the scenarios that the built-in workload has."));
    }

    /** Both mocks see one signal, which began now. */
    private DemoPlan plan(Scenario parsed, String wall, Path folder, long signalStartMillis) {
        String begin = Long.toString(signalStartMillis);
        return new DemoPlan(
                seconds,
                settle,
                threads,
                parsed.name(),
                "--signal " + wall + " --signal-start " + begin + " --noise 3 --state '"
                        + folder.resolve("analyzer.state") + "'",
                new DemoCards(),
                List.of("--signal", wall, "--signal-start", begin));
    }

    private static Path create(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DemoException(
                    "the demo's folder " + folder + " cannot be made: " + IoErrors.of(e),
                    "Name another one with --output.",
                    e);
        }
    }

    private String opening(DemoPlan plan, String wall, Path folder) {
        double total = 2 * plan.workloadSeconds() + 4 * plan.settleSeconds() + 15;
        return String.format(
                Locale.ROOT,
                """
                A whole measurement on this machine, with a mock analyzer and mock GPUs; about %.0f s.
                  analyzer  mock PTDaemon, YokogawaWT310E, signal %s
                  GPUs      mock nvidia-smi, %d x %s, unequal parts of it; readings are %s x power %s W
                  director  settles %s s before and after each phase (10 s in a real run)
                  workload  matrix products on %d threads, %d s in each phase
                  folder    %s
                """,
                total,
                wall,
                DemoCards.COUNT,
                DemoCards.MODEL,
                DemoCards.GAIN,
                DemoCards.OFFSET_WATTS < 0 ? "- " + -DemoCards.OFFSET_WATTS : "+ " + DemoCards.OFFSET_WATTS,
                settle == Math.rint(settle) ? String.valueOf((long) settle) : String.valueOf(settle),
                plan.threads(),
                plan.workloadSeconds(),
                folder);
    }

    // Ctrl-C and SIGTERM must not leave a director or a mock behind.
    private static void endWithThisProcess(Demo demo, AtomicBoolean finished, Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (!finished.get()) {
                demo.close();
                System.err.println("wattline demo: ended early; what was measured is in " + folder);
            }
        }));
    }
}
