package dev.wattline.cli;

import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.sut.session.RunConsole;
import dev.wattline.sut.session.RunIdentity;
import dev.wattline.sut.session.RunInterruptedException;
import dev.wattline.sut.session.RunOption;
import dev.wattline.sut.session.RunOutcome;
import dev.wattline.sut.session.RunRequest;
import dev.wattline.sut.session.RunRequest.ManualRanges;
import dev.wattline.sut.session.RunSurroundings;
import dev.wattline.sut.session.Runner;
import dev.wattline.sut.telemetry.TelemetryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline run}: the measured machine's side of a session, with the reference client's options and ours. */
@Command(
        name = "run",
        description = {
            "Run a workload under power measurement: once to find the ranges, once to measure.",
            "Exit status: 0 complete; 1 failed, also where the workload did; 2 usage; 130, 143 interrupted."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline run -a director.lab -n ntp.lab -w ./run.sh -L loadgen-logs -o out",
            "  wattline run -a 10.0.0.5:4951 -n 10.0.0.1:1123 -w ./run.sh -L logs -o out \\",
            "      -l rig --wait",
            "  wattline run -a director.lab -n ntp.lab -w 'wattline workload' \\",
            "      -L loadgen-logs -o out -T"
        })
final class RunCommand implements Callable<Integer> {
    enum OnFault {
        STOP,
        CONTINUE
    }

    enum OnSuspension {
        SUSPECT,
        FAIL
    }

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private DirectorOptions director = new DirectorOptions();

    @Option(
            names = {"-w", "--run-workload"},
            required = true,
            paramLabel = "CMD",
            description = "The command to run under measurement, in a shell.")
    private String workload = "";

