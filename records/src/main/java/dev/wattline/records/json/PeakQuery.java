package dev.wattline.records.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The peaks of earlier sessions, from an index. Sessions with the tag {@code no-ranging} do not count, nor do those that
 * failed or are suspect.
 */
public final class PeakQuery {
    /** Sessions with this tag are left out. */
    public static final String LEFT_OUT = "no-ranging";

    private PeakQuery() {}

    private record Key(String sut, String workload, String analyzer, String channel) {}

    /**
     * The greatest readings of both phases by machine, workload, analyzer and channel.
     *
     * @param sessions the sessions that count
     */
    public static List<EarlierPeak> peaks(IndexScan scan, Set<String> sessions) {
        Map<Key, Deque<double[]>> all = new LinkedHashMap<>();
        scan.trees(line -> {
            if (sessions.contains(line.path("session").asString("")) && counts(line)) {
                Map<Key, double[]> own = new LinkedHashMap<>();
                for (String phase : List.of("ranging", "testing")) {
                    line.path("peaks").path(phase).forEach(column -> {
                        Key key = new Key(
                                line.path("sut").asString(""),
                                workload(line),
                                column.path("analyzer").asString(""),
                                column.path("channel").asString(""));
                        raise(own.computeIfAbsent(key, one -> nothing()), values(column));
                    });
                }
                own.forEach((key, values) -> {
                    Deque<double[]> latest = all.computeIfAbsent(key, one -> new ArrayDeque<>());
                    latest.add(values);
                    if (latest.size() > EarlierPeak.LATEST) {
                        latest.remove();
                    }
                });
            }
        });
        List<EarlierPeak> peaks = new ArrayList<>();
        all.forEach((key, latest) -> {
            double[] greatest = nothing();
            latest.forEach(values -> raise(greatest, values));
            peaks.add(new EarlierPeak(
                    key.sut(),
                    key.workload(),
                    key.analyzer(),
                    key.channel(),
                    latest.size(),
                    greatest[0],
                    greatest[1],
                    greatest[2]));
        });
        return peaks;
    }

    /** Two workloads beside each other draw more than one of them alone. */
    private static String workload(JsonNode line) {
        String with = line.path("with").asString("");
        return line.path("workload").asString("") + (with.isEmpty() ? "" : " with " + with);
    }

    private static boolean counts(JsonNode line) {
        for (JsonNode tag : line.path("tags")) {
            if (tag.asString("").equals(LEFT_OUT)) {
                return false;
            }
        }
        return line.path("outcome").asString("").equals("complete")
                && line.path("suspect").isEmpty();
    }

    private static double[] nothing() {
        return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }

    private static double[] values(JsonNode column) {
        return new double[] {
            column.path("V").asDouble(Double.NaN),
            column.path("A").asDouble(Double.NaN),
            column.path("W").asDouble(Double.NaN)
        };
    }

    private static void raise(double[] greatest, double[] values) {
        for (int i = 0; i < greatest.length; i++) {
            if (values[i] > greatest[i] || Double.isNaN(greatest[i])) {
                greatest[i] = values[i];
            }
        }
    }
}
