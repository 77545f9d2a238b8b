package dev.wattline.cli;

import java.io.File;
import java.io.IOException;
import java.util.Enumeration;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Loads the classes that commands need when they start, and does nothing else: the launcher script runs this once with
 * {@code -XX:ArchiveClassesAtExit} and starts all later commands from that archive.
 */
@Command(name = "warm-up", hidden = true, description = "Load what commands need, for the launcher's class archive.")
final class WarmUpCommand implements Callable<Integer> {
    private static final String OURS = "dev/wattline/";
    private static final String CLASS = ".class";

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException, ClassNotFoundException {
        for (CommandTable.Entry entry : CommandTable.entries()) {
            CommandLine line = Main.commandLine(entry.command().get());
            line.getUsageMessage();
            line.parseArgs("--help");
        }
        LoggerFactory.getLogger(WarmUpCommand.class).debug("loading classes");
        String path = System.getProperty("java.class.path", "");
        if (path.endsWith(".jar") && path.indexOf(File.pathSeparatorChar) < 0) {
            loadOurs(path);
        }
        return ExitCode.OK.code();
    }

    /** Loads all of Wattline's own classes; the JVM links them, and what their verification needs, when it archives. */
    private static void loadOurs(String jar) throws IOException, ClassNotFoundException {
        ClassLoader loader = WarmUpCommand.class.getClassLoader();
        try (JarFile file = new JarFile(jar)) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.startsWith(OURS) && name.endsWith(CLASS) && !name.endsWith("package-info.class")) {
                    String type =
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.');
                    Class.forName(type, false, loader);
                }
            }
        }
    }
}
