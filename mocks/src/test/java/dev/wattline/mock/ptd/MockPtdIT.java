package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.mock.signal.ConstantSignal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
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
            socket.setSoTimeout(10_000);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        String ask(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return lines(1).get(0);
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
