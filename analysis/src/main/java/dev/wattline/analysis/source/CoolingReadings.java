package dev.wattline.analysis.source;

import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.Cooling.Course;
import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.SecondMeans;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds what the sources of a phase told of fans and temperatures. */
final class CoolingReadings {
    private static final String SCOPE = "cooling";
    private static final double SLACK_S = 40; // some are read each half minute
    private static final String SMI = "nvidia-smi";

    private CoolingReadings() {}

    /**
     * Over a time by the machine's clock, in s since 1970.
     *
     * @param folder that of {@code meta.json}
     */
    static Cooling over(Path folder, TelemetryMeta meta, double fromS, double toS) {
        return over(folder, meta, ReadingFiles.read(folder, meta), fromS, toS);
    }

    static Cooling over(Path folder, TelemetryMeta meta, List<Track> tracks, double fromS, double toS) {
        SortedMap<String, Course> fans = new TreeMap<>();
        SortedMap<String, Course> temperatures = new TreeMap<>();
        for (Track track : tracks) {
            if (!track.series().scope().equals(SCOPE)) {
                continue;
            }
            boolean fan = track.series().quantity().equals("fan");
            double unit = track.series().unit().equals("mC") ? 1e-3 : 1;
            // A fan that stood still at some moment of a long run is seen in the readings around it.
            Course course = course(track, unit, fan ? fromS - SLACK_S : fromS, fan ? toS + SLACK_S : toS);
            if (Double.isNaN(course.mean())) {
                course = course(track, unit, fromS - SLACK_S, toS + SLACK_S);
            }
            if (!Double.isNaN(course.mean())) {
                (fan ? fans : temperatures)
                        .put(track.source() + " " + track.series().entity(), course);
            }
        }
        cards(folder, meta, fromS, toS, temperatures);
        return new Cooling(fans, temperatures);
    }

    private static Course course(Track track, double unit, double fromS, double toS) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double sum = 0;
        int count = 0;
        for (int i = 0; i < track.size(); i++) {
            if (track.utc(i) >= fromS && track.utc(i) <= toS) {
                double value = track.value(i) * unit;
                low = Math.min(low, value);
                high = Math.max(high, value);
                sum += value;
                count++;
            }
        }
        return new Course(low, count == 0 ? Double.NaN : sum / count, high);
    }

    private static void cards(
            Path folder, TelemetryMeta meta, double fromS, double toS, SortedMap<String, Course> temperatures) {
        Path log = folder.resolve(TelemetryMeta.LOG);
        if (meta.sources().stream().map(Source::name).noneMatch(SMI::equals) || !Files.exists(log)) {
            return;
        }
        try {
            for (DeviceLog card : PowerLogs.read(log, LogInput.Options.all(ZoneId.of(meta.zone())))
                    .devices()) {
                SecondMeans course = card.temperature();
                double mean = course.mean(1e3 * fromS, 1e3 * toS);
                if (!Double.isNaN(mean)) {
                    temperatures.put(
                            SMI + " " + card.key(),
                            new Course(
                                    course.lowest(1e3 * fromS, 1e3 * toS),
                                    mean,
                                    course.highest(1e3 * fromS, 1e3 * toS)));
                }
            }
        } catch (AnalysisInputException e) {
            return; // the cards' figures say why the log cannot be read
        }
    }
}
