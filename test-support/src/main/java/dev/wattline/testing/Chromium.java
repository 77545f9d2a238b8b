package dev.wattline.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium that loads one page and tells what became of it. */
public final class Chromium {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final Pattern CONSOLE = Pattern.compile(":CONSOLE[:(]");
    private static final Pattern REQUEST =
            Pattern.compile("\"initiator\":\"(?!not an origin)[^\"]*\"[^\n]*?\"url\":\"([^\"]*)\"");
    private static final Duration TIMEOUT = TestDeadlines.seconds(120);

    private final Path program;
    private final Path folder;

    private Chromium(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /**
     * What a page became.
     *
     * @param dom its elements after its scripts ran
     * @param console lines that it wrote to the console, or that were written about it
     * @param requests addresses that it asked for, files aside
     */
    public record Visit(String dom, List<String> console, List<String> requests) {}

    /** The one on the path, if there is one; its profiles and logs go to this folder. */
    public static Optional<Chromium> find(Path folder) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(entry -> NAMES.stream().map(name -> Path.of(entry).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Chromium(program, folder));
    }

    /** The one on the path; skips the calling test if there is none. */
    public static Chromium orSkip(Path folder) {
        Optional<Chromium> found = find(folder);
        assumeTrue(found.isPresent(), () -> "no Chromium (" + String.join(", ", NAMES) + ") on the path: skipped");
        return found.orElseThrow();
    }

    /** Opens the address and returns what is to be seen. */
    public Visit visit(String address) throws IOException, InterruptedException {
        Path netLog = Files.createTempFile(folder, "net", ".json");
        Path dom = run(address, List.of("--dump-dom", "--log-net-log=" + netLog));
        List<String> console;
        try (Stream<String> lines = Files.lines(errors(dom))) {
            console = lines.filter(line -> CONSOLE.matcher(line).find()).toList();
        }
        Matcher requests = REQUEST.matcher(Files.readString(netLog));
        List<String> asked = requests.results()
                .map(request -> request.group(1))
                .filter(url -> !url.startsWith("file:") && !url.startsWith("data:"))
                .toList();
        return new Visit(Files.readString(dom), console, asked);
    }

    /** Takes a picture of the page in a window of this size. */
    public Path screenshot(String address, int width, int height) throws IOException, InterruptedException {
        Path picture = Files.createTempFile(folder, "page", ".png");
        run(address, List.of("--screenshot=" + picture, "--window-size=" + width + "," + height, "--hide-scrollbars"));
        return picture;
    }

    /** Opens a report in a window of this size, to be operated and asked, when its charts are drawn. */
    public ChromiumPage open(String address, int width, int height) throws IOException, InterruptedException {
        return open(address, width, height, "!!document.querySelector('[data-plot] canvas')");
    }

    /** Opens the address in a window of this size, when the expression is true in it. */
    public ChromiumPage open(String address, int width, int height, String ready)
            throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory(folder, "profile");
        List<String> command = command(profile);
        command.addAll(List.of("--remote-debugging-port=0", "--window-size=" + width + "," + height, address));
        Path out = Files.createTempFile(folder, "page", ".out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        return ChromiumPage.of(process, profile, out, address, ready);
    }

    private List<String> command(Path profile) {
        return new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                // Nothing of the browser's own leaves this machine either: a proxy on a port that none may listen on.
                "--proxy-server=127.0.0.1:1",
                "--user-data-dir=" + profile,
                "--enable-logging=stderr"));
    }

    private Path run(String address, List<String> task) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "dom", ".html");
        List<String> command = command(Files.createTempDirectory(folder, "profile"));
        command.add("--virtual-time-budget=5000");
        command.addAll(task);
        command.add(address);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(errors(out).toFile())
                .start();
        if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new IOException(
                    program + " did not end within " + TIMEOUT.toSeconds() + " s: " + Files.readString(errors(out)));
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    program + " ended with " + process.exitValue() + ": " + Files.readString(errors(out)));
        }
        return out;
    }

    private static Path errors(Path out) {
        return out.resolveSibling(out.getFileName() + ".err");
    }
}
