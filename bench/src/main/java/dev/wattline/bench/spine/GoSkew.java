package dev.wattline.bench.spine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** How far apart {@code Go} reaches several analyzers, seen at the mocks; the director is idle before each. */
final class GoSkew implements Part {
    /** Who looks at the live page meanwhile. */
    record Crowd(String name, int viewers, int hostile) {}

    private static final int ROUNDS = 200;
    private static final Duration REST = Duration.ofMillis(20);
    static final double TARGET_MILLIS = 1;
    private static final Pattern DONE = Pattern.compile("done");
    private static final Pattern READY = Pattern.compile("ready");
    private static final String STAND_IN = "stand_in.py";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "go";
    }

    @Override
    public List<BenchFigure> measure(SpineContext around) throws IOException, InterruptedException {
        List<BenchFigure> figures = new ArrayList<>();
        for (int analyzers : new int[] {2, 8}) {
            ours(around, analyzers); // warms up the mocks, which the reference would meet warm otherwise, and ours not
            Quantiles ours = ours(around, analyzers);
            Optional<Quantiles> reference = around.peer().isEmpty()
                    ? Optional.empty()
                    : Optional.of(reference(around, around.peer().get(), analyzers));
            String what = "Go skew between " + analyzers + " analyzers: ";
            figures.add(BenchFigure.of(what + "p50 ms", ours.median()).against(value(reference, 0.5)));
            BenchFigure p99 = BenchFigure.of(what + "p99 ms", ours.p99()).against(value(reference, 0.99));
            figures.add(analyzers == 2 ? p99.mustBe(new Target.Below(TARGET_MILLIS)) : p99);
            figures.add(BenchFigure.of(what + "max ms", ours.max()).against(value(reference, 1)));
        }
        return figures;
    }

    private static OptionalDouble value(Optional<Quantiles> quantiles, double share) {
        return quantiles.isPresent() ? OptionalDouble.of(quantiles.get().at(share)) : OptionalDouble.empty();
    }

    private static Quantiles ours(SpineContext around, int count) throws IOException, InterruptedException {
        return skews(around, director(around, count, 0), count, Optional.empty());
    }

    /** The skew between two analyzers while the live page is served to some. */
    static Quantiles beside(SpineContext around, Crowd crowd) throws IOException, InterruptedException {
        int page = SpineContext.freePort();
        return skews(around, director(around, 2, page), 2, Optional.of(new Served(page, crowd)));
    }

    private record Served(int page, Crowd crowd) {}

    private static List<String> director(SpineContext around, int count, int page) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                around.newFolder("analyzers").toString(),
                around.scripts().resolve(STAND_IN).toString(),
                Integer.toString(ROUNDS),
                Long.toString(REST.toMillis()),
                Integer.toString(page)));
        for (int number = 1; number <= count; number++) {
            arguments.add(Integer.toString(SpineContext.freePort()));
        }
        return around.java(GoingDirector.class, arguments.toArray(String[]::new));
    }

    private static Quantiles reference(SpineContext around, Path checkout, int count)
            throws IOException, InterruptedException {
        Path config = PeerConfig.write(
                around.newFolder("peer"), around.scripts().resolve(STAND_IN), SpineContext.freePort(), count);
        return skews(
                around,
                around.python(
                        checkout,
                        "go_skew.py",
                        config.toString(),
                        Integer.toString(ROUNDS),
                        Double.toString(REST.toMillis() / 1e3)),
                count,
                Optional.empty());
    }

    private static Quantiles skews(SpineContext around, List<String> director, int count, Optional<Served> served)
            throws IOException, InterruptedException {
        Arrivals arrivals = new Arrivals(around.time());
        try (StandIns standIns = StandIns.open(new Mocks(arrivals));
                Child process = around.start(
                        "go-skew", director, Map.of(StandIns.VARIABLE, Integer.toString(standIns.port())))) {
            if (served.isEmpty()) {
                process.await(DONE, TIMEOUT);
            } else {
                process.await(READY, TIMEOUT);
                try (Child crowd =
                        PageCost.crowd(around, served.get().page(), served.get().crowd())) {
                    process.send("");
                    process.await(DONE, TIMEOUT);
                    crowd.requireAlive();
                }
            }
        }
        return arrivals.skews(count);
    }
}
