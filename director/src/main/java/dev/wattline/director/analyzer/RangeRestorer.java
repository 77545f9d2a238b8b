package dev.wattline.director.analyzer;

import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.results.ServerLog;
import dev.wattline.model.AnalyzerRanges;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.ptd.PtdConnector;
import dev.wattline.ptd.PtdException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores an analyzer's ranges through a PTDaemon started for that alone, after the one of the session was lost, and
 * reads them back. For one thread.
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
     * Sets the ranges and verifies them.
     *
     * @param folder where that PTDaemon writes; if its disk is full, a folder for temporary files takes its place, because
     *     a PTDaemon that cannot write ends
     * @param onStart told of that PTDaemon, so that it is found if this director is killed meanwhile
     * @throws AnalyzerException if the analyzer does not have them then
     */
    public void restore(AnalyzerConfig analyzer, Ranges ranges, Path folder, BiConsumer<Analyzer, RunningPtd> onStart)
            throws InterruptedException {
        Path place = placeWithRoom(analyzer, folder);
        try {
            restoreIn(place, analyzer, ranges, onStart);
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

    private void restoreIn(Path place, AnalyzerConfig analyzer, Ranges ranges, BiConsumer<Analyzer, RunningPtd> onStart)
            throws InterruptedException {
        AnalyzerEvents events = new AnalyzerEvents() { // the ranges that it reads are no one's to restore
                    @Override
                    public void ptdStarted(Analyzer fresh, RunningPtd process) {
                        onStart.accept(fresh, process);
                    }
                };
        Analyzer fresh = new Analyzer(
                analyzer,
                config.ptd(),
                new AnalyzerFiles(place, analyzer.number()).restoring(),
                config.settings().deadlines(),
                launcher,
                connector,
                new ServerLog(time, ZoneOffset.UTC),
                events);
        try {
            fresh.start();
            fresh.setVolts(ranges.volts());
            fresh.setAmps(ranges.amps());
            verify(analyzer.number(), ranges, fresh.readRanges());
            LOG.info(
                    "analyzer={} volts={} amps={} ranges restored through a restarted PTDaemon",
                    analyzer.number(),
                    ranges.volts(),
                    ranges.amps());
        } finally {
            fresh.abandon();
        }
    }

    private static Path placeWithRoom(AnalyzerConfig analyzer, Path folder) {
        try {
            Files.createDirectories(folder);
            if (Files.getFileStore(folder).getUsableSpace() >= ROOM_BYTES) {
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

    private static void verify(int analyzer, Ranges wanted, AnalyzerRanges found) {
        // What the analyzer has now is what a next session would restore: compare that.
        if (!covers(wanted.volts(), found.initialVolts(), found.voltsAuto())
                || !covers(wanted.amps(), found.initialAmps(), found.ampsAuto())) {
            throw new AnalyzerException(
                    analyzer,
                    "its ranges were set to " + wanted.volts() + " V and " + wanted.amps() + " A, but it says " + found,
                    "Set the ranges at the analyzer by hand.",
                    null);
        }
    }

    private static boolean covers(RangeSetting wanted, RangeSetting found, String autoFlag) {
        if (autoFlag.equals("-1")) {
            return true; // it does not say, as many multichannel analyzers do not
        }
        if (wanted instanceof RangeSetting.Fixed fixed) {
            return found instanceof RangeSetting.Fixed now && now.value() >= fixed.value();
        }
        return autoFlag.equals("1");
    }
}
