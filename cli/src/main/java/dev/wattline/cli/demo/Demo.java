package dev.wattline.cli.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One measurement by real processes on this machine: an SNTP server, a director with a mock PTDaemon under it, and a
 * runner with the built-in workload and a mock nvidia-smi, on free ports of the loopback interface. Closing ends whatever still runs, last
 * started first.
 */
public final class Demo implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final DemoPlan plan;
    private final SelfCommand self;
    private final Path folder;

    @GuardedBy("this")
    private final Deque<Runnable> endings = new ArrayDeque<>();

    public Demo(DemoPlan plan, SelfCommand self, Path folder) {
        this.plan = plan;
        this.self = self;
        this.folder = folder;
    }

    /**
     * Runs the measurement; the runner writes to this process's own output.
     *
     * @return the session's folder
     */
    public Path run() throws IOException, InterruptedException {
        int ntpPort = startSntp();
        int controlPort = startDirector(ntpPort);
        int status = runSession(ntpPort, controlPort);
        if (status != 0) {
            throw new DemoException(
                    "the runner ended with exit code " + status, "The logs of all parts are in " + folder + ".", null);
        }
        return session();
    }

    private int startSntp() throws IOException, InterruptedException {
        DemoProcess sntp = start(
                "sntp",
                self.with("sntp", "--bind", "127.0.0.1", "--port", "0"),
                Map.of(),
                Pattern.compile(":(\\d+)\\b"));
        return Integer.parseInt(sntp.awaitReady(START_TIMEOUT).group(1));
    }

    private int startDirector(int ntpPort) throws IOException, InterruptedException {
        Path ptd = folder.resolve("ptd");
        self.writeScript(ptd, "mock-ptd");
        int controlPort = freePort();
        Path config = folder.resolve("director.conf");
        Files.writeString(config, """
                # Written by 'wattline demo'.
                [server]
                ntpServer: 127.0.0.1:%d
                listen: 127.0.0.1 %d

                [ptd]
                ptd: %s
                analyzerCount: 1

                [analyzer1]
                deviceType: 49
                interfaceFlag:
                devicePort: /dev/usbtmc0
                networkPort: %d

                [wattline]
                settle: %s
                resultsDir: %s
                """.formatted(
                        ntpPort,
                        controlPort,
                        escaped(ptd),
                        freePort(),
                        plan.settleSeconds(),
                        escaped(folder.resolve("director"))));
        DemoProcess director = start(
                "director",
                self.with("director", "-c", config.toString()),
                Map.of("WATTLINE_MOCK_OPTIONS", plan.analyzerOptions()),
                Pattern.compile("[Rr]eady"));
        director.awaitReady(START_TIMEOUT);
        return controlPort;
    }

    private int runSession(int ntpPort, int controlPort) throws IOException, InterruptedException {
        Path loadgen = Files.createDirectories(folder.resolve("loadgen"));
        Path smi = folder.resolve("nvidia-smi");
        self.writeScript(smi, smiCommand());
        String workload = self.shellLine(
                "workload",
                "--scenario",
                plan.scenario(),
                "--seconds",
                Integer.toString(plan.workloadSeconds()),
                "--threads",
                Integer.toString(plan.threads()),
                "--output",
                loadgen.toString());
        Process runner = new ProcessBuilder(self.with(
                        "run",
                        "-a",
                        "127.0.0.1:" + controlPort,
                        "-n",
                        "127.0.0.1:" + ntpPort,
                        "-w",
                        workload,
                        "-L",
                        loadgen.toString(),
                        "-o",
                        folder.resolve("result").toString(),
                        "-l",
                        "demo",
                        "--live",
                        "--no-report",
                        "--telemetry",
                        "nvidia-smi",
                        "--nvidia-smi",
                        smi.toString()))
                .inheritIO()
                .start();
        onClose(() -> DemoProcess.end(runner));
        return runner.waitFor();
    }

    private String[] smiCommand() {
        List<String> command = new ArrayList<>(List.of("mock-smi"));
        command.addAll(plan.cards().options());
        command.addAll(plan.smiOptions());
        return command.toArray(String[]::new);
    }

    private DemoProcess start(String name, List<String> command, Map<String, String> environment, Pattern ready)
            throws IOException {
        DemoProcess process =
                DemoProcess.start(name, command, folder, environment, folder.resolve(name + ".log"), ready);
        onClose(process::end);
        return process;
    }

    private Path session() throws IOException {
        try (Stream<Path> sessions = Files.list(folder.resolve("result"))) {
            return sessions.filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() ->
                            new DemoException("the runner left no session in " + folder.resolve("result"), null, null));
        }
    }

    // In the configuration's dialect a percent sign starts an interpolation.
    private static String escaped(Path path) {
        return path.toString().replace("%", "%%");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private synchronized void onClose(Runnable ending) {
        endings.push(ending);
    }

    @Override
    public synchronized void close() {
        while (!endings.isEmpty()) {
            endings.pop().run();
        }
    }
}
