package dev.wattline.cli;

import dev.wattline.cli.check.QuickCheck;
import dev.wattline.cli.lab.ConnectedAgent;
import dev.wattline.cli.logging.Logging;
import dev.wattline.cli.options.ExitCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;

/**
 * {@code wattline <command>}. Two plain forms of commands are run here; all else is left to {@link CommandLines}, for picocli takes
 * time to start, and memory for as long as a process lives. So no class of picocli is named here that the verifier of this
 * class would load.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Called by the Windows service program in the JVM of a director: ends it as a signal does elsewhere. */
    public static void stop(String[] args) {
        System.exit(ExitCode.OK.code());
    }

    /** Runs a command line in this JVM and returns its exit status. */
    static int run(String... args) {
        OptionalInt quick = QuickCheck.run(args);
        if (quick.isPresent()) {
            return quick.getAsInt();
        }
        Optional<Path> connecting = ConnectedAgent.plainConfig(args);
        if (connecting.isPresent()) {
            return connect(connecting.get());
        }
        return CommandLines.run(args);
    }

    /** The whole tree of commands, for help, completion and manual pages. */
    public static CommandLine all() {
        return CommandLines.all();
    }

    /** One command, with the ways of all commands. */
    static CommandLine commandLine(Object command) {
        return CommandLines.commandLine(command);
    }

    private static int connect(Path config) {
        Logging.configure("agent", Logging.Detail.STORY);
        try {
            return ConnectedAgent.run(config);
        } catch (RuntimeException e) {
            return Failures.tell(System.err, "wattline agent", e);
        }
    }
}
