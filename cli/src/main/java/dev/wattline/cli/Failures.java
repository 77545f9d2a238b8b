package dev.wattline.cli;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A failed command: its cause and remedy, a line each; a stack trace only with {@code --stacktrace}. */
public final class Failures implements IExecutionExceptionHandler {
    private final PrintStream err;

    Failures(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        int status = tell(err, command.getCommandSpec().qualifiedName(), e);
        if (wantsStackTrace(command)) {
            e.printStackTrace(err);
        }
        return status;
    }

    /**
     * Tells why a command failed.
     *
     * @param name of the command
     * @return the exit status
     */
    static int tell(PrintStream err, String name, Exception e) {
        if (e instanceof WattlineException failure) {
            err.println(name + ": " + failure.getMessage());
            Optional<String> help =
                    failure instanceof UsageException ? Optional.of("Try '" + name + " --help'.") : Optional.empty();
            failure.remedy().or(() -> help).ifPresent(remedy -> err.println("  " + remedy));
        } else if (e instanceof FileSystemException trouble) {
            err.println(name + ": " + trouble.getFile() + ": " + IoErrors.of(trouble));
        } else {
            err.println(name + ": unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage());
            err.println("  This is a defect of Wattline: please report it with the output of --stacktrace.");
        }
        return e instanceof UsageException ? ExitCode.USAGE.code() : ExitCode.FAILURE.code();
    }

    private static boolean wantsStackTrace(CommandLine command) {
        OptionSpec option = command.getCommandSpec().findOption("--stacktrace");
        return option != null && Boolean.TRUE.equals(option.getValue());
    }
}
