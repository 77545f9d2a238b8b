package dev.wattline.director.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.director.Director;
import dev.wattline.director.DirectorHarness;
import dev.wattline.director.EmbeddedPtd;
import dev.wattline.director.RawClient;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.testing.Chromium;
import dev.wattline.testing.ChromiumPage;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page of a director that measures. */
class LivePageSessionIT {
    // The browser's helpers may still write to their profile while they end.
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private static JsonNode state(String root) throws IOException, InterruptedException {
        return new JsonMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(root + "api/v1/state"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Test
    void programsSeeEachPhaseAndTheEnd() throws Exception {
        DirectorConfig config = DirectorHarness.config(
                folder, "web: 127.0.0.1 0\n", DirectorHarness.analyzer(49), DirectorHarness.analyzer(49));
        try (Director director = Director.start(
                        DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            String root = "http://" + director.page().orElseThrow() + "/";
            assertThat(state(root).has("session")).isFalse();
            String id = begin(client);
            for (String phase : new String[] {"ranging", "testing"}) {
                assertThat(client.ask("session," + id + ",start," + phase)).isEqualTo("OK");
                await().atMost(TestDeadlines.seconds(60)).untilAsserted(() -> {
                    JsonNode state = state(root);
                    assertThat(state.path("session").path("phase").asString()).isEqualTo(phase);
                    assertThat(state.path("sample").path("analyzers").size()).isEqualTo(2);
                });
                assertThat(client.ask("session," + id + ",stop," + phase)).isEqualTo("OK");
                assertThat(state(root).path("session").has("phase")).isFalse();
                assertThat(state(root).has("sample")).isFalse();
            }
            assertThat(client.ask("session," + id + ",done")).isEqualTo("OK");
            JsonNode last = state(root).path("ended").get(0);
            assertThat(last.path("id").asString()).isEqualTo(id);
            assertThat(last.path("outcome").asString()).isEqualTo("done");
        }
    }

    @Test
    void aBrowserShowsWattsThatChangeTheEndAndADirectorThatIsGone() throws Exception {
        Chromium chromium = Chromium.orSkip(folder);
        DirectorConfig config = DirectorHarness.config(folder, "web: 127.0.0.1 0\n", DirectorHarness.analyzer(49));
        Director director =
                Director.start(DirectorHarness.environment(config, EmbeddedPtd.fast(folder)), DirectorHarness.NO_CLOCK);
        try (RawClient client = RawClient.greeted(director.address().port());
                ChromiumPage page = chromium.open(
                        "http://" + director.page().orElseThrow() + "/",
                        1000,
                        900,
                        "!!document.querySelector('#link') && document.querySelector('#link').textContent === 'live'")) {
            assertThat(page.text("document.getElementById('phase').textContent"))
                    .isEqualTo("Nothing is being measured");
            String id = begin(client);
            assertThat(client.ask("session," + id + ",start,ranging")).isEqualTo("OK");
            shows(page, "document.getElementById('phase').textContent", "ranging");
            shows(page, "/^[0-9.]+ W$/.test(document.getElementById('watts').textContent)", "true");
            shows(page, "document.querySelectorAll('#chart polyline').length > 0", "true");
            shows(page, "document.title.startsWith('▶ ranging')", "true");
            page.width(360);
            assertThat(page.text("document.documentElement.scrollWidth <= 360")).isEqualTo("true");
            assertThat(client.ask("session," + id + ",stop,ranging")).isEqualTo("OK");
            shows(page, "document.getElementById('watts').textContent", "");
            assertThat(client.ask("session," + id + ",done")).isEqualTo("OK");
            shows(page, "document.querySelector('#ended td').textContent", id);
            director.close();
            shows(page, "document.getElementById('link').className", "lost");
        } finally {
            director.close();
        }
    }

    private static void shows(ChromiumPage page, String expression, String value) {
        await().atMost(TestDeadlines.seconds(60))
                .untilAsserted(() -> assertThat(page.text(expression)).isEqualTo(value));
    }

    private static String begin(RawClient client) throws IOException {
        String reply = client.ask("new,rig," + UUID.randomUUID());
        return reply.substring(3, reply.indexOf(','));
    }
}
