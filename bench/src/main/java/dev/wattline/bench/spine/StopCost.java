package dev.wattline.bench.spine;

import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.client.ControlConnection;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What {@code stop} of a ranging phase costs the director: the samples read from PTDaemon, the ranges found, the log
 * written, behind an analyzer log that is empty or long already.
 */
final class StopCost implements Part {
    private static final int[] OLDER = {0, 100_000, 1_000_000};
    private static final int SAMPLES = 20_000;
    private static final int ROUNDS = 3;
    private static final Duration MEASURED = Duration.ofMillis(4_500); // the middle between two ticks of our director
    private static final int SPEED = (int) (SAMPLES * 1000L / 4_500);
    private static final Duration EARLY = Duration.ofMillis(200); // our director waits for that middle by itself
    private static final int FEWEST = SAMPLES * 8 / 10; // fewer would flatter whom they were sent to
    private static final double TIMES_LESS = 10;
    private static final double MUST_NOT_GROW = 1.5;
    private static final String OLD_ROW =
            "Time,07-23-2024 13:28:10.096,Watts,167.300000,Volts,118.600000,Amps,1.623000,"
                    + "PF,0.869000,Mark,2024-07-23_13-20-00_older_testing\n";

    /** One stop. */
    private record Stop(double wallMillis, double cpuMillis, double samples) {}

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public List<BenchFigure> measure(SpineContext around) throws IOException, InterruptedException {
        List<BenchFigure> figures = new ArrayList<>();
        double[] cpu = new double[OLDER.length];
        for (int i = 0; i < OLDER.length; i++) {
            Optional<Path> older = older(around.folder(), OLDER[i]);
            Stop ours = ours(around, older);
            cpu[i] = ours.cpuMillis();
            Optional<Stop> reference = around.peer().isEmpty()
                    ? Optional.empty()
                    : Optional.of(reference(around, around.peer().get(), older));
            String what = "stop behind " + OLDER[i] + " lines: ";
            figures.add(BenchFigure.of(what + "samples", ours.samples()).against(value(reference, Stop::samples)));
            figures.add(BenchFigure.of(what + "ms", ours.wallMillis()).against(value(reference, Stop::wallMillis)));
            BenchFigure used = BenchFigure.of(what + "director's CPU ms", ours.cpuMillis())
                    .against(value(reference, Stop::cpuMillis));
            figures.add(i == OLDER.length - 1 ? used.mustBe(new Target.TimesLess(TIMES_LESS)) : used);
        }
        figures.add(BenchFigure.of("stop behind 1000000 lines: times the CPU of that behind 0", cpu[2] / cpu[0])
                .mustBe(new Target.AtMost(MUST_NOT_GROW)));
        return figures;
    }

    private static OptionalDouble value(Optional<Stop> stop, ToDoubleFunction<Stop> figure) {
        return stop.isPresent() ? OptionalDouble.of(figure.applyAsDouble(stop.get())) : OptionalDouble.empty();
    }

    private static Optional<Path> older(Path folder, int rows) throws IOException {
        if (rows == 0) {
            return Optional.empty();
        }
        Path file = folder.resolve("older-" + rows + ".log");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                out.write(OLD_ROW);
            }
        }
        return Optional.of(file);
    }

    private static String mockOptions() {
        return "--signal ramp,from=150,to=170,seconds=10 --start-delay 10 --speed " + SPEED;
    }

    private static Stop ours(SpineContext around, Optional<Path> older) throws IOException, InterruptedException {
        try (DirectorProcess director = DirectorProcess.start(around, Optional.empty(), mockOptions(), older)) {
            double[] wall = new double[ROUNDS];
            double[] cpu = new double[ROUNDS];
            double[] samples = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                Stop stop = stop(around, director, MEASURED.minus(EARLY));
                wall[i] = stop.wallMillis();
                cpu[i] = stop.cpuMillis();
                samples[i] = stop.samples();
            }
            return new Stop(new Quantiles(wall).median(), new Quantiles(cpu).median(), new Quantiles(samples).median());
        }
    }

    private static Stop reference(SpineContext around, Path checkout, Optional<Path> older)
            throws IOException, InterruptedException {
        try (DirectorProcess director = DirectorProcess.start(around, Optional.of(checkout), mockOptions(), older)) {
            return stop(around, director, MEASURED);
        }
    }

    private static Stop stop(SpineContext around, DirectorProcess director, Duration after)
            throws IOException, InterruptedException {
        TimeSource time = around.time();
        try (ControlConnection runner = director.connect(around)) {
            String session = runner.newSession("bench", UUID.randomUUID()).id().value();
            runner.start(session, Phase.RANGING, Optional.empty());
            SpineContext.pause(after);
            ProcessUsage before = director.usage();
            long begin = time.nanoTime();
            runner.stop(session, Phase.RANGING);
            double wall = (time.nanoTime() - begin) / 1e6;
            double cpu = director.usage().cpuMillisSince(before);
            runner.require(new ControlRequest.Done(session));
            Path spl = around.newFolder("stop").resolve("spl.txt");
            return new Stop(
                    wall,
                    cpu,
                    samples(runner.download(session, "ranging/spl.txt", spl).file()));
        }
    }

    private static long samples(Path spl) throws IOException {
        long rows;
        try (Stream<String> lines = Files.lines(spl)) {
            rows = lines.filter(line -> line.startsWith("Time,")).count();
        }
        if (rows < FEWEST) {
            throw new IOException("only " + rows + " samples were measured instead of about " + SAMPLES);
        }
        return rows;
    }
}
