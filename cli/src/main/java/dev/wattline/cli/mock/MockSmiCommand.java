package dev.wattline.cli.mock;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.ZoneConverter;
import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.ShellWords;
import dev.wattline.mock.json.SmiTruthJson;
import dev.wattline.mock.signal.NoisySignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.mock.signal.SignalSpec;
import dev.wattline.mock.smi.CardModel;
import dev.wattline.mock.smi.CardTool;
import dev.wattline.mock.smi.CounterSpec;
import dev.wattline.mock.smi.DcgmiArguments;
import dev.wattline.mock.smi.MockDcgmi;
import dev.wattline.mock.smi.MockSmi;
import dev.wattline.mock.smi.MockSmiOptions;
import dev.wattline.mock.smi.SmiArguments;
import dev.wattline.mock.smi.SmiFault;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code wattline mock-smi}: a stand-in for nvidia-smi and for dcgmi, called as the real ones are. */
@Command(
        name = "mock-smi",
        customSynopsis = {
            "wattline mock-smi [OPTIONS] --query-gpu=FIELDS",
            "         --format=csv[,noheader][,nounits] [-l S|-lms MS] [-f FILE] [-i CARDS]",
            "wattline mock-smi [OPTIONS] -L | --help-query-gpu",
            "wattline mock-smi [OPTIONS] dmon -e FIELDS [-d MS] [-c N] [-i CARDS]",
            "wattline mock-smi [OPTIONS] discovery -l"
        },
        description = {
            "Stand in for nvidia-smi: cards that draw a known power and report it as real sensors do.",
            "It takes dcgmi's command line too, for the same cards' energy counters.",
            "Own options come first, or stand in the environment variable WATTLINE_MOCK_SMI_OPTIONS."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline mock-smi --query-gpu=timestamp,uuid,power.draw --format=csv -lms 100",
            "  wattline mock-smi --model a100 --cards 8 --truth truth.json \\",
            "      --signal square,low=500,high=3000,period=0.2 \\",
            "      --query-gpu=timestamp,uuid,power.draw --format=csv,nounits -lms 25",
            "  WATTLINE_MOCK_SMI_OPTIONS='--model v100' bin/mock_smi -L",
            "  wattline mock-smi --signal square,low=150,high=500,period=20 \\",
            "      --signal-start $(date +%%s)000 --counter gpu,gain=1.02,lag=0.1 \\",
            "      dmon -e 156 -d 1000"
        })
