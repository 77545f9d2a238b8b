package dev.wattline.cli.run;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.Terminal;
import dev.wattline.ptd.PtdClient;
import dev.wattline.ptd.PtdCommand;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdEndpoint;
import dev.wattline.ptd.PtdListener;
import dev.wattline.ptd.PtdOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ptd}: talks to a PTDaemon by hand. */
@Command(
        name = "ptd",
        description = {
            "Talk to a PTDaemon by hand.",
            "Send the commands given, or read them line by line from standard input, with a prompt on a terminal. Every"
                    + " line is sent as it is; the replies are printed, the rows of samples too.",
            "The exit status is 1 if PTDaemon refused a command, did not answer or closed the connection. Of the commands"
                    + " given as arguments none is sent behind a refused one."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ptd localhost:8888 Hello Identify RR      three commands",
            "  wattline ptd localhost:8888 SR,V,300               set the voltage range",
            "  wattline ptd localhost:8888                        a prompt, until Ctrl-D",
            "  wattline ptd lab-7:8888 --deadline 30 < commands   commands from a file",
            "  wattline ptd localhost:8888 RL > rows.txt          the samples not read yet",
        })
public final class PtdCommandLine implements Callable<Integer> {
    private static final int MILLIS = 1_000;

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Parameters(
            index = "0",
            paramLabel = "HOST:PORT",
            description = "Where PTDaemon listens; an IPv6 address in brackets.")
    private String address = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "A command line, such as Watts or Go,1000,0,mark; in quotes if it has blanks.")
    private List<String> commands = new ArrayList<>();

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            description = "How long to wait for each reply, its rows included. Default: 10 for Hello, 15 for SR, 5 for"
                    + " others and 30 more for rows, each longer by the interval behind Stop.")
    private @Nullable Double deadline;

    @Option(
            names = "--connect",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "How long to try to connect, for PTDaemon needs up to 20 s to start. Default: ${DEFAULT-VALUE}.")
    private double connect;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PtdEndpoint endpoint = endpoint();
        List<PtdCommand.Raw> lines = commands.stream().map(PtdDialogue::command).toList();
        Duration within = duration("--connect", connect);
        Optional<Duration> perReply = Optional.ofNullable(deadline).map(seconds -> duration("--deadline", seconds));
        PtdListener trace = new PtdDialogue.Trace(System.err);
        try (PtdConnector connector = PtdConnector.create(PtdOptions.DEFAULT);
                PtdClient client = PtdClient.connect(connector, endpoint, within, trace)) {
            PtdDialogue dialogue = new PtdDialogue(client, perReply, System.out, System.err);
            ExitCode code = lines.isEmpty()
                    ? dialogue.converse(
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), prompts())
                    : dialogue.send(lines);
            return code.code();
        }
    }

    /**
     * Whether a person is at both ends: a pipe must see nothing but replies. Since JDK 22 there is a console without a
     * terminal too; a prompt is then shown on the terminal although the commands come from a pipe, which does no harm.
     */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean prompts() {
        return Terminal.ofThisProcess().out() && System.console() != null;
    }

    private PtdEndpoint endpoint() {
        try {
            return PtdEndpoint.parse(address);
        } catch (IllegalArgumentException e) {
            throw new UsageException("HOST:PORT: " + e.getMessage(), "Give it as in 'wattline ptd localhost:8888'.");
        }
    }

    private static Duration duration(String option, double seconds) {
        if (!(seconds * MILLIS >= 1) || seconds > Integer.MAX_VALUE) {
            throw new UsageException(
                    option + ": expected seconds above 0, got " + seconds, "Give it as in '5' or '0.5'.");
        }
        return Duration.ofMillis(Math.round(seconds * MILLIS));
    }
}
