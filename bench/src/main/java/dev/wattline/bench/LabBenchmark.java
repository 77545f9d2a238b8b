package dev.wattline.bench;

import dev.wattline.bench.StampedProcess.StampedLine;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What a lab waits for beside what it measures, with real processes, a mock PTDaemon and no settle time: from the console's
 * {@code start} to the workload's first instruction (target 2.5 s), from the end of a campaign's session to the opening of the
 * next (3 s), and until the agent of a director that was killed and started anew is ready again (5 s). Linux only.
 */
final class LabBenchmark implements Benchmark {
    private static final int ROUNDS = 5;

    /** How long the director is away, so that the agent is met at another moment of its attempts each time. */
    private static final List<Duration> AWAY = List.of(
            Duration.ZERO,
            Duration.ofMillis(1500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(8),
            Duration.ofMillis(12_500));

    private static final String RUNNER = " is a Wattline runner";
    private static final String OPENED = " opened in ";
    private static final String MEASURING = " measuring with ";
    private static final String CLOSED = " closed as ";
    private static final String AGENT_READY = "wattline agent: ready";

    private final TimeSource time = TimeSource.system();
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final String launcher = System.getProperty("wattline.launcher", "./wattline");

    @Override
    public String name() {
        return "lab";
    }

    @Override
    public String about() {
        return "from the console's start to the workload, between two sessions of a campaign, and until an agent is back (Linux)";
    }

    @Override
    public String usage() {
        return "[rounds=" + ROUNDS + "]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        int rounds = arguments.isEmpty() ? ROUNDS : Integer.parseInt(arguments.get(0));
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        Path folder = Files.createTempDirectory("wattline-bench-lab");
        try (StampedProcess sntp = wattline(folder, "sntp", "--bind", "127.0.0.1", "--port", "0")) {
            String said = sntp.next("requests on").text();
            configure(folder, freePort(), freePort(), said.substring(said.lastIndexOf(':') + 1), rounds + 1);
            StampedProcess director = director(folder);
            try {
                try (StampedProcess agent = wattline(folder, "agent", "-c", "agent.yaml", "connect")) {
                    agent.next(AGENT_READY);
                    for (int i = 0; i < rounds; i++) {
                        startJob(folder, director, agent);
                    }
                    for (int i = 0; i < rounds; i++) {
                        director.kill();
                        TimeUnit.MILLISECONDS.sleep(AWAY.get(i % AWAY.size()).toMillis());
                        agent.skip();
                        director = director(folder);
                        Instant listening = director.next("ready: listening on").at();
                        took(
                                "agent ready again after the director listens",
                                listening,
                                agent.next(AGENT_READY).at());
                    }
                }
                campaign(folder, director, rounds);
            } finally {
                director.close();
            }
            return table(rounds, load);
        } finally {
            delete(folder);
        }
    }

    private StampedProcess wattline(Path folder, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of(words));
        Map<String, String> environment =
                Map.of("WATTLINE_STATE", folder.resolve("state").toString());
        return StampedProcess.start(words[0], command, environment, folder, time);
    }

    private StampedProcess director(Path folder) throws IOException {
        return wattline(folder, "director", "-c", "director.conf");
    }

    /** From before the console is started until the workload's first instruction, which is {@code date}. */
    private void startJob(Path folder, StampedProcess director, StampedProcess agent)
            throws IOException, InterruptedException {
        Instant typed = time.now();
        int status = new ProcessBuilder(
                        launcher,
                        "start",
                        "load",
                        "--sut",
                        "rig",
                        "--kind",
                        "ranging",
                        "--set",
                        "cap=500",
                        "-a",
                        Files.readString(folder.resolve("address")))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        Instant queued = time.now();
        if (status != 0) {
            throw new IOException("'wattline start' ended with exit status " + status);
        }
        StampedLine runner = director.next(RUNNER);
        StampedLine opened = director.next(OPENED);
        StampedLine measuring = director.next(MEASURING);
        director.next(CLOSED);
        Instant begun = begun(folder);
        agent.next(AGENT_READY);
        took("start: typed, until the console has ended", typed, queued);
        took("start: until the runner greets (settings, hand-over, two JVMs)", queued, runner.at());
        took("start: until the session is open", runner.at(), opened.at());
        took("start: until PTDaemon measures (its start, ranges)", opened.at(), measuring.at());
        took("start: until the workload's first instruction", measuring.at(), begun);
        took("start: in all", typed, begun);
        took(
                "start: in all, without PTDaemon's part",
                typed,
                begun.minus(Duration.between(opened.at(), measuring.at())));
    }

