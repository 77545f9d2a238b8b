package dev.wattline.cli.doctor;

import dev.wattline.cli.doctor.AnalyzerAnswer.Answered;
import dev.wattline.cli.doctor.AnalyzerAnswer.NotAsked;
import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerEvents;
import dev.wattline.director.analyzer.AnalyzerException;
import dev.wattline.director.analyzer.AnalyzerFiles;
import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.config.DirectorSettings.Deadlines;
import dev.wattline.director.results.ServerLog;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.TimeSource;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdDeadlines;
import dev.wattline.ptd.PtdOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Starts an analyzer's PTDaemon as a director would, asks who it is and which ranges are set, and ends it; the ranges are
 * left as they are. Asked once, however many checks want to know. Nothing is started while a director runs here or the
 * port is taken.
 */
final class AnalyzerProbe {
    private static final long END_SECONDS = 25; // PTDaemon has 10 s for SIGTERM, and 10 s to vanish after SIGKILL

    private final AnalyzerConfig analyzer;
    private final DirectorConfig config;
    private final PtdLauncher launcher;
    private final Once<Presence> presence;
    private final Once<PtdPort> port;
    private final Duration limit;
    private final TimeSource time;
    private final Once<AnalyzerAnswer> answer = new Once<>(this::ask);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean begun;

    /** @param limit for PTDaemon to come up, if the configuration grants it more */
    AnalyzerProbe(
            AnalyzerConfig analyzer,
            DirectorConfig config,
            PtdLauncher launcher,
            Once<Presence> presence,
            Once<PtdPort> port,
            Duration limit,
            TimeSource time) {
        this.analyzer = analyzer;
        this.config = config;
        this.launcher = launcher;
        this.presence = presence;
        this.port = port;
        this.limit = limit;
        this.time = time;
    }

    /** Its number, from 1. */
    int number() {
        return analyzer.number();
    }

    /** Its type by the configuration. */
    int deviceType() {
        return analyzer.deviceType();
    }

    /**
     * Asks, or waits for the answer.
     *
     * @throws dev.wattline.model.WattlineException if PTDaemon cannot be started or answers wrongly
     */
    AnalyzerAnswer answer() throws InterruptedException {
        return answer.get();
    }

    /** Waits until the PTDaemon that was started is gone. */
    void awaitEnd() throws InterruptedException {
        if (begun && !ended.await(END_SECONDS, TimeUnit.SECONDS)) {
            throw new AnalyzerException(
                    number(), "PTDaemon could not be ended", "See with 'ps' whether it still runs, and end it.", null);
        }
    }

    private AnalyzerAnswer ask() throws InterruptedException {
        Presence director = presence.get();
        if (director.isDirector()) {
            return new NotAsked(director.said());
        }
        PtdPort found = port.get();
        if (!found.isFree()) {
            return new NotAsked(found.describe());
        }
        begun = true;
        try {
            return askIn(Files.createTempDirectory("wattline-doctor"));
        } catch (IOException e) {
            throw new AnalyzerException(
                    number(), "no folder for PTDaemon's log: " + e, "Free the folder of temporary files.", e);
        } finally {
            ended.countDown();
        }
    }

    private AnalyzerAnswer askIn(Path folder) throws IOException, InterruptedException {
        AnalyzerFiles files = new AnalyzerFiles(folder, number());
        Deadlines deadlines = deadlines();
        try (PtdConnector connector = PtdConnector.create(options(deadlines))) {
            Analyzer asked = new Analyzer(
                    analyzer,
                    config.ptd(),
                    files,
                    deadlines,
                    launcher,
                    connector,
                    new ServerLog(time, ZoneOffset.UTC),
                    AnalyzerEvents.NONE);
            try {
                asked.start();
                AnalyzerIdentity identity = asked.identity();
                Ranges ranges = asked.initialRanges();
                if (identity == null || ranges == null) {
                    throw new IllegalStateException("an analyzer that was started has an identity and ranges");
                }
                return new Answered(identity, ranges);
            } finally {
                asked.abandon();
            }
        } finally {
            Files.deleteIfExists(files.output());
            Files.deleteIfExists(files.dataLog());
            Files.deleteIfExists(folder);
        }
    }

    private Deadlines deadlines() {
        Deadlines configured = config.settings().deadlines();
        Duration start = configured.start().compareTo(limit) < 0 ? configured.start() : limit;
        return new Deadlines(start, configured.reply(), configured.range(), configured.read(), configured.stop());
    }

    private static PtdOptions options(Deadlines deadlines) {
        return PtdOptions.DEFAULT.withDeadlines(new PtdDeadlines(
                deadlines.start(), deadlines.start(), deadlines.reply(), deadlines.range(), deadlines.read()));
    }
}
