package dev.wattline.cli;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.PythonNumber;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
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
        String name = command.getCommandSpec().qualifiedName();
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
        ArgSpec argument = e.getArgSpec();
        String value = e.getValue();
        if (argument != null && value != null && !(e instanceof MissingParameterException)) {
            Optional<String> expected = expected(argument, e);
            if (expected.isPresent()) {
                return name(argument) + ": expected " + expected.get() + ", got '" + value + "'";
            }
        }
        return String.valueOf(e.getMessage());
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /** What a value of the argument's type looks like; empty where its converter has said so itself. */
    private static Optional<String> expected(ArgSpec argument, ParameterException e) {
        Class<?> type = argument.auxiliaryTypes().length > 0 ? argument.auxiliaryTypes()[0] : argument.type();
        if (e.getCause() instanceof PythonNumber.NoNumberException why) {
            return Optional.of(why.expected());
        } else if (type == int.class || type == Integer.class) {
            return Optional.of("a whole number of at most " + Integer.MAX_VALUE);
        } else if (type == long.class || type == Long.class) {
            return Optional.of("a whole number of at most " + Long.MAX_VALUE);
        } else if (type == double.class || type == Double.class || type == BigDecimal.class) {
            return Optional.of("a number");
        } else if (type.isEnum()) {
            return Optional.of(Arrays.stream(type.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or ")));
        } else if (type == Path.class) {
            return Optional.of("a path");
        } else if (type == boolean.class || type == Boolean.class) {
            return Optional.of("no value, for it is there or not");
        }
        return Optional.empty();
    }
}
