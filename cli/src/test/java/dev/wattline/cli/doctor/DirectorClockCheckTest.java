package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlAnswer;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.server.ControlClient;
import dev.wattline.protocol.server.ControlHandler;
import dev.wattline.protocol.server.ControlServer;
import dev.wattline.protocol.server.Endpoint;
import dev.wattline.protocol.server.ReceivedRequest;
import dev.wattline.protocol.server.ServerOptions;
import dev.wattline.sut.director.DirectorTarget;
import dev.wattline.testing.Ports;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock(Resources.SYSTEM_OUT)
class DirectorClockCheckTest {
    private static final Endpoint ANY = Endpoint.plain(new HostPort("127.0.0.1", 0));

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    /** Both sides' clock: it stands still, so that no exchange takes any time. */
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-22T04:48:34Z"));

    @ParameterizedTest
    @CsvSource({"0, PASS", "0.2, PASS", "2.5, FAIL", "-2.5, FAIL"})
    void clocksAreComparedByTheDirectorsAnswers(double aheadSeconds, Status status) {
        ControlHandler handler = answering(() -> ControlReply.time(time.epochSeconds() + aheadSeconds));
        try (ControlServer server = ControlServer.start(ServerOptions.on(ANY), handler)) {
            CheckOutcome outcome = check(server).run();

            assertThat(outcome.status()).as(outcome.cause()).isEqualTo(status);
            assertThat(Objects.requireNonNull(outcome.values().get("aheadMillis"))
                            .doubleValue())
                    .isCloseTo(1000 * aheadSeconds, within(0.01));
            assertThat(asked).hasSize(5).containsOnly("time");
        }
    }

    @Test
    void aBusyDirectorIsAWarningAndItsClientKeepsItsConnection() {
        ControlHandler measuring = new ControlHandler() {
            @Override
            public ControlAnswer handle(ControlClient client, ReceivedRequest request) {
                return Replies.OK;
            }

            @Override
            public boolean needsPlace(ControlRequest request) {
                return request instanceof ControlRequest.New;
            }

            @Override
            public boolean holdsPlace(ControlClient client) {
                return true;
            }
        };
        try (ControlServer server = ControlServer.start(ServerOptions.on(ANY), measuring);
                ControlConnection runner =
                        ControlConnection.open(server.addresses().get(0), ClientOptions.defaults())) {
            runner.exchange(new ControlRequest.New("rig", "8c14f61d-1776-4b23-b328-083fba3d64a8"));
            CheckOutcome outcome = check(server).run();

            assertThat(outcome.status()).isEqualTo(Status.WARN);
            assertThat(outcome.cause()).contains("is busy", "serving 127.0.0.1");
            assertThat(runner.exchange(new ControlRequest.Time())).isEqualTo(Replies.OK);
        }
    }

    @Test
    void aDirectorThatDoesNotTellItsTimeIsAWarning() {
        try (ControlServer server = ControlServer.start(ServerOptions.on(ANY), answering(() -> Replies.ERROR))) {
            CheckOutcome outcome = check(server).run();

            assertThat(outcome.status()).isEqualTo(Status.WARN);
            assertThat(outcome.cause()).contains("Error");
        }
    }

    @Test
    void aDirectorThatSaysNothingIsAWarningAfterSeconds() throws IOException {
        try (ServerSocket silent = LabDirector.listener()) {
            CheckOutcome outcome = new DirectorClockCheck(
                            at(new HostPort("127.0.0.1", silent.getLocalPort())), TimeSource.system())
                    .run();

            assertThat(outcome.status()).isEqualTo(Status.WARN);
            assertThat(outcome.remedy()).contains("it hangs");
        }
    }

    @Test
    void noDirectorIsAFailure() throws IOException {
        HostPort nobody = new HostPort("127.0.0.1", Ports.free());

        assertThatThrownBy(() -> new DirectorClockCheck(at(nobody), TimeSource.system()).run())
                .isInstanceOf(ControlConnectionException.class)
                .hasMessageContaining("cannot connect to director " + nobody);
    }

    private DirectorClockCheck check(ControlServer server) {
        return new DirectorClockCheck(at(server.addresses().get(0)), time);
    }

    private static DirectorTarget at(HostPort address) {
        return DirectorTarget.plain(address);
    }

    @ParameterizedTest
    @CsvSource({"s3cret, PASS", "guess, FAIL", ", WARN"})
    void aDirectorWithATokenIsAskedWithIt(String token, Status status) {
        ControlHandler handler = answering(() -> ControlReply.time(time.epochSeconds()));
        ServerOptions options = ServerOptions.on(ANY).withToken("s3cret");
        try (ControlServer server = ControlServer.start(options, handler)) {
            DirectorTarget target =
                    new DirectorTarget(server.addresses().get(0), Optional.ofNullable(token), Optional.empty());
            CheckOutcome outcome = new DirectorClockCheck(target, time).run();

            assertThat(outcome.status()).as(outcome.cause()).isEqualTo(status);
            assertThat(outcome.remedy().isEmpty()).isEqualTo(status == Status.PASS);
        }
    }

    private interface Answer {
        ControlReply get();
    }

    private ControlHandler answering(Answer answer) {
        return new ControlHandler() {
            @Override
            public ControlAnswer handle(ControlClient client, ReceivedRequest request) {
                asked.add(request.line());
                return answer.get();
            }
        };
    }
}
