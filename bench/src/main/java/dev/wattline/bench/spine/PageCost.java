package dev.wattline.bench.spine;

import dev.wattline.bench.spine.GoSkew.Crowd;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What viewers of the live page cost the director, and what they and hostile clients do to {@code Go}. */
final class PageCost implements Part {
    private static final Crowd VIEWERS = new Crowd("20 viewers", 20, 0);
    private static final Crowd HOSTILE = new Crowd("32 hostile slow clients", 0, 32);
    private static final Crowd NOBODY = new Crowd("nobody", 0, 0);
    private static final double MOST_PERCENT = 1;
    private static final double MOST_MIB = 12;
    private static final Duration WARM_UP = Duration.ofSeconds(20); // the first events are run by the interpreter
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern PAGE = Pattern.compile("page ");
    private static final Pattern CROWD = Pattern.compile("crowd");

    @Override
    public String name() {
        return "page";
    }

    /** Has a crowd look at the page of a port. */
    static Child crowd(SpineContext around, int page, Crowd crowd) throws IOException, InterruptedException {
        Child child = around.start(
                "page-crowd",
                around.java(
                        PageCrowd.class,
                        Integer.toString(page),
                        Integer.toString(crowd.viewers()),
                        Integer.toString(crowd.hostile())),
                Map.of());
        try {
            child.await(CROWD, TIMEOUT);
            return child;
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    @Override
    public List<BenchFigure> measure(SpineContext around) throws IOException, InterruptedException {
        List<BenchFigure> figures = new ArrayList<>(cost(around));
        GoSkew.beside(around, NOBODY); // warms up the mocks
        for (Crowd crowd : List.of(NOBODY, VIEWERS, HOSTILE)) {
            Quantiles skew = GoSkew.beside(around, crowd);
            String what = "Go skew, live page with " + crowd.name() + ": ";
            figures.add(BenchFigure.of(what + "p50 ms", skew.median()));
            figures.add(BenchFigure.of(what + "p99 ms", skew.p99()).mustBe(new Target.Below(GoSkew.TARGET_MILLIS)));
        }
        return figures;
    }

    private static List<BenchFigure> cost(SpineContext around) throws IOException, InterruptedException {
        int port = SpineContext.freePort();
        try (Child page = around.start(
                "page",
                around.java(FedPage.class, around.newFolder("page").toString(), Integer.toString(port)),
                Map.of())) {
            page.await(PAGE, TIMEOUT);
            SpineContext.pause(WARM_UP);
            ProcessUsage begin = page.usage();
            SpineContext.pause(MEASURED);
            ProcessUsage alone = page.usage();
            try (Child crowd = crowd(around, port, VIEWERS)) {
                SpineContext.pause(WARM_UP);
                ProcessUsage beginWatched = page.usage();
                SpineContext.pause(MEASURED);
                ProcessUsage watched = page.usage();
                crowd.requireAlive();
                double more = watched.ranMillisSince(beginWatched) - alone.ranMillisSince(begin);
                return List.of(
                        BenchFigure.of(
                                        "20 viewers of the live page: % of a core more",
                                        100 * more / MEASURED.toMillis())
                                .mustBe(new Target.AtMost(MOST_PERCENT)),
                        BenchFigure.of(
                                        "20 viewers of the live page: resident MiB more",
                                        watched.rssMib() - alone.rssMib())
                                .mustBe(new Target.AtMost(MOST_MIB)));
            }
        }
    }
}
