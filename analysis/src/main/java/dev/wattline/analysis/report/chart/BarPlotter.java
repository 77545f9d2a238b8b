package dev.wattline.analysis.report.chart;

import dev.wattline.analysis.report.page.Figure;
import java.util.ArrayList;
import java.util.List;

/** Draws horizontal bars, or points with intervals, on one scale that contains zero. */
public final class BarPlotter {
    /** Where the scale begins, in drawing units. */
    public static final int LEFT = 262;

    /** Where the scale ends. */
    public static final int RIGHT = 580;

    /** Height of one bar with the space around it. */
    public static final int ROW = 30;

    /** Width of the drawing. */
    public static final int WIDTH = 880;

    private record Entry(String label, double value, double low, double high, String text, boolean whisker) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Adds a bar from zero to the value. */
    public BarPlotter bar(String label, double value, String text) {
        entries.add(new Entry(label, value, Math.min(0, value), Math.max(0, value), text, false));
        return this;
    }

    /** Adds a point with its interval. */
    public BarPlotter interval(String label, double value, double low, double high, String text) {
        entries.add(new Entry(label, value, low, high, text, true));
        return this;
    }

    /** The drawing. */
    public Figure plot(String title, String description, String axis) {
        double low = entries.stream().mapToDouble(Entry::low).min().orElse(0);
        double high = entries.stream().mapToDouble(Entry::high).max().orElse(0);
        Scale scale = Scale.linear(Math.min(0, low), Math.max(0, high), LEFT, RIGHT);
        return new Figure.BarPlot(
                title,
                description,
                new Figure.Axis(axis, scale.ticks()),
                scale.at(0),
                entries.stream().map(entry -> bar(scale, entry)).toList());
    }

    private static Figure.Bar bar(Scale scale, Entry entry) {
        return new Figure.Bar(
                entry.label(),
                entry.text(),
                scale.at(entry.low()),
                scale.at(entry.high()),
                scale.at(entry.value()),
                entry.whisker());
    }
}
