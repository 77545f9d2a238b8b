package dev.wattline.cli.check;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.InformalSessionException;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.Terminal;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.text.Style;
import dev.wattline.compliance.text.TextReport;
import dev.wattline.files.FileHashes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The plain forms of {@code wattline check}, sessions with at most a round and a form of output, without picocli: reading
 * its annotations takes longer than checking a session. Whatever is not as plain as that is left to picocli, which knows
 * all options and words all errors.
 */
public final class QuickCheck {
    private static final String NAME = "check";

    private final List<Path> sessions = new ArrayList<>();
    private CheckOutput.Form form = CheckOutput.Form.TEXT;
    private @Nullable String round;

    private QuickCheck() {}

    /** Runs the command line and gives its exit status; empty if it is not a plain one, and nothing was done. */
    public static OptionalInt run(String... args) {
        QuickCheck check = new QuickCheck();
        if (args.length < 2 || !args[0].equals(NAME) || !check.understands(args)) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(check.run());
        } catch (OutputException e) {
            System.err.println("wattline check: " + e.getMessage());
            e.remedy().ifPresent(remedy -> System.err.println("  " + remedy));
            return OptionalInt.of(ExitCode.FAILURE.code());
        } catch (IOException e) {
            System.err.println("wattline check: the report cannot be written: " + e.getMessage());
            return OptionalInt.of(ExitCode.FAILURE.code());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.of(ExitCode.INTERRUPTED.code());
        }
    }

    private boolean understands(String... args) {
        for (int i = 1; i < args.length; i++) {
            String argument = args[i];
            if (argument.equals("--json") && form == CheckOutput.Form.TEXT) {
                form = CheckOutput.Form.JSON;
            } else if (argument.equals("--official") && form == CheckOutput.Form.TEXT) {
                form = CheckOutput.Form.OFFICIAL;
            } else if (argument.equals("--round") && round == null && i + 1 < args.length) {
                round = args[++i];
            } else if (argument.startsWith("-") || argument.startsWith("@") || argument.isEmpty()) {
                return false;
            } else {
                Path session = Path.of(argument);
                if (!CheckCommand.looksLikeSession(session) || InformalSessionException.isInformal(session)) {
                    return false;
                }
                sessions.add(session);
            }
        }
        return !sessions.isEmpty() && (round == null || Rounds.find(round).isPresent());
    }

    private int run() throws IOException, InterruptedException {
        Thread ahead = new Thread(QuickCheck::prepare, "prepare");
        ahead.setDaemon(true);
        ahead.start();
        boolean official = form == CheckOutput.Form.OFFICIAL;
        CheckOptions options = new CheckOptions(official ? Rounds.LATEST : round, null, !official);
        Terminal terminal = Terminal.ofThisProcess();
        TextReport text = new TextReport(terminal.out() && terminal.colour() ? Style.COLOUR : Style.PLAIN);
        try (CheckOutput output = CheckOutput.open(form, text, false, null, null)) {
            return new CheckRun(options, Runtime.getRuntime().availableProcessors(), output).run(sessions);
        }
    }

    /** On the other core, while the summaries are read: opening the jar and getting ready to hash take longer than that. */
    private static void prepare() {
        Rounds.latest();
        FileHashes.prepare();
    }
}
