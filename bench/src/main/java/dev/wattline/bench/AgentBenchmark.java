package dev.wattline.bench;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.json.LabJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code wattline agent connect} takes of the measured machine while it waits for a job: memory by
 * {@code /proc/PID/smaps_rollup}, and how often its threads are switched to. Its director is played, and says nothing.
 */
final class AgentBenchmark implements Benchmark {
    private static final int SECONDS = 60;
    private static final int TO_SETTLE_SECONDS = 10;
    private static final long START_SECONDS = 60;
    private static final Pattern SWITCHES = Pattern.compile("voluntary_ctxt_switches:\\s+([0-9]+)");

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String about() {
        return "memory and wake-ups of the agent that waits for jobs (Linux)";
    }

    @Override
    public String usage() {
        return "[seconds=" + SECONDS + "]";
    }

    @Override
    public ResultTable run(List<String> arguments) throws IOException, InterruptedException {
        int seconds = arguments.isEmpty() ? SECONDS : Integer.parseInt(arguments.get(0));
        String launcher = System.getProperty("wattline.launcher", "./wattline");
        Path folder = Files.createTempDirectory("wattline-bench-agent");
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread director = new Thread(() -> play(server), "director");
            director.setDaemon(true);
            director.start();
            Path config = Files.writeString(
                    folder.resolve("agent.yaml"),
                    "sut: rig\ndirector: 127.0.0.1:" + server.getLocalPort()
                            + "\nntp: 127.0.0.1\nresults: results\nworkloads: {load: {command: [\"true\"]}}\n");
            ProcessBuilder builder = new ProcessBuilder(launcher, "agent", "-c", config.toString(), "connect");
            builder.environment().put("WATTLINE_STATE", folder.resolve("state").toString());
            Process loop =
                    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            try {
                awaitReady(loop);
                TimeUnit.SECONDS.sleep(TO_SETTLE_SECONDS);
                return table(loop.children().findFirst().orElseThrow().pid(), seconds);
            } finally {
                loop.destroy();
                loop.waitFor(START_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private static void play(ServerSocket server) {
        try (Socket socket = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = socket.getOutputStream();
            in.readLine();
            out.write((LabProtocol.OK + "\r\n").getBytes(StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                LabMessage answer = LabMessage.empty()
                        .with("re", LabJson.parse(line).whole("id", 0, Long.MAX_VALUE))
                        .with("ok", true)
                        .with("now", TimeSource.system().epochMillis() / 1e3);
                out.write((LabJson.line(answer) + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            System.err.println("bench: the agent's connection ended: " + e.getMessage());
        }
    }

    private static void awaitReady(Process loop) throws IOException {
        BufferedReader told = loop.errorReader();
        StringBuilder all = new StringBuilder();
        for (String line = told.readLine(); line != null; line = told.readLine()) {
            all.append(line).append('\n');
            if (line.equals("wattline agent: ready")) {
                return;
            }
        }
        throw new IllegalStateException("the agent ended instead of becoming ready:\n" + all);
    }

    private static ResultTable table(long pid, int seconds) throws IOException, InterruptedException {
        long before = switches(pid);
        TimeUnit.SECONDS.sleep(seconds);
        double rate = (switches(pid) - before) / (double) seconds;
        String rollup = Files.readString(Path.of("/proc", String.valueOf(pid), "smaps_rollup"));
        return new ResultTable(
                        "The agent that waits for a job, " + seconds + " s, " + TO_SETTLE_SECONDS
                                + " s after it was ready",
                        "",
                        "figure")
                .row("resident, MiB", mib(rollup, "Rss"))
                .row("its share of what several processes map (PSS), MiB", mib(rollup, "Pss"))
                .row("its own alone (anonymous), MiB", mib(rollup, "Anonymous"))
                .row("switches to its threads, a second", String.format(Locale.ROOT, "%.2f", rate));
    }

    private static String mib(String rollup, String key) {
        Matcher matcher = Pattern.compile("(?m)^" + key + ":\\s+([0-9]+) kB").matcher(rollup);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + key + " in smaps_rollup");
        }
        return String.format(Locale.ROOT, "%.1f", Long.parseLong(matcher.group(1)) / 1024.0);
    }

    /** Of all threads, those that had to wait and those that were interrupted. */
    private static long switches(long pid) throws IOException {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads) {
                Matcher matcher = SWITCHES.matcher(Files.readString(thread.resolve("status")));
                while (matcher.find()) { // also in nonvoluntary_ctxt_switches
                    sum += Long.parseLong(matcher.group(1));
                }
            }
        }
        return sum;
    }
}
