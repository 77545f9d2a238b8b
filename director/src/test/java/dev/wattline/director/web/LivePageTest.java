package dev.wattline.director.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.director.config.PageSettings;
import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.live.LiveLab;
import dev.wattline.director.live.LiveState.Ended;
import dev.wattline.director.live.LiveState.Sample;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.Phase;
import dev.wattline.model.WattlineException;
import dev.wattline.model.finding.Finding;
import dev.wattline.testing.TestDeadlines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LivePageTest {
    private static final Instant AT = Instant.parse("2026-11-28T09:00:00Z");
    private static final int READ_MILLIS = TestDeadlines.millis(60);

    private final ManualTimeSource time = new ManualTimeSource(AT.plusSeconds(52));
    private final LiveFeed feed = new LiveFeed();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private static Path results;

    private LivePage page = start(Optional.empty(), List.of());

    private LivePage start(Optional<String> token, List<String> names) {
        return LivePage.start(
                new PageSettings(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), token, names),
                feed,
                results,
                time);
    }

    private void restart(String token, List<String> names) {
        page.close();
        page = start(Optional.of(token), names);
    }

    @AfterEach
    void close() {
        page.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + page.address().port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), page.address().port());
        socket.setSoTimeout(READ_MILLIS);
        return socket;
    }

    /** All that comes until the connection is closed, or the first line only. */
    private static String ask(Socket socket, String request, boolean whole) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null; line = whole ? in.readLine() : null) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static Sample sample(int seconds, Phase phase, double... watts) {
        List<Double> each = new ArrayList<>();
        double sum = 0;
        for (double one : watts) {
            each.add(one);
            sum += one;
        }
        return new Sample(AT.plusSeconds(seconds), phase, seconds, sum, each);
    }

    private void measure() {
        feed.began("2026-11-28_09-00-00_r1", "192.0.2.7:40000", AT);
        feed.state("ranging", Optional.of(Phase.RANGING), AT.plusSeconds(10));
        feed.sampled(sample(11, Phase.RANGING, 100, 50));
        feed.state("ranging done", Optional.empty(), AT.plusSeconds(40));
        feed.state("testing", Optional.of(Phase.TESTING), AT.plusSeconds(50));
    }

    @Test
    void theStateTellsSessionPhaseSamplesAndWhatIsWrong() throws Exception {
        measure();
        feed.sampled(sample(51, Phase.TESTING, 120.5, 60));
        feed.found(Finding.warning("sample-gap", "testing: analyzer 1: no sample for 3 s")
                .when(AT.plusSeconds(60)));

        JsonNode state = new JsonMapper().readTree(get("/api/v1/state").body());

        assertThat(state.path("schema").asString()).isEqualTo("wattline-live-1");
        JsonNode session = state.path("session");
        assertThat(session.path("id").asString()).isEqualTo("2026-11-28_09-00-00_r1");
        assertThat(session.path("phase").asString()).isEqualTo("testing");
        assertThat(session.path("expectedSeconds").asDouble()).isEqualTo(30);
        assertThat(session.path("findings").get(0).path("id").asString()).isEqualTo("sample-gap");
        assertThat(session.path("findings").get(0).path("remedy").asString()).isNotEmpty();
        assertThat(state.path("sample").path("watts").asDouble()).isEqualTo(180.5);
        assertThat(state.path("sample").path("analyzers").get(1).asDouble()).isEqualTo(60);
        assertThat(state.path("samples").size()).isEqualTo(2);

        feed.ended("failed", "the runner is gone", AT.plusSeconds(90));
        JsonNode after = new JsonMapper().readTree(get("/api/v1/state").body());
        assertThat(after.has("session")).isFalse();
        assertThat(after.has("sample")).isFalse();
        assertThat(after.path("ended").get(0).path("outcome").asString()).isEqualTo("failed");
        assertThat(after.path("ended").get(0).path("cause").asString()).isEqualTo("the runner is gone");
        assertThat(after.path("ended").get(0).path("findings").asInt()).isEqualTo(1);
    }

    @Test
    void withoutAMeasurementTheMetricsHoldNoPower() throws Exception {
        assertThat(get("/metrics").body())
                .contains("wattline_session_open 0\n", "wattline_measuring 0\n")
                .doesNotContain("wattline_power_watts");
        measure();
        assertThat(get("/metrics").body())
                .as("the last sample is of the phase before")
                .contains("wattline_session_open 1\n", "wattline_measuring 1\n")
                .doesNotContain("wattline_power_watts");
        feed.sampled(sample(51, Phase.TESTING, 120.5, 60));
        assertThat(get("/metrics").body())
                .contains(
                        "wattline_power_watts{analyzer=\"1\"} 120.5\n",
                        "wattline_power_watts{analyzer=\"2\"} 60\n",
                        "wattline_phase_samples{phase=\"testing\"} 51\n")
                .doesNotContain("2026-11-28_09-00-00_r1");
        feed.ended("done", null, AT.plusSeconds(90));
        assertThat(get("/metrics").body()).doesNotContain("wattline_power_watts");
    }

    @Test
    void anOldSampleIsNotToldAsThePowerOfNow() throws Exception {
        measure();
        feed.sampled(sample(51, Phase.TESTING, 120.5));
        assertThat(get("/metrics").body()).contains("wattline_power_watts{analyzer=\"1\"} 120.5\n");

        time.advance(Duration.ofSeconds(5)); // the analyzer is silent

        assertThat(get("/metrics").body())
                .contains("wattline_measuring 1\n")
                .doesNotContain("wattline_power_watts", "wattline_phase_samples");
        assertThat(new JsonMapper().readTree(get("/api/v1/state").body()).has("sample"))
                .isFalse();
        assertThat(get("/").body()).contains("is open, testing").doesNotContain("120.5");
    }

    /** The page is closed before the session that is open is ended. */
    @Test
    void aSessionGoesOnWhenThePageIsClosed() throws Exception {
        measure();
        try (Socket viewer = connect()) {
            viewer.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            until(new BufferedReader(new InputStreamReader(viewer.getInputStream(), StandardCharsets.UTF_8)), "data: ");
            page.close();

            feed.sampled(sample(51, Phase.TESTING, 120.5));
            feed.ended("done", null, AT.plusSeconds(90));
        }
        assertThat(feed.now().ended().get(0).outcome()).isEqualTo("done");
    }

    @Test
    void aViewerGetsTheWholeStateAndThenWhatChanges() throws Exception {
        measure();
        try (Socket viewer = connect()) {
            viewer.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(viewer.getInputStream(), StandardCharsets.UTF_8));
            assertThat(until(in, "data: ")).contains("2026-11-28_09-00-00_r1", "\"phase\":\"testing\"");

            feed.sampled(sample(51, Phase.TESTING, 120.5));
            assertThat(until(in, "data: ")).contains("\"watts\":120.5");

            feed.ended("done", null, AT.plusSeconds(90));
            assertThat(until(in, "data: ")).contains("\"outcome\":\"done\"");
        }
    }

    private static String until(BufferedReader in, String start) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new IOException("the stream ended before a line that starts with " + start);
    }

    @Test
    void aBrowserWithoutScriptsSeesASnapshotAndNoTextIsTakenForMarkup() throws Exception {
        measure();
        feed.found(Finding.warning("sample-gap", "<script>alert(1)</script>").when(AT));

        HttpResponse<String> html = get("/");

        assertThat(html.body())
                .contains("session 2026-11-28_09-00-00_r1 is open, testing", "&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(html.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(html.body().length()).isLessThan(150_000);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "LOCALHOST:4952, 200",
        "127.0.0.1:4952, 200",
        "[::1]:4952, 200",
        "192.0.2.4, 200",
        "director.lab, 200",
        "rebound.example, 421",
        "localhost.example:80, 421",
        "'', 421"
    })
    void onlyKnownNamesAreAnswered(String host, int status) throws IOException {
        page.close();
        page = start(Optional.empty(), List.of("director.lab"));
        try (Socket socket = connect()) {
            assertThat(ask(socket, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", false))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST / HTTP/1.1#Host: localhost##|405",
                "DELETE /api/v1/state HTTP/1.1#Host: localhost##|405",
                "GET / HTTP/1.1#Host: localhost#Content-Length: 5##hello|400",
                "GET / HTTP/1.1#Host: localhost#Transfer-Encoding: chunked##0##|400",
                "GET / HTTP/1.1##|421",
                "NONSENSE##|400",
                "GET /{long} HTTP/1.1#Host: localhost##|400",
                "GET / HTTP/1.1#Host: localhost#X: {long}{long}##|400"
            })
    void whatIsNoPlainRequestIsRefusedAndHungUpOn(String request, int status) throws IOException {
        try (Socket socket = connect()) {
            String bytes = request.replace("#", "\r\n").replace("{long}", "x".repeat(5000));

            assertThat(ask(socket, bytes, true))
                    .startsWith("HTTP/1.1 " + status + " "); // and then the end of the stream
        }
    }

    @Test
    void aHeadRequestHasTheLengthAndNoBody() throws IOException {
        try (Socket socket = connect()) {
            String answer = ask(socket, "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", true);

            assertThat(answer.toLowerCase(Locale.ROOT))
                    .contains("content-length: 3")
                    .endsWith("\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/events", "/api/v1/state", "/metrics", "/app.js"})
    void withATokenNothingIsShownToAStranger(String path) throws Exception {
        restart("s3cret", List.of());
        measure();

        for (HttpResponse<String> refused : List.of(
                get(path), get(path, "Authorization", "Bearer wrong"), get(path, "Cookie", "wattline-page=s3cret"))) {
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body()).doesNotContain("2026-11-28", "s3cret");
        }
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        if (!path.equals("/events")) {
            assertThat(get(path, "Authorization", "Bearer s3cret").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theTokenInTheAddressIsExchangedForACookie() throws Exception {
        restart("s3cret", List.of());

        HttpResponse<String> first = get("/?t=s3cret");

        assertThat(first.statusCode()).isEqualTo(303);
        String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .containsIgnoringCase("; HttpOnly")
                .contains("SameSite=Strict")
                .doesNotContain("s3cret");
        assertThat(get("/", "Cookie", cookie.substring(0, cookie.indexOf(';'))).statusCode())
                .isEqualTo(200);
        assertThat(get("/?t=wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void sessionsOfAnEarlierDirectorFollowItsOwnAndLinkToTheirReports() throws Exception {
        String reported = "2026-11-27_22-00-00_night";
        Path report = results.resolve(reported).resolve("analysis/report.html");
        Files.createDirectories(report.getParent());
        Files.writeString(report, "<p>a report</p>");
        feed.endedBefore(List.of(new Ended(
                reported, AT.minusSeconds(40_000), AT.minusSeconds(39_000), "done", "", OptionalInt.empty())));
        measure();
        feed.ended("done", null, AT.plusSeconds(90));

        JsonNode ended = new JsonMapper().readTree(get("/api/v1/state").body()).path("ended");

        assertThat(ended.size()).isEqualTo(2);
        assertThat(ended.get(0).path("id").asString()).isEqualTo("2026-11-28_09-00-00_r1");
        assertThat(ended.get(0).has("report")).isFalse();
        assertThat(ended.get(1).has("findings")).isFalse();
        HttpResponse<String> page = get("/" + ended.get(1).path("report").asString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("<p>a report</p>");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("sandbox allow-scripts;");
    }

    @Test
    void aLabsMachinesAndJobsAreToldWhereThereIsALab() throws Exception {
        assertThat(new JsonMapper().readTree(get("/api/v1/state").body()).has("lab"))
                .isFalse();
        feed.lab(new LiveLab(
                List.of(new LiveLab.Sut("rig", "not-ready", "docker is not running")),
                List.of(new LiveLab.Job("j-1", "rig", "bert", "official", "ops", "queued", "rig is not ready")),
                3,
                Optional.of("failures"),
                Optional.empty()));

        JsonNode lab = new JsonMapper().readTree(get("/api/v1/state").body()).path("lab");

        assertThat(lab.path("suts").get(0).path("why").asString()).isEqualTo("docker is not running");
        assertThat(lab.path("jobs").get(0).path("waitsFor").asString()).isEqualTo("rig is not ready");
        assertThat(lab.path("more").asInt()).isEqualTo(3);
        assertThat(lab.path("paused").asString()).isEqualTo("failures");
        assertThat(lab.has("reserved")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sessions/2026-11-27_22-00-00_none/report.html",
                "/sessions/../report.html",
                "/sessions/%2e%2e/report.html",
                "/sessions/2026-11-27_22-00-00_linked/report.html",
                "/sessions/2026-11-27_22-00-00_linkedfile/report.html",
                "/sessions/2026-11-27_22-00-00_linkedfile/../report.html"
            })
    void onlyReportsOfSessionsAreShown(String path) throws Exception {
        Path outside = Files.createDirectories(results.resolve("outside/analysis"));
        Files.writeString(outside.resolve("report.html"), "secret");
        Path linkedFile = Files.createDirectories(results.resolve("2026-11-27_22-00-00_linkedfile/analysis"));
        for (Path link : List.of(results.resolve("2026-11-27_22-00-00_linked"), linkedFile.resolve("report.html"))) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, link.endsWith("report.html") ? outside.resolve("report.html") : outside);
        }
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void oneAddressHasNoMoreThanEightConnections() throws Exception {
        InetAddress one = InetAddress.getByName("192.0.2.1");
        InetAddress other = InetAddress.getByName("192.0.2.2");
        InetAddress here = InetAddress.getLoopbackAddress();

        assertThat(LivePage.hasRoom(Collections.nCopies(7, one), one)).isTrue();
        assertThat(LivePage.hasRoom(Collections.nCopies(8, one), one)).isFalse();
        assertThat(LivePage.hasRoom(Collections.nCopies(8, one), other)).isTrue();
        assertThat(LivePage.hasRoom(Collections.nCopies(31, here), here)).isTrue();
        assertThat(LivePage.hasRoom(Collections.nCopies(32, here), other)).isFalse();
    }

    @Test
    void noMoreThan32ConnectionsAreServed() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                open.add(connect());
                assertThat(ask(open.get(i), "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", false))
                        .startsWith("HTTP/1.1 200 ");
            }
            try (Socket more = connect()) {
                assertThat(more.getInputStream().read()).isEqualTo(-1);
            }
            open.remove(0).close();
            await().atMost(TestDeadlines.seconds(30)).untilAsserted(() -> {
                try (Socket again = connect()) {
                    assertThat(ask(again, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", false))
                            .startsWith("HTTP/1.1 200 ");
                }
            });
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** The one that reads nothing is cut off, and no one else notices. */
    @Test
    void aViewerThatDoesNotReadIsCutOff() throws Exception {
        try (Socket slow = new Socket();
                Socket reader = connect()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), page.address().port()));
            slow.setSoTimeout(READ_MILLIS);
            byte[] request = "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            slow.getOutputStream().write(request);
            reader.getOutputStream().write(request);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(reader.getInputStream(), StandardCharsets.UTF_8));
            until(in, "data: ");

            // A round trip of the reader's paces this: what is told reaches it although the other one takes nothing.
            double watts = 0;
            Finding large = Finding.warning("sample-gap", "x".repeat(20_000)).when(AT);
            feed.began("s", "c", AT);
            for (int i = 0; i < 20; i++) {
                feed.found(large);
            }
            for (int i = 0; i < 200; i++) {
                watts = 100 + i;
                feed.state("testing", Optional.of(Phase.TESTING), AT.plusSeconds(i));
                feed.sampled(sample(i, Phase.TESTING, watts));
                String line = until(in, "data: ");
                while (!line.contains("\"watts\":" + watts)) {
                    line = until(in, "data: ");
                }
            }
            assertThat(readToTheEnd(slow)).isLessThan(100L * 20 * 20_000);
        }
    }

    /** How many bytes come until the connection is closed; a reset is an end, too. */
    private static long readToTheEnd(Socket socket) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        try {
            for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                bytes += read;
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
        return bytes;
    }

    @Test
    void anAddressThatIsTakenIsAnErrorWithARemedy() {
        PageSettings taken = new PageSettings(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), page.address().port()),
                Optional.empty(),
                Optional.empty(),
                List.of());

        assertThatThrownBy(() -> LivePage.start(taken, feed, results, time))
                .isInstanceOfSatisfying(
                        WattlineException.class, e -> assertThat(e.remedy()).isPresent())
                .hasMessageContaining("127.0.0.1:" + page.address().port());
    }

    @Test
    void noMoreThanTenMinutesOfSamplesAreKept() {
        feed.began("s", "c", AT);
        for (int i = 0; i < 700; i++) {
            feed.sampled(sample(i, Phase.RANGING, i));
        }

        assertThat(feed.now().samples()).hasSize(600);
        assertThat(feed.now().samples().get(0).watts()).isEqualTo(100);
        assertThat(Duration.between(
                        feed.now().samples().get(0).at(),
                        feed.now().samples().get(599).at()))
                .isEqualTo(Duration.ofSeconds(599));
    }
}
