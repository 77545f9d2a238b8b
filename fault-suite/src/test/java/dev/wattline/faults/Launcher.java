package dev.wattline.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The launcher of the checkout, which starts every program of the suite as users start it. */
final class Launcher {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();
    private static final Path JAR = ROOT.resolve("cli/target/wattline.jar");

    private static boolean prepared;

    private Launcher() {}

    /** Has the class archive made once, so that no test's deadline runs while it is. */
    static synchronized void prepare() {
        if (prepared) {
            return;
        }
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is not there: build it with 'mvn package -pl cli -am'");
        }
        Shell.run(shellCommand("--version"));
        prepared = true;
    }

    /** The words of a command of Wattline's; it replaces itself by the JVM, so its process id stays. */
    static List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        // A shell that starts a test run in the background makes it ignore SIGINT, and a JVM hands that on.
        if (Environment.RESETS_SIGNALS) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(ROOT.resolve("wattline").toString());
        command.addAll(List.of(words));
        return command;
    }

    /** The same as one line for a shell. */
    static String shellCommand(String... words) {
        return "'" + String.join("' '", command(words)) + "'";
    }

    private static final class Environment {
        static final boolean RESETS_SIGNALS =
                Shell.attempt("env --default-signal=INT true").succeeded();
    }
}
