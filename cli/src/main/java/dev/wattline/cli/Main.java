package dev.wattline.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.RunLast;

/** {@code wattline <command>}: finds the command, runs it, turns its outcome into an exit status. */
public final class Main {

    /** The top level, which has no action of its own. */
    @Command(
            name = "wattline",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            subcommands = HelpCommand.class,
            description = "The MLPerf Power measurement system.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  wattline help run             the options of a command, with examples",
                "  wattline completion bash      completion for the shell",
                "",
                "Exit status: 0 done, 1 failed, 2 wrong usage or configuration, 130 and 143 ended by a signal.",
            })
    static final class TopLevel {}

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command line in this JVM and returns its exit status. */
    static int run(String... args) {
        OptionalInt quick = QuickCheck.run(args);
        if (quick.isPresent()) {
            return quick.getAsInt();
        }
        if (args.length > 0) {
            var entry = CommandTable.find(args[0]);
            if (entry.isPresent()) {
                CommandLine line = commandLine(entry.get().command().get());
                line.setCommandName("wattline " + args[0]);
                return line.execute(Arrays.copyOfRange(args, 1, args.length));
            }
        }
        CommandLine all = all();
        if (args.length == 0) {
            all.usage(System.err);
            return ExitCode.USAGE.code();
        }
        return all.execute(args);
    }

    /** The whole tree of commands, for help and completion. */
    static CommandLine all() {
        CommandLine top = commandLine(new TopLevel());
        for (CommandTable.Entry entry : CommandTable.entries()) {
            top.addSubcommand(entry.name(), commandLine(entry.command().get()));
        }
        return top;
    }

    /** One command, with the ways of all commands: how it reports errors, how wide its help is, what it logs. */
    static CommandLine commandLine(Object command) {
        PrintStream err = System.err;
        CommandLine line = new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new UsageErrors(err))
                .setExecutionExceptionHandler(new Failures(err))
                .setExecutionStrategy(parsed -> {
                    Logging.configure(
                            parsed.commandSpec().name(),
                            parsed.hasMatchedOption("--verbose") ? Logging.Detail.VERBOSE : Logging.Detail.STORY);
                    return new RunLast().execute(parsed);
                });
        line.getCommandSpec().versionProvider(new Version());
        return line;
    }
}
