package dev.wattline.bench.spine;

import dev.wattline.director.config.PageSettings;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.live.LiveState.Sample;
import dev.wattline.director.web.LivePage;
import dev.wattline.model.Phase;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The director's live page in the middle of a testing phase, with a sample of two analyzers a second. As a program of its own
 * it is what the page costs alone.
 */
final class FedPage implements AutoCloseable {
    private static final int HISTORY = 600; // samples that a page has after ten minutes

    private final TimeSource time;
    private final LiveFeed feed = new LiveFeed();
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
    private final LivePage page;
    private long number;

    private FedPage(int port, Path results, TimeSource time) {
        this.time = time;
        feed.began("2026-11-30_20-00-00_bench", "127.0.0.1", time.now());
        feed.state("testing", Optional.of(Phase.TESTING), time.now());
        for (int i = 0; i < HISTORY; i++) {
            sample();
        }
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        page = LivePage.start(
                new PageSettings(address, Optional.empty(), Optional.empty(), List.of()), feed, results, time);
        var unused = sampler.scheduleAtFixedRate(this::sample, 1, 1, TimeUnit.SECONDS);
    }

    /** Serves it on a port of this machine. */
    static FedPage start(int port, Path results, TimeSource time) {
        return new FedPage(port, results, time);
    }

    HostPort address() {
        return page.address();
    }

    private void sample() {
        number++;
        double first = 350 + 100 * Math.sin(number / 20.0);
        feed.sampled(new Sample(time.now(), Phase.TESTING, number, first + 200, List.of(first, 200.0)));
    }

    @Override
    public void close() {
        sampler.shutdownNow();
        page.close();
    }

    /** {@code FOLDER PORT}: serves until its input ends. */
    public static void main(String[] args) throws IOException {
        try (FedPage page = start(Integer.parseInt(args[1]), Path.of(args[0]), TimeSource.system())) {
            System.out.println("page " + page.address());
            var unused = System.in.readAllBytes(); // what is written there says nothing; its end does
        }
    }
}
