package dev.wattline.analysis.source;

import dev.wattline.analysis.calibration.Channel;
import dev.wattline.analysis.calibration.Channel.Seen;
import dev.wattline.analysis.calibration.NodeReadings;
import dev.wattline.analysis.calibration.PowerGrid;
import dev.wattline.analysis.result.TimeSeries;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what the sources of a phase told on a grid of seconds by the machine's clock. */
public final class SourceGrid {
    /** Sources that tell of the same cards, the one that sees most first. */
    private static final List<List<String>> CARDS =
            List.of(List.of("nvml", "nvidia-smi"), List.of("amd-smi", "rocm-smi", "amd"), List.of("hwmon"));

    private static final double LONGEST_STEP_S = 12; // between two readings; a tool that is called may take 5 s

    private final Path folder;
    private final TelemetryMeta meta;
    private final List<Track> tracks;

    private SourceGrid(Path folder, TelemetryMeta meta) {
        this.folder = folder;
        this.meta = meta;
        this.tracks = ReadingFiles.read(folder, meta);
    }

    /**
     * From when to when the runner's own sources told anything.
     *
     * @param fromS in s since 1970, by the machine's clock
     * @param toS in s since 1970
     */
    public record Span(double fromS, double toS) {}

    /** The time that all sources have in common that the runner read itself; empty where none has two readings. */
    public static Optional<Span> span(Path folder, TelemetryMeta meta) {
        double from = Double.NEGATIVE_INFINITY;
        double to = Double.POSITIVE_INFINITY;
        List<Track> all = ReadingFiles.read(folder, meta);
        // A controller's readings are few and late: they bound the time only where there is nothing else.
        boolean others = all.stream()
                .anyMatch(track -> track.size() > 1
                        && !isOfNode(track)
                        && !track.series().scope().equals("cooling"));
        for (Track track : all) {
            boolean cooling = track.series().scope().equals("cooling"); // seldom read, and no power
            if (track.size() > 1 && !cooling && !(others && isOfNode(track))) {
                from = Math.max(from, track.utc(0));
                to = Math.min(to, track.utc(track.size() - 1));
            }
        }
        return from < to && Double.isFinite(from) ? Optional.of(new Span(from, to)) : Optional.empty();
    }

    private static boolean isOfNode(Track track) {
        return track.series().scope().equals("node");
    }

    /** The power of each scope and source in each second that the sources have in common; empty without such a time. */
    public static List<SourceSeries> series(Path folder, TelemetryMeta meta) {
        Optional<Span> span = span(folder, meta);
        if (span.isEmpty()) {
            return List.of();
        }
        double beginS = Math.ceil(span.get().fromS());
        int seconds = (int) Math.floor(span.get().toS() - beginS);
        if (seconds < 2) {
            return List.of();
        }
        SourceGrid reader = new SourceGrid(folder, meta);
        Map<List<String>, double[]> sums = new LinkedHashMap<>();
        for (Track track : reader.tracks) {
            boolean power = List.of("power", "energy").contains(track.series().quantity());
            if (power && track.size() > 1) {
                add(sums, List.of(track.series().scope(), track.source()), means(track, beginS, seconds));
            }
        }
        List<Channel> cards = new ArrayList<>();
        List<double[]> watts = new ArrayList<>();
        reader.nvidiaSmi(beginS, seconds, cards, watts);
        watts.forEach(one -> add(sums, List.of("gpu", "nvidia-smi"), one));
        long[] times = new long[seconds];
        Arrays.setAll(times, k -> Math.round(1e3 * (beginS + k + 0.5)));
        return sums.entrySet().stream()
                .map(sum -> new SourceSeries(
                        sum.getKey().get(0), sum.getKey().get(1), new TimeSeries(times, sum.getValue())))
                .toList();
    }

    private static void add(Map<List<String>, double[]> sums, List<String> key, double[] more) {
        double[] sum = sums.computeIfAbsent(key, none -> new double[more.length]);
        for (int k = 0; k < sum.length; k++) {
            sum[k] += more[k];
        }
    }

    /**
     * Reads the logs.
     *
     * @param folder that of {@code meta.json}
     * @param beginS begin of the grid in s since 1970
     * @param seconds its length
     * @param sockets how many packages the machine has
     */
    public static PowerGrid read(Path folder, TelemetryMeta meta, double beginS, int seconds, int sockets) {
        SourceGrid reader = new SourceGrid(folder, meta);
        List<Channel> channels = new ArrayList<>();
        List<double[]> watts = new ArrayList<>();
        reader.cards(beginS, seconds, channels, watts);
        for (Track track : reader.tracks) {
            Seen seen = track.source().equals("rapl") ? seen(track.series().scope()) : null;
            if (seen != null && track.size() > 1) {
                channels.add(new Channel(seen, track.source(), track.series().entity()));
                watts.add(means(track, beginS, seconds));
            }
        }
        reader.activity(beginS, seconds, sockets, channels, watts);
        return new PowerGrid(channels, watts.toArray(double[][]::new), reader.nodes(beginS));
    }

    private static @org.jspecify.annotations.Nullable Seen seen(String scope) {
        return scope.equals("package") ? Seen.PACKAGE : scope.equals("dram") ? Seen.DRAM : null;
    }

