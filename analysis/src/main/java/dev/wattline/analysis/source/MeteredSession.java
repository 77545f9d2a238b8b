package dev.wattline.analysis.source;

import dev.wattline.analysis.calibration.CalibrationRefusedException;
import dev.wattline.analysis.calibration.CalibrationSession;
import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.MachinePrint;
import dev.wattline.analysis.calibration.MeterLag;
import dev.wattline.analysis.calibration.MeterSeries;
import dev.wattline.analysis.calibration.PowerGrid;
import dev.wattline.analysis.calibration.SessionFit;
import dev.wattline.analysis.calibration.Stair;
import dev.wattline.analysis.calibration.StairFile;
import dev.wattline.analysis.sensor.MeterReader;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.WallSeries;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.files.json.SystemFactsJson;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A session whose power at the wall was measured: by an analyzer, in a session folder of {@code run}, or by another meter
 * beside {@code measure -o}.
 *
 * @param machine what machine it was
 * @param grid what its sources told, from the first stair to the last
 * @param wall what the meter showed in each second of that
 * @param stairs the loads, in s since the grid's begin
 * @param begin the grid's begin, by the machine's clock
 * @param files SHA-256 of what was read, by name
 * @param lag how far the machine's clock was ahead of the meter's
 * @param cooling what fans and temperatures were
 * @param counters energy counters of cards, held against sampled power of the same
 * @param byAnalyzer whether the meter was an analyzer
 * @param levelsKnown whether the stairs are those of the built-in staircase
 */
