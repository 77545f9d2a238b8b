package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.cli.CapturedStreams.Outcome;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.SntpServer;
import dev.wattline.testing.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What a user sees of everything that cannot work, through the command line: the cause in the first line, the remedy below
 * it, the exit status, no stack trace. What needs a whole session, a workload that fails or writes no logs, is in
 * {@link RunSessionIT}.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "PTDaemon is a shell script, and messages are a POSIX system's")
@ResourceLock(Resources.SYSTEM_OUT)
class ErrorTableIT {
    private static final String SERVER = "[server]\nntpServer: 127.0.0.1:{ntp}\nlisten: 127.0.0.1 0\n";
    private static final String ANALYZER =
            "[analyzer1]\ndeviceType: 49\ninterfaceFlag:\ndevicePort: /dev/usbtmc0\nnetworkPort: ";

    @TempDir
    private static Path folder;

    private static final Map<String, String> WORDS = new LinkedHashMap<>();
    private static final List<AutoCloseable> OPENED = new ArrayList<>();

    @BeforeAll
    static void begin() throws IOException {
        WORDS.put("{run}", "run -w true -a {director} -n 127.0.0.1:{ntp} -o {folder}/out -L {folder}/loadgen");
        WORDS.put("{folder}", folder.toString());
        InetAddress here = InetAddress.getLoopbackAddress();
        WORDS.put("{ntp}", port(SntpServer.start(new HostPort("127.0.0.1", 0), TimeSource.system(), Duration.ZERO)));
        ServerSocket taken = opened(new ServerSocket(0, 1, here));
        WORDS.put("{taken}", Integer.toString(taken.getLocalPort()));
        DatagramSocket takenUdp = opened(new DatagramSocket(0, here));
        WORDS.put("{takenUdp}", Integer.toString(takenUdp.getLocalPort()));
        WORDS.put("{closed}", Integer.toString(Ports.free()));
        WORDS.put("{web}", answering(line -> "HTTP/1.1 400 Bad Request"));
        WORDS.put("{old}", answering(line -> "mlcommons/power server v2"));
        WORDS.put(
                "{director}", answering(line -> line.startsWith("mlcommons") ? "mlcommons/power server v3" : "Error"));
        makeFiles();
    }

    private static void makeFiles() throws IOException {
        Files.createFile(folder.resolve("file"));
        Files.createDirectories(folder.resolve("used/power"));
        Files.createDirectories(folder.resolve("sessions/one/power"));
        Files.writeString(folder.resolve("sessions/one/power/client.json"), "{");
        String ptd = "[ptd]\nptd: {folder}/none/ptd\n";
        configuration("no-key", SERVER + "[ptd]\n" + ANALYZER + "8888");
        configuration("no-section", SERVER + ptd);
        configuration("unknown-key", SERVER + "listn: 4950\n" + ptd + ANALYZER + "8888");
        configuration("no-ptd", SERVER + ptd + ANALYZER + "{closed}");
        configuration("ptd-port-taken", SERVER + ptd + ANALYZER + "{taken}");
        configuration(
                "port-taken",
                SERVER.replace(" 0\n", " {taken}\n") + "[ptd]\nptd: " + mockPtd() + "\n" + ANALYZER + "{closed}");
        configuration("no-ntp", SERVER.replace("{ntp}", "{closed}") + ptd + ANALYZER + "8888");
    }

    /** A PTDaemon that works: the director's own port is the last thing it looks at. */
    private static Path mockPtd() throws IOException {
        return new Programs(folder).script("ptd", "mock-ptd", "--start-delay", "0");
    }

    private static void configuration(String name, String text) throws IOException {
        // Each has sessions of its own: a director puts in order what the one before it left.
        String logs = "\n[wattline]\nresultsDir: " + folder.resolve(name) + "\n";
        Files.writeString(folder.resolve(name + ".conf"), fill(text) + logs);
    }

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable one : OPENED) {
            one.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/error-table.txt", delimiter = '|', numLinesToSkip = 3, maxCharsPerColumn = 500)
    void isNamedWithItsCauseAndRemedy(String name, int status, String cause, String remedy, String commandLine) {
        Outcome outcome = CapturedStreams.run(arguments(commandLine));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(status);
        List<String> said = outcome.err()
                .lines()
                .filter(line -> !line.matches("warning: .*|.* \\[(INFO|WARN)] .*"))
                .toList();
        assertThat(said.get(0)).startsWith("wattline").contains(fill(cause));
        assertThat(said.subList(1, said.size())).anyMatch(line -> line.contains(fill(remedy)));
        assertThat(outcome.err()).doesNotContain("\tat ", "Exception");
    }

    /** Its words; an option given twice counts as given the second time. */
    private static String[] arguments(String commandLine) {
        List<String> arguments = new ArrayList<>();
        for (String word : fill(commandLine).split(" ")) {
            int before = arguments.indexOf(word);
            if (word.startsWith("-") && before >= 0) {
                arguments.subList(before, before + 2).clear();
            }
            arguments.add(word);
        }
        return arguments.toArray(String[]::new);
    }

    private static String fill(String text) {
        String filled = text;
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            filled = filled.replace(word.getKey(), word.getValue());
        }
        return filled;
    }

    private static <T extends AutoCloseable> T opened(T one) {
        OPENED.add(one);
        return one;
    }

    private static String port(SntpServer server) {
        return Integer.toString(opened(server).address().port());
    }

    private static String answering(UnaryOperator<String> answers) throws IOException {
        return "127.0.0.1:" + opened(new LineServer(answers)).port();
    }

    /** Something that answers each line with one of its own. */
    private static final class LineServer implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        private final UnaryOperator<String> answers;

        LineServer(UnaryOperator<String> answers) throws IOException {
            this.answers = answers;
            Thread thread = new Thread(this::serve, "line-server");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return listener.getLocalPort();
        }

        private void serve() {
            while (!listener.isClosed()) {
                serveOne();
            }
        }

        private void serveOne() {
            try (Socket client = listener.accept();
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                    PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    out.print(answers.apply(line) + "\r\n");
                }
            } catch (IOException e) {
                return; // the client hung up, or the test is over
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