    private void cards(double beginS, int seconds, List<Channel> channels, List<double[]> watts) {
        for (List<String> family : CARDS) {
            for (String source : family) {
                int before = channels.size();
                if (source.equals("nvidia-smi")) {
                    nvidiaSmi(beginS, seconds, channels, watts);
                } else {
                    for (Track track : tracks) {
                        if (track.source().equals(source)
                                && track.series().scope().equals("gpu")
                                && track.size() > 1
                                && !isSampleBesideCounter(track)) {
                            channels.add(
                                    new Channel(Seen.GPU, source, track.series().entity()));
                            watts.add(means(track, beginS, seconds));
                        }
                    }
                }
                if (channels.size() > before) {
                    break;
                }
            }
        }
    }

    /** A source that tells energy and power of a card tells the same twice. */
    private boolean isSampleBesideCounter(Track track) {
        return track.series().kind() != Kind.COUNTER
                && tracks.stream()
                        .anyMatch(other -> other.source().equals(track.source())
                                && other.series().entity().equals(track.series().entity())
                                && other.series().kind() == Kind.COUNTER
                                && other.size() > 1);
    }

    private void nvidiaSmi(double beginS, int seconds, List<Channel> channels, List<double[]> watts) {
        double[] edgesMs = new double[seconds + 1];
        Arrays.setAll(edgesMs, k -> 1e3 * (beginS + k));
        for (CardSamples card : CardSamples.nvidiaSmi(folder, meta)) {
            channels.add(new Channel(Seen.GPU, "nvidia-smi", card.entity()));
            watts.add(means(card.series(), edgesMs));
        }
    }

    private static double[] means(PowerSeries series, double[] edgesMs) {
        double[] energy = series.energyAt(edgesMs);
        double[] means = new double[edgesMs.length - 1];
        for (int k = 0; k < means.length; k++) {
            int next = series.indexAtOrAfter(edgesMs[k + 1]);
            boolean known = edgesMs[k] >= series.firstMs() - 1e3
                    && edgesMs[k + 1] <= series.lastMs() + 1e3
                    && (next == 0
                            || next == series.size()
                            || series.timeMs(next) - series.timeMs(next - 1) <= 1e3 * LONGEST_STEP_S);
            means[k] = known ? energy[k + 1] - energy[k] : Double.NaN;
        }
        return means;
    }

    /** Mean power in each second of the grid, of a counter or of readings of power. */
    private static double[] means(Track track, double beginS, int seconds) {
        boolean counter = track.series().kind() == Kind.COUNTER;
        double[] joules = counter ? CounterEnergy.joules(track) : integral(track);
        return differences(track, joules, beginS, seconds);
    }

    private static double[] integral(Track track) {
        double unit = Units.watts(track.series().unit());
        double[] joules = new double[track.size()];
        for (int i = 1; i < joules.length; i++) {
            joules[i] = joules[i - 1]
                    + (track.utc(i) - track.utc(i - 1)) * (track.value(i) + track.value(i - 1)) / 2 * unit;
        }
        return joules;
    }

    private static double[] differences(Track track, double[] sums, double beginS, int seconds) {
        double[] means = new double[seconds];
        int step = 1;
        double before = Double.NaN;
        for (int k = 0; k <= seconds; k++) {
            double when = beginS + k;
            while (step < sums.length - 1 && track.utc(step) < when) {
                step++;
            }
            double now = Double.NaN;
            if (sums.length > 1) {
                double length = track.utc(step) - track.utc(step - 1);
                double into = when - track.utc(step - 1);
                // A second beyond the ends is taken as the one beside it.
                boolean known = into >= -1 && into <= length + 1 && length > 0 && length <= LONGEST_STEP_S;
                now = known ? sums[step - 1] + (sums[step] - sums[step - 1]) * into / length : Double.NaN;
            }
            if (k > 0) {
                means[k - 1] = now - before;
            }
            before = now;
        }
        return means;
    }

    private void activity(double beginS, int seconds, int sockets, List<Channel> channels, List<double[]> watts) {
        double[] busy = new double[0];
        double[] all = new double[0];
        for (Track track : tracks) {
            if (track.source().equals("os") && track.size() > 1) {
                double[] raw = new double[track.size()];
                Arrays.setAll(raw, track::value);
                double[] ticks = differences(track, raw, beginS, seconds);
                if (track.series().quantity().equals("busy")) {
                    busy = ticks;
                } else {
                    all = ticks;
                }
            }
        }
        if (busy.length > 0 && all.length == busy.length) {
            double[] activity = new double[seconds];
            for (int k = 0; k < seconds; k++) {
                activity[k] = all[k] > 0 ? PowerGrid.activityWatts(busy[k] / all[k], sockets) : Double.NaN;
            }
            channels.add(new Channel(Seen.ACTIVITY, "os", "cpu"));
            watts.add(activity);
        }
    }

    private List<NodeReadings> nodes(double beginS) {
        List<NodeReadings> nodes = new ArrayList<>();
        for (Track track : tracks) {
            if (isOfNode(track) && track.series().quantity().equals("power") && track.size() > 2) {
                double unit = Units.watts(track.series().unit());
                double[] at = new double[track.size()];
                Arrays.setAll(at, i -> track.utc(i) - beginS);
                double[] watts = new double[track.size()];
                Arrays.setAll(watts, i -> track.value(i) * unit);
                nodes.add(new NodeReadings(track.source(), track.series().entity(), at, watts));
            }
        }
        return nodes;
    }
}
