package dev.wattline.cli.mock;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.ShellWords;
import dev.wattline.mock.json.ScenarioJson;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.Playback;
import dev.wattline.mock.ptd.PtdArguments;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.signal.NoisySignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.model.RangeSetting;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code wattline mock-ptd}: a stand-in for PTDaemon, called as the real one is. */
@Command(
        name = "mock-ptd",
        customSynopsis = {
            "wattline mock-ptd [OPTIONS] [-l LOG] [-p PORT] [-b N] [-c CH[,CH]]",
            "         [-D] [-g|-y|-n|-U] [-e] [-d FILE] [-B BAUD] TYPE DEVICE"
        },
        description = {
            "Stand in for a PTDaemon: its command line, standard output, log file, replies and timing.",
            "Own options come first, or stand in the environment variable WATTLINE_MOCK_OPTIONS."
        },
        footer = {
            "",
            "Behind its own options stand those of a PTDaemon: log file, TCP port, GPIB",
            "board, channels, DC mode, interface, complaints in the log, debug log, baud.",
            "TYPE is one of 0 (dummy), 8 (WT210), 35 and 48 (WT500), 47 (WT1800),",
            "49 (WT310E), 52 and 77 (WT330E), 59 and 61 (Hioki), 66 (WT5000), and 508,",
            "549, 586 (WT210, WT310, WT330 in DC mode); 48, 59, 61, 77 have channels.",
            "",
            "Examples:",
            "  wattline mock-ptd -l ptd.log -p 8888 49 /dev/usbtmc0",
            "  wattline mock-ptd --signal square,low=100,high=300,period=10 --noise 1.5 \\",
            "      -p 8888 49 /dev/usbtmc0",
            "  wattline mock-ptd --playback ../sessions/mine --speed 60 -p 8888 49 COM4",
            "  wattline mock-ptd --real-timing -p 8888 -c 1,3 77 192.168.1.20",
            "  WATTLINE_MOCK_OPTIONS='--signal cpu --state wt310.state' \\",
            "      bin/mock_ptd -p 8888 49 COM4"
        })
