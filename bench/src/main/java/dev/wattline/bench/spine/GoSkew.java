package dev.wattline.bench.spine;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.analyzer.AnalyzerGroup;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.DirectorSettings.Deadlines;
import dev.wattline.director.results.ServerLog;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** How far apart {@code Go} reaches several analyzers, seen at the mocks; the director is idle before each. */
final class GoSkew implements Part {
    private static final int ROUNDS = 200;
    private static final Duration REST = Duration.ofMillis(20);
    private static final double TARGET_MILLIS = 1;
    private static final Pattern DONE = Pattern.compile("done");
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "go";
    }

    @Override
    public List<Figure> measure(Surroundings around) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (int analyzers : new int[] {2, 8}) {
            Quantiles ours = ours(around, analyzers);
            Optional<Quantiles> reference = around.peer().isEmpty()
                    ? Optional.empty()
                    : Optional.of(reference(around, around.peer().get(), analyzers));
            String what = "Go skew between " + analyzers + " analyzers: ";
            figures.add(Figure.of(what + "p50 ms", ours.median()).against(value(reference, 0.5)));
            Figure p99 = Figure.of(what + "p99 ms", ours.p99()).against(value(reference, 0.99));
            figures.add(analyzers == 2 ? p99.mustBe(new Target.Below(TARGET_MILLIS)) : p99);
            figures.add(Figure.of(what + "max ms", ours.max()).against(value(reference, 1)));
        }
        return figures;
    }

    private static OptionalDouble value(Optional<Quantiles> quantiles, double share) {
        return quantiles.isPresent() ? OptionalDouble.of(quantiles.get().at(share)) : OptionalDouble.empty();
    }

    private static Quantiles ours(Surroundings around, int count) throws IOException, InterruptedException {
        Arrivals arrivals = new Arrivals(around.time());
        Path folder = around.newFolder("analyzers");
        try (PtdConnector connector = PtdConnector.create(PtdOptions.DEFAULT);
                ServerLog log = new ServerLog(around.time(), ZoneOffset.UTC)) {
            log.writeTo(folder.resolve("server.log"));
            List<Analyzer> analyzers = new ArrayList<>();
            for (int number = 1; number <= count; number++) {
                analyzers.add(new Analyzer(
                        new AnalyzerConfig(number, 49, "", "/dev/usbtmc0", Surroundings.freePort(), null, null, null),
                        "ptd",
                        new AnalyzerFiles(folder, number),
                        Deadlines.defaults(),
                        new Mocks(arrivals),
                        connector,
                        log,
                        AnalyzerEvents.NONE));
            }
            drive(analyzers, around);
        }
        return arrivals.skews(count);
    }

    private static void drive(List<Analyzer> analyzers, Surroundings around) throws InterruptedException {
        try (AnalyzerGroup group = new AnalyzerGroup(analyzers, around.time())) {
            try {
                group.all(Analyzer::start);
                for (int round = 0; round < ROUNDS; round++) {
                    Surroundings.pause(REST);
                    group.go("bench");
                    group.stop();
                    group.all(Analyzer::watts); // answered when the measurement has ended
                }
            } finally {
                analyzers.forEach(Analyzer::abandon);
            }
        }
    }

    private static Quantiles reference(Surroundings around, Path checkout, int count)
            throws IOException, InterruptedException {
        Arrivals arrivals = new Arrivals(around.time());
        try (StandIns standIns = StandIns.open(new Mocks(arrivals))) {
            Path config = PeerConfig.write(
                    around.newFolder("peer"), around.scripts().resolve("stand_in.py"), Surroundings.freePort(), count);
            List<String> command = around.python(
                    checkout,
                    "go_skew.py",
                    config.toString(),
                    Integer.toString(ROUNDS),
                    Double.toString(REST.toMillis() / 1e3));
            try (Child director =
                    around.start("go-skew", command, Map.of(StandIns.VARIABLE, Integer.toString(standIns.port())))) {
                director.await(DONE, TIMEOUT);
            }
        }
        return arrivals.skews(count);
    }
}
