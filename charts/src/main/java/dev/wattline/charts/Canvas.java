package dev.wattline.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * The plot area of one chart, as its layers see it: values in, SVG out. Horizontal positions are percent of the plot's
 * width, vertical ones pixels from its top, so that a plot fits any width with letters of one size.
 */
public final class Canvas {
    private static final double PATH_UNITS = 10; // of a path's coordinate system in a percent of the width
    private static final double NARROWEST = 300; // pixels of a plot on a telephone: labels must not collide there
    private static final double LETTER = 7.2; // pixels of a letter of a label, on average
    private static final double LABEL_GAP = 5;
    private static final double LABEL_LINE = 16;
    private static final double POINT_RADIUS = 4;
    private static final double WHOLE = 100;

    private final Scale x;
    private final Scale y;
    private final double height;
    private final SvgText out;
    private final List<Label> labels = new ArrayList<>();

    private record Label(double from, double to, int row) {}

    Canvas(Scale x, Scale y, double height, SvgText out) {
        this.x = x;
        this.y = y;
        this.height = height;
        this.out = out;
    }

    /** Percent of the width at which a value lies; that of the nearer end for a value outside. */
    public double x(double value) {
        return x.at(value);
    }

    /** Pixels from the top at which a value lies; those of the nearer end for a value outside. */
    public double y(double value) {
        return y.at(value);
    }

    /** Whether a value lies between the ends of the horizontal axis. */
    public boolean holds(double xValue) {
        return x.holds(xValue);
    }

    /** Height of the plot in pixels. */
    public double height() {
        return height;
    }

    /**
     * Draws a path.
     *
     * @param style names for the page's style, such as {@code curve first}
     * @param title what a reader sees who points at it
     * @param path data as {@link #move} and {@link #lineTo} make it
     */
    public void path(String style, String title, String path) {
        if (path.isEmpty()) {
            return;
        }
        out.raw("<svg viewBox=\"0 0 1000").raw(" " + SvgText.number(height)).raw("\" preserveAspectRatio=\"none\"");
        out.raw(" width=\"100%\"").attribute("height", height).raw("><path vector-effect=\"non-scaling-stroke\"");
        out.attribute("class", style).attribute("d", path).raw(">");
        title(title).raw("</path></svg>\n");
    }

    /** Begins a line of a path at a point in the units of the axes. */
    public String move(double xValue, double yValue) {
        return "M" + pair(xValue, yValue);
    }

    /** Goes on with a line of a path. */
    public String lineTo(double xValue, double yValue) {
        return "L" + pair(xValue, yValue);
    }

    private String pair(double xValue, double yValue) {
        return SvgText.number(x(xValue) * PATH_UNITS) + " " + SvgText.number(y(yValue));
    }

    /** Draws a dot with its numbers. */
    public void dot(String style, double xValue, double yValue, String title) {
        out.raw("<circle").attribute("class", style).percent("cx", x(xValue)).attribute("cy", y(yValue));
        out.attribute("r", POINT_RADIUS).raw(">");
        title(title).raw("</circle>\n");
    }

    /** Draws a line from one point to another, in percent of the width and pixels from the top. */
    public void line(String style, double x1, double y1, double x2, double y2) {
        out.raw("<line").attribute("class", style).percent("x1", x1).attribute("y1", y1);
        out.percent("x2", x2).attribute("y2", y2).raw("></line>\n");
    }

    /** Draws a rectangle, in percent of the width and pixels from the top. */
    public void rectangle(String style, double left, double top, double width, double high, String title) {
        out.raw("<rect").attribute("class", style).percent("x", left).attribute("y", top);
        out.percent("width", width).attribute("height", high).raw(">");
        title(title).raw("</rect>\n");
    }

    /** Writes a word beside a vertical position at the top of the plot, in a row where it meets no other. */
    public void label(String style, double percent, String text) {
        double width = WHOLE * (text.length() * LETTER + LABEL_GAP) / NARROWEST;
        boolean leftwards = percent + width > WHOLE;
        double from = leftwards ? percent - width : percent;
        int row = 0;
        while (collides(from, from + width, row)) {
            row++;
        }
        labels.add(new Label(from, from + width, row));
        out.raw("<text").attribute("class", style).percent("x", percent);
        out.attribute("dx", leftwards ? -LABEL_GAP : LABEL_GAP).attribute("y", LABEL_LINE * (row + 1) - 2);
        out.attribute("text-anchor", leftwards ? "end" : "start")
                .raw(">")
                .text(text)
                .raw("</text>\n");
    }

    private boolean collides(double from, double to, int row) {
        return labels.stream().anyMatch(other -> other.row() == row && other.from() < to && from < other.to());
    }

    private SvgText title(String title) {
        return title.isEmpty() ? out : out.raw("<title>").text(title).raw("</title>");
    }
}
