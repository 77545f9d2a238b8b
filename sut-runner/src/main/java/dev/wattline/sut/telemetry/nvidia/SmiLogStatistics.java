package dev.wattline.sut.telemetry.nvidia;

import dev.wattline.files.BoundedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How regularly an nvidia-smi log was written: its rows, the first card's samples and the intervals between these. The
 * log is streamed; intervals are counted by millisecond.
 */
final class SmiLogStatistics {
    private static final int MAX_LINE = 1 << 16; // a row of all fields has some 500 characters
    private static final int LONGEST_MILLIS = 100_000;
    private static final int TIME_LENGTH = "2023/07/08 19:28:27.236".length();

    private final int[] intervals = new int[LONGEST_MILLIS + 1];
    private long rows;
    private long samples;
    private long lastMillis = Long.MIN_VALUE;
    private String firstCard = "";
    private String lastDate = "";
    private long lastDay;

    private SmiLogStatistics() {}

    /**
     * The figures of a log: {@code rows}, {@code samples}, and, if there are at least two samples,
     * {@code intervalMedianMs}, {@code intervalMaxMs} and {@code jitterP99Ms}, the 99th percentile of an interval's
     * distance from the median.
     *
     * @throws IOException if it cannot be read
     */
    static Map<String, Double> of(Path log) throws IOException {
        SmiLogStatistics statistics = new SmiLogStatistics();
        try (BoundedLines lines = new BoundedLines(Files.newInputStream(log), MAX_LINE)) {
            String header = lines.next();
            int card = header == null ? -1 : List.of(header.split(", ")).indexOf("uuid");
            for (String line = lines.next(); line != null; line = lines.next()) {
                statistics.add(line, card);
            }
        }
        return statistics.figures();
    }

    private void add(String line, int cardColumn) {
        if (line.length() < TIME_LENGTH || line.charAt(4) != '/' || line.charAt(10) != ' ') {
            return;
        }
        rows++;
        String card = cell(line, cardColumn);
        if (firstCard.isEmpty()) {
            firstCard = card;
        }
        if (!card.equals(firstCard)) {
            return;
        }
        samples++;
        long millis = millis(line);
        long interval = millis - lastMillis;
        // A local clock that is set back, or forward by an hour, is no property of the sampling.
        if (lastMillis != Long.MIN_VALUE && interval >= 0 && interval < LONGEST_MILLIS) {
            intervals[(int) interval]++;
        }
        lastMillis = millis;
    }

    private static String cell(String line, int column) {
        int from = 0;
        for (int i = 0; i < column && from >= 0; i++) {
            int comma = line.indexOf(", ", from);
            from = comma < 0 ? -1 : comma + 2;
        }
        if (column < 0 || from < 0) {
            return "";
        }
        int to = line.indexOf(", ", from);
        return to < 0 ? line.substring(from) : line.substring(from, to);
    }

    private long millis(String line) {
        if (!line.startsWith(lastDate) || lastDate.isEmpty()) {
            lastDate = line.substring(0, 10);
            lastDay = LocalDate.of(number(line, 0, 4), number(line, 5, 2), number(line, 8, 2))
                    .toEpochDay();
        }
        long seconds = (lastDay * 24 + number(line, 11, 2)) * 3600 + number(line, 14, 2) * 60L + number(line, 17, 2);
        return seconds * 1000 + number(line, 20, 3);
    }

    private static int number(String line, int from, int digits) {
        return Integer.parseInt(line, from, from + digits, 10);
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        figures.put("rows", (double) rows);
        figures.put("samples", (double) samples);
        long count = 0;
        for (int interval : intervals) {
            count += interval;
        }
        if (count > 0) {
            int median = quantile(intervals, count, 0.5);
            figures.put("intervalMedianMs", (double) median);
            figures.put("intervalMaxMs", (double) quantile(intervals, count, 1));
            int[] distances = new int[LONGEST_MILLIS + 1];
            for (int i = 0; i < intervals.length; i++) {
                distances[Math.abs(i - median)] += intervals[i];
            }
            figures.put("jitterP99Ms", (double) quantile(distances, count, 0.99));
        }
        return figures;
    }

    /** The smallest value that at least this share of all is not above. */
    private static int quantile(int[] histogram, long count, double share) {
        long needed = (long) Math.ceil(count * share);
        long seen = 0;
        for (int i = 0; i < histogram.length; i++) {
            seen += histogram[i];
            if (seen >= needed) {
                return i;
            }
        }
        return histogram.length - 1;
    }
}
