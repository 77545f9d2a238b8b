package dev.wattline.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * Charts one below another as a drawing of its own, with titles and a caption: a file that needs no page. Light or dark as
 * the viewer prefers; light in print. Not for use by several threads.
 */
public final class ChartFile {
    private static final int WIDTH = 760;
    private static final int TITLE = 34;
    private static final int LINE = 17;
    private static final int SIDE = 14;
    private static final double LETTER = 6.4;

    /** The colours of a page, for a drawing without one. */
    private static final String STYLE = """
            svg{--ink:#16202c;--soft:#566273;--grid:#e8ecf1;--card:#fff;--c0:#1f6fd1;--c1:#d4620a;--c2:#1b8a5a;\
            --c3:#b0319b;--c4:#8a6d00;--c5:#0e8796;--c6:#c2334d;--c7:#6a55c8}
            @media screen and (prefers-color-scheme:dark){svg{--ink:#e7ecf3;--soft:#9fadbf;--grid:#232d39;--card:#171e27;\
            --c0:#6cb0ff;--c1:#ffa254;--c2:#5fd39a;--c3:#f08be0;--c4:#e2c65a;--c5:#58d0df;--c6:#ff8fa3;--c7:#b5a5ff}}
            text{font:12.5px system-ui,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--ink)}
            .paper{fill:var(--card)}.head{font-weight:650;font-size:14.5px}.tick,.axis,text.marker,.caption{fill:var(--soft)}
            .grid{stroke:var(--grid)}.edged{stroke:var(--card)}.whisker{stroke:var(--ink);stroke-width:1.6}
            .curve{fill:none;stroke-width:1.8;stroke-linejoin:round}.point{stroke:var(--card);stroke-width:1.5}
            line.marker{stroke:var(--soft);stroke-dasharray:4 4}
            """;

    private final List<Part> parts = new ArrayList<>();

    private record Part(String title, Chart chart) {}

    /** Adds a chart below the others. */
    public ChartFile add(String title, Chart chart) {
        parts.add(new Part(title, chart));
        return this;
    }

    /**
     * The drawing as the text of an SVG file.
     *
     * @param title what it shows
     * @param caption what stands below it; it is broken into lines
     */
    public String svg(String title, String caption) {
        List<String> lines = lines(caption);
        int height = TITLE;
        for (Part part : parts) {
            height += TITLE + part.chart().fullHeight(WIDTH - SIDE);
        }
        int captionTop = height + LINE;
        height = captionTop + LINE * lines.size() + SIDE;
        SvgText out = new SvgText();
        out.raw("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .attribute("width", WIDTH)
                .attribute("height", height);
        out.attribute("viewBox", "0 0 " + WIDTH + " " + height).raw(" role=\"img\">\n<title>");
        out.text(title)
                .raw("</title>\n<desc>")
                .text(caption)
                .raw("</desc>\n<style>\n")
                .raw(STYLE);
        for (int i = 0; i < 8; i++) {
            out.raw(".curve.c" + i + "{stroke:var(--c" + i + ");stroke-dasharray:" + dash(i) + "}");
            out.raw(".point.c" + i + ",.bar.c" + i + "{fill:var(--c" + i + ")}\n");
        }
        out.raw("</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"></rect>\n");
        heading(out, title, TITLE - 10);
        int top = TITLE;
        for (Part part : parts) {
            heading(out, part.title(), top + TITLE - 12);
            part.chart().draw(out, 0, top + TITLE, WIDTH - SIDE);
            top += TITLE + part.chart().fullHeight(WIDTH - SIDE);
        }
        for (int i = 0; i < lines.size(); i++) {
            out.raw("<text class=\"caption\"").attribute("x", SIDE).attribute("y", captionTop + LINE * i);
            out.raw(">").text(lines.get(i)).raw("</text>\n");
        }
        return out.raw("</svg>\n").toString();
    }

    /** Lines differ in their strokes as well, for those who print without colour. */
    private static String dash(int role) {
        return switch (role) {
            case 1, 5 -> "7 3";
            case 2, 6 -> "2 3";
            case 3, 7 -> "9 3 2 3";
            default -> "none";
        };
    }

    private static void heading(SvgText out, String text, int y) {
        out.raw("<text class=\"head\"").attribute("x", SIDE).attribute("y", y).raw(">");
        out.text(text).raw("</text>\n");
    }

    private static List<String> lines(String text) {
        int letters = (int) ((WIDTH - 2 * SIDE) / LETTER);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > letters) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }
}
