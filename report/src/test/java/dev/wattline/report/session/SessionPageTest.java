package dev.wattline.report.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPageTest {
    private static final Pattern ADDRESS = Pattern.compile("(?i)(https?:|ftp:|wss?:|//[a-z0-9-]+\\.[a-z])");
    private static final Pattern LOADED = Pattern.compile("(?i)(src=|@import|url\\(|<link[^>]+href=\"(?!data:))");

    @TempDir
    private Path folder;

    @Test
    void theHeadlineSaysHowFarNvidiaSmiIsOffHowSureAndWhy() {
        String html = SessionPage.render(SampleReports.full("2026-03-01_10-00-00", "NVIDIA H100"));

        assertThat(text(html, "<h1 id=\"headline\">", "</h1>")).isEqualTo("nvidia-smi reads 4.82 % low");
        assertThat(html)
                .contains("95 % interval: 5.41 % low to 4.23 % low")
                .contains("Because most of the difference is the gain of the cards (-3.5 %).");
    }

    @Test
    void tilesHoldPowerEnergyMetricAndVerdict() {
        String html = SessionPage.render(SampleReports.full("s", "NVIDIA H100"));

        assertThat(tile(html, "Average power")).contains("1543.2", "1540.2 to 1546.2 W");
        assertThat(tile(html, "Energy")).contains("123.46", "kJ");
        assertThat(tile(html, "Power metric")).contains("1501.2", "official, Offline", "1498.5 to 1504.0 W");
        assertThat(tile(html, "Verdict")).contains("SUSPECT", "1 audit warning", "v5.1");
        assertThat(tile(html, "GPU energy")).contains("85.22", "kJ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1543.2", // wall mean of a phase
                "612.3", // of another
                "532.6", // a GPU's estimate
                "506.9", // its reading
                "6.9 %", // gain in the budget
                "1.123", // slope
                "0.876", // correlation
                "101.20", // worst period
                "± 2 %", // repetitions
                "[N/A]", // cells without a number
                "100.52 ms|100.520", // detected period
                "run_1/spl.txt", // provenance
                "a gap of 3 s", // audit
                "the session name differs|Check session name"
            })
    void tablesHoldTheNumbers(String alternatives) {
        String html = SessionPage.render(SampleReports.full("s", "NVIDIA H100"));
        String tables = String.join("\n", between(html, "<table", "</table>"));

        assertThat(List.of(alternatives.split("\\|")))
                .anySatisfy(number -> assertThat(unescaped(html + tables)).contains(number));
    }

    @Test
    void everyNumberLeadsToItsProvenance() {
        String html = SessionPage.render(SampleReports.full("s", "NVIDIA H100"));

        Matcher links = Pattern.compile("href=\"#(src-[a-z]+)\"").matcher(html);
        assertThat(links.results().map(link -> link.group(1)).distinct().toList())
                .hasSizeGreaterThan(12)
                .allSatisfy(anchor -> assertThat(html).contains("id=\"" + anchor + "\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</script><img src=x onerror=alert(1)>",
                "\" onmouseover=\"alert(1)",
                "<!-- --><svg onload=alert(1)>",
                "'; alert(1); //"
            })
    void hostileNamesAreShownAsText(String hostile) {
        String plain = SessionPage.render(SampleReports.full("name", "card"));
        String html = SessionPage.render(SampleReports.full(hostile, hostile));

        assertThat(count(html, "<script")).isEqualTo(count(plain, "<script"));
        assertThat(count(html, "</script")).isEqualTo(count(plain, "</script"));
        assertThat(count(html, "<img")).isZero();
        assertThat(count(html, "<svg")).isEqualTo(count(plain, "<svg"));
        assertThat(Pattern.compile("<[a-z][^<>]*\\son[a-z]+=").matcher(html).results())
                .isEmpty();
        assertThat(html).contains("<p class=\"session\">" + escaped(hostile) + "</p>");
    }

    @Test
    void nothingPointsOutsideOfTheFile() {
        for (ReportInput input : List.of(SampleReports.full("s", "H100"), SampleReports.analyzerOnly())) {
            String html = SessionPage.render(input);

            assertThat(ADDRESS.matcher(html).results().map(found -> around(html, found.start())))
                    .isEmpty();
            assertThat(LOADED.matcher(html).results().map(found -> around(html, found.start())))
                    .isEmpty();
            assertThat(html).contains("default-src 'none'");
        }
    }

    @Test
    void aSessionWithoutTelemetryShowsTheAnalyzersPartAndSaysWhatIsMissing() {
        String html = unescaped(SessionPage.render(SampleReports.analyzerOnly()));

        assertThat(text(html, "<h1 id=\"headline\">", "</h1>")).isEqualTo("1543.2 W on average over 80.0 s");
        assertThat(html)
                .contains("No telemetry", "wattline run … --telemetry nvidia-smi", "What this report cannot say")
                .contains("1543.2")
                .doesNotContain("id=\"error\"", "id=\"correlation\"");
        assertThat(tile(html, "Verdict")).contains("FAIL", "1 of 2");
    }

    @Test
    void theVerdictStandsBesideEachFigureThatItTouches() {
        String html = SessionPage.render(SampleReports.full("s", "NVIDIA H100"));

        for (String label : List.of("Average power", "Energy", "Power metric", "GPU energy")) {
            assertThat(html).contains("<dt>" + label + " <b class=\"badge suspect\">suspect</b></dt>");
        }
        assertThat(html).contains("<p class=\"verdict\"><b class=\"badge suspect\">suspect</b>");
    }

    @Test
    void whatMakesASessionSuspectStandsAboveTheFiguresAndOpenInItsTable() {
        String html = SessionPage.render(SampleReports.full("s", "NVIDIA H100"));

        assertThat(text(html, "Before you trust a figure", "</ul>")).contains("sample-gap", "a gap of 3 s");
        assertThat(between(html, "<details open", "</details>"))
                .anySatisfy(table ->
                        assertThat(table).contains("What our own audit found", "sample-gap", "run_1/spl.txt:17"));
    }

    @Test
    void sourcesThatMlCommonsDoesNotKnowTouchNoFigure() {
        String html = SessionPage.render(SampleReports.onlySourcesUnknown());

        assertThat(tile(html, "Verdict")).contains("SUSPECT", "only source hashes differ");
        assertThat(html).contains("<dt>Average power</dt>", "<dt>Power metric</dt>");
    }

    /** As in a session whose LoadGen window is an hour away. */
    @ParameterizedTest
    @ValueSource(strings = {"detected", "loadgen"})
    void noFigureStandsWhereTheLogsDoNotCoverTheWindow(String windowSource) {
        String html = SessionPage.render(SampleReports.withWindow(
                windowSource, SampleReports.BEGIN.plusSeconds(3600), SampleReports.BEGIN.plusSeconds(3680)));

        assertThat(text(html, "<h1 id=\"headline\">", "</h1>"))
                .isEqualTo("No figure: the logs do not cover LoadGen's power window");
        for (String label : List.of("Average power", "Energy", "Power metric", "GPU energy")) {
            assertThat(between(html, "<dt>" + label, "</div>").get(0)).contains(">–</span>");
        }
        assertThat(html).doesNotContain("nvidia-smi reads", "1501.3 ");
    }

    @Test
    void aMetricOfThousandsOfMillijoulesStandsInJoules() {
        String html = SessionPage.render(SampleReports.withMetric(25_431.7, "mJ/query"));

        assertThat(tile(html, "Power metric"))
                .contains(">25.43</span>", "J/query")
                .doesNotContain("mJ");
    }

    @Test
    void whereThereIsNoFigureTheReasonStands() {
        String html = SessionPage.render(SampleReports.withoutError("a GPU&apos;s reading <stuck>"));

        assertThat(html)
                .contains("How far nvidia-smi is off cannot be said", "&lt;stuck&gt;")
                .doesNotContain("nvidia-smi reads");
        assertThat(tile(html, "GPU energy")).contains("–");
        assertThat(html).doesNotContain(">NaN", "NaN %", "± –");
    }

    @Test
    void twoHoursOfALogStayBelowAMegabyte() throws IOException {
        Path file = folder.resolve("sub/report.html");

        SessionPage.write(file, SampleReports.full("s", "H100", 7200));

        assertThat(Files.size(file)).isLessThan(500_000);
        assertThat(folder.resolve("sub"))
                .isDirectoryContaining("glob:**report.html")
                .isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFolderInTheWayIsNamed() throws IOException {
        Path blocked = Files.writeString(folder.resolve("file"), "").resolve("report.html");

        assertThatExceptionOfType(ReportException.class)
                .isThrownBy(() -> SessionPage.write(blocked, SampleReports.analyzerOnly()))
                .withMessageContaining(blocked.toString());
    }

    private static String tile(String html, String label) {
        return between(html, "<dt>" + label, "</div>").get(0);
    }

    private static String text(String html, String from, String to) {
        return between(html, from, to).get(0);
    }

    private static List<String> between(String html, String from, String to) {
        Pattern pattern = Pattern.compile(Pattern.quote(from) + "(.*?)" + Pattern.quote(to), Pattern.DOTALL);
        return pattern.matcher(html).results().map(match -> match.group(1)).toList();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String unescaped(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }

    private static int count(String html, String part) {
        return html.split(Pattern.quote(part), -1).length - 1;
    }

    private static String around(String html, int at) {
        byte[] near = html.substring(Math.max(0, at - 40), Math.min(html.length(), at + 60))
                .getBytes(StandardCharsets.UTF_8);
        return new String(near, StandardCharsets.UTF_8);
    }
}