@SuppressWarnings("ArrayRecordComponent") // series, never compared
public record MeteredSession(
        MachinePrint machine,
        PowerGrid grid,
        double[] wall,
        List<Stair> stairs,
        Instant begin,
        SortedMap<String, String> files,
        MeterLag lag,
        Cooling cooling,
        List<CounterTruth> counters,
        boolean byAnalyzer,
        boolean levelsKnown) {
    /**
     * What to read.
     *
     * @param session a folder of {@code run}, or of {@code measure -o}
     * @param meter another meter's CSV; null for the session's analyzer
     * @param stairs the staircase's file; null if another workload was run
     * @param maxLagS how far the clocks may be apart beyond what is known, in s
     */
    public record Request(
            Path session, @Nullable Path meter, @Nullable Path stairs, double maxLagS) {}

    /**
     * Reads it.
     *
     * @throws AnalysisInputException if a file is missing or broken
     * @throws CalibrationRefusedException if sources and meter do not belong together
     */
    public static MeteredSession read(Request request) {
        SessionFolder folder = new SessionFolder(request.session());
        Path telemetry = folder.telemetry(Phase.TESTING);
        Path record = telemetry.resolve(TelemetryMeta.FILE);
        if (!Files.exists(record)) {
            throw new AnalysisInputException(
                    request.session() + ": has no telemetry (" + record + ")",
                    "Measure with 'wattline run --telemetry ...' or 'wattline measure -o ...'.");
        }
        Optional<SystemFacts> facts = SystemFactsJson.read(folder.systemFacts());
        if (facts.isEmpty()) {
            throw new AnalysisInputException(
                    request.session() + ": does not say what machine it is of (" + folder.systemFacts() + ")",
                    "Measure again with this version: a calibration is of one machine.");
        }
        TelemetryMeta meta = TelemetryMetaJson.read(record);
        Path log = request.meter() == null ? folder.spl(Phase.TESTING) : request.meter();
        MeterSeries meter = request.meter() == null
                ? MeterSeries.of(WallSeries.read(log))
                : MeterSeries.of(MeterReader.read(log, 0));
        Double offset = request.meter() == null ? meta.clockOffsetMs() : null;
        double guess = offset == null ? 0 : offset / 1e3;
        List<Stair> absolute =
                request.stairs() == null ? pieces(telemetry, meta, meter, guess) : StairFile.read(request.stairs());
        double begin = Math.floor(absolute.get(0).beginS());
        int seconds = (int) Math.ceil(absolute.get(absolute.size() - 1).endS() - begin);
        Integer sockets = facts.get().processor().sockets();
        PowerGrid grid = SourceGrid.read(telemetry, meta, begin, seconds, sockets == null ? 1 : sockets);
        List<CounterTruth> counters = CounterTrial.ofAll(telemetry, meta);
        requireUseful(counters);
        MeterLag lag = MeterLag.find(grid, meter, begin, guess, request.maxLagS());
        List<Stair> stairs = absolute.stream()
                .map(stair -> new Stair(
                        stair.beginS() - begin, stair.endS() - begin, stair.gpu(), stair.cpu(), stair.holdOut()))
                .toList();
        SortedMap<String, String> files = new TreeMap<>();
        hash(files, log);
        hash(files, record);
        meta.sources().stream().map(Source::log).forEach(name -> hash(files, telemetry.resolve(name)));
        if (request.stairs() != null) {
            hash(files, request.stairs());
        }
        return new MeteredSession(
                MachinePrint.of(facts.get()).with(supplies(meta)),
                grid,
                meter.seconds(begin, seconds, lag.aheadS()),
                stairs,
                Instant.ofEpochMilli(Math.round(1e3 * begin)),
                files,
                lag,
                CoolingReadings.over(telemetry, meta, begin, begin + seconds),
                counters,
                request.meter() == null,
                request.stairs() != null);
    }

    /** The power supplies that a management controller told of. */
    static List<MachinePrint.Supply> supplies(TelemetryMeta meta) {
        return meta.sources().stream()
                .flatMap(source -> source.series().stream())
                .filter(series -> series.scope().equals("supply"))
                .map(series -> new MachinePrint.Supply(series.entity(), series.name()))
                .toList();
    }

    private static List<Stair> pieces(Path telemetry, TelemetryMeta meta, MeterSeries meter, double aheadS) {
        SourceGrid.Span span = SourceGrid.span(telemetry, meta)
                .orElseThrow(() -> new AnalysisInputException(
                        telemetry + ": the runner's own sources have no readings in common",
                        "Measure with --telemetry os beside nvidia-smi, or give --stairs."));
        return StairFile.pieces(
                Math.ceil(Math.max(span.fromS(), meter.firstS() + aheadS)),
                Math.floor(Math.min(span.toS(), meter.lastS() + aheadS)));
    }

    private static void hash(SortedMap<String, String> files, Path file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            files.put(
                    String.valueOf(file.getFileName()),
                    "sha256:" + HexFormat.of().formatHex(hash));
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, "It was there when the session was measured.", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    /**
     * Fits it.
     *
     * @throws CalibrationRefusedException with the reason, if it does not hold
     */
    public CalibrationSession fit() {
        CalibrationSession fitted = SessionFit.of(grid, wall, stairs, begin, files, cooling);
        List<String> notes = new ArrayList<>(fitted.notes());
        counters.forEach(counter -> notes.add("counter of " + counter.entity() + " by " + counter.source() + ", "
                + counter.verdict().word() + ": " + counter.why()));
        return fitted.with(notes);
    }

    /** Before anything is fitted: a counter that stands still makes all else look wrong. */
    private static void requireUseful(List<CounterTruth> counters) {
        for (CounterTruth counter : counters) {
            if (counter.isUseless()) {
                throw new CalibrationRefusedException(
                        Finding.of(
                                        "calibration-counter-"
                                                + counter.verdict().word(),
                                        "the energy counter of " + counter.entity() + " by " + counter.source()
                                                + " is of no use: " + counter.why())
                                .with("card", counter.entity())
                                .with("source", counter.source())
                                .with("ratio", counter.ratio())
                                .with("seconds", counter.seconds()),
                        "Measure without it (--telemetry nvidia-smi,...), or restart its engine and driver first.");
            }
        }
    }
}
