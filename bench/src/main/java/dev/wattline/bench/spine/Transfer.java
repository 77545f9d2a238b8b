package dev.wattline.bench.spine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * The session protocol between two processes on the loopback interface: {@code time} asked for over and over, and a file
 * of 200 MB downloaded; each end ours or the reference's.
 */
final class Transfer implements Part {
    private static final int MEGABYTES = 200;
    private static final int WARM_UP = 500;
    private static final int EXCHANGES = 2_000;
    private static final int DOWNLOADS = 3;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final Pattern SERVING = Pattern.compile("serving on ([0-9]+)");
    private static final Pattern CONNECTED = Pattern.compile("connected");
    private static final Pattern EXCHANGE = Pattern.compile("exchange ([0-9 ]+)");
    private static final Pattern DOWNLOAD = Pattern.compile("download ([0-9]+)");

    /** What one pair of ends did; times in ms, CPU for one download. */
    private record Pair(
            Quantiles micros,
            double megabytesPerSecond,
            double serverCpu,
            double clientCpu,
            double serverPeakMib,
            double clientPeakMib) {}

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public List<BenchFigure> measure(SpineContext around) throws IOException, InterruptedException {
        Path file = around.folder().resolve("download.bin");
        write(file);
        Pair ours = measure(around, file, Optional.empty(), Optional.empty());
        List<BenchFigure> figures = new ArrayList<>();
        if (around.peer().isEmpty()) {
            add(figures, "ours to ours", ours, Optional.empty());
            return figures;
        }
        Pair mixedServer = measure(around, file, Optional.empty(), around.peer());
        Pair mixedClient = measure(around, file, around.peer(), Optional.empty());
        Pair reference = measure(around, file, around.peer(), around.peer());
        add(figures, "ours to ours", ours, Optional.of(reference));
        add(figures, "our director to Python client", mixedServer, Optional.of(reference));
        add(figures, "Python director to our runner", mixedClient, Optional.of(reference));
        return figures;
    }

    private static void write(Path file) throws IOException {
        byte[] row = "Time,07-23-2024 13:28:10.096,Watts,167.300000,Volts,118.600000,Amps,1.623000,PF,0.869000\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        byte[] block = new byte[1_000_000];
        for (int i = 0; i < block.length; i++) {
            block[i] = row[i % row.length];
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(block);
            }
        }
    }

    private static Pair measure(SpineContext around, Path file, Optional<Path> server, Optional<Path> client)
            throws IOException, InterruptedException {
        String port = Integer.toString(SpineContext.freePort());
        String target = around.newFolder("download").resolve("spl.txt").toString();
        List<String> serving = server.isPresent()
                ? around.python(server.get(), "serving_end.py", file.toString(), port)
                : around.java(ServingEnd.class, file.toString(), port);
        List<String> asking = client.isPresent()
                ? around.python(client.get(), "asking_end.py", port, target)
                : around.java(AskingEnd.class, port, target);
        try (Child director = around.start("serving-end", serving, Map.of())) {
            director.await(SERVING, TIMEOUT);
            try (Child runner = around.start("asking-end", asking, Map.of())) {
                runner.await(CONNECTED, TIMEOUT);
                exchange(runner, WARM_UP);
                Quantiles micros = exchange(runner, EXCHANGES);
                download(runner);
                ProcessUsage serverBefore = director.usage();
                ProcessUsage clientBefore = runner.usage();
                double[] rates = new double[DOWNLOADS];
                for (int i = 0; i < DOWNLOADS; i++) {
                    rates[i] = MEGABYTES / (download(runner) / 1e9);
                }
                ProcessUsage serverAfter = director.usage();
                ProcessUsage clientAfter = runner.usage();
                requireSame(file, Path.of(target));
                return new Pair(
                        micros,
                        new Quantiles(rates).median(),
                        serverAfter.cpuMillisSince(serverBefore) / DOWNLOADS,
                        clientAfter.cpuMillisSince(clientBefore) / DOWNLOADS,
                        serverAfter.peakMib(),
                        clientAfter.peakMib());
            }
        }
    }

    private static Quantiles exchange(Child runner, int count) throws IOException, InterruptedException {
        runner.send("exchange " + count);
        String nanos = runner.await(EXCHANGE, TIMEOUT).group(1);
        return new Quantiles(Arrays.stream(nanos.split(" ", -1))
                .mapToDouble(one -> Long.parseLong(one) / 1e3)
                .toArray());
    }

    private static long download(Child runner) throws IOException, InterruptedException {
        runner.send("download");
        return Long.parseLong(runner.await(DOWNLOAD, TIMEOUT).group(1));
    }

    private static void requireSame(Path sent, Path received) throws IOException {
        long differs = Files.mismatch(sent, received);
        if (differs >= 0) {
            throw new IOException("the download differs from what was sent at byte " + differs);
        }
    }

    private static void add(List<BenchFigure> figures, String label, Pair pair, Optional<Pair> reference) {
        figures.add(BenchFigure.of("time, " + label + ": p50 us", pair.micros().median())
                .against(value(reference, r -> r.micros().median())));
        figures.add(BenchFigure.of("time, " + label + ": p99 us", pair.micros().p99())
                .against(value(reference, r -> r.micros().p99())));
        BenchFigure rate = BenchFigure.of("download, " + label + ": MB/s", pair.megabytesPerSecond())
                .against(value(reference, Pair::megabytesPerSecond));
        figures.add(label.equals("ours to ours") ? rate.mustBe(new Target.TimesMore(2)) : rate);
        figures.add(BenchFigure.of("download, " + label + ": director's CPU ms", pair.serverCpu())
                .against(value(reference, Pair::serverCpu)));
        figures.add(BenchFigure.of("download, " + label + ": runner's CPU ms", pair.clientCpu())
                .against(value(reference, Pair::clientCpu)));
        figures.add(BenchFigure.of("download, " + label + ": director's peak RSS MiB", pair.serverPeakMib())
                .against(value(reference, Pair::serverPeakMib)));
        figures.add(BenchFigure.of("download, " + label + ": runner's peak RSS MiB", pair.clientPeakMib())
                .against(value(reference, Pair::clientPeakMib)));
    }

    private static OptionalDouble value(Optional<Pair> pair, ToDoubleFunction<Pair> figure) {
        return pair.isPresent() ? OptionalDouble.of(figure.applyAsDouble(pair.get())) : OptionalDouble.empty();
    }
}
