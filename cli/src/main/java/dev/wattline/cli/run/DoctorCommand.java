package dev.wattline.cli.run;

import dev.wattline.cli.doctor.DeepCounters;
import dev.wattline.cli.doctor.Doctor;
import dev.wattline.cli.doctor.DoctorPlan;
import dev.wattline.cli.doctor.DoctorReport;
import dev.wattline.cli.doctor.DoctorRequest;
import dev.wattline.cli.doctor.DoctorTable;
import dev.wattline.cli.doctor.Durations;
import dev.wattline.cli.doctor.Status;
import dev.wattline.cli.doctor.json.DoctorJson;
import dev.wattline.cli.options.AccessOptions;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.terminal.SignalHook;
import dev.wattline.cli.terminal.Terminal;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline doctor}: looks, before a long run, for what would spoil it. */
@Command(
        name = "doctor",
        description = {
            "Look, before a long run, for what would spoil it, on either machine.",
            "Exit status: 0 nothing failed, warnings allowed; 1 a check failed; 2 usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "On the director, for a reader and for a program:",
            "  wattline doctor -c director.conf",
            "  wattline doctor -c director.conf --expect 13h --json",
            "On the measured machine, with what 'run' will be given:",
            "  wattline doctor -a director.lab -n ntp.lab -w ./run.sh -L loadgen-logs -o out",
            "What its cards' energy counters are worth, in three minutes:",
            "  wattline doctor --deep --load './burn.sh'"
        })
public final class DoctorCommand implements Callable<Integer> {
    private static final Duration LEAST_LIMIT = Duration.ofSeconds(5);
    private static final int DEEP_SECONDS = 40; // with less a sound counter's gain is often not known to 2 %
    private static final int LEAST_DEEP = 5;
    private static final int MOST_DEEP = 3600;

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(
            names = {"-c", "--configurationFile"},
            paramLabel = "FILE",
            description = "On the director: its configuration.")
    private @Nullable Path configuration;

