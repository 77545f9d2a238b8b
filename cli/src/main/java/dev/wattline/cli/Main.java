package dev.wattline.cli;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code wattline <command>}: finds the command, runs it, turns its outcome into an exit status. */
public final class Main {

    /** The top level, which has no action of its own. */
    @Command(
            name = "wattline",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            description = "The MLPerf Power measurement system.")
    static final class TopLevel {}

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs a command line in this JVM and returns its exit status. */
    static int run(String... args) {
        if (args.length > 0) {
            var entry = CommandTable.find(args[0]);
            if (entry.isPresent()) {
                CommandLine line = commandLine(entry.get().command().get());
                line.setCommandName("wattline " + args[0]);
                return line.execute(List.of(args).subList(1, args.length).toArray(String[]::new));
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

    private static CommandLine commandLine(Object command) {
        PrintStream err = System.err;
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new UsageErrors(err))
                .setExecutionExceptionHandler(new Failures(err));
    }
}
