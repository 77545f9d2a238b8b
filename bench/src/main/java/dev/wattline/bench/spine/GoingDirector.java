package dev.wattline.bench.spine;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.analyzer.AnalyzerGroup;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.DirectorSettings.Deadlines;
import dev.wattline.director.results.ServerLog;
import dev.wattline.model.TimeSource;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Our director's analyzers as a process of their own: they are told to go, over and over; who listens stamps the arrivals.
 * Where it is given a port it serves the live page meanwhile, as a director does.
 */
final class GoingDirector {
    private GoingDirector() {}

    /**
     * {@code FOLDER PTD ROUNDS REST_MS PAGE PORT...}: an analyzer for each port, and the page where PAGE is not 0, which is
     * waited for by a line of input; prints "ready" before and "done" at the end.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        TimeSource time = TimeSource.system();
        int pagePort = Integer.parseInt(args[4]);
        if (pagePort == 0) {
            drive(args, folder, time);
        } else {
            try (FedPage page = FedPage.start(pagePort, folder, time)) {
                System.out.println("ready, page at " + page.address());
                var unused = System.in.read(); // the crowd is there
                drive(args, folder, time);
            }
        }
        System.out.println("done");
    }

    private static void drive(String[] args, Path folder, TimeSource time) throws IOException, InterruptedException {
        try (PtdConnector connector = PtdConnector.create(PtdOptions.DEFAULT);
                ServerLog log = new ServerLog(time, ZoneOffset.UTC)) {
            log.writeTo(folder.resolve("server.log"));
            List<Analyzer> analyzers = new ArrayList<>();
            for (int i = 5; i < args.length; i++) {
                int number = analyzers.size() + 1;
                analyzers.add(new Analyzer(
                        new AnalyzerConfig(
                                number, 49, "", "/dev/usbtmc" + number, Integer.parseInt(args[i]), null, null, null),
                        args[1],
                        new AnalyzerFiles(folder, number),
                        Deadlines.defaults(),
                        PtdLauncher.processes(),
                        connector,
                        log,
                        AnalyzerEvents.NONE));
            }
            drive(
                    new AnalyzerGroup(analyzers, time),
                    Integer.parseInt(args[2]),
                    Duration.ofMillis(Long.parseLong(args[3])));
        }
    }

    private static void drive(AnalyzerGroup analyzers, int rounds, Duration rest) throws InterruptedException {
        try (analyzers) {
            analyzers.all(Analyzer::start);
            for (int round = 0; round < rounds; round++) {
                SpineContext.pause(rest);
                analyzers.go("bench");
                analyzers.stop();
                analyzers.all(Analyzer::watts); // answered when the measurement has ended
            }
        } finally {
            analyzers.analyzers().forEach(Analyzer::abandon);
        }
    }
}
