package dev.wattline.analysis.report.chart;

import dev.wattline.analysis.report.page.Figure;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws horizontal bars, or points with intervals, on one scale that contains zero. Positions are percent of the scale's
 * width, so that names and values keep their size on a narrow page.
 */
public final class BarPlotter {
    private static final int WHOLE = 100;

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
        Scale scale = Scale.linear(Math.min(0, low), Math.max(0, high), 0, WHOLE);
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
