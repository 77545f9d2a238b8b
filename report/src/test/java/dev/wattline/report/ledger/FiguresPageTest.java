package dev.wattline.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.ledger.figure.FigureContent;
import dev.wattline.ledger.figure.FigureSources;
import dev.wattline.ledger.figure.PaperFigure;
import dev.wattline.ledger.figure.PaperFigures;
import dev.wattline.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class FiguresPageTest {
    private static List<PaperFigure> figures() throws IOException {
        FigureSources sources = FigureSources.read(SharedData.orSkip("ledger/hpca"));
        return PaperFigures.ids().stream()
                .map(id -> PaperFigures.compute(id, sources))
                .toList();
    }

    @Test
    void everyFigureOfThePaperIsDrawnFromItsTables() throws Exception {
        List<PaperFigure> figures = figures();

        assertThat(figures).hasSize(11).allMatch(FiguresPage::drawable);
        for (PaperFigure figure : figures) {
            String svg = FiguresPage.svg(figure);
            assertThat(svg).isEqualTo(FiguresPage.svg(figure)).doesNotContain("NaN", "Infinity");
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void thePageHoldsEveryFigureWithItsFilesAndDifferences() throws IOException {
        String page = FiguresPage.html(
                figures(), Map.of("5a", List.of("figure5a.svg")), List.of("tables"), List.of("a <notice>"), "footer");

        PaperFigures.ids().forEach(id -> assertThat(page).contains("id=\"figure-" + id + "\""));
        assertThat(page)
                .contains("href=\"figure5a.svg\"", "a &lt;notice", "544.602")
                .doesNotContain(">NaN");
    }

    @Test
    void aFigureWithoutValuesIsNotDrawable() {
        PaperFigure figure = new PaperFigure(
                "5a",
                "t",
                "d",
                new PaperFigure.Side(new FigureContent.Trend("1/J", List.of()), "", List.of(), List.of()),
                null,
                null,
                List.of());

        assertThat(FiguresPage.drawable(figure)).isFalse();
    }
}