    @Option(
            names = {"-a", "--addr"},
            paramLabel = "ADDR",
            description = "The director: HOST, HOST:PORT or [IPv6]:PORT. It is not disturbed if it serves a session.")
    private @Nullable String address;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "The director's port (default: 4950).")
    private @Nullable Integer port;

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Option(
            names = {"-n", "--ntp"},
            paramLabel = "ADDR",
            description = "The NTP server: HOST or HOST:PORT.")
    private @Nullable String ntp;

    @Option(
            names = {"-w", "--run-workload"},
            paramLabel = "CMD",
            description = "The workload's command. It is not run.")
    private @Nullable String workload;

    @Option(
            names = {"-L", "--loadgen-logs"},
            paramLabel = "INDIR",
            description = "Where the workload writes its LoadGen logs.")
    private @Nullable Path loadgenLogs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUTDIR",
            description = "Where the session's folder goes.")
    private @Nullable Path output;

    @Option(
            names = "--telemetry-settings",
            paramLabel = "FILE",
            description = "Your settings of sources of power: what they name is looked at too.")
    private @Nullable Path sourceSettings;

    @Option(
            names = "--expect",
            paramLabel = "LENGTH",
            defaultValue = "13h",
            description = "How long the workload takes, once: 13h, 2h30m, 90m, 45s. Default: ${DEFAULT-VALUE}.")
    private String expected = "";

    @Option(
            names = "--timeout",
            paramLabel = "LENGTH",
            defaultValue = "25s",
            description = "For all checks together; a PTDaemon may take 20 s to start. Default: ${DEFAULT-VALUE}.")
    private String timeout = "";

    @Option(
            names = "--deep",
            description = {
                "Test the cards' energy counters first, for which nothing else may use the cards: whether polling keeps a",
                "card awake, and with --load their gain, offset and lag against nvidia-smi."
            })
    private boolean deep;

    @Option(
            names = "--load",
            paramLabel = "CMD",
            description = "With --deep: loads the cards, for the shell; ended afterwards with all that it started.")
    private @Nullable String load;

    @Option(
            names = "--deep-seconds",
            paramLabel = "S",
            description = "With --deep: length of each of its two quiet parts, 5 to 3600; the load's is twice as long."
                    + " Default: 40.")
    private @Nullable Integer deepSeconds;

    @Option(names = "--json", description = "Print the report as JSON: docs/doctor.md describes it.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        DoctorRequest request = request();
        SourceSettings sources = sourceSettings == null ? SourceSettings.none() : SourceSettings.read(sourceSettings);
        DoctorPlan plan =
                new DoctorPlan(request, System.getenv(), PtdLauncher.processes(), TimeSource.system(), sources);
        Optional<DoctorReport> counters = deep ? Optional.of(test(sources)) : Optional.empty();
        DoctorReport machine = examine(new Doctor(plan.checks(), request.limit(), TimeSource.system()));
        DoctorReport report = counters.map(machine::after).orElse(machine);
        if (json) {
            DoctorJson.write(report, Version.version(), System.out);
        } else {
            Terminal terminal = Terminal.ofThisProcess();
            new DoctorTable(System.out, terminal.out() && terminal.colour()).print(report);
        }
        return (report.verdict() == Status.FAIL ? ExitCode.FAILURE : ExitCode.OK).code();
    }

    /** Before all else, since what other checks ask the cards may keep them awake. */
    private DoctorReport test(SourceSettings sources) throws InterruptedException {
        Duration quiet = Duration.ofSeconds(deepSeconds == null ? DEEP_SECONDS : deepSeconds);
        DeepCounters test =
                new DeepCounters(quiet, Optional.ofNullable(load), sources, "nvidia-smi", TimeSource.system());
        System.err.println("wattline doctor: testing the energy counters for "
                + test.length().toSeconds() + " s; let nothing else use the cards");
        return examine(new Doctor(test.checks(), test.limit(), TimeSource.system()));
    }

    /** Also on a signal no PTDaemon is left running. */
    private static DoctorReport examine(Doctor doctor) throws InterruptedException {
        SignalHook onSignal = SignalHook.doing(doctor::close);
        try (doctor) {
            return doctor.run();
        } finally {
            onSignal.remove();
        }
    }

    private DoctorRequest request() {
        if (port != null && address == null) {
            throw new UsageException("--port is given without --addr", "Name the director with -a.");
        }
        if (access.given() && address == null) {
            throw new UsageException("a token or TLS is given without --addr", "Name the director with -a.");
        }
        if (!deep && (load != null || deepSeconds != null)) {
            throw new UsageException("--load and --deep-seconds are of --deep", "Give --deep too.");
        }
        if (deepSeconds != null && (deepSeconds < LEAST_DEEP || deepSeconds > MOST_DEEP)) {
            throw new UsageException(
                    "--deep-seconds: expected " + LEAST_DEEP + " to " + MOST_DEEP + ", got " + deepSeconds, null);
        }
        try {
            Duration limit = Durations.parse(timeout);
            if (limit.compareTo(LEAST_LIMIT) < 0) {
                throw new UsageException("--timeout " + timeout + " is too short", "Give 5s or more.");
            }
            return new DoctorRequest(
                    Optional.ofNullable(configuration),
                    Optional.ofNullable(address).map(this::director),
                    Optional.ofNullable(ntp).map(server -> HostPort.parse(server, NtpClient.DEFAULT_PORT)),
                    Optional.ofNullable(workload),
                    Optional.ofNullable(loadgenLogs),
                    Optional.ofNullable(output),
                    Durations.parse(expected),
                    limit);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), "Try 'wattline doctor --help'.");
        }
    }

    private DirectorTarget director(String given) {
        HostPort director = HostPort.parse(given, port == null ? ControlProtocol.DEFAULT_PORT : port);
        if (port != null && port != director.port()) {
            throw new UsageException(
                    "--addr " + given + " and --port " + port + " name different ports", "Give the port once.");
        }
        return new DirectorTarget(director, access.token(), access.tls());
    }
}
