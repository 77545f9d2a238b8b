package dev.wattline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import dev.wattline.mock.scenario.FaultAction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;

@MockPtdaemon(signal = "constant,watts=120", speed = 100)
class MockPtdaemonTest {
    private int portBefore;

    @BeforeEach
    void anotherMethodMayAskToo(RunningPtdaemon ptd) {
        portBefore = ptd.port();
    }

    @Test
    void measuresTheSignalOfTheClass(RunningPtdaemon ptd) throws IOException {
        assertThat(ptd.port()).isEqualTo(portBefore);
        try (Client client = new Client(ptd)) {
            assertThat(client.ask("Hello")).isEqualTo("Hello, PTDaemon here!");
            assertThat(client.ask("RR")).isEqualTo("Ranges,0,5.000000,0,300.000000");
            client.ask("Go,1000,0,m");
            client.ask("Stop");
            assertThat(client.ask("Watts")).startsWith("Watts,120.000000,120.000000,120.000000,");
        }
        assertThat(ptd.output()).anyMatch(line -> line.endsWith("Response to client sent: Hello, PTDaemon here!"));
    }

    @Test
    @MockPtdaemon(
            deviceType = 77,
            channels = "1,2",
            initialAmps = "Auto",
            scenario =
                    "{\"faults\": [{\"when\": {\"command\": \"Identify\"}, \"do\": \"answer\", \"text\": \"Error\"}]}")
    void takesTheAnnotationOfTheMethod(RunningPtdaemon ptd) throws IOException {
        try (Client client = new Client(ptd)) {
            assertThat(client.ask("RR")).startsWith("Ranges,1,");
            assertThat(client.ask("Identify")).isEqualTo("Error");
        }
    }

    @Test
    void canBeDisturbedAndKilled(RunningPtdaemon ptd) throws IOException {
        try (Client client = new Client(ptd)) {
            assertThat(client.ask("Hello")).isEqualTo("Hello, PTDaemon here!");
            ptd.inject(new FaultAction.Drop(false));
            assertThat(client.nextLine()).isNull();
        }
        assertThat(ptd.exitStatus()).isEmpty();
        ptd.kill();
        assertThat(ptd.exitStatus()).hasValue(0);
    }

    @Nested
    class InANestedClass {
        @Test
        void theOuterAnnotationHolds(RunningPtdaemon ptd) throws IOException {
            try (Client client = new Client(ptd)) {
                assertThat(client.ask("Hello")).isEqualTo("Hello, PTDaemon here!");
            }
        }
    }

    @Test
    void eachTestHasItsOwnAndItEndsWithTheTest() {
        Kept.PORTS.clear();
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Kept.class))
                .configurationParameter("junit.jupiter.conditions.deactivate", "*")
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(2));
        assertThat(Kept.PORTS).hasSize(2).allMatch(mock -> mock.exitStatus().isPresent());
        assertThat(Kept.PORTS.get(0)).isNotSameAs(Kept.PORTS.get(1));
    }

    @Test
    void aSignalThatIsNotUnderstoodFailsTheTestWithTheReason() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Misspelt.class))
                .execute()
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        EventConditions.event(finishedWithFailure(
                                message(text -> text.startsWith("@MockPtdaemon: ") && text.contains("sqare")))));
    }

    @MockPtdaemon
    static class Kept {
        static final List<RunningPtdaemon> PORTS = new ArrayList<>();

        @Test
        void first(RunningPtdaemon ptd) {
            PORTS.add(ptd);
        }

        @Test
        void second(RunningPtdaemon ptd) {
            PORTS.add(ptd);
        }
    }

    @MockPtdaemon(signal = "sqare,low=1")
    static class Misspelt {
        @Test
        void neverRuns(RunningPtdaemon ptd) {
            throw new AssertionError("ran with " + ptd.port());
        }
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Client(RunningPtdaemon ptd) throws IOException {
            socket = new Socket(ptd.host(), ptd.port());
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        String ask(String command) throws IOException {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return lines.readLine();
        }

        String nextLine() throws IOException {
            return lines.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
