package dev.wattline.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page that is open in a headless Chromium, operated through its DevTools protocol. */
public final class ChromiumPage implements AutoCloseable {
    private static final Duration START = TestDeadlines.seconds(60);
    private static final int ANSWER_MILLIS = TestDeadlines.millis(60);
    private static final int STOP_MILLIS = TestDeadlines.millis(30);
    private static final Pattern PDF_PAGE = Pattern.compile("/Type\\s*/Page\\b");
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final WebSocket socket;
    private final Answers answers;
    private final AtomicInteger calls = new AtomicInteger();

    private ChromiumPage(Process process, WebSocket socket, Answers answers) {
        this.process = process;
        this.socket = socket;
        this.answers = answers;
    }

    static ChromiumPage of(Process process, Path profile, Path output, String address, String ready)
            throws IOException, InterruptedException {
        Path port = profile.resolve("DevToolsActivePort");
        await().atMost(START).until(() -> {
            if (!process.isAlive()) {
                throw new IOException("Chromium has ended: " + Files.readString(output));
            }
            return Files.exists(port) && Files.readAllLines(port).size() > 1;
        });
        URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list");
        HttpClient http = HttpClient.newHttpClient();
        String[] target = {""};
        await().atMost(START).until(() -> {
            String pages = http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            for (JsonNode page : JSON.readTree(pages)) {
                if (page.path("url").asString().equals(address)) {
                    target[0] = page.path("webSocketDebuggerUrl").asString();
                }
            }
            return !target[0].isEmpty();
        });
        Answers answers = new Answers();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(target[0]), answers)
                .join();
        ChromiumPage page = new ChromiumPage(process, socket, answers);
        await().atMost(START)
                .until(() -> page.text("document.readyState").equals("complete")
                        && page.text(ready).equals("true"));
        return page;
    }

    private static final class Answers implements WebSocket.Listener {
        private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                JsonNode message = JSON.readTree(partial.toString());
                partial.setLength(0);
                CompletableFuture<JsonNode> call =
                        waiting.remove(message.path("id").asInt(-1));
                if (call != null) {
                    call.complete(message);
                }
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Calls a method of the protocol and returns its result. */
    JsonNode call(String method, Map<String, Object> parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.waiting.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        JsonNode message =
                answer.orTimeout(ANSWER_MILLIS, TimeUnit.MILLISECONDS).join();
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message.path("error"));
        }
        return message.path("result");
    }

    /** The value of an expression in the page, as text. */
    public String text(String expression) {
        JsonNode result = call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value").asString();
    }

    /** Presses a key, such as {@code Tab} or {@code +}. */
    public void press(String key) {
        int code = Map.of("Tab", 9, "ArrowLeft", 37, "ArrowRight", 39, "Home", 36, "End", 35, "Enter", 13)
                .getOrDefault(key, 0);
        Map<String, Object> down = key.length() == 1
                ? Map.of("type", "keyDown", "key", key, "text", key)
                : Map.of("type", "rawKeyDown", "key", key, "code", key, "windowsVirtualKeyCode", code);
        call("Input.dispatchKeyEvent", down);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    /** Lets the page look as on paper of this width. */
    public void paper(int width) {
        call("Emulation.setEmulatedMedia", Map.of("media", "print"));
        width(width);
        text("window.dispatchEvent(new Event('beforeprint'))");
    }

    /** Lets the page be this wide. */
    public void width(int pixels) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What a page is printed on. */
    public enum Paper {
        A4(8.27, 11.69),
        LETTER(8.5, 11);

        private final double width;
        private final double height;

        Paper(double widthInches, double heightInches) {
            width = widthInches;
            height = heightInches;
        }
    }

    /** How many sheets the page takes, printed on one side. */
    public long sheets(Paper paper) {
        JsonNode printed = call(
                "Page.printToPDF",
                Map.of("paperWidth", paper.width, "paperHeight", paper.height, "preferCSSPageSize", false));
        byte[] pdf = Base64.getDecoder().decode(printed.path("data").asString());
        return PDF_PAGE.matcher(new String(pdf, StandardCharsets.ISO_8859_1))
                .results()
                .count();
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .orTimeout(STOP_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }
}
