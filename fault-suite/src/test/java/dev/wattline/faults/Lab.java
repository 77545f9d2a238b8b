package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.faults.Program.Input;
import dev.wattline.files.json.SummaryJson;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.SntpServer;
import dev.wattline.testing.PseudoTerminal;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One bench: a time server, a director with mock PTDaemons, and runners, all as the launcher starts them, each a process
 * of its own. A test arranges it, starts it, does harm, and asks what became of everybody. One thread.
 *
 * <pre>{@code
 * lab.scenario("""
 *         {"faults": [{"when": {"command": "Stop", "nth": 2}, "do": "hang"}]}""");
 * lab.key("ptdReply", "1");
 * lab.startDirector();
 * Program run = lab.run("rig", Workloads.lasting(1, lab.loadgenLogs()));
 * int status = run.awaitExit(Lab.PATIENCE);
 * lab.nextSessionSucceeds();
 * }</pre>
 */
final class Lab implements AutoCloseable {
    /** For what has no limit of its own, on a loaded machine. */
    static final Duration PATIENCE = TestDeadlines.seconds(60);

    /** What the analyzer's current range is before and after each session: the mock's initial state. */
    static final String INITIAL_AMPS = "amps.1 = fixed 5.000000";

    private static final TimeSource TIME = TimeSource.system();

    private final Path folder;
    private final DirectorSetup setup;
    private final Map<String, List<String>> prefixes = new HashMap<>();
    private final Map<String, Map<String, String>> environments = new HashMap<>();
    private final Map<String, String> javaOptions = new HashMap<>();
    private final List<Relay> relays = new ArrayList<>();
    private final SntpServer ntp;
    private List<String> runnersPrefix = List.of();
    private String ntpAddress;
    private @Nullable Program director;
    private @Nullable String runnersDirector;
    private int directorStarts;
    private int nextSessions;

    private Lab(Path folder) {
        this.folder = folder;
        this.setup = new DirectorSetup(folder);
        this.ntp = SntpServer.start(new HostPort("127.0.0.1", 0), TIME, Duration.ZERO);
        this.ntpAddress = ntp.address().toString();
    }

