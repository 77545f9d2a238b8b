package dev.wattline.analysis.report.page;

import java.util.List;

/** Something drawn. Each has the words for those who do not see it. */
public sealed interface Figure {
    /** What it shows. */
    String title();

    /** What is to be seen, in a sentence. */
    String description();

    /**
     * A plot over time that can be zoomed, drawn in the browser from the page's series.
     *
     * @param plot name of the plot in the page's series
     */
    record TimePlot(String title, String description, String plot) implements Figure {}

    /**
     * Curves over an axis.
     *
     * @param x the horizontal axis
     * @param y the vertical axis
     * @param curves what is drawn
     * @param markers vertical lines with a word
     */
    record CurvePlot(String title, String description, Axis x, Axis y, List<Curve> curves, List<Marker> markers)
            implements Figure {}

    /**
     * Horizontal bars.
     *
     * @param axis the scale
     * @param zero position of zero, like all others of its axis and bars in percent of the scale
     * @param bars the bars from top to bottom
     */
    record BarPlot(String title, String description, Axis axis, double zero, List<Bar> bars) implements Figure {}

    /**
     * A matrix whose cells are coloured by value.
     *
     * @param heads of rows and columns
     * @param rows the cells
     * @param scale what the colours mean
     */
    record Matrix(String title, String description, List<String> heads, List<List<MatrixCell>> rows, String scale)
            implements Figure {}

    /**
     * An axis with its ticks in drawing units.
     *
     * @param label what it measures, with its unit
     * @param ticks where there are numbers
     */
    record Axis(String label, List<Tick> ticks) {}

    /**
     * A number on an axis.
     *
     * @param at position in drawing units
     * @param label the number
     */
    record Tick(double at, String label) {}

    /**
     * One curve.
     *
     * @param label its name
     * @param role its colour: {@code first}, {@code second} or {@code third}
     * @param path as SVG path data; empty to draw only points
     * @param area path of a band around it; empty for none
     * @param points its points; empty to draw only the path
     */
    record Curve(String label, String role, String path, String area, List<Point> points) {}

    /**
     * A point that tells its numbers.
     *
     * @param x position in drawing units
     * @param y position in drawing units
     * @param text its numbers
     */
    record Point(double x, double y, String text) {}

    /**
     * A vertical line with a word.
     *
     * @param x position in drawing units
     * @param label the word
     * @param row of the word from the top, beside other markers
     */
    record Marker(double x, String label, int row) {}

    /**
     * One bar, or a point with an interval where {@code whisker} is set.
     *
     * @param label what it is
     * @param text its value
     * @param from begin in percent of the scale
     * @param to end in percent of the scale
     * @param point the value's position in percent of the scale
     * @param whisker whether it is an interval around a point
     */
    record Bar(String label, String text, double from, double to, double point, boolean whisker) {}

    /**
     * A cell of a matrix.
     *
     * @param text its number
     * @param level its colour, 0...9; -1 for none
     */
    record MatrixCell(String text, int level) {}
}