public final class MockSmiCommand implements Callable<Integer> {
    private static final String ENVIRONMENT = "WATTLINE_MOCK_SMI_OPTIONS";
    private static final Pattern AWAKE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?):(.+)");
    private static final Pattern STALLS = Pattern.compile("(\\d*\\.?\\d+):(\\d{1,6})");

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--model",
            paramLabel = "CARD",
            defaultValue = "h100",
            description =
                    "The cards' model: h100, h200, gh200, a100, l40s, rtx3090, v100, t4. Default: ${DEFAULT-VALUE}.")
    private String model = "";

    @Option(names = "--cards", paramLabel = "N", defaultValue = "1", description = "Number of cards. Default: 1.")
    private int cards;

    @Option(
            names = "--signal",
            paramLabel = "SIGNAL",
            defaultValue = "cpu,idle=60,span=140",
            description = {
                "Power of the whole system at the wall, as mock-ptd takes it: constant,watts=W;",
                "ramp,from=W,to=W,seconds=S; square,low=W,high=W,period=S,duty=0..1; phases,steps=WxS/WxS; cycle,steps=WxS/WxS;",
                "server,gpus=WxS/WxS,base=W,cpu=W,cpu-period=S,fans=0..1,delay=S,peak=0..1,rated=W;",
                "cpu,idle=W,span=W. Default: ${DEFAULT-VALUE}."
            })
    private String signal = "";

    @Option(
            names = "--noise",
            paramLabel = "WATTS",
            defaultValue = "0",
            description = "Standard deviation of the signal's noise in W. Default: none.")
    private double noise;

    @Option(
            names = "--other-watts",
            paramLabel = "WATTS",
            defaultValue = "40",
            description = "Power at the wall of all but the cards. Default: ${DEFAULT-VALUE} W.")
    private double otherWatts;

    @Option(
            names = "--shares",
            split = ",",
            paramLabel = "N",
            description = "How the cards' power is divided, a weight for each. Default: evenly.")
    private double[] shares = {};

    @Option(
            names = "--efficiency",
            paramLabel = "0..1",
            defaultValue = "0.94",
            description = "Of the power supply. Default: ${DEFAULT-VALUE}.")
    private double efficiency;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of identities, sensor errors, noise and faults. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = {"--signal-start", "--start"},
            paramLabel = "EPOCH_MS",
            description = "When the signal began, to share it with another mock. Default: now.")
    private @Nullable Long startMillis;

    @Option(names = "--gain", paramLabel = "G", description = "Every card's gain. Default: drawn by the seed.")
    private @Nullable Double gain;

    @Option(names = "--offset", paramLabel = "WATTS", description = "Every card's offset. Default: drawn by the seed.")
    private @Nullable Double offset;

    @Option(
            names = "--module-watts",
            paramLabel = "WATTS",
            description = "Be superchips: what processor and memory of each module draw. Default: cards alone.")
    private @Nullable Double moduleWatts;

    @Option(names = "--period", paramLabel = "MS", description = "The sensors' update period. Default: the model's.")
    private @Nullable Double period;

    @Option(
            names = "--window",
            paramLabel = "MS",
            description = "The time an update averages over, of power.draw.average too. Default: the model's.")
    private @Nullable Double window;

    @Option(
            names = "--delay",
            paramLabel = "MS",
            defaultValue = "0",
            description = "The sensors' delay. Default: none.")
    private double delay;

    @Option(
            names = "--refusals",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of power cells that hold [N/A] or [Unknown Error]. Default: none.")
    private double refusals;

    @Option(
            names = "--stalls",
            paramLabel = "SHARE:MS",
            defaultValue = "0:0",
            description = "Share of rounds that come late, and by how much. Default: none.")
    private String stalls = "";

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = {
                "What else goes wrong, times in s since the first round; may be given again: dead,card=I,at=S;",
                "late,card=I,until=S; frozen,card=I,at=S; hole,at=S,seconds=S[,every=S]; clock-step,at=S,ms=MS;",
                "clock-drift,ppm=P."
            })
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--counter",
            paramLabel = "COUNTER",
            description = {
                "The cards' energy counter, as dcgmi reads it; may be given again for one card:",
                "gpu[,KEY=N...]; module[,KEY=N...], with --module-watts; none, as before Volta. Keys: card=I; gain=G;",
                "offset=W; lag=S; period=MS, 50 without; stuck=S since the signal's start. Default: gpu."
            })
    private List<String> counters = new ArrayList<>();

    @Option(
            names = "--awake",
            paramLabel = "WATTS:FILE",
            description = "A card draws so much more for 2 s after nvidia-smi asked for it, which FILE tells dcgmi.")
    private @Nullable String awake;

    @Option(names = "--stuck", description = "Let the sensors stand still.")
    private boolean stuck;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            converter = ZoneConverter.class,
            description = "Zone of the log's times. Default: this machine's.")
    private @Nullable ZoneId zone;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Write the cards' true energy and sensor errors there (JSON) at the end.")
    private @Nullable Path truth;

    @Unmatched
    private List<String> smiArguments = new ArrayList<>();

    @Override
    public Integer call() {
        try {
            return withEnvironment(System.getenv(ENVIRONMENT)).run();
        } catch (InvalidOptionException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        }
    }

    private int run() {
        CardTool smi = DcgmiArguments.isDcgmi(smiArguments)
                ? new MockDcgmi(DcgmiArguments.parse(smiArguments), options())
                : new MockSmi(SmiArguments.parse(smiArguments), options());
        Thread hook = new Thread(() -> end(smi), "mock-smi-end");
        Runtime.getRuntime().addShutdownHook(hook);
        int status = smi.run(System.out);
        try {
            if (Runtime.getRuntime().removeShutdownHook(hook)) {
                end(smi);
            }
        } catch (IllegalStateException e) {
            return status; // a signal ends the JVM, and the hook writes the truth
        }
        return status;
    }

    private void end(CardTool smi) {
        smi.stop();
        if (truth != null) {
            SmiTruthJson.write(truth, smi.truth());
        }
    }

    /** This command with the environment's options before its own, so that its own win. */
    private MockSmiCommand withEnvironment(@Nullable String environment) {
        if (environment == null || environment.isBlank() || spec == null) {
            return this;
        }
        List<String> args = new ArrayList<>(ShellWords.split(environment));
        args.addAll(spec.commandLine().getParseResult().originalArgs());
        MockSmiCommand whole = new MockSmiCommand();
        new CommandLine(whole).setOverwrittenOptionsAllowed(true).parseArgs(args.toArray(String[]::new));
        return whole;
    }

    private MockSmiOptions options() {
        SignalModel wall = SignalSpec.parse(signal);
        if (!(noise >= 0)) {
            throw new UsageException("--noise: expected W of 0 or more, got " + noise, null);
        }
        MockSmiOptions.Builder builder = MockSmiOptions.builder()
                .model(CardModel.of(model))
                .cards(cards)
                .wall(noise > 0 ? new NoisySignal(wall, noise, seed) : wall)
                .shares(shares)
                .otherWatts(otherWatts)
                .efficiency(efficiency)
                .seed(seed)
                .delayMillis(delay)
                .refusals(refusals)
                .stuck(stuck)
                .faults(faults.stream().map(SmiFault::parse).toList())
                .counters(counters.stream().map(CounterSpec::parse).toList());
        stalls(builder);
        if (zone != null) {
            builder.zone(zone);
        }
        if (startMillis != null) {
            builder.start(Instant.ofEpochMilli(startMillis));
        }
        if (awake != null) {
            Matcher parts = AWAKE.matcher(awake);
            if (!parts.matches()) {
                throw new UsageException(
                        "--awake: expected WATTS:FILE, got '" + awake + "'", "For instance --awake 40:polls.");
            }
            builder.awake(Double.parseDouble(parts.group(1)), Path.of(parts.group(2)));
        }
        sensor(builder);
        return builder.build();
    }

    private void stalls(MockSmiOptions.Builder builder) {
        Matcher parts = STALLS.matcher(stalls);
        if (!parts.matches()) {
            throw new UsageException(
                    "--stalls: expected SHARE:MS, got '" + stalls + "'", "For instance --stalls 0.01:80.");
        }
        builder.stalls(Double.parseDouble(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    private void sensor(MockSmiOptions.Builder builder) {
        if (gain != null) {
            builder.gain(gain);
        }
        if (offset != null) {
            builder.offset(offset);
        }
        if (moduleWatts != null) {
            builder.moduleWatts(moduleWatts);
        }
        if (period != null) {
            builder.periodMillis(period);
        }
        if (window != null) {
            builder.windowMillis(window);
        }
    }
}