    @Option(
            names = {"-L", "--loadgen-logs"},
            required = true,
            paramLabel = "INDIR",
            description = "Where the workload writes its LoadGen logs; searched with all that lies below.")
    private Path loadgenLogs = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUTDIR",
            description = "Where the session's folder goes.")
    private Path output = Path.of("");

    @Option(
            names = {"-n", "--ntp"},
            required = true,
            paramLabel = "ADDR",
            description = "The NTP server: HOST or HOST:PORT.")
    private String ntp = "";

    @Option(
            names = {"-l", "--label"},
            defaultValue = "",
            paramLabel = "LABEL",
            description = "Part of the session's name: ASCII letters, digits, - and _.")
    private String label = "";

    @Option(
            names = {"-f", "--force"},
            description = "Delete INDIR before the run.")
    private boolean force;

    @Option(
            names = {"-S", "--stop-server"},
            description = "Ask the director to stop after this session.")
    private boolean stopServer;

    @Option(
            names = {"-T", "--no-timestamp-path"},
            description = "Put the session into OUTDIR itself.")
    private boolean noTimestampPath;

    @Option(
            names = {"-t", "--timestamp-path"},
            description = "Put the session into a folder of its own below OUTDIR (default).")
    private boolean timestampPath;

    @Option(
            names = {"-A", "--max-amps"},
            paramLabel = "AMPS",
            description = "Measure with this current range, without a ranging phase; for experiments. Needs -V.")
    private @Nullable Double maxAmps;

    @Option(
            names = {"-V", "--max-volts"},
            paramLabel = "VOLTS",
            description = "Measure with this voltage range, without a ranging phase; for experiments. Needs -A.")
    private @Nullable Double maxVolts;

    @Option(names = "--wait", description = "Wait while the director serves someone else.")
    private boolean waitWhileBusy;

    @Option(names = "--set-clock", description = "Set the clocks of both machines by NTP where they are off.")
    private boolean setClock;

    @Option(
            names = "--on-fault",
            defaultValue = "stop",
            paramLabel = "stop|continue",
            description = "What becomes of the workload when the measurement is lost (default: ${DEFAULT-VALUE}).")
    private OnFault onFault = OnFault.STOP;

    @Option(
            names = "--on-suspension",
            defaultValue = "suspect",
            paramLabel = "suspect|fail",
            description = {
                "What becomes of the run when this machine or the director stood still for more than 3 s",
                "(default: ${DEFAULT-VALUE})."
            })
    private OnSuspension onSuspension = OnSuspension.SUSPECT;

    @Option(names = "--live", description = "Show watts and samples, also where there is no terminal.")
    private boolean live;

    @Option(
            names = "--plain-v3",
            description = "Say only what the reference client says, also to a director of Wattline.")
    private boolean plainV3;

    @Option(
            names = "--telemetry",
            defaultValue = "none",
            paramLabel = "none|nvidia-smi",
            description = "Record the GPUs' own power readings during both phases (default: ${DEFAULT-VALUE}).")
    private String telemetry = "none";

    @Option(
            names = "--telemetry-interval",
            paramLabel = "MS",
            description = "Time between two readings (default: what the GPUs' sensors ask for).")
    private @Nullable Integer telemetryMillis;

    @Option(
            names = "--nvidia-smi",
            paramLabel = "PROGRAM",
            description = "The program to read them with (default: nvidia-smi).")
    private @Nullable String nvidiaSmi;

    @Override
    public Integer call() {
        RunRequest request = request();
        Terminal terminal = Terminal.ofThisProcess();
        RunConsole console = terminal.err() && terminal.cursor()
                ? RunConsole.onTerminal(System.err, terminal.columns(), common.verbose())
                : RunConsole.ofPlainLines(System.err, common.verbose());
        Runner runner = new Runner(
                request, new RunIdentity(Version.version(), Version.commit()), RunSurroundings.ofThisMachine(console));
        SignalHook onSignal = SignalHook.doing(runner::interrupt);
        try {
            RunOutcome outcome = runner.run();
            console.line("session " + outcome.session() + " is complete: " + outcome.folder());
            outcome.suspicions().forEach(why -> console.line("but the measurement is suspect: " + why));
            return ExitCode.OK.code();
        } catch (RunInterruptedException e) {
            return ExitCode.INTERRUPTED.code(); // it has been told, and the signal decides on the exit status anyway
        } finally {
            console.clearStatus();
            onSignal.remove();
        }
    }

    private RunRequest request() {
        if (noTimestampPath && timestampPath) {
            throw new UsageException("-T and -t contradict each other", "Give one of them.");
        }
        try {
            return new RunRequest(
                    director.target(),
                    ntp(),
                    workload,
                    loadgenLogs,
                    output,
                    label,
                    manualRanges(),
                    telemetryOptions(),
                    options());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), null);
        }
    }

    private HostPort ntp() {
        try {
            return HostPort.parse(ntp, NtpClient.DEFAULT_PORT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--ntp: " + e.getMessage(), e);
        }
    }

    private Optional<ManualRanges> manualRanges() {
        if (maxAmps == null && maxVolts == null) {
            return Optional.empty();
        }
        if (maxAmps == null || maxVolts == null) {
            throw new UsageException(
                    "only one of --max-amps and --max-volts is given",
                    "Give both for a measurement with ranges of your own, or neither for one with a ranging phase.");
        }
        return Optional.of(new ManualRanges(maxVolts, maxAmps));
    }

    private Optional<TelemetryOptions> telemetryOptions() {
        return switch (telemetry) {
            case "none" -> {
                if (telemetryMillis != null || nvidiaSmi != null) {
                    throw new UsageException(
                            (nvidiaSmi == null ? "--telemetry-interval" : "--nvidia-smi")
                                    + " was given, but no telemetry is asked for",
                            "Give --telemetry nvidia-smi too.");
                }
                yield Optional.empty();
            }
            case "nvidia-smi" ->
                Optional.of(new TelemetryOptions(
                        nvidiaSmi == null ? TelemetryOptions.DEFAULT.program() : nvidiaSmi,
                        Optional.ofNullable(telemetryMillis).map(Duration::ofMillis)));
            default ->
                throw new UsageException("--telemetry: expected none or nvidia-smi, got '" + telemetry + "'", null);
        };
    }

    private Set<RunOption> options() {
        EnumSet<RunOption> options = EnumSet.noneOf(RunOption.class);
        add(options, noTimestampPath, RunOption.NO_TIMESTAMP_PATH);
        add(options, force, RunOption.FORCE);
        add(options, stopServer, RunOption.STOP_DIRECTOR);
        add(options, waitWhileBusy, RunOption.WAIT_WHILE_BUSY);
        add(options, setClock, RunOption.SET_CLOCK);
        add(options, plainV3, RunOption.PLAIN_V3);
        add(options, live, RunOption.LIVE);
        add(options, onFault == OnFault.CONTINUE, RunOption.CONTINUE_ON_FAULT);
        add(options, onSuspension == OnSuspension.FAIL, RunOption.FAIL_IF_SUSPENDED);
        return options;
    }

    private static void add(Set<RunOption> options, boolean given, RunOption option) {
        if (given) {
            options.add(option);
        }
    }
}
