package dev.wattline.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

class ChartTest {
    private static Chart chart() {
        return new Chart(Axis.linear("time [s]", 0, 10), Axis.linear("level", 0, 100)).height(200);
    }

    private static List<Layer.Point> points(double... values) {
        List<Layer.Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i += 2) {
            points.add(new Layer.Point(values[i], values[i + 1]));
        }
        return points;
    }

    private static String path(Layer layer) throws Exception {
        return ((Element) parse(chart().add(layer).svg("t"))
                        .getElementsByTagName("path")
                        .item(0))
                .getAttribute("d");
    }

    @Test
    void aLineGoesThroughItsPointsAndBreaksWhereThereIsNone() throws Exception {
        assertThat(path(new Layer.Line("a", "first", points(0, 0, 5, 100, 6, Double.NaN, 7, 50, 10, 25))))
                .isEqualTo("M0 200L500 0M700 100L1000 150");
    }

    @Test
    void aStepHoldsEachValueUntilTheNext() throws Exception {
        assertThat(path(new Layer.Step("a", "first", points(0, 0, 5, 100, 7, Double.NaN, 8, 50, 10, 50))))
                .isEqualTo("M0 200L500 200L500 0L700 0M800 100L1000 100L1000 100");
    }

    @Test
    void aBandIsClosedAndStrokesStandOnZero() throws Exception {
        assertThat(path(new Layer.Band("a", "first", List.of(new Layer.Span(0, 25, 50), new Layer.Span(10, 50, 100)))))
                .isEqualTo("M0 100L1000 0L1000 100L0 150Z");
        assertThat(path(new Layer.Strokes("a", "first", points(2, 100)))).isEqualTo("M200 200L200 0");
    }

    @Test
    void shadesDotsAndMarksLieInPercentOfTheWidth() throws Exception {
        Document svg = parse(chart().add(new Layer.Shade(-5, 5, "window"))
                .add(new Layer.Dots("first", List.of(new Layer.Point(5, 50, "five"))))
                .add(new Layer.Mark(7.5, "here"))
                .add(new Layer.Mark(11, "outside"))
                .svg("t"));

        Element shade = (Element) svg.getElementsByTagName("rect").item(0);
        assertThat(shade.getAttribute("x")).isEqualTo("0%");
        assertThat(shade.getAttribute("width")).isEqualTo("50%");
        Element dot = (Element) svg.getElementsByTagName("circle").item(0);
        assertThat(dot.getAttribute("cx")).isEqualTo("50%");
        assertThat(dot.getAttribute("cy")).isEqualTo("100");
        assertThat(dot.getTextContent()).isEqualTo("five");
        assertThat(texts(svg, "marker")).containsExactly("here");
    }

    @Test
    void wordsOfMarksThatStandCloseGetRowsOfTheirOwn() throws Exception {
        Document svg = parse(chart().add(new Layer.Mark(8, "worst"))
                .add(new Layer.Mark(9.5, "poll"))
                .add(new Layer.Mark(1, "far"))
                .svg("t"));

        List<String> heights = elements(svg, "text", "marker").stream()
                .map(text -> text.getAttribute("y"))
                .toList();
        assertThat(heights.get(0)).isNotEqualTo(heights.get(1));
        assertThat(heights.get(2)).isEqualTo(heights.get(0));
    }

    @Test
    void textsAreEscapedAndWhatIsNoTextIsReplaced() throws Exception {
        Document svg = parse(new Chart(Axis.linear("<&\">", 0, 1), Axis.linear("y\u0000", 0, 1))
                .add(new Layer.Mark(0.5, "</svg><script>"))
                .svg("\"><script>\ud800"));

        assertThat(texts(svg, "axis")).containsExactly("<&\">", "y\ufffd");
        assertThat(texts(svg, "marker")).containsExactly("</svg><script>");
        assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo("\"><script>\ufffd");
    }

    @Test
    void barsAndIntervalsShareAScaleThatHoldsZero() throws Exception {
        BarChart bars = new BarChart("error [%]").bar("gain", -5, "-5 %").interval("all", -2, -4, 2, "-2 %");
        Document svg = parse(bars.svg("t"));

        Element bar = (Element) svg.getElementsByTagName("rect").item(0);
        assertThat(bar.getAttribute("x")).isEqualTo("12.5%"); // the scale goes from -6 to 2
        assertThat(bar.getAttribute("width")).isEqualTo("62.5%");
        Element dot = (Element) svg.getElementsByTagName("circle").item(0);
        assertThat(dot.getAttribute("cx")).isEqualTo("50%");
        assertThat(texts(svg, "name")).containsExactly("gain", "all");
        assertThat(texts(svg, "value")).containsExactly("-5 %", "-2 %");
    }

    /** Where a page is 400 pixels wide, a long name and a long value do not fit beside each other. */
    @Test
    void aLongValueStandsBelowItsLongName() throws Exception {
        BarChart bars = new BarChart("W").bar("a name of many letters and digits", 1, "a value of many letters");
        Document svg = parse(bars.bar("short", 2, "2 W").svg("t"));

        NodeList texts = svg.getElementsByTagName("text");
        assertThat(((Element) texts.item(0)).getAttribute("y")).isEqualTo("15");
        assertThat(((Element) texts.item(1)).getAttribute("y")).isEqualTo("32");
        assertThat(((Element) texts.item(2)).getAttribute("y"))
                .isEqualTo(((Element) texts.item(3)).getAttribute("y"))
                .isEqualTo("74");
    }

    @Test
    void theSameInputGivesTheSameTextWithoutNoiseDigits() {
        Chart one = chart().add(new Layer.Line("a", "first", points(1 / 3.0, 200 / 3.0, 2, 0.1 + 0.2)));
        Chart two = chart().add(new Layer.Line("a", "first", points(1 / 3.0, 200 / 3.0, 2, 0.1 + 0.2)));

        assertThat(one.svg("t")).isEqualTo(two.svg("t")).contains("d=\"M33.33 66.67L200 199.4\"");
        assertThat(Pattern.compile("\\d\\.\\d{3}").matcher(one.svg("t")).find()).isFalse();
    }

    private static Document parse(String svg) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document svg, String style) {
        return elements(svg, "text", style).stream()
                .map(Element::getTextContent)
                .toList();
    }

    private static List<Element> elements(Document svg, String tag, String style) {
        NodeList all = svg.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.getAttribute("class").equals(style)) {
                found.add(element);
            }
        }
        return found;
    }

    @Test
    void barsReachFromTheirLowerToTheirUpperEnd() throws Exception {
        Document svg = parse(chart().add(new Layer.Bars("c1", List.of(new Layer.Bar(2, 4, 25, 75, "half"))))
                .svg("t"));
        Element bar = (Element) svg.getElementsByTagName("rect").item(0);

        assertThat(bar.getAttribute("class")).isEqualTo("bar c1");
        assertThat(List.of(bar.getAttribute("x"), bar.getAttribute("width"))).containsExactly("20%", "20%");
        assertThat(List.of(bar.getAttribute("y"), bar.getAttribute("height"))).containsExactly("50", "100");
        assertThat(bar.getTextContent()).isEqualTo("half");
    }

    @Test
    void aBarFromZeroBeginsAtTheEndOfALogarithmicAxis() throws Exception {
        Document svg = parse(new Chart(Axis.names("", List.of("a")), Axis.log("W", 1, 100))
                .height(200)
                .add(new Layer.Bars("c0", List.of(new Layer.Bar(-0.5, 0.5, 0, 10, ""))))
                .svg("t"));
        Element bar = (Element) svg.getElementsByTagName("rect").item(0);

        assertThat(List.of(bar.getAttribute("y"), bar.getAttribute("height"))).containsExactly("100", "100");
    }

    @Test
    void theSecondAxisHasAScaleOfItsOwn() throws Exception {
        Chart chart = chart().second(Axis.linear("minutes", 0, 10))
                .addToSecond(new Layer.Dots("c1", points(5, 5)))
                .add(new Layer.Dots("c0", points(5, 5)));
        NodeList dots = parse(chart.svg("t")).getElementsByTagName("circle");

        assertThat(((Element) dots.item(0)).getAttribute("cy")).isEqualTo("190");
        assertThat(((Element) dots.item(1)).getAttribute("cy")).isEqualTo("100");
    }

    @Test
    void whiskersShowBothEnds() throws Exception {
        NodeList lines = parse(chart().add(new Layer.Whiskers(List.of(new Layer.Span(5, 25, 75)), 1))
                        .svg("t"))
                .getElementsByTagName("line");
        List<String> whiskers = new ArrayList<>();
        for (int i = 0; i < lines.getLength(); i++) {
            Element line = (Element) lines.item(i);
            if (line.getAttribute("class").equals("whisker")) {
                whiskers.add(line.getAttribute("x1") + " " + line.getAttribute("y1") + " " + line.getAttribute("x2")
                        + " " + line.getAttribute("y2"));
            }
        }

        assertThat(whiskers).containsExactly("50% 150 50% 50", "40% 150 60% 150", "40% 50 60% 50");
    }

    @Test
    void anAxisOfNamesNamesEachValue() throws Exception {
        Document svg = parse(new Chart(Axis.names("scale", List.of("Tiny", "Edge")), Axis.linear("W", 0, 1)).svg("t"));
        NodeList texts = svg.getElementsByTagName("text");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            names.add(text.getAttribute("x") + " " + text.getTextContent());
        }

        assertThat(names).contains("25% Tiny", "75% Edge");
    }

    @Test
    void aFileHoldsItsChartsKeysAndCaptionAndIsTheSameEachTime() throws Exception {
        ChartFile file = new ChartFile()
                .add("First", chart().lineKey("curve <a>", "c0").add(new Layer.Line("l", "c0", points(0, 0, 10, 100))))
                .add("Second", chart().barKey("bars", "c1").slanted());
        String text = file.svg("Figure & title", "A caption that says what is shown.");

        assertThat(text).isEqualTo(file.svg("Figure & title", "A caption that says what is shown."));
        Document svg = parse(text);
        assertThat(svg.getDocumentElement()
                        .getElementsByTagName("title")
                        .item(0)
                        .getTextContent())
                .isEqualTo("Figure & title");
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("First", "Second", "curve <a>", "bars", "A caption that says what is shown.");
    }
}
