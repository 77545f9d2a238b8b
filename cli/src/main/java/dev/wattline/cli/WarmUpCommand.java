package dev.wattline.cli;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.mock.ptd.MockPtd;
import dev.wattline.mock.ptd.MockPtdOptions;
import dev.wattline.mock.ptd.PtdArguments;
import dev.wattline.mock.signal.SignalSpec;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Loads the classes that commands need when they start, and leaves nothing behind: the launcher script runs this once with
 * {@code -XX:ArchiveClassesAtExit} and starts all later commands from that archive. What is executed and not only loaded
 * starts faster still, for the archive then holds the classes behind its lambdas too. The runner has an archive of its own,
 * for what is mapped of one is resident as a whole, beside the workload.
 */
@Command(name = "warm-up", hidden = true, description = "Load what commands need, for the launcher's class archive.")
final class WarmUpCommand implements Callable<Integer> {
    private static final String OURS = "dev/wattline/";
    private static final String CLASS = ".class";
    private static final String RUN = "run";
    private static final int DEVICE_TYPE = 49;

    /** What the runner needs up to the end of the workload; what comes afterwards is loaded from the jar. */
    private static final Pattern OF_RUNNER = Pattern.compile(
            "dev\\.wattline\\.(model|files|protocol(?!\\.(server|lab))"
                    + "|sut(?!\\.(workload|measure)))\\..*|dev\\.wattline\\.cli\\.((options|terminal|logging)\\..*|run\\.Run.*|[A-Z].*)");

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "run", description = "Only what the runner needs.")
    @Nullable
    String part;

    @Override
    public Integer call() throws IOException, ClassNotFoundException {
        if (part == null) {
            rehearseAll();
        } else if (part.equals(RUN)) {
            rehearseRun();
        } else {
            throw new UsageException("there is no part '" + part + "'", "Parts: " + RUN + ".");
        }
        String path = System.getProperty("java.class.path", "");
        if (path.endsWith(".jar") && path.indexOf(File.pathSeparatorChar) < 0) {
            loadOurs(path, part == null ? name -> true : OF_RUNNER.asMatchPredicate());
        }
        return ExitCode.OK.code();
    }

    private static void rehearseAll() throws IOException {
        for (CommandTable.Entry entry : CommandTable.entries()) {
            CommandLine line = Main.commandLine(entry.command().get());
            line.getUsageMessage();
            line.parseArgs("--help");
        }
        LoggerFactory.getLogger(WarmUpCommand.class).debug("loading classes");
        rehearseDialogue();
        rehearseCheck();
    }

    /** Lets {@code wattline run} get as far as a director that is not there. */
    private static void rehearseRun() throws IOException {
        String nobody;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + taken.getLocalPort();
        }
        Path folder = Files.createTempDirectory("wattline-warm-up");
        try {
            String logs = folder.resolve("logs").toString();
            Main.run("run", "-a", nobody, "-n", nobody, "-w", "true", "-L", logs, "-o", folder.toString());
        } finally {
            delete(folder);
        }
    }

    /** Lets {@code wattline ptd} ask a mock PTDaemon in this JVM, which takes both sides through their sockets. */
    private static void rehearseDialogue() {
        MockPtdOptions options = MockPtdOptions.builder(PtdArguments.of(DEVICE_TYPE))
                .signal(SignalSpec.parse("constant,watts=100"))
                .startDelay(Duration.ZERO)
                .stdout(OutputStream.nullOutputStream())
                .build();
        try (MockPtd mock = MockPtd.start(options)) {
            Main.run("ptd", "127.0.0.1:" + mock.port(), "Hello", "Identify", "RR", "SR,V,300", "Watts");
        }
    }

    /** Lets {@code wattline check} look at a session, at the same by rules that it breaks and in an old form, and at none. */
    private static void rehearseCheck() throws IOException {
        Path folder = Files.createTempDirectory("wattline-warm-up");
        try {
            Path session = folder.resolve("session");
            RehearsalSession.write(session);
            Main.run("check", session.toString());
            Main.run("check", "--json", session.toString());
            Main.run("check", "--official", session.toString());
            Main.run("check", "--round", "v1.1", session.toString());
            Main.run("check", "--tree", folder.toString());
            Main.run("check", session.resolve("run_1").toString());
            RehearsalSession.makeOld(session);
            Main.run("check", session.toString());
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Loads Wattline's own classes; the JVM links them, and what their verification needs, when it archives. */
    private static void loadOurs(String jar, Predicate<String> wanted) throws IOException, ClassNotFoundException {
        ClassLoader loader = WarmUpCommand.class.getClassLoader();
        try (JarFile file = new JarFile(jar)) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.startsWith(OURS) && name.endsWith(CLASS) && !name.endsWith("package-info.class")) {
                    String type =
                            name.substring(0, name.length() - CLASS.length()).replace('/', '.');
                    if (wanted.test(type)) {
                        Class.forName(type, false, loader);
                    }
                }
            }
        }
    }
}
