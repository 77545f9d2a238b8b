package dev.wattline.analysis.report.chart;

import dev.wattline.analysis.report.page.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws curves into a frame of {@link #WIDTH} by {@link #HEIGHT} units. */
public final class CurvePlotter {
    /** Width of the drawing. */
    public static final int WIDTH = 640;

    /** Height of the drawing. */
    public static final int HEIGHT = 280;

    /** Left, right, upper and lower end of the frame that the axes span. */
    public static final int LEFT = 70;

    /** See {@link #LEFT}. */
    public static final int RIGHT = 612;

    /** See {@link #LEFT}. */
    public static final int TOP = 16;

    /** See {@link #LEFT}. */
    public static final int BOTTOM = 232;

    private static final int WORD_WIDTH = 70; // of a marker's word, so that two do not lie on each other

    private final Range xRange;
    private final Range yRange;
    private final Scale x;
    private final Scale y;
    private final List<Figure.Curve> curves = new ArrayList<>();
    private final List<Figure.Marker> markers = new ArrayList<>();

    /**
     * What an axis spans.
     *
     * @param label what it measures, with its unit
     * @param log whether by logarithm
     */
    public record Range(String label, boolean log, double low, double high) {
        Scale scale(double from, double to) {
            return log ? Scale.log(low, high, from, to) : Scale.linear(low, high, from, to);
        }
    }

    /**
     * A point of a curve.
     *
     * @param low lower end of the band there; NaN for none
     * @param high upper end of it
     * @param text its numbers
     */
    public record Sample(double x, double y, double low, double high, String text) {}

    public CurvePlotter(Range xRange, Range yRange) {
        this.xRange = xRange;
        this.yRange = yRange;
        this.x = xRange.scale(LEFT, RIGHT);
        this.y = yRange.scale(BOTTOM, TOP);
    }

    /** Adds a line through the samples and the band around it. */
    public CurvePlotter line(String label, String role, List<Sample> samples, boolean points) {
        StringBuilder path = new StringBuilder();
        StringBuilder upper = new StringBuilder();
        StringBuilder lower = new StringBuilder();
        for (Sample sample : samples) {
            path.append(path.length() == 0 ? 'M' : 'L').append(pair(x.at(sample.x()), y.at(sample.y())));
            if (!Double.isNaN(sample.low())) {
                upper.append(upper.length() == 0 ? 'M' : 'L').append(pair(x.at(sample.x()), y.at(sample.high())));
                lower.insert(0, "L" + pair(x.at(sample.x()), y.at(sample.low())));
            }
        }
        String area = upper.length() == 0 ? "" : upper.append(lower).append('Z').toString();
        curves.add(new Figure.Curve(label, role, path.toString(), area, points ? points(samples) : List.of()));
        return this;
    }

    /** Adds vertical strokes from zero to each sample, as for a histogram. */
    public CurvePlotter strokes(String label, String role, List<Sample> samples) {
        StringBuilder path = new StringBuilder();
        for (Sample sample : samples) {
            path.append('M')
                    .append(pair(x.at(sample.x()), y.at(0)))
                    .append('L')
                    .append(pair(x.at(sample.x()), y.at(sample.y())));
        }
        curves.add(new Figure.Curve(label, role, path.toString(), "", List.of()));
        return this;
    }

    /** Adds a vertical line with a word where it lies inside the frame. */
    public CurvePlotter mark(double at, String label) {
        if (at >= xRange.low() && at <= xRange.high()) {
            double where = x.at(at);
            int row = (int) markers.stream()
                    .filter(other -> Math.abs(other.x() - where) < WORD_WIDTH)
                    .count();
            markers.add(new Figure.Marker(where, label, row));
        }
        return this;
    }

    /** The drawing. */
    public Figure plot(String title, String description) {
        return new Figure.CurvePlot(
                title,
                description,
                new Figure.Axis(xRange.label(), x.ticks()),
                new Figure.Axis(yRange.label(), y.ticks()),
                List.copyOf(curves),
                List.copyOf(markers));
    }

    private List<Figure.Point> points(List<Sample> samples) {
        return samples.stream()
                .map(sample -> new Figure.Point(x.at(sample.x()), y.at(sample.y()), sample.text()))
                .toList();
    }

    private static String pair(double x, double y) {
        return String.format(Locale.ROOT, "%.1f %.1f", x, y);
    }
}
