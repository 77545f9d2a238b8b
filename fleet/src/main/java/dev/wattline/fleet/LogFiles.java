package dev.wattline.fleet;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.series.PowerSeries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Telemetry as logs of nvidia-smi, or of any other form that the analysis reads. */
final class LogFiles {
    private static final Pattern PLACE = Pattern.compile("date=([^/]+)/node=([^/]+)/[^/]+$");

    private LogFiles() {}

    /** The files of one node's day; as text, which Spark hands round. */
    private static Map<String, List<String>> days(FleetRequest request, Configuration configuration)
            throws IOException {
        Path root = new Path(request.input());
        FileSystem files = root.getFileSystem(configuration);
        Map<String, List<String>> days = new TreeMap<>();
        RemoteIterator<LocatedFileStatus> all = files.listFiles(root, true);
        while (all.hasNext()) {
            String file = all.next().getPath().toString();
            Matcher place = PLACE.matcher(file);
            if (place.find() && !file.substring(file.lastIndexOf('/') + 1).matches("[._].*")) {
                days.computeIfAbsent(place.group(1) + "/" + place.group(2), key -> new ArrayList<>())
                        .add(file);
            }
        }
        if (days.isEmpty()) {
            throw new FleetException(
                    "there is no log below " + root,
                    "Expected files in date=YYYY-MM-DD/node=NAME, such as date=2026-01-31/node=a1/smi.csv.",
                    null);
        }
        days.values().forEach(list -> list.sort(Comparator.naturalOrder()));
        return days;
    }

    static Dataset<Row> energies(SparkSession spark, FleetRequest request, List<Job> jobs) throws IOException {
        Map<String, List<String>> days = days(request, spark.sparkContext().hadoopConfiguration());
        List<String> lines = new ArrayList<>();
        days.forEach((day, files) -> lines.add(day + "\n" + String.join("\n", files)));
        String card = request.card();
        String field = request.field();
        FlatMapFunction<String, Row> work = day -> rows(day, card, field, jobs);
        return spark.createDataset(lines, Encoders.STRING())
                .repartition(lines.size())
                .flatMap(work, Encoders.row(NodeDay.SCHEMA));
    }

    private static Iterator<Row> rows(String day, String card, String field, List<Job> jobs) throws IOException {
        String[] lines = day.split("\n", -1);
        String date = lines[0].substring(0, lines[0].indexOf('/'));
        String node = lines[0].substring(lines[0].indexOf('/') + 1);
        List<Row> found = new ArrayList<>();
        NodeDay result = new NodeDay(
                date,
                node,
                card,
                field,
                jobs.stream().filter(job -> job.node().equals(node)).toList(),
                found::add);
        Map<String, PowerSeries> series = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            read(lines[i], field, series, names);
        }
        series.forEach((gpu, readings) -> result.card(gpu, names.getOrDefault(gpu, ""), readings));
        result.end();
        return found.iterator();
    }

    /** The analysis reads a log twice, head and rows: a file of another machine is copied here for that. */
    private static void read(String file, String field, Map<String, PowerSeries> series, Map<String, String> names)
            throws IOException {
        Path remote = new Path(file);
        java.nio.file.Path local = Files.createTempFile("wattline-fleet", ".log");
        try {
            try (InputStream in = remote.getFileSystem(new Configuration()).open(remote)) {
                Files.copy(in, local, StandardCopyOption.REPLACE_EXISTING);
            }
            PowerLog log = PowerLogs.read(local, LogInput.Options.all(ZoneOffset.UTC));
            for (DeviceLog device : log.devices()) {
                PowerSeries readings = device.series(field);
                if (readings == null) {
                    throw new FleetException(
                            file + ": has no column " + field + "; its power columns are "
                                    + String.join(", ", log.fields()),
                            "Name one of them with --field.",
                            null);
                }
                String gpu = device.key().isEmpty() ? String.valueOf(device.index()) : device.key();
                names.put(gpu, device.name());
                PowerSeries day = series.computeIfAbsent(gpu, key -> new PowerSeries());
                for (int i = 0; i < readings.size(); i++) {
                    if (day.canHold(readings.timeMs(i))) {
                        day.add(readings.timeMs(i), readings.milliwatts(i));
                    }
                }
            }
        } finally {
            Files.deleteIfExists(local);
        }
    }
}
