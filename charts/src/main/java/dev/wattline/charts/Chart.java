package dev.wattline.charts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers over two axes, drawn in the order in which they were added. Not for use by several threads. */
public final class Chart {
    static final int LEFT = 66;
    static final int TOP = 10;
    private static final int RIGHT = 20;
    private static final int RIGHT_WITH_AXIS = 62;
    private static final int BOTTOM = 46;
    private static final int SLANTED = 46; // more room below for names that are slanted
    private static final int PLOT_HEIGHT = 210;
    private static final int WHOLE = 100;
    private static final int KEY_LINE = 18;
    private static final int KEY_SAMPLE = 22; // a key's stroke or square, with the gap behind it
    private static final double LETTER = 7.2;
    private static final int NARROWEST = 270;

    private final Axis x;
    private final Axis y;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Layer> secondLayers = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private @Nullable Axis second;
    private int height = PLOT_HEIGHT;
    private boolean slanted;

    /** An entry of the key: what a colour stands for. */
    private record Key(String label, String role, boolean line) {}

    public Chart(Axis x, Axis y) {
        this.x = x;
        this.y = y;
    }

    /** Makes the plot this many pixels high. */
    public Chart height(int pixels) {
        height = pixels;
        return this;
    }

    public Chart add(Layer layer) {
        layers.add(layer);
        return this;
    }

    /** Gives the chart a second vertical axis, on the right. */
    public Chart second(Axis axis) {
        second = axis;
        return this;
    }

    /** Adds a layer whose heights are those of the second axis. */
    public Chart addToSecond(Layer layer) {
        secondLayers.add(layer);
        return this;
    }

    /** Slants the names of the horizontal axis, where they are long. */
    public Chart slanted() {
        slanted = true;
        return this;
    }

    /** Says below the chart what the lines of a role are. */
    public Chart lineKey(String label, String role) {
        keys.add(new Key(label, role, true));
        return this;
    }

    /** Says below the chart what the bars of a role are. */
    public Chart barKey(String label, String role) {
        keys.add(new Key(label, role, false));
        return this;
    }

    /**
     * The chart as an {@code svg} element as wide as what holds it.
     *
     * @param title what it shows, for those who do not see it
     */
    public String svg(String title) {
        SvgText out = new SvgText();
        out.raw("<svg class=\"chart\"").attribute("height", height).raw(" overflow=\"visible\"");
        // Numbers and names stand in the margins, so that percent are those of the plot.
        out.attribute(
                "style",
                "width: calc(100% - " + (LEFT + right()) + "px); margin: " + TOP + "px " + right() + "px "
                        + bottom(NARROWEST) + "px " + LEFT + "px");
        out.raw(" role=\"img\"").attribute("aria-label", title).raw(">\n");
        draw(out, NARROWEST);
        return out.raw("</svg>").toString();
    }

    /** Draws the chart as an element of a drawing of its own, at a place and with a width in pixels. */
    void draw(SvgText out, int left, int top, int width) {
        int plot = width - LEFT - right();
        out.raw("<svg class=\"chart\" overflow=\"visible\"").attribute("x", left + LEFT);
        out.attribute("y", top + TOP)
                .attribute("width", plot)
                .attribute("height", height)
                .raw(">\n");
        draw(out, plot);
        out.raw("</svg>\n");
    }

    /** Pixels from the top of the chart to the end of its key, at a width in pixels. */
    int fullHeight(int width) {
        return TOP + height + bottom(width - LEFT - right());
    }

    private int right() {
        return second == null ? RIGHT : RIGHT_WITH_AXIS;
    }

    private int bottom(int width) {
        int lines = keys.isEmpty() ? 0 : place(width, null) + 1;
        return belowAxis() + BOTTOM + KEY_LINE * lines;
    }

    private int belowAxis() {
        return slanted ? SLANTED : 0;
    }