public final class MockPtdCommand implements Callable<Integer> {
    private static final String ENVIRONMENT = "WATTLINE_MOCK_OPTIONS";

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--signal",
            paramLabel = "SIGNAL",
            defaultValue = "cpu,idle=60,span=140",
            description = {
                "What is measured: constant,watts=W; ramp,from=W,to=W,seconds=S;",
                "square,low=W,high=W,period=S,duty=0..1; phases,steps=WxS/WxS; cycle,steps=WxS/WxS;",
                "server,gpus=WxS/WxS,base=W,cpu=W,cpu-period=S,fans=0..1,delay=S,peak=0..1,rated=W;",
                "cpu,idle=W,span=W, which follows this machine's load. Default: ${DEFAULT-VALUE}."
            })
    private String signal = "";

    @Option(
            names = "--signal-start",
            paramLabel = "EPOCH_MS",
            description = "When the signal began, to share it with another mock. Default: now.")
    private @Nullable Long signalStartMillis;

    @Option(
            names = "--noise",
            paramLabel = "WATTS",
            defaultValue = "0",
            description = "Standard deviation of the noise on each reading in W. Default: none.")
    private double noise;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all that is random. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--supply",
            paramLabel = "VOLTS",
            defaultValue = "230",
            description = "Nominal supply voltage. Default: ${DEFAULT-VALUE}.")
    private double supply;

    @Option(
            names = "--crest",
            paramLabel = "FACTOR",
            defaultValue = "1.8",
            description = "Peak over effective value of the load's current; a peak above 3 times the range is out of"
                    + " range. Default: ${DEFAULT-VALUE}.")
    private double crest;

    @Option(
            names = "--speed",
            paramLabel = "K",
            defaultValue = "1",
            description = "Divide every interval of a measurement by K, Go's 1000 ms included.")
    private double speed;

    @Option(
            names = "--start-delay",
            paramLabel = "MS",
            defaultValue = "500",
            description = "Time from start to listening. Default: ${DEFAULT-VALUE} ms.")
    private long startDelay;

    @Option(
            names = "--real-timing",
            description = "Take as long to start and to change ranges as the real device does.")
    private boolean realTiming;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description = "Where the instrument keeps its ranges over a restart.")
    private @Nullable Path state;

    @Option(
            names = "--initial-volts",
            paramLabel = "RANGE",
            defaultValue = "300",
            description = "Voltage range at first, Auto or V. Default: ${DEFAULT-VALUE}.")
    private String initialVolts = "";

    @Option(
            names = "--initial-amps",
            paramLabel = "RANGE",
            defaultValue = "5",
            description = "Current range at first, Auto or A. Default: ${DEFAULT-VALUE}.")
    private String initialAmps = "";

    @Option(names = "--nan-on-range-switch", description = "Readings fail when automatic ranging changes the range.")
    private boolean nanOnRangeSwitch;

    @Option(names = "--windows-text", description = "End lines as a PTDaemon on Windows does.")
    private boolean windowsText;

    @Option(
            names = "--playback",
            paramLabel = "RECORDING",
            description = {
                "Measure a recording instead of a signal: an spl.txt, or a session's folder, of which",
                "ranging/spl.txt is played for ranging and run_1/spl.txt for testing."
            })
    private @Nullable Path playback;

    @Option(names = "--playback-ranging", paramLabel = "FILE", description = "The spl.txt to play for ranging.")
    private @Nullable Path playbackRanging;

    @Option(names = "--playback-testing", paramLabel = "FILE", description = "The spl.txt to play for testing.")
    private @Nullable Path playbackTesting;

    @Option(
            names = "--playback-analyzer",
            paramLabel = "N",
            defaultValue = "1",
            description = "Whose rows to play, where the recording was merged from several analyzers.")
    private int playbackAnalyzer;

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description = "What goes wrong, and when: a JSON file such as those in configs/scenarios.")
    private @Nullable Path scenario;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on, as -p; 0 for any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--print-port",
            description =
                    "Print the port on a line of its own once it listens, and PTDaemon's output on standard error.")
    private boolean printPort;

    @Unmatched
    private List<String> ptdArguments = new ArrayList<>();

    @Override
    public Integer call() {
        try {
            MockPtdCommand whole = withEnvironment(System.getenv(ENVIRONMENT));
            MockPtd mock = MockPtd.start(whole.options());
            if (whole.printPort) {
                System.out.println(mock.port());
                System.out.flush();
            }
            return mock.awaitExit();
        } catch (InvalidOptionException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        }
    }

    /** This command with the environment's options before its own, so that its own win. */
    private MockPtdCommand withEnvironment(@Nullable String environment) {
        if (environment == null || environment.isBlank() || spec == null) {
            return this;
        }
        List<String> args = new ArrayList<>(ShellWords.split(environment));
        args.addAll(spec.commandLine().getParseResult().originalArgs());
        MockPtdCommand whole = new MockPtdCommand();
        new CommandLine(whole).setOverwrittenOptionsAllowed(true).parseArgs(args.toArray(String[]::new));
        return whole;
    }

    private MockPtdOptions options() {
        requireNumbersInRange();
        SignalModel model = SignalSpec.parse(signal);
        MockPtdOptions.Builder builder = MockPtdOptions.builder(PtdArguments.parse(arguments()))
                .signal(noise > 0 ? new NoisySignal(model, noise, seed) : model)
                .seed(seed)
                .supplyVolts(supply)
                .loadCrest(crest)
                .speed(speed)
                .startDelay(Duration.ofMillis(startDelay))
                .realTiming(realTiming)
                .initialVolts(range("--initial-volts", initialVolts))
                .initialAmps(range("--initial-amps", initialAmps))
                .nanOnRangeSwitch(nanOnRangeSwitch)
                .windowsText(windowsText);
        if (printPort) {
            builder.stdout(new FileOutputStream(FileDescriptor.err));
        }
        if (signalStartMillis != null) {
            builder.signalStart(Instant.ofEpochMilli(signalStartMillis));
        }
        if (state != null) {
            builder.stateFile(state);
        }
        if (scenario != null) {
            FaultScenario faults = ScenarioJson.read(scenario);
            builder.scenario(faults);
            if (faults.ignoresSigterm()) {
                ignoreSigterm();
            }
        }
        recording().ifPresent(builder::playback);
        return builder.build();
    }

    /** PTDaemon's arguments, of which the last {@code -p} counts. */
    private List<String> arguments() {
        if (port == null) {
            return ptdArguments;
        }
        if (port < 0 || port > 65535) {
            throw new UsageException("--port: expected 0 to 65535, got " + port, null);
        }
        List<String> all = new ArrayList<>(List.of("-p", Integer.toString(port)));
        all.addAll(ptdArguments);
        return all;
    }

    private void requireNumbersInRange() {
        requireAbove0("--speed", speed);
        requireAbove0("--supply", supply);
        if (!(crest >= 1) || Double.isInfinite(crest)) {
            throw new UsageException("--crest: expected at least 1, got " + crest, null);
        }
        if (!(noise >= 0) || Double.isInfinite(noise)) {
            throw new UsageException("--noise: expected at least 0, got " + noise, null);
        }
        if (startDelay < 0) {
            throw new UsageException("--start-delay: expected at least 0, got " + startDelay, null);
        }
        if (playbackAnalyzer < 1) {
            throw new UsageException("--playback-analyzer: expected at least 1, got " + playbackAnalyzer, null);
        }
    }

    private static void requireAbove0(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new UsageException(option + ": expected more than 0, got " + value, null);
        }
    }

    private Optional<Playback> recording() {
        if (playback != null && playbackRanging == null && playbackTesting == null) {
            Playback both = Playback.of(playback);
            return Optional.of(new Playback(both.ranging(), both.testing(), playbackAnalyzer));
        }
        if (playback == null && playbackRanging != null && playbackTesting != null) {
            return Optional.of(new Playback(playbackRanging, playbackTesting, playbackAnalyzer));
        }
        if (playback == null && playbackRanging == null && playbackTesting == null) {
            return Optional.empty();
        }
        throw new UsageException(
                "a recording needs --playback alone, or both --playback-ranging and --playback-testing", null);
    }

    /** The JVM waits for its shutdown hooks while all other threads go on: one that never ends outlives SIGTERM. */
    private static void ignoreSigterm() {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    private static RangeSetting range(String option, String text) {
        try {
            return text.equalsIgnoreCase("auto") ? RangeSetting.auto() : RangeSetting.ofText(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage(), "Give Auto or a number.");
        }
    }
}
