package dev.wattline.bench.spine;

import dev.wattline.protocol.HostPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the runner costs the measured machine: to start, and to be there while a workload sleeps. */
final class RunnerCost implements Part {
    private static final int STARTS = 9;
    private static final Duration REST = Duration.ofSeconds(30);
    private static final Duration WATCHED = Duration.ofSeconds(60);
    private static final int MINUTES = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Pattern RUNS = Pattern.compile("the workload sleeps");
    private static final double RSS_MIB = 64;
    private static final double SWITCHES_A_SECOND = 2;
    private static final double TICKS = 1;

    /** From the start of the process to its greeting at the director. */
    private record Start(double wallMillis, double cpuMillis) {}

    /** One runner while its workload sleeps, looked at before the first of its minutes and after each. */
    private record Idle(List<ProcessUsage> looks, double mostCpuMillis) {
        static Idle of(List<ProcessUsage> looks) throws IOException {
            double most = 0;
            for (int i = 1; i < looks.size(); i++) {
                most = Math.max(most, looks.get(i).ranMillisSince(looks.get(i - 1)));
            }
            return new Idle(looks, most);
        }

        private ProcessUsage first() {
            return looks.get(0);
        }

        private ProcessUsage last() {
            return looks.get(looks.size() - 1);
        }

        private double seconds() {
            return WATCHED.toSeconds() * (looks.size() - 1.0);
        }

        double rssMib() {
            return last().rssMib();
        }

        double switchesASecond() {
            return (last().switches() - first().switches()) / seconds();
        }

        double threads() {
            return last().threads();
        }

        /** Of the middle one: a minute of less than 10 ms counts none, one or two, by where the ticks' boundaries fall. */
        double ticks() {
            return new Quantiles(IntStream.range(1, looks.size())
                            .mapToDouble(i ->
                                    looks.get(i).cpuTicks() - looks.get(i - 1).cpuTicks())
                            .toArray())
                    .median();
        }
    }

    @Override
    public String name() {
        return "runner";
    }

    @Override
    public List<BenchFigure> measure(SpineContext around) throws IOException, InterruptedException {
        Start ours = start(around, Optional.empty());
        Idle ourIdle = idle(around, Optional.empty());
        Optional<Start> start = Optional.empty();
        Optional<Idle> idle = Optional.empty();
        if (around.peer().isPresent()) {
            start = Optional.of(start(around, around.peer()));
            idle = Optional.of(idle(around, around.peer()));
        }
        return List.of(
                BenchFigure.of("runner, start to greeting: ms", ours.wallMillis())
                        .against(value(start, Start::wallMillis)),
                BenchFigure.of("runner, start to greeting: CPU ms", ours.cpuMillis())
                        .against(value(start, Start::cpuMillis)),
                BenchFigure.of("runner beside a sleeping workload: RSS MiB", ourIdle.rssMib())
                        .against(value(idle, Idle::rssMib))
                        .mustBe(new Target.AtMost(RSS_MIB)),
                BenchFigure.of(
                                "runner beside a sleeping workload: context switches a second",
                                ourIdle.switchesASecond())
                        .against(value(idle, Idle::switchesASecond))
                        .mustBe(new Target.Below(SWITCHES_A_SECOND)),
                BenchFigure.of(
                                "runner beside a sleeping workload: CPU ticks of 10 ms in 60 s, median of 5",
                                ourIdle.ticks())
                        .against(value(idle, Idle::ticks))
                        .mustBe(new Target.AtMost(TICKS)),
                BenchFigure.of("runner beside a sleeping workload: CPU ms in 60 s, most of 5", ourIdle.mostCpuMillis())
                        .against(value(idle, Idle::mostCpuMillis))
                        .mustBe(new Target.AtMost(TICKS * ProcessUsage.TICK_MILLIS)),
                BenchFigure.of("runner beside a sleeping workload: threads", ourIdle.threads())
                        .against(value(idle, Idle::threads)));
    }

    private static <T> OptionalDouble value(Optional<T> measured, ToDoubleFunction<T> figure) {
        return measured.isPresent() ? OptionalDouble.of(figure.applyAsDouble(measured.get())) : OptionalDouble.empty();
    }

    private static Start start(SpineContext around, Optional<Path> checkout) throws IOException, InterruptedException {
        double[] wall = new double[STARTS];
        double[] cpu = new double[STARTS];
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout((int) TIMEOUT.toMillis());
            HostPort here = new HostPort("127.0.0.1", listener.getLocalPort());
            startOnce(around, checkout, listener, here); // fills the file cache, and may make the class archive
            for (int i = 0; i < STARTS; i++) {
                Start one = startOnce(around, checkout, listener, here);
                wall[i] = one.wallMillis();
                cpu[i] = one.cpuMillis();
            }
        }
        return new Start(new Quantiles(wall).median(), new Quantiles(cpu).median());
    }

    private static Start startOnce(
            SpineContext around, Optional<Path> checkout, ServerSocket listener, HostPort director)
            throws IOException, InterruptedException {
        List<String> command = command(around, checkout, director, director, "true");
        long begin = around.time().nanoTime();
        try (Child runner = around.start("runner", command, Map.of());
                Socket socket = listener.accept();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            String greeting = lines.readLine();
            double wall = (around.time().nanoTime() - begin) / 1e6;
            double cpu = runner.usage().cpuTicks() * ProcessUsage.TICK_MILLIS;
            if (greeting == null || !greeting.startsWith("mlcommons/power client")) {
                throw new IOException("the runner greeted with '" + greeting + "'");
            }
            return new Start(wall, cpu);
        }
    }

    private static Idle idle(SpineContext around, Optional<Path> checkout) throws IOException, InterruptedException {
        try (DirectorProcess director = DirectorProcess.start(around, Optional.empty(), "", Optional.empty())) {
            director.connect(around).close(); // it listens
            long sleep = REST.plus(WATCHED.multipliedBy(MINUTES)).plus(TIMEOUT).toSeconds();
            List<String> command = command(
                    around,
                    checkout,
                    director.address(),
                    director.ntp(),
                    "echo the workload sleeps; exec sleep " + sleep);
            try (Child runner = around.start("runner", command, Map.of())) {
                runner.await(RUNS, TIMEOUT);
                SpineContext.pause(REST);
                List<ProcessUsage> looks = new ArrayList<>(List.of(runner.usage()));
                for (int minute = 0; minute < MINUTES; minute++) {
                    SpineContext.pause(WATCHED);
                    looks.add(runner.usage());
                }
                return Idle.of(looks);
            }
        }
    }

    /** The command line of a runner; without a checkout it is ours. */
    static List<String> command(
            SpineContext around, Optional<Path> checkout, HostPort director, HostPort ntp, String workload)
            throws IOException {
        Path folder = around.newFolder("run");
        List<String> command = new ArrayList<>(
                checkout.isPresent()
                        ? around.python(checkout.get(), "runner.py")
                        : around.wattline("run", "--no-report"));
        command.addAll(List.of(
                "-a",
                director.host(),
                "-p",
                Integer.toString(director.port()),
                "-n",
                checkout.isPresent() ? ntp.host() : ntp.toString(),
                "-w",
                workload,
                "-L",
                Files.createDirectory(folder.resolve("loadgen")).toString(),
                "-o",
                Files.createDirectory(folder.resolve("out")).toString()));
        return command;
    }
}
