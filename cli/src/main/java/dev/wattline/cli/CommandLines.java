package dev.wattline.cli;

import dev.wattline.agent.job.HandOver;
import dev.wattline.cli.logging.Logging;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.power.InformalRunCommand;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, by picocli: finds the command of a line, runs it, turns its outcome into an exit status. */
final class CommandLines {
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

    private CommandLines() {}

    /** Runs a command line in this JVM and returns its exit status. */
    static int run(String... args) {
        if (args.length > 0 && args[0].equals("run") && List.of(args).contains(InformalRunCommand.OPTION)) {
            return informal(Arrays.asList(args).subList(1, args.length));
        }
        if (args.length > 0) {
            var entry = CommandTable.find(args[0]);
            if (entry.isPresent()) {
                CommandLine line = commandLine(entry.get().command().get());
                line.setCommandName("wattline " + args[0]);
                return execute(line, args[0], Arrays.asList(args).subList(1, args.length));
            }
        }
        CommandLine all = all();
        if (args.length > 0 && !args[0].startsWith("-") && !args[0].equals("help")) {
            ParameterException unknown = new UnmatchedArgumentException(all, new ArrayList<>(List.of(args[0])));
            return new UsageErrors(System.err).handleParseException(unknown, args);
        }
        if (args.length == 0) {
            all.usage(System.err);
            return ExitCode.USAGE.code();
        }
        return all.execute(args);
    }

    private static int informal(List<String> arguments) {
        CommandLine line = commandLine(new InformalRunCommand());
        line.setCommandName("wattline run");
        return line.execute(arguments.toArray(String[]::new));
    }

    private static int execute(CommandLine line, String command, List<String> arguments) {
        Optional<ArgparseSyntax> reference = ArgparseSyntax.of(command);
        if (reference.isEmpty()) {
            return line.execute(arguments.toArray(String[]::new));
        }
        try {
            List<String> given = arguments;
            if (arguments.size() == 2 && arguments.get(0).equals(HandOver.OPTION)) {
                Path job = Path.of(arguments.get(1));
                HandOver.hold(job);
                given = HandOver.take(job);
                if (given.contains(InformalRunCommand.OPTION)) {
                    return informal(given);
                }
            }
            List<String> full = reference.get().inFull(line.getCommandSpec(), given);
            // As with argparse an option that is given again counts, and a value may begin with @.
            return line.setOverwrittenOptionsAllowed(true)
                    .setExpandAtFiles(false)
                    .execute(full.toArray(String[]::new));
        } catch (IOException e) {
            System.err.println("wattline " + command + ": there is no job to be measured: " + IoErrors.of(e));
            return ExitCode.FAILURE.code();
        } catch (ArgparseSyntax.SyntaxException e) {
            ParameterException wrong = new ParameterException(line, e.getMessage());
            return new UsageErrors(System.err).handleParseException(wrong, arguments.toArray(String[]::new));
        }
    }

    /** The whole tree of commands, for help, completion and manual pages. */
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
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
        return line;
    }
}
