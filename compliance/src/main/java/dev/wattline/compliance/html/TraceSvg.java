package dev.wattline.compliance.html;

import dev.wattline.compliance.html.PowerTrace.Row;
import dev.wattline.compliance.html.PowerTrace.Stretch;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Draws power traces as SVG; colours come from the page's style. */
final class TraceSvg {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 150;
    private static final int LEFT = 56;
    private static final int RIGHT = 8;
    private static final int TOP = 8;
    private static final int BOTTOM = 20;

    private TraceSvg() {}

    /** The whole phase, with the power window shaded; empty if there is nothing to draw. */
    static String overview(List<Stretch> stretches, long windowBegin, long windowEnd, List<Long> marks) {
        if (stretches.size() < 2) {
            return "";
        }
        long from = stretches.get(0).millis();
        long to = stretches.get(stretches.size() - 1).millis();
        double top = stretches.stream().mapToDouble(Stretch::greatest).max().orElse(1);
        Scale scale = new Scale(from, Math.max(to, from + 1), top);
        StringBuilder out = open("Power of the testing phase over time");
        if (windowEnd > windowBegin) {
            double begin = scale.x(Math.max(from, Math.min(to, windowBegin)));
            double end = scale.x(Math.max(from, Math.min(to, windowEnd)));
            out.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"window\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>LoadGen's power window</title></rect>",
                    begin,
                    TOP,
                    end - begin,
                    HEIGHT - TOP - BOTTOM));
        }
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        for (Stretch stretch : stretches) {
            double x = scale.x(stretch.millis());
            upper.append(upper.length() == 0 ? "M" : "L").append(point(x, scale.y(stretch.greatest())));
            lower.insert(0, "L" + point(x, scale.y(stretch.least())));
        }
        out.append("<path class=\"band\" d=\"").append(upper).append(lower).append("Z\"/>");
        marks.stream().filter(mark -> mark >= from && mark <= to).forEach(mark -> mark(out, scale.x(mark)));
        return close(out, scale);
    }

    /**
     * The rows around a finding, a dot each; rows without a value are rings on the base line.
     *
     * @param time when it happened, milliseconds since the epoch
     * @param line the row that the finding is about, 0 if it is about none
     */
    static String detail(List<Row> rows, long time, long line) {
        if (rows.size() < 2) {
            return "";
        }
        double top = rows.stream()
                .mapToDouble(Row::watts)
                .filter(watts -> !Double.isNaN(watts))
                .max()
                .orElse(1);
        long from = Math.min(time, rows.get(0).millis());
        long to = Math.max(time, rows.get(rows.size() - 1).millis());
        Scale scale = new Scale(from, to, top);
        StringBuilder out = open("Power around " + time(time));
        if (line == 0) {
            mark(out, scale.x(time));
        }
        for (Row row : rows) {
            boolean itself = row.line() == line;
            double x = scale.x(row.millis());
            boolean missing = Double.isNaN(row.watts());
            out.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>line %d, %s, %s</title></circle>",
                    itself ? "dot itself" : missing ? "dot missing" : "dot",
                    x,
                    missing ? HEIGHT - BOTTOM : scale.y(row.watts()),
                    itself ? "4" : "2.2",
                    row.line(),
                    Instant.ofEpochMilli(row.millis()),
                    missing ? "nothing measured" : String.format(Locale.ROOT, "%.3f W", row.watts())));
        }
        return close(out, scale);
    }

    private static void mark(StringBuilder out, double x) {
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"mark\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\"/>",
                x,
                TOP,
                HEIGHT - BOTTOM));
    }

    private static StringBuilder open(String title) {
        return new StringBuilder("<svg class=\"trace\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" role=\"img\"><title>" + title + "</title>");
    }

    private static String close(StringBuilder out, Scale scale) {
        for (double share : new double[] {0, 0.5, 1}) {
            double watts = scale.top * share;
            out.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%3$.1f\" y2=\"%3$.1f\"/>"
                            + "<text x=\"%4$d\" y=\"%5$.1f\" text-anchor=\"end\">%6$s W</text>",
                    LEFT,
                    WIDTH - RIGHT,
                    scale.y(watts),
                    LEFT - 6,
                    scale.y(watts) + 4,
                    label(watts)));
        }
        out.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">+%.0f s</text></svg>",
                LEFT,
                HEIGHT - 5,
                time(scale.from),
                WIDTH - RIGHT,
                HEIGHT - 5,
                (scale.to - scale.from) / 1e3));
        return out.toString();
    }

    private static String label(double watts) {
        return String.format(Locale.ROOT, watts >= 100 ? "%.0f" : "%.1f", watts);
    }

    private static String time(long millis) {
        String iso = Instant.ofEpochMilli(millis).toString();
        return iso.substring(0, 19).replace('T', ' ');
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f %.1f", x, y);
    }

    private record Scale(long from, long to, double top) {
        double x(long millis) {
            return LEFT + (double) (millis - from) / Math.max(1, to - from) * (WIDTH - LEFT - RIGHT);
        }

        double y(double watts) {
            return HEIGHT - BOTTOM - (top <= 0 ? 0 : watts / top) * (HEIGHT - TOP - BOTTOM);
        }
    }
}
