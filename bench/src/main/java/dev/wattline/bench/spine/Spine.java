package dev.wattline.bench.spine;

import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measures the parts one after the other, in a folder that is gone afterwards. */
public final class Spine {
    /** All parts, in the order in which they are measured. */
    public static final List<Part> PARTS = List.of(
            new GoSkew(),
            new StopCost(),
            new ReadBack(),
            new Transfer(),
            new RunnerCost(),
            new CounterCost(),
            new PageCost());

    private final SpineRequest request;
    private final Instant begunAt = TimeSource.system().now();
    private final String loadBefore = load();

    public Spine(SpineRequest request) {
        this.request = request;
    }

    /** Measures; says on standard error which part it is at. */
    public List<BenchFigure> measure() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("wattline-bench");
        try {
            SpineContext around = new SpineContext(
                    Path.of(System.getProperty("wattline.launcher", "./wattline"))
                            .toAbsolutePath(),
                    Path.of(System.getProperty("wattline.bench.peer", "bench/peer"))
                            .toAbsolutePath(),
                    request.peer(),
                    folder,
                    TimeSource.system());
            List<BenchFigure> figures = new ArrayList<>();
            for (Part part : request.parts()) {
                System.err.println("bench: measuring " + part.name() + " ...");
                figures.addAll(part.measure(around));
            }
            return figures;
        } finally {
            delete(folder);
        }
    }

    /** When and on what it was measured. */
    public String title() {
        return "Spine, " + begunAt.truncatedTo(ChronoUnit.SECONDS) + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, Java "
                + System.getProperty("java.version") + ", load average before and after: " + loadBefore + " and "
                + load()
                + (request.peer().isPresent() ? "; reference: the checkout given, same run" : "; no reference");
    }

    private static String load() {
        try {
            String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
            return String.join(" ", averages[0], averages[1], averages[2]);
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