    private void draw(SvgText out, int width) {
        Scale across = x.scale(0, WHOLE);
        Scale up = y.scale(height, 0);
        Canvas canvas = new Canvas(across, up, height, out);
        for (Scale.Tick tick : up.ticks()) {
            canvas.line("grid", 0, tick.at(), WHOLE, tick.at());
            out.raw("<text class=\"tick\" x=\"-8\"")
                    .attribute("y", tick.at() + 4)
                    .raw(" text-anchor=\"end\">");
            out.text(tick.label()).raw("</text>\n");
        }
        for (Scale.Tick tick : across.ticks()) {
            canvas.line("grid", tick.at(), 0, tick.at(), height);
            if (slanted) {
                // A nested element gives the rotation a point of its own at a place in percent.
                out.raw("<svg overflow=\"visible\"")
                        .percent("x", tick.at())
                        .attribute("y", height + 14)
                        .raw("><text class=\"tick\" transform=\"rotate(-35)\" text-anchor=\"end\">");
                out.text(tick.label()).raw("</text></svg>\n");
            } else {
                out.raw("<text class=\"tick\"").percent("x", tick.at()).attribute("y", height + 17);
                out.raw(" text-anchor=\"middle\">").text(tick.label()).raw("</text>\n");
            }
        }
        out.raw("<text class=\"axis\" x=\"50%\"").attribute("y", height + belowAxis() + 38);
        out.raw(" text-anchor=\"middle\">").text(x.label()).raw("</text>\n");
        out.raw("<text class=\"axis\" transform=\"rotate(-90)\"").attribute("x", -height / 2.0);
        out.raw(" y=\"-52\" text-anchor=\"middle\">").text(y.label()).raw("</text>\n");
        layers.forEach(layer -> layer.draw(canvas));
        if (second != null) {
            drawSecond(out, second, across);
        }
        place(width, out);
    }

    private void drawSecond(SvgText out, Axis axis, Scale across) {
        Scale up = axis.scale(height, 0);
        for (Scale.Tick tick : up.ticks()) {
            out.raw("<text class=\"tick\" x=\"100%\" dx=\"8\"")
                    .attribute("y", tick.at() + 4)
                    .raw(">");
            out.text(tick.label()).raw("</text>\n");
        }
        out.raw("<svg x=\"100%\" overflow=\"visible\"><text class=\"axis\" transform=\"rotate(-90)\"");
        out.attribute("x", -height / 2.0).raw(" y=\"54\" text-anchor=\"middle\">");
        out.text(axis.label()).raw("</text></svg>\n");
        Canvas canvas = new Canvas(across, up, height, out);
        secondLayers.forEach(layer -> layer.draw(canvas));
    }

    /** Writes the key, if there is where to, in lines of this width; the number of its last line, from 0. */
    private int place(int width, @Nullable SvgText out) {
        double left = 0;
        int line = 0;
        for (Key key : keys) {
            double needed = KEY_SAMPLE + key.label().length() * LETTER + 14;
            if (left > 0 && left + needed > width) {
                left = 0;
                line++;
            }
            if (out != null) {
                int middle = height + belowAxis() + BOTTOM + KEY_LINE * line + 8;
                if (key.line()) {
                    out.raw("<line").attribute("class", "curve " + key.role()).attribute("x1", left);
                    out.attribute("x2", left + KEY_SAMPLE - 6)
                            .attribute("y1", middle - 4)
                            .attribute("y2", middle - 4)
                            .raw("></line>");
                } else {
                    out.raw("<rect").attribute("class", "bar " + key.role()).attribute("x", left);
                    out.attribute("y", middle - 10).raw(" width=\"16\" height=\"11\"></rect>");
                }
                out.raw("<text")
                        .attribute("x", left + KEY_SAMPLE)
                        .attribute("y", middle)
                        .raw(">");
                out.text(key.label()).raw("</text>\n");
            }
            left += needed;
        }
        return line;
    }
}
