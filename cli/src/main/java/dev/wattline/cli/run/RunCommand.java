package dev.wattline.cli.run;

import dev.wattline.agent.job.RunnerOutcome;
import dev.wattline.cli.demo.SelfCommand;
import dev.wattline.cli.json.RunResult;
import dev.wattline.cli.options.BesideAgentOption;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.CompanionOptions;
import dev.wattline.cli.options.DirectorOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.power.InformalRunCommand;
import dev.wattline.cli.terminal.SignalHook;
import dev.wattline.cli.terminal.Terminal;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.sut.companion.CompanionFailedException;
import dev.wattline.sut.director.RunOption;
import dev.wattline.sut.output.RunConsole;
import dev.wattline.sut.session.RunEnvironment;
import dev.wattline.sut.session.RunIdentity;
import dev.wattline.sut.session.RunInterruptedException;
import dev.wattline.sut.session.RunOutcome;
import dev.wattline.sut.session.RunRequest;
import dev.wattline.sut.session.Runner;
import dev.wattline.sut.session.WorkloadFailedException;
import java.io.IOException;
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
            "      -L loadgen-logs -o out -T",
            "  wattline run -a director.lab -n ntp.lab -w ./run.sh -L loadgen-logs -o out \\",
            "      --ranging-seconds 300 --user-conf user.conf"
        })
public final class RunCommand implements Callable<Integer> {
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
    private CompanionOptions companion = new CompanionOptions();

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

    private boolean noTimestampPath; // the last of -T and -t decides

    @Option(
            names = "--workload-limit",
            paramLabel = "S",
            description = "End the workload, and the run, where it runs longer in a phase (default: never).")
    private @Nullable Integer workloadLimit;

    @Option(
            names = "--profile",
            description = "The session is for yourself and not for submission; ranging may be as short as you like.")
    private boolean profile;

    @Option(
            names = RunnerOutcome.OPTION,
            hidden = true,
            paramLabel = "FILE",
            description = "Where to leave how the run ended, for whoever gave the job.")
    private @Nullable Path jobOutcome;

    @Option(
            names = "--ticket",
            hidden = true,
            paramLabel = "HEX",
            description = "Of the job for whose runner the director keeps its place.")
    private @Nullable String ticket;

    @Mixin
    private RangingOptions ranging = new RangingOptions();

    @Mixin
    private RecordOptions record = new RecordOptions();

    @Mixin
    private TelemetryChoice telemetry = new TelemetryChoice();

    @Mixin
    private BesideAgentOption agent = new BesideAgentOption();

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

    @Option(
            names = InformalRunCommand.OPTION,
            description = "Measure without director and analyzer, informally; see 'wattline run --no-director --help'.")
    private boolean noDirector;

    @Option(names = "--live", description = "Show watts and samples, also where there is no terminal.")
    private boolean live;

    @Option(
            names = "--no-report",
            description = "End with the session alone, without checking it and writing its report.")
    private boolean noReport;

    @Option(
            names = "--no-system-facts",
            description = "Leave out of the session what this machine tells of itself: name, system, processors, GPUs"
                    + " and their settings, and the workload's command.")
    private boolean noSystemFacts;

    @Option(names = "--json", description = "Print what the run came to as one JSON object.")
    private boolean json;

    @Option(
            names = "--plain-v3",
            description = "Say only what the reference client says, also to a director of Wattline.")
    private boolean plainV3;

    @Option(
            names = {"-T", "--no-timestamp-path"},
            description = "Put the session into OUTDIR itself.")
    void useOutputItself(boolean given) {
        noTimestampPath = given;
    }

    @Option(
            names = {"-t", "--timestamp-path"},
            description = "Put the session into a folder of its own below OUTDIR (default).")
    void useFolderBelowOutput(boolean given) {
        if (given) {
            noTimestampPath = false;
        }
    }

    public boolean usesOutputItself() {
        return noTimestampPath;
    }

