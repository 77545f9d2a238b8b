package dev.wattline.report.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.testing.Chromium;
import dev.wattline.testing.ChromiumPage;
import dev.wattline.testing.ChromiumPage.Paper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report under the hands of a reader: with the keyboard, on paper, and with a long log. */
class ReportUseIT {
    private static final int A4_TEXT_PIXELS = 688; // 210 mm less two margins of 14 mm
    private static final String READOUT = "document.querySelector('.readout').textContent";
    private static final String PICTURE = "document.querySelector('[data-plot=trace] canvas').toDataURL()";

    // The browser's helpers may still write to their profile while they end.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private Chromium chromium;

    @BeforeEach
    void find() {
        chromium = Chromium.orSkip(folder);
    }

    @Test
    void theTraceIsReachedZoomedAndReadByKeysAlone() throws IOException, InterruptedException {
        try (ChromiumPage page = chromium.open(address(SampleReports.full("s", "NVIDIA H100")), 1200, 900)) {
            int tabs = 0;
            while (!page.text("document.activeElement.dataset.plot").equals("trace")) {
                page.press("Tab");
                assertThat(++tabs).as("tabs to the trace").isLessThan(40);
            }
            assertThat(page.text("getComputedStyle(document.activeElement).outlineStyle"))
                    .as("the focus is to be seen")
                    .isNotEqualTo("none");

            page.press("Home");
            assertThat(page.text(READOUT)).contains("10:00:00", "idle", "Analyzer, at the wall");
            page.press("ArrowRight");
            assertThat(page.text(READOUT)).contains("10:00:01");
            page.press("ArrowLeft");
            assertThat(page.text(READOUT)).contains("10:00:00");
            page.press("End");
            assertThat(page.text(READOUT)).contains("10:01:59");

            page.press("0");
            String whole = page.text(PICTURE);
            page.press("w");
            String window = page.text(PICTURE);
            page.press("+");
            String zoomed = page.text(PICTURE);
            page.press("0");
            assertThat(window.equals(whole)).as("the window is shown").isFalse();
            assertThat(zoomed.equals(window)).as("zoomed in").isFalse();
            assertThat(page.text(PICTURE).equals(whole)).as("everything again").isTrue();
        }
    }

    @Test
    void everyControlCanBeReachedAndShowsItsFocus() throws IOException, InterruptedException {
        try (ChromiumPage page = chromium.open(address(SampleReports.full("s", "NVIDIA H100")), 1200, 900)) {
            page.press("Tab");
            int controls = Integer.parseInt(page.text(
                    "[...document.querySelectorAll('a[href],button,summary,[tabindex]')].filter(e => e.tabIndex >= 0"
                            + " && e.checkVisibility()).length"));
            assertThat(controls).isGreaterThan(30);
            for (int i = 0; i < controls; i++) {
                String focused = page.text("document.activeElement.outerHTML.slice(0, 120)");
                assertThat(page.text("getComputedStyle(document.activeElement).outlineStyle"))
                        .as(focused)
                        .isNotEqualTo("none");
                page.press("Tab");
            }
        }
    }

    @Test
    void onPaperTheMainTablesAreThereNothingIsCutAndSixSheetsAreEnough() throws IOException, InterruptedException {
        try (ChromiumPage page = chromium.open(address(SampleReports.full("s", "NVIDIA H100")), 1200, 900)) {
            page.paper(A4_TEXT_PIXELS);

            assertThat(page.text("document.querySelectorAll('main details:first-of-type:not([open])').length"))
                    .as("first tables of sections that stay closed")
                    .isEqualTo("0");
            assertThat(page.text("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as("pixels beside the paper")
                    .isEqualTo("0");
            assertThat(page.text("[...document.querySelectorAll('h1,h2,figure,table,.tile,p,li')]"
                            + ".filter(e => e.checkVisibility() && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)"
                            + ".map(e => e.outerHTML.slice(0, 90)).join(' | ')"))
                    .as("what sticks out of the paper")
                    .isEmpty();
            assertThat(page.text("[...document.querySelectorAll('main *')].filter(e => e.checkVisibility()"
                            + " && getComputedStyle(e).overflowX !== 'visible' && e.scrollWidth > e.clientWidth + 1)"
                            + ".map(e => e.outerHTML.slice(0, 90)).join(' | ')"))
                    .as("what is cut")
                    .isEmpty();
            assertThat(page.text("document.documentElement.dataset.theme")).isEqualTo("light");
            assertThat(page.text("document.getElementById('headline').checkVisibility()"))
                    .isEqualTo("true");

            assertThat(page.sheets(Paper.A4)).isBetween(2L, 6L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 700, 1200})
    void onAnyScreenTheChartsAreReadAndNothingSticksOut(int pixels) throws IOException, InterruptedException {
        try (ChromiumPage page = chromium.open(address(SampleReports.full("s", "NVIDIA H100")), 1200, 900)) {
            page.width(pixels);

            assertThat(page.text("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                    .as("pixels beside the screen")
                    .isEqualTo("0");
            double smallest = Double.parseDouble(
                    page.text(
                            "Math.min(...[...document.querySelectorAll('figure svg text')]"
                                    + ".map(e => parseFloat(getComputedStyle(e).fontSize) * Math.hypot(e.getScreenCTM().a, e.getScreenCTM().b)))"));
            assertThat(smallest).as("pixels of the smallest letters").isGreaterThan(8);
            assertThat(page.text("[...document.querySelectorAll('svg.chart')].filter(chart => {"
                            + " const name = chart.querySelector('text.axis[transform]').getBoundingClientRect();"
                            + " return [...chart.querySelectorAll('text.tick')].some(e => e.getBoundingClientRect().left"
                            + " < name.right - 1 && e.getBoundingClientRect().top < name.bottom); })"
                            + ".map(e => e.getAttribute('aria-label')).join(' | ')"))
                    .as("numbers on the name of their axis")
                    .isEmpty();
        }
    }

    private static double elements(ChromiumPage page) {
        return Double.parseDouble(page.text("document.getElementsByTagName('*').length"));
    }

    /** A day of four GPUs at one value a second each: a browser has no more to open than of a short session. */
    @Test
    void aDayOpensLikeMinutes() throws IOException, InterruptedException {
        double ofMinutes;
        try (ChromiumPage page = chromium.open(address(SampleReports.full("s", "NVIDIA H100")), 1200, 900)) {
            ofMinutes = elements(page);
        }
        int day = 24 * 3600;
        String address = address(SampleReports.full("s", "NVIDIA H100", day));

        try (ChromiumPage page = chromium.open(address, 1200, 900)) {
            assertThat(Files.size(folder.resolve("report.html"))).isLessThan(1_000_000);
            assertThat(elements(page)).isLessThan(1.5 * ofMinutes);
            page.text("document.querySelector('[data-plot=trace]').focus()");
            page.press("End");
            assertThat(page.text(READOUT)).contains("09:59:59");
        }
    }

    private String address(ReportInput input) {
        Path file = folder.resolve("report.html");
        SessionPage.write(file, input);
        return file.toUri().toString();
    }
}
