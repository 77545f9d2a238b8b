package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.mock.MockException;
import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.mock.signal.ConstantSignal;
import dev.wattline.testing.TestDeadlines;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MockPtdIT {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();

    @Test
    void aWholeSessionOfASingleChannelDevice() throws IOException {
        Path log = folder.resolve("ptd.log");
        try (MockPtd mock = MockPtd.start(options(log).speed(50).build());
                Client client = new Client(mock.port())) {
            assertThat(client.ask("Hello")).isEqualTo("Hello, PTDaemon here!");
            assertThat(client.ask("Identify")).startsWith("YokogawaWT310E,1000,1,1,1,1,0,1,1,version=1.11.1-mock-");
            assertThat(client.ask("RR")).isEqualTo("Ranges,0,5.000000,0,300.000000");
            assertThat(client.ask("SR,V,Auto")).isEqualTo("Range V changed");
            assertThat(client.ask("SR,A,Auto")).isEqualTo("Range A changed");
            assertThat(client.ask("Go,1000,0,2026-11-22_04-48-34_ranging"))
                    .isEqualTo("Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples");
            assertThat(client.ask("Stop")).isEqualTo("Stopping untimed measurement");
            assertThat(client.ask("RL,*,*")).isEqualTo("Invalid number of parameters");
            String header = client.ask("RL");
            assertThat(header).matches("Last \\d+ samples");
            int count = Integer.parseInt(header.split(" ")[1]);
            List<String> rows = client.lines(count);
            assertThat(rows).allMatch(row -> row.startsWith("Time,"));
            assertThat(Files.readAllLines(log))
                    .containsExactlyElementsOf(rows.stream()
                            .map(row -> row + ",Mark,2026-11-22_04-48-34_ranging")
                            .toList());
            assertThat(client.ask("Uncertainty"))
                    .isEqualTo("Uncertainty,-1.0,10000000.000000,0.000000," + count + ",0,0," + count);
            assertThat(client.ask("Watts"))
                    .isEqualTo("Watts,200.000000,200.000000,200.000000," + count + ",0," + count);
        }
        assertThat(stdout.toString(StandardCharsets.ISO_8859_1)).contains(": Completed test\n");
    }

    @Test
    void aSecondClientWaitsUntilTheFirstHasGone() throws IOException {
        try (MockPtd mock = MockPtd.start(options(folder.resolve("ptd.log")).build());
                Client second = secondBehindAFirst(mock.port())) {
            assertThat(second.lines(1)).containsExactly("Hello, PTDaemon here!");
        }
        assertThat(lines())
                .containsSubsequence(
                        "Waiting for a connection...",
                        "Accepted connection",
                        "Response to client sent: Hello, PTDaemon here!",
                        "Connection is down.",
                        "Waiting for a connection...",
                        "Accepted connection",
                        "Response to client sent: Hello, PTDaemon here!");
    }

    private static Client secondBehindAFirst(int port) throws IOException {
        try (Client first = new Client(port)) {
            assertThat(first.ask("Hello")).startsWith("Hello");
            Client second = new Client(port);
            second.send("Hello");
            assertThat(first.ask("RR")).startsWith("Ranges,");
            assertThat(second.hasAnswer()).isFalse();
            return second;
        }
    }

    @Test
    void aTakenPortEndsTheMockAndIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            PtdArguments arguments =
                    PtdArguments.parse(List.of("-p", Integer.toString(taken.getLocalPort()), "49", "COM4"));
            MockPtd mock = MockPtd.start(MockPtdOptions.builder(arguments)
                    .startDelay(Duration.ZERO)
                    .stdout(stdout)
                    .build());
            assertThatThrownBy(mock::awaitExit)
                    .isInstanceOf(MockException.class)
                    .hasMessageContaining("cannot listen on port " + taken.getLocalPort());
            assertThatThrownBy(mock::port).isInstanceOf(MockException.class);
        }
        assertThat(lines()).anyMatch(line -> line.startsWith("ERROR: cannot listen"));
    }

    @Test
    void itEndsAtOnceAndWithoutAWord() throws IOException {
        MockPtd mock = MockPtd.start(options(folder.resolve("ptd.log")).build());
        try (Client client = new Client(mock.port())) {
            String started = client.ask("Go,1000,0,m");
            await().until(() -> lines().contains("Response to client sent: " + started));
            int before = lines().size();
            mock.close();
            assertThat(mock.awaitExit()).isZero();
            assertThat(client.lines(1)).containsExactly("null");
            assertThat(lines().subList(before, lines().size()))
                    .as("rows of the samples that were due by then")
                    .allMatch(line -> line.startsWith("Time,"));
        }
    }

    @Test
    void aMockWhoseOutputNobodyReadsEnds() {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        MockPtd mock =
                MockPtd.start(options(folder.resolve("ptd.log")).stdout(broken).build());
        assertThatThrownBy(mock::awaitExit).isInstanceOf(MockException.class).hasMessageContaining("Broken pipe");
    }

    @Test
    void faultsCanBeInjected() throws IOException {
        try (MockPtd mock = MockPtd.start(options(folder.resolve("ptd.log")).build())) {
            try (Client client = new Client(mock.port())) {
                client.ask("Hello");
                mock.inject(new FaultAction.Drop(false));
                assertThat(client.lines(1)).as("end of the stream").containsExactly("null");
            }
            try (Client client = new Client(mock.port())) {
                assertThat(client.ask("Hello")).isEqualTo("Hello, PTDaemon here!");
                mock.inject(new FaultAction.Exit(3));
                assertThat(mock.awaitExit()).isEqualTo(3);
            }
        }
    }

    @Test
    void manyRowsReachASlowReaderWhole() throws IOException {
        Path log = folder.resolve("ptd.log");
        try (MockPtd mock = MockPtd.start(options(log).speed(10_000).build());
                Client client = new Client(mock.port())) {
            client.ask("Go,1000,0,m");
            await().until(() -> Files.size(log) > 2_500_000);
            client.ask("Stop");
            client.send("RL");
            // By now more rows are on their way than the socket's buffers hold.
            int count = Integer.parseInt(client.lines(1).get(0).split(" ")[1]);
            List<String> rows = client.lines(count);
            List<String> logged = Files.readAllLines(log);
            assertThat(rows).hasSameSizeAs(logged);
            assertThat(logged.get(count - 1)).isEqualTo(rows.get(count - 1) + ",Mark,m");
            assertThat(client.ask("Hello")).isEqualTo("Hello, PTDaemon here!");
        }
    }

    @Test
    void bytesThatAreNoLineEndTheConnectionInTheEnd() throws IOException {
        try (MockPtd mock = MockPtd.start(options(folder.resolve("ptd.log")).build());
                Client client = new Client(mock.port())) {
            client.send("x".repeat(100_000));
            assertThat(client.lines(1)).containsExactly("null");
        }
    }

    /** Standard output so far, without stamps. */
    private List<String> lines() {
        return stdout.toString(StandardCharsets.ISO_8859_1)
                .lines()
                .map(line -> line.replaceFirst("^\\d\\d-\\d\\d-\\d{4} [0-9:.]+: ", "")
                        .replaceFirst(" from .*", ""))
                .toList();
    }

    private MockPtdOptions.Builder options(Path log) {
        return MockPtdOptions.builder(
                        PtdArguments.parse(List.of("-l", log.toString(), "-p", "0", "49", "/dev/usbtmc0")))
                .signal(new ConstantSignal(200))
                .startDelay(Duration.ZERO)
                .zone(ZoneOffset.UTC)
                .stdout(stdout);
    }

    /** A client that sends a line and reads lines. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader reader;

        Client(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TestDeadlines.millis(10));
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        String ask(String line) throws IOException {
            send(line);
            return lines(1).get(0);
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        boolean hasAnswer() throws IOException {
            return reader.ready();
        }

        List<String> lines(int count) throws IOException {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                lines.add(String.valueOf(reader.readLine()));
            }
            return lines;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
