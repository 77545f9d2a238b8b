package dev.wattline.ledger.figure;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers that a figure plots, each with where it comes from. */
public sealed interface FigureContent {

    /**
     * Values over the rounds.
     *
     * @param unit of {@code rawMax}
     */
    record Trend(String unit, List<Series> series) implements FigureContent {
        public Trend {
            series = List.copyOf(series);
        }
    }

    /** A line of a trend. */
    record Series(String name, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }
    }

    /**
     * A round of a trend.
     *
     * @param date of the round's publication, {@code 2021-04-17}
     * @param n how many values the greatest was taken of
     * @param rawMax the greatest of the round
     * @param runningMax the greatest so far
     * @param normalized the same over the first round's
     * @param bestId id of the submission that has the round's greatest value
     * @param bestSystem its system
     * @param source where its values stand
     */
    record Point(
            String version,
            String date,
            int n,
            double rawMax,
            double runningMax,
            double normalized,
            String bestId,
            String bestSystem,
            String source) {}

    /** The least and the greatest power of each scale, W. */
    record Extremes(List<Range> ranges) implements FigureContent {
        public Extremes {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * A scale's range.
     *
     * @param n how many values
     * @param dropped how many values are passed over because of their thousands commas
     * @param plottedMax what is drawn as the greatest, which in the published figure is not always the data's
     */
    record Range(String scale, int n, int dropped, Extreme min, Extreme max, double plottedMax) {}

    /** An end of a range, W, and whose it is. */
    record Extreme(double watts, String id, String model, String scenario, String source) {}

    /**
     * Changes as a histogram of equal bins from the least to the greatest; the last bin holds both of its ends.
     *
     * @param label what is counted, with its unit
     */
    record Histogram(String label, List<Change> changes, List<Double> edges, List<Integer> counts)
            implements FigureContent {
        public Histogram {
            changes = List.copyOf(changes);
            edges = List.copyOf(edges);
            counts = List.copyOf(counts);
        }

        /** What the values come to; there must be one at least. */
        public ChangeStatistics statistics() {
            return ChangeStatistics.of(changes);
        }
    }

    /**
     * A change that a histogram counts.
     *
     * @param from round and id of the first value
     * @param to round and id of the second
     * @param before the first efficiency, samples per joule
     * @param after the second one
     * @param percent the change
     */
    record Change(
            String what,
            String system,
            String from,
            String to,
            double before,
            double after,
            double percent,
            String source) {}

    /** Energy to train at several sizes. */
    record Energies(List<Training> sizes) implements FigureContent {
        public Energies {
            sizes = List.copyOf(sizes);
        }
    }

    /**
     * A size.
     *
     * @param computeMJ energy of the nodes, MJ
     * @param interconnectMJ energy of the switches, MJ: an estimate of the submitter
     * @param minutes time to train
     * @param lowMJ least total of the runs, MJ; null where the runs are not known
     * @param highMJ greatest total of the runs, MJ
     * @param runs how many runs; 0 where they are not known
     */
    record Training(
            int accelerators,
            double computeMJ,
            double interconnectMJ,
            double minutes,
            @Nullable Double lowMJ,
            @Nullable Double highMJ,
            int runs,
            String source) {}

    /** Energy of a sample and operations of a sample, by workload. */
    record Workloads(List<Workload> workloads) implements FigureContent {
        public Workloads {
            workloads = List.copyOf(workloads);
        }
    }

    /**
     * A workload.
     *
     * @param scale {@code Datacenter} or {@code Tiny}
     * @param joulesPerSample energy of a sample
     * @param macs multiply-accumulate operations of a sample
     */
    record Workload(String name, String scale, String kind, double joulesPerSample, double macs, String source) {}

    /**
     * Several values for each round side by side.
     *
     * @param names of the values
     */
    record Groups(List<String> names, List<Group> groups) implements FigureContent {
        public Groups {
            names = List.copyOf(names);
            groups = List.copyOf(groups);
        }
    }

    /** The values of a round by their names. */
    record Group(String version, String id, String system, Map<String, Double> values, String source) {}
}
