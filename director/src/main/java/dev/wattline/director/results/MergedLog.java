package dev.wattline.director.results;

import dev.wattline.model.PowerSample;
import dev.wattline.model.ReadingKind;
import dev.wattline.model.SplRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The rows of several analyzers as one log, in the shape that the reference gave it:
 * {@code Time,<t1>,Watts,<sum>,Volts,-1.000000,Amps,-1.000000,PF,-1.000000,Mark,<mark1>,Analyzer1,<row>,Analyzer2,<row>}.
 *
 * <p>Rows are paired by time, not by line number: each row of analyzer 1 with the nearest one of every other analyzer
 * that is less than half a sampling interval away. A row that finds no partner is left out and reported, because a sum
 * without one of its terms would be wrong. For the same reason the sum is {@code -1.000000} if one of its terms is no
 * valid reading.
 *
 * @param lines the merged rows, in order
 * @param unmatched the rows that found no partner, by analyzer and time
 */
public record MergedLog(List<String> lines, List<Unmatched> unmatched) {
    /** Half the sampling interval of 1 s, in nanoseconds. */
    private static final long TOLERANCE_NANOS = 500_000_000L;

    private static final String INVALID = "-1.000000";

    public MergedLog {
        lines = List.copyOf(lines);
        unmatched = List.copyOf(unmatched);
    }

    /**
     * A row that was left out.
     *
     * @param analyzer its number, from 1
     * @param at its time stamp
     */
    public record Unmatched(int analyzer, Instant at) {}

    private record Row(String text, PowerSample sample) {
        Instant at() {
            return sample.at();
        }
    }

    /**
     * Merges labelled rows.
     *
     * @param analyzers the rows of each analyzer in order of time, analyzer 1 first; empty lines are skipped
     * @throws IllegalArgumentException if a line is no row
     */
    public static MergedLog of(List<? extends List<String>> analyzers) {
        List<List<Row>> all = analyzers.stream().map(MergedLog::parse).toList();
        List<Row> first = all.get(0);
        List<Unmatched> unmatched = new ArrayList<>();
        int[][] partners = new int[all.size()][];
        boolean[] complete = new boolean[first.size()];
        Arrays.fill(complete, true);
        for (int other = 1; other < all.size(); other++) {
            partners[other] = pair(first, all.get(other));
            for (int row = 0; row < first.size(); row++) {
                complete[row] &= partners[other][row] >= 0;
            }
        }
        List<String> lines = new ArrayList<>();
        boolean[][] used = all.stream().map(rows -> new boolean[rows.size()]).toArray(boolean[][]::new);
        for (int row = 0; row < first.size(); row++) {
            if (complete[row]) {
                List<Row> terms = new ArrayList<>();
                for (int analyzer = 0; analyzer < all.size(); analyzer++) {
                    int index = analyzer == 0 ? row : partners[analyzer][row];
                    used[analyzer][index] = true;
                    terms.add(all.get(analyzer).get(index));
                }
                lines.add(line(terms));
            }
        }
        for (int analyzer = 0; analyzer < all.size(); analyzer++) {
            for (int row = 0; row < used[analyzer].length; row++) {
                if (!used[analyzer][row]) {
                    unmatched.add(new Unmatched(
                            analyzer + 1, all.get(analyzer).get(row).at()));
                }
            }
        }
        return new MergedLog(lines, unmatched);
    }

    private static List<Row> parse(List<String> lines) {
        List<Row> rows = new ArrayList<>(lines.size());
        for (String line : lines) {
            if (!line.isBlank()) {
                String text = line.stripTrailing();
                rows.add(new Row(text, SplRow.parse(text)));
            }
        }
        return rows;
    }

    /** For each row of the first the index of its partner, or -1; both lists are in order of time. */
    private static int[] pair(List<Row> first, List<Row> other) {
        int[] partner = new int[first.size()];
        Arrays.fill(partner, -1);
        int i = 0;
        int j = 0;
        while (i < first.size() && j < other.size()) {
            long distance = distance(first.get(i), other.get(j));
            boolean nearerLater = j + 1 < other.size() && distance(first.get(i), other.get(j + 1)) < distance;
            boolean wantedLater = i + 1 < first.size() && distance(first.get(i + 1), other.get(j)) < distance;
            if (distance < TOLERANCE_NANOS && !nearerLater && !wantedLater) {
                partner[i++] = j++;
            } else if (first.get(i).at().isBefore(other.get(j).at())) {
                i++;
            } else {
                j++;
            }
        }
        return partner;
    }

    private static long distance(Row a, Row b) {
        return Math.abs(Duration.between(a.at(), b.at()).toNanos());
    }

    private static String line(List<Row> terms) {
        String head = terms.get(0).text();
        StringBuilder out = new StringBuilder(head.substring(0, head.indexOf(",Watts,")));
        out.append(",Watts,").append(sum(terms));
        out.append(",Volts," + INVALID + ",Amps," + INVALID + ",PF," + INVALID + ",Mark,");
        out.append(terms.get(0).sample().mark());
        for (int i = 0; i < terms.size(); i++) {
            out.append(",Analyzer")
                    .append(i + 1)
                    .append(',')
                    .append(terms.get(i).text());
        }
        return out.toString();
    }

    private static String sum(List<Row> terms) {
        double watts = 0;
        for (Row term : terms) {
            if (term.sample().reading().kind() != ReadingKind.VALID) {
                return INVALID;
            }
            watts += term.sample().reading().watts();
        }
        return String.format(Locale.ROOT, "%.6f", watts);
    }
}
