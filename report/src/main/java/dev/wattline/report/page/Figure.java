package dev.wattline.report.page;

import dev.wattline.charts.BarChart;
import dev.wattline.charts.Chart;
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
     * A finished drawing.
     *
     * @param svg an {@code svg} element out of {@code dev.wattline.charts}, which escapes all texts
     */
    record Drawing(String title, String description, String svg) implements Figure {
        /** A chart over two axes. */
        public static Drawing of(String title, String description, Chart chart) {
            return new Drawing(title, description, chart.svg(title + ". " + description));
        }

        /** Horizontal bars. */
        public static Drawing of(String title, String description, BarChart chart) {
            return new Drawing(title, description, chart.svg(title + ". " + description));
        }
    }

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
     * A cell of a matrix.
     *
     * @param text its number
     * @param level its colour, 0...9; -1 for none
     */
    record MatrixCell(String text, int level) {}
}
