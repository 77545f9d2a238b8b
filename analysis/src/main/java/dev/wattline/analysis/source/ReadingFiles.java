package dev.wattline.analysis.source;

import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.BoundedLines;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Series;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.files.TelemetryMeta.StampClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the logs that the runner wrote of what it read itself: CSV lines of {@code
 * utc_ms,mono_ns,source,entity,scope,quantity,value,unit,status}. A line that is cut or damaged is counted as missing.
 */
final class ReadingFiles {
    private static final int COLUMNS = 9;
    private static final int MAX_LINE = 4096; // far beyond a row's

    private ReadingFiles() {}

    /**
     * The series of all sources whose readings the runner stamped.
     *
     * @param folder that of {@code meta.json}
     */
    static List<Track> read(Path folder, TelemetryMeta meta) {
        List<Track> all = new ArrayList<>();
        for (Source source : meta.sources()) {
            if (source.clock() == StampClock.RUNNER_UTC) {
                all.addAll(read(folder.resolve(source.log()), source));
            }
        }
        return all;
    }

    private static List<Track> read(Path file, Source source) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        for (Series series : source.series()) {
            tracks.put(key(series.entity(), series.quantity()), new Track(source.name(), series));
        }
        try (BoundedLines lines = new BoundedLines(Files.newInputStream(file), MAX_LINE)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                String[] cells = line.split(",", -1);
                Track track = cells.length == COLUMNS ? tracks.get(key(cells[3], cells[5])) : null;
                if (track == null) {
                    continue; // the header, or what a crash cut off
                }
                if (cells[8].equals("ok")
                        && cells[1].matches("-?\\d{1,18}")
                        && cells[6].matches("\\d{1,19}(\\.\\d{1,12})?")) {
                    if (track.size() == 0 && cells[0].matches("\\d{1,15}")) {
                        track.clock(Long.parseLong(cells[0]) / 1e3, Long.parseLong(cells[1]) / 1e9);
                    }
                    track.add(Long.parseLong(cells[1]) / 1e9, Double.parseDouble(cells[6]));
                } else {
                    track.addMissing();
                }
            }
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, "The measurement wrote it; look at its warnings.", e);
        }
        return List.copyOf(tracks.values());
    }

    /** As the log's writer makes cells of it. */
    private static String key(String entity, String quantity) {
        return entity.replaceAll("[,\"\\p{Cntrl}]", "_") + "," + quantity;
    }
}
