package dev.wattline.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * Horizontal bars, or points with intervals, on one scale that contains zero; name and value of each stand above it, the
 * value below the name where both are long. Not for use by several threads.
 */
public final class BarChart {
    private static final int WHOLE = 100;
    private static final int SIDE = 14; // beside the scale, for half of a number and of a dot
    private static final int ROW = 42;
    private static final int LINE = 17; // more height for a row whose value stands below its name
    private static final int LETTERS = 40; // that stand beside each other where a page is 400 pixels wide
    private static final int TEXT = 15;
    private static final int MIDDLE = 28;
    private static final int BAR = 14;
    private static final int WHISKER = 6;
    private static final int AXIS = 40;
    private static final double LEAST_WIDTH = 0.2;

    private final String axis;
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(String label, double value, double low, double high, String text, boolean whisker) {
        /** Whether the value has a line of its own. */
        boolean isLong() {
            return label.length() + text.length() > LETTERS;
        }

        int height() {
            return isLong() ? ROW + LINE : ROW;
        }
    }

    /**
     * @param axis what the scale measures, with its unit
     */
    public BarChart(String axis) {
        this.axis = axis;
    }

    /** Adds a bar from zero to the value. */
    public BarChart bar(String label, double value, String text) {
        entries.add(new Entry(label, value, Math.min(0, value), Math.max(0, value), text, false));
        return this;
    }

    /** Adds a point with its interval. */
    public BarChart interval(String label, double value, double low, double high, String text) {
        entries.add(new Entry(label, value, low, high, text, true));
        return this;
    }

    /**
     * The chart as an {@code svg} element as wide as what holds it.
     *
     * @param title what it shows, for those who do not see it
     */
    public String svg(String title) {
        double low = entries.stream().mapToDouble(Entry::low).min().orElse(0);
        double high = entries.stream().mapToDouble(Entry::high).max().orElse(0);
        Scale scale = Scale.linear(Math.min(0, low), Math.max(0, high), 0, WHOLE);
        int height = entries.stream().mapToInt(Entry::height).sum();
        SvgText out = new SvgText();
        out.raw("<svg class=\"bars\"").attribute("height", height + AXIS).raw(" overflow=\"visible\"");
        out.attribute("style", "width: calc(100% - " + 2 * SIDE + "px); margin: 0 " + SIDE + "px");
        out.raw(" role=\"img\"").attribute("aria-label", title).raw(">\n");
        int top = 0;
        for (Entry entry : entries) {
            draw(out, scale, entry, top);
            top += entry.height();
        }
        for (Scale.Tick tick : scale.ticks()) {
            out.raw("<text class=\"tick\"").percent("x", tick.at()).attribute("y", height + 12);
            out.raw(" text-anchor=\"middle\">").text(tick.label()).raw("</text>\n");
        }
        out.raw("<text class=\"axis\" x=\"50%\"").attribute("y", height + 32).raw(" text-anchor=\"middle\">");
        return out.text(axis).raw("</text>\n</svg>").toString();
    }

    private static void draw(SvgText out, Scale scale, Entry entry, int top) {
        out.raw("<text class=\"name\" x=\"0%\"").attribute("y", top + TEXT).raw(">");
        out.text(entry.label()).raw("</text>");
        out.raw("<text class=\"value\" x=\"100%\"")
                .attribute("y", top + TEXT + (entry.isLong() ? LINE : 0))
                .raw(" text-anchor=\"end\">");
        out.text(entry.text()).raw("</text>\n");
        int middle = top + MIDDLE + (entry.isLong() ? LINE : 0);
        for (Scale.Tick tick : scale.ticks()) {
            upright(out, "grid", tick.at(), middle, BAR / 2 + 2);
        }
        upright(out, "zero", scale.at(0), middle, BAR / 2 + 2);
        double from = scale.at(entry.low());
        double to = scale.at(entry.high());
        if (entry.whisker()) {
            out.raw("<line class=\"whisker\"").percent("x1", from).percent("x2", to);
            out.attribute("y1", middle).attribute("y2", middle).raw("></line>\n");
            upright(out, "whisker", from, middle, WHISKER);
            upright(out, "whisker", to, middle, WHISKER);
            out.raw("<circle class=\"dot\"")
                    .percent("cx", scale.at(entry.value()))
                    .attribute("cy", middle);
            out.raw(" r=\"5.5\"></circle>\n");
        } else {
            out.raw("<rect class=\"bar\"").percent("x", from).attribute("y", middle - BAR / 2);
            out.percent("width", Math.max(LEAST_WIDTH, to - from)).attribute("height", BAR);
            out.raw(" rx=\"2\"></rect>\n");
        }
    }

    private static void upright(SvgText out, String style, double x, int middle, int reach) {
        out.raw("<line").attribute("class", style).percent("x1", x).percent("x2", x);
        out.attribute("y1", middle - reach).attribute("y2", middle + reach).raw("></line>\n");
    }
}