    private static Instant begun(Path folder) throws IOException {
        List<String> marks = Files.readAllLines(folder.resolve("begun"));
        long nanos = Long.parseLong(marks.get(marks.size() - 1));
        return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    private void campaign(Path folder, StampedProcess director, int rounds) throws IOException, InterruptedException {
        director.skip();
        try (StampedProcess campaign = wattline(folder, "campaign", "-c", "agent.yaml", "run", "plan.yaml")) {
            director.next(OPENED);
            for (int i = 0; i < rounds; i++) {
                StampedLine closed = director.next(CLOSED);
                StampedLine complete = campaign.next(" is complete: ");
                StampedLine restored = campaign.next("setting cap is 700 again");
                StampedLine checked = campaign.next("next      wattline check");
                StampedLine verdict = campaign.next(": valid");
                StampedLine runner = director.next(RUNNER);
                StampedLine opened = director.next(OPENED);
                took("campaign: session closed, until its files are here", closed.at(), complete.at());
                took("campaign: until the settings are restored (a JVM)", complete.at(), restored.at());
                took("campaign: until it is checked", restored.at(), checked.at());
                took("campaign: until the verdict (index)", checked.at(), verdict.at());
                took("campaign: until the next runner greets (settings, a JVM)", verdict.at(), runner.at());
                took("campaign: until its session is open", runner.at(), opened.at());
                took("campaign: between two sessions in all", closed.at(), opened.at());
            }
            campaign.next("done: ");
        }
    }

    private void took(String what, Instant from, Instant to) {
        seconds.computeIfAbsent(what, key -> new ArrayList<>())
                .add(Duration.between(from, to).toNanos() / 1e9);
    }

    private ResultTable table(int rounds, String load) {
        Map<String, Double> targets = Map.of(
                "start: in all, without PTDaemon's part", 2.5,
                "campaign: between two sessions in all", 3.0,
                "agent ready again after the director listens", 5.0);
        ResultTable table = new ResultTable(
                "A lab's waits, " + rounds + " rounds, no settle time, load average " + load + " before",
                "what",
                "median s",
                "greatest s",
                "target",
                "met");
        seconds.forEach((what, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            double greatest = sorted.get(sorted.size() - 1);
            Double target = targets.get(what);
            table.row(
                    what,
                    String.format(Locale.ROOT, "%.2f", sorted.get(sorted.size() / 2)),
                    String.format(Locale.ROOT, "%.2f", greatest),
                    target == null ? "" : "<= " + target,
                    target == null ? "" : greatest <= target ? "yes" : "no");
        });
        return table;
    }

    private void configure(Path folder, int port, int ptdPort, String ntpPort, int sessions)
            throws IOException, InterruptedException {
        Files.writeString(folder.resolve("address"), "127.0.0.1:" + port);
        script(
                folder.resolve("ptd"),
                "exec '" + launcher + "' mock-ptd --start-delay 0 --signal constant,watts=200 \"$@\"\n");
        Files.writeString(
                folder.resolve("director.conf"), """
                [server]
                ntpServer: 127.0.0.1:%s
                listen: 127.0.0.1 %d
                [ptd]
                ptd: %s
                [analyzer1]
                deviceType: 49
                interfaceFlag:
                devicePort: /dev/usbtmc0
                networkPort: %d
                [wattline]
                settle: 0
                """.formatted(ntpPort, port, folder.resolve("ptd"), ptdPort));
        try (StampedProcess workload =
                wattline(folder, "workload", "--seconds", "1", "--size", "64", "-o", "template")) {
            workload.next("logs in");
        }
        for (String watts : List.of("500", "700")) {
            Files.writeString(folder.resolve(watts), watts + "\n");
        }
        Files.writeString(folder.resolve("cap"), "700\n");
        script(folder.resolve("load.sh"), """
                date +%s%N >>@/begun
                stamp() { date -u +'%m-%d-%Y %H:%M:%S.%3N'; }
                mkdir -p @/loadgen
                cp @/template/mlperf_log_summary.txt @/loadgen/
                sleep 0.05; begin=$(stamp); sleep 1.2; end=$(stamp); sleep 0.05
                sed -e "s/\\(\\"power_begin\\", \\"value\\": \\"\\)[^\\"]*/\\1$begin/" \\
                    -e "s/\\(\\"power_end\\", \\"value\\": \\"\\)[^\\"]*/\\1$end/" \\
                    @/template/mlperf_log_detail.txt >@/loadgen/mlperf_log_detail.txt
                """.replace("@", folder.toString()));
        Path agent = Files.writeString(
                folder.resolve("agent.yaml"), """
                sut: rig
                director: 127.0.0.1:%d
                ntp: 127.0.0.1:%s
                results: results
                workloads:
                  load: {command: ["@/load.sh"], loadgenLogs: loadgen}
                settings:
                  cap:
                    values: [500, 700]
                    apply: ["cp", "@/{value}", "@/cap"]
                    read: ["cat", "@/cap"]
                    expect: "(?<value>[0-9]+)"
                    restore: previous
                """.formatted(port, ntpPort).replace("@", folder.toString()));
        Path plan = Files.writeString(folder.resolve("plan.yaml"), """
                campaign: gap
                repeats: %d
                matrix:
                  workload: [load]
                  cap: [500]
                """.formatted(sessions));
        for (Path file : List.of(agent, plan)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
