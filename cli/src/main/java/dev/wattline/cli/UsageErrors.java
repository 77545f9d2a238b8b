package dev.wattline.cli;

import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong command line: one line that says what is wrong, the nearest right spelling, and where the help is. */
final class UsageErrors implements IParameterExceptionHandler {
    private final PrintStream err;

    UsageErrors(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandName();
        err.println(name + ": " + message(e, command));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + name + " --help'.");
        return ExitCode.USAGE.code();
    }

    private static String message(ParameterException e, CommandLine command) {
        // Before what is missing: a misspelt option is why an option is.
        Optional<String> strange = command.getUnmatchedArguments().stream()
                .filter(argument -> argument.startsWith("-"))
                .findFirst();
        if (strange.isPresent()) {
            return "there is no option " + strange.get();
        }
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String first = unmatched.getUnmatched().get(0);
            return command.getSubcommands().isEmpty()
                    ? "the argument '" + first + "' is one too many"
                    : "there is no command '" + first + "'";
        }
        return String.valueOf(e.getMessage());
    }
}
