package dev.wattline.director.analyzer;

import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.config.DirectorSettings.Deadlines;
import dev.wattline.director.results.ServerLog;
import dev.wattline.model.FreeSpace;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores an analyzer's ranges through a PTDaemon started for that alone. For one thread.
 */
public final class RangeRestorer {
    private static final Logger LOG = LoggerFactory.getLogger(RangeRestorer.class);

    private static final long ROOM_BYTES = 1_000_000; // its log and output are a few kilobytes

    private final DirectorConfig config;
    private final PtdLauncher launcher;
    private final PtdConnector connector;
    private final TimeSource time;

    public RangeRestorer(DirectorConfig config, PtdLauncher launcher, PtdConnector connector, TimeSource time) {
        this.config = config;
        this.launcher = launcher;
        this.connector = connector;
        this.time = time;
    }

    /**
     * Starts PTDaemon, which restores what the events ask for and reads it back, and ends it.
     *
     * @param folder where that PTDaemon writes; if its disk is full, a folder for temporary files takes its place, because
     *     a PTDaemon that cannot write ends
     * @param deadlines for that PTDaemon
     * @param events told of that PTDaemon, so that it is found if this director is killed meanwhile
     * @throws AnalyzerException if the analyzer cannot be reached or does not have the ranges then
     * @throws PtdException if PTDaemon answers wrongly
     */
    public void restore(AnalyzerConfig analyzer, Path folder, Deadlines deadlines, AnalyzerEvents events)
            throws InterruptedException {
        Path place = placeWithRoom(analyzer, folder);
        try {
            restoreIn(place, analyzer, deadlines, events);
        } catch (AnalyzerException | PtdException e) {
            throw place.equals(folder) ? e : withLog(analyzer.number(), e, place);
        }
        if (!place.equals(folder)) {
            delete(place);
        }
    }

    private static AnalyzerException withLog(int analyzer, WattlineException failure, Path place) {
        String text = String.valueOf(failure.getMessage()).replaceFirst("^analyzer " + analyzer + ": ", "");
        return new AnalyzerException(
                analyzer,
                text + "; what PTDaemon wrote is in " + place,
                failure.remedy().orElse(null),
                failure);
    }

    /** The folder for temporary files is no place to leave things in once nobody needs them. */
    private static void delete(Path place) {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("could not delete {}: {}", place, e.toString());
        }
    }

    private void restoreIn(Path place, AnalyzerConfig analyzer, Deadlines deadlines, AnalyzerEvents events)
            throws InterruptedException {
        AnalyzerFiles files = new AnalyzerFiles(place, analyzer.number()).restoring();
        deleteOld(files);
        Analyzer fresh = new Analyzer(
                analyzer,
                config.ptd(),
                files,
                deadlines,
                launcher,
                connector,
                new ServerLog(time, ZoneOffset.UTC),
                events);
        try {
            fresh.start();
        } finally {
            fresh.abandon();
        }
    }

    /** What an earlier attempt left: the last one's is of interest, and attempts go on for as long as it takes. */
    private static void deleteOld(AnalyzerFiles files) {
        try {
            Files.deleteIfExists(files.output());
            Files.deleteIfExists(files.dataLog());
        } catch (IOException e) {
            LOG.warn("could not delete {}: {}", files.output(), e.toString());
        }
    }

    private static Path placeWithRoom(AnalyzerConfig analyzer, Path folder) {
        try {
            Files.createDirectories(folder);
            if (FreeSpace.of(folder) >= ROOM_BYTES) {
                return folder;
            }
            Path elsewhere = Files.createTempDirectory("wattline-restore");
            LOG.warn(
                    "analyzer={} the disk of {} is full; PTDaemon writes to {} while the ranges are restored",
                    analyzer.number(),
                    folder,
                    elsewhere);
            return elsewhere;
        } catch (IOException e) {
            throw new AnalyzerException(
                    analyzer.number(), "no folder for PTDaemon's log in place of " + folder + ": " + e, null, e);
        }
    }
}