    @Override
    public Integer call() {
        if (noDirector) {
            throw new UsageException("--no-director was abbreviated", "Write it in full: it needs other options.");
        }
        if (json && noReport) {
            throw new UsageException(
                    "--json and --no-report contradict each other", "Without a report there is no result to print.");
        }
        RunRequest request = request();
        agent.hold();
        Terminal terminal = Terminal.ofThisProcess();
        RunConsole console = terminal.err() && terminal.cursor()
                ? RunConsole.onTerminal(System.err, terminal.columns(), common.verbose())
                : RunConsole.ofPlainLines(System.err, common.verbose());
        Runner runner = new Runner(
                request, new RunIdentity(Version.version(), Version.commit()), RunEnvironment.ofThisMachine(console));
        runner.whenOpen(this::noteSession);
        ranging.rangesWithoutEffect().ifPresent(console::line);
        SignalHook onSignal = SignalHook.doing(runner::interrupt);
        try {
            RunOutcome outcome = runner.run();
            note(RunnerOutcome.End.COMPLETE, outcome.folder().toString());
            console.line("session " + outcome.session() + " is complete: " + outcome.folder());
            outcome.suspicions().forEach(why -> console.line("but the measurement is suspect: " + why));
            RunClosing closing = new RunClosing(SelfCommand.find(), console::line);
            if (ranging.isOnly()) {
                closing.peaks(outcome, json).ifPresent(System.out::print);
            } else if (!noReport) {
                tell(closing.of(outcome));
            }
            if (!noReport && !noTimestampPath) {
                closing.index(outcome);
            }
            return ExitCode.OK.code();
        } catch (WorkloadFailedException | CompanionFailedException e) {
            note(RunnerOutcome.End.WORKLOAD, String.valueOf(e.getMessage()));
            throw e;
        } catch (RunInterruptedException e) {
            note(RunnerOutcome.End.STOPPED, String.valueOf(e.getMessage()));
            return ExitCode.INTERRUPTED.code(); // it has been told, and the signal decides on the exit status anyway
        } catch (WattlineException e) {
            note(RunnerOutcome.End.INFRASTRUCTURE, String.valueOf(e.getMessage()));
            throw e;
        } finally {
            console.clearStatus();
            onSignal.remove();
        }
    }

    private void noteSession(Path session) {
        if (jobOutcome != null) {
            try {
                RunnerOutcome.noteSession(jobOutcome, session);
            } catch (IOException e) {
                System.err.println("wattline run: where the session lies cannot be noted beside " + jobOutcome + ": "
                        + IoErrors.of(e));
            }
        }
    }

    private void note(RunnerOutcome.End end, String detail) {
        if (jobOutcome != null) {
            try {
                new RunnerOutcome(end, detail).write(jobOutcome);
            } catch (IOException e) {
                System.err.println("wattline run: cannot write " + jobOutcome + ": " + IoErrors.of(e));
            }
        }
    }

    private void tell(RunResult result) {
        if (json) {
            System.out.println(result.json());
        } else {
            result.lines().forEach(System.out::println);
        }
    }

    private RunRequest request() {
        try {
            RunRequest alone = new RunRequest(
                    ticket == null ? director.target() : director.target().withTicket(ticket),
                    ntp(),
                    workload,
                    loadgenLogs,
                    output,
                    label,
                    ranging.manualRanges(),
                    ranging.shortRanging(),
                    record.record(),
                    telemetry.options(),
                    workloadLimit(),
                    options());
            return companion.order().map(alone::beside).orElse(alone);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), null);
        }
    }

    private Optional<Duration> workloadLimit() {
        if (workloadLimit != null && workloadLimit < 1) {
            throw new UsageException("--workload-limit: expected seconds from 1 up, got " + workloadLimit, null);
        }
        return Optional.ofNullable(workloadLimit).map(Duration::ofSeconds);
    }

    private HostPort ntp() {
        try {
            return HostPort.parse(ntp, NtpClient.DEFAULT_PORT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--ntp: " + e.getMessage(), e);
        }
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
        add(options, noSystemFacts, RunOption.NO_SYSTEM_FACTS);
        add(options, ranging.isOnly(), RunOption.RANGING_ONLY);
        add(options, profile, RunOption.PROFILE);
        add(options, onSuspension == OnSuspension.FAIL, RunOption.FAIL_IF_SUSPENDED);
        return options;
    }

    private static void add(Set<RunOption> options, boolean given, RunOption option) {
        if (given) {
            options.add(option);
        }
    }
}