    /** Makes an empty bench in a folder; what an earlier one left there is deleted. */
    static Lab in(Path folder) {
        TextFiles.delete(folder);
        try {
            Files.createDirectories(folder.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Launcher.prepare();
        return new Lab(folder);
    }

    // --- Arranging ---------------------------------------------------------------------------------------------------

    /** A key of the director's section {@code [wattline]}, from its next start on. */
    void key(String name, String value) {
        setup.key(name, value);
    }

    /** The scenario of every mock PTDaemon from its next start on, as JSON. */
    void scenario(String json) {
        scenario(0, json);
    }

    /** The scenario of one analyzer's PTDaemon, counted from 1; 0 is for all that have none of their own. */
    void scenario(int analyzer, String json) {
        setup.scenario(analyzer, json);
    }

    /** PTDaemons without faults, from their next start on. */
    void noFaults() {
        setup.noFaults();
    }

    /** How many analyzers the director has; one unless this is called before it starts. */
    void analyzers(int count) {
        setup.analyzers(count);
    }

    /** Where the director listens, as its configuration says it; {@code 127.0.0.1 0} unless this is called before it starts. */
    void listen(String address) {
        setup.listen(address);
    }

    /** What the analyzers measure, as {@code mock-ptd --signal} takes it, unless this is called a square wave. */
    void signal(String watts) {
        setup.signal(watts);
    }

    /** Director and runners each on a machine of their own as far as the network goes; a time server runs on the director's. */
    void onTwoMachines(NetworkNamespaces network) {
        prefixes.put("director", network.directorsPrefix());
        prefixes.put("sntp", network.directorsPrefix());
        runnersPrefix = network.runnersPrefix();
        Program sntp = start("sntp", "sntp", "sntp", "--bind", "0.0.0.0", "--port", "0");
        String port = sntp.awaitLine("requests on", PATIENCE).group("requests on \\S*:(\\d+)");
        ntpAddress = NetworkNamespaces.DIRECTOR + ":" + port;
        listen(NetworkNamespaces.DIRECTOR + " 0");
    }

    /** Starts a program by this command in front of it, such as {@code prlimit --fsize=1000}: "director", or a run's label. */
    void startBy(String program, List<String> prefix) {
        prefixes.put(program, List.copyOf(prefix));
    }

    /** Starts a program with a variable in its environment: "director", or a run's label. */
    void environment(String program, String name, String value) {
        environments.computeIfAbsent(program, key -> new HashMap<>()).put(name, value);
    }

    /** Starts a program's JVM with an option more: that of "director", or of a run's label. */
    void javaOption(String program, String option) {
        javaOptions.merge(program, " " + option, String::concat);
    }

    /** Has a program ("director", or a run's label) find a shell script of these lines in the place of a tool of the system. */
    void tool(String program, String name, String script) {
        Path tools = file("tools");
        TextFiles.writeScript(tools.resolve(name), script + "\n");
        environment(program, "PATH", tools + ":" + System.getenv("PATH"));
    }

    /** Makes a program's wall clock go wrong by so many milliseconds from now on, before or while it runs. */
    void shiftClock(String program, long millis) {
        TextFiles.replace(file("clock-" + program), Long.toString(millis));
    }

    /** Lets a workload that is {@link Workloads#held} go on to its end. */
    void letGo() {
        TextFiles.write(file("go"), "");
    }

    // --- Starting ----------------------------------------------------------------------------------------------------

    /** Starts the director and waits until it is ready. */
    Program startDirector() {
        Program started = launchDirector();
        started.awaitLine("ready: listening on", PATIENCE);
        return started;
    }

    /** Starts the director, however that ends. */
    Program launchDirector() {
        String configuration = setup.write(ntpAddress()).toString();
        String number = directorStarts++ == 0 ? "" : "-" + directorStarts;
        Program started = start("director", "director" + number, "director", "-c", configuration);
        director = started;
        return started;
    }

    /** Takes a director that was not started by {@link #startDirector}; it says where it listens as that does. */
    void useDirector(Program started) {
        director = started;
    }

    /** The director that was started last. */
    Program director() {
        if (director == null) {
            throw new IllegalStateException("no director was started");
        }
        return director;
    }

    /** Host and port at which the director said that it listens. */
    String directorAddress() {
        return director().awaitLine("ready: listening on", PATIENCE).group("ready: listening on ([^ ,]+:\\d+)");
    }

    /** Puts a relay between the director and the runners that are started from now on. */
    Relay relayToDirector() {
        String address = directorAddress();
        Relay relay = Relay.to(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        relays.add(relay);
        runnersDirector = "127.0.0.1:" + relay.port();
        return relay;
    }

    /** Starts a runner whose session has this label, with these lines of a shell as its workload, and further options. */
    Program run(String label, String workload, String... options) {
        return start(label, label, runnersWords(label, workload, options));
    }

    /**
     * The same from an interactive shell on a terminal, at which one can type; the shell says {@code runner ended with N}
     * and takes {@code exit}. Skips the test where no terminal can be made.
     */
    Program runOnTerminal(String label, String workload, String... options) {
        String line = Launcher.shellCommand(runnersWords(label, workload, options));
        Path script = file(label + "-runner.sh"); // a terminal takes no lines of more than 4096 characters
        TextFiles.write(script, "exec " + line + "\n");
        List<String> command = PseudoTerminal.commandOrSkip(List.of("sh", "-i"));
        Program shell =
                Program.start(label, command, environment(label), Input.TYPED, folder, file(label + ".out"), TIME);
        shell.type("sh '" + script + "'; echo \"runner ended with $?\"\n");
        return shell;
    }

    private String[] runnersWords(String label, String workload, String... options) {
        TextFiles.write(file(label + ".sh"), workload + "\n");
        List<String> words =
                new ArrayList<>(List.of("run", "--no-report", "-a", runnersDirector(), "-n", ntpAddress()));
        words.addAll(List.of(
                "-w",
                "sh '" + file(label + ".sh") + "'",
                "-L",
                loadgenLogs().toString(),
                "-o",
                output().toString(),
                "-l",
                label));
        words.addAll(List.of(options));
        return words.toArray(String[]::new);
    }

    /** Starts {@code wattline fetch} for a session. */
    Program fetch(String session) {
        String[] words = {"fetch", "--session", session, "-a", runnersDirector(), "-o", output().toString()};
        return start("fetch", "fetch-" + session, words);
    }

    /** Starts any command of Wattline's as a program of this bench. */
    Program start(String program, String name, String... words) {
        List<String> command = new ArrayList<>(prefixes.getOrDefault(program, runnersPrefix));
        command.addAll(Launcher.command(words));
        return Program.start(name, command, environment(program), Input.CLOSED, folder, file(name + ".out"), TIME);
    }

    private Map<String, String> environment(String program) {
        Map<String, String> environment = new HashMap<>(Marked.environment(folder.toString(), program));
        String options = javaOptions.getOrDefault(program, "");
        environment.put("WATTLINE_JAVA_OPTS", "-Dwattline.test.clock=" + file("clock-" + program) + options);
        environment.putAll(environments.getOrDefault(program, Map.of()));
        return environment;
    }

    /** Starts a class of these tests as a program of this bench, with these words. */
    Program startClass(Class<?> main, String name, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(words));
        Map<String, String> environment = Marked.environment(folder.toString(), name);
        return Program.start(name, command, environment, Input.CLOSED, folder, file(name + ".out"), TIME);
    }

    private String runnersDirector() {
        return runnersDirector == null ? directorAddress() : runnersDirector;
    }

    /** Where the time server listens. */
    String ntpAddress() {
        return ntpAddress;
    }

    // --- Looking -----------------------------------------------------------------------------------------------------

    /** Now, on the monotonic clock by which lines of output are stamped. */
    static long now() {
        return TIME.nanoTime();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Where workloads write LoadGen's logs, and runners look for them. */
    Path loadgenLogs() {
        return file("loadgen");
    }

    /** Where runners put their sessions. */
    Path output() {
        return file("out");
    }

    /** Where the director puts its sessions. */
    Path results() {
        return file("logs");
    }

    /** The runner's folder of the session with this label. */
    Path runnersSession(String label) {
        return session(output(), label);
    }

    /** The director's folder of the session with this label. */
    Path directorsSession(String label) {
        return session(results(), label);
    }

    private static Path session(Path parent, String label) {
        try (Stream<Path> sessions = Files.list(parent)) {
            Optional<Path> found = sessions.filter(path -> path.toString().endsWith("_" + label))
                    .findFirst();
            return found.orElseThrow(() -> new AssertionError("no session " + label + " in " + parent));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all files below a folder, relative to it and in order. */
    static List<String> files(Path folder) {
        return TextFiles.below(folder);
    }

    static String read(Path file) {
        return TextFiles.read(file);
    }

    /** The state of an analyzer's ranges, which outlives its PTDaemons; analyzers are counted from 1. */
    String instrument(int analyzer) {
        return read(setup.instrument(analyzer));
    }

    /** What a program ("director", or a run's label) is and has started, and that still lives. */
    List<Marked.Found> processes(String program) {
        return Marked.of(folder.toString(), program);
    }

    /** Waits until analyzer 1's PTDaemon has logged so many samples of a phase ("ranging" or "testing") of this session. */
    void awaitSamples(String label, String phase, int count) {
        Path log = directorsSession(label).resolve("analyzers/ptd_logfile_1.log");
        await().alias(count + " samples of the " + phase + " phase")
                .atMost(PATIENCE)
                .until(() -> Files.exists(log)
                        && read(log)
                                        .lines()
                                        .filter(row -> row.endsWith("_" + label + "_" + phase))
                                        .count()
                                >= count);
    }

    // --- Asserting ---------------------------------------------------------------------------------------------------

    /** Every analyzer has the ranges that it had before the first session. */
    void rangesAreRestored() {
        await().alias("the initial ranges").atMost(PATIENCE).untilAsserted(() -> {
            for (int analyzer = 1; analyzer <= setup.analyzers(); analyzer++) {
                assertThat(instrument(analyzer)).contains(INITIAL_AMPS);
            }
        });
    }

    /** Nothing that a run has started is left, once this long has passed. */
    void nothingIsLeftOf(String program, Duration within) {
        await().alias("processes of " + program)
                .atMost(within)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(processes(program)).isEmpty());
    }

    /** No PTDaemon of the director is left, once its session has been ended. */
    void onlyTheDirectorIsLeft() {
        await().alias("the director's children")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes("director"))
                        .extracting(Marked.Found::pid)
                        .containsExactly(director().pid()));
    }

    /** The director closed the session with this label, with this outcome ("done" or "failed"). */
    void directorClosed(String label, String outcome) {
        Path summary = directorsSession(label).resolve("power/server.json");
        await().alias(summary.toString()).atMost(PATIENCE).until(() -> Files.exists(summary));
        assertThat(SummaryJson.read(summary).wattline()).containsEntry("outcome", outcome);
    }

    /** What the director's summary of the session with this label gives as the reason of its failure. */
    String directorsFailure(String label) {
        Path summary = directorsSession(label).resolve("power/server.json");
        return String.valueOf(SummaryJson.read(summary).wattline().get("failure"));
    }

    /** A whole session with the director that there is: it succeeds, is complete, and leaves ranges as they were. */
    void nextSessionSucceeds() {
        String label = "next" + ++nextSessions;
        Program run = run(label, Workloads.lasting(1, loadgenLogs()), "--wait");
        assertThat(run.awaitExit(PATIENCE.multipliedBy(2))).as(run::output).isZero();
        assertThat(files(runnersSession(label)))
                .contains(
                        "power/client.json",
                        "power/server.json",
                        "power/ptd_logs.txt",
                        "ranging/spl.txt",
                        "run_1/spl.txt",
                        "run_1/mlperf_log_detail.txt");
        directorClosed(label, "done");
        rangesAreRestored();
        nothingIsLeftOf(label, PATIENCE);
        onlyTheDirectorIsLeft();
    }

    /** Notes what this test has measured. */
    void outcome(Row row, String fault, Duration detected, String exitCodes, String note) {
        Outcomes.record(row, fault, detected, exitCodes, note);
    }

    /** Ends whatever the bench has started. */
    @Override
    public void close() {
        relays.forEach(Relay::close);
        ntp.close();
        for (Marked.Found process : Marked.of(folder.toString())) {
            ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
