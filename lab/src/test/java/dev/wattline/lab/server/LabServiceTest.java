package dev.wattline.lab.server;

import static dev.wattline.lab.server.LabRig.ask;
import static dev.wattline.lab.server.LabRig.awaitState;
import static dev.wattline.lab.server.LabRig.handedOver;
import static dev.wattline.lab.server.LabRig.job;
import static dev.wattline.lab.server.LabRig.next;
import static dev.wattline.lab.server.LabRig.outcome;
import static dev.wattline.lab.server.LabRig.queue;
import static dev.wattline.lab.server.LabRig.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wattline.director.live.LiveLab;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabMessageException;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs from console to runner and back, what a restart of the director leaves of them, and who else gets the place. */
class LabServiceTest {
    @TempDir
    Path folder;

    private LabRig rig;

    @BeforeEach
    void start() throws IOException {
        rig = new LabRig(folder, "view: none");
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void restart() throws IOException {
        rig.close();
        rig = new LabRig(folder, "view: none");
    }

    @Test
    void aJobGoesFromConsoleToRunnerAndItsOutcomeComesBack() {
        try (LabConnection console = rig.console()) {
            String id = queue(console, "rig", "official");
            String ticket;
            try (LabConnection agent = rig.agent("rig")) {
                ready(agent);
                LabMessage order = next(agent, "job");
                assertThat(order.text("job")).isEqualTo(id);
                assertThat(order.text("workload")).isEqualTo("bert");
                ticket = ask(agent, handedOver(id, 1)).text("ticket");
            }

            // Who greets without the ticket changes nothing.
            assertThatThrownBy(rig::runner)
                    .isInstanceOf(DirectorBusyException.class)
                    .hasMessageContaining("reserved for job " + id);
            try (ControlConnection runner = rig.runner(ticket)) {
                assertThatThrownBy(() -> rig.runner(ticket)).isInstanceOf(RequestRejectedException.class);
                runner.newSession("r", UUID.randomUUID());
                awaitState(console, id, "measuring");
                assertThat(job(console, id).text("session")).isEqualTo("2026-11-30_01-02-03_r");
                assertThatThrownBy(() -> rig.runner(ticket)).isInstanceOf(RequestRejectedException.class);
            }
            awaitState(console, id, "finishing");
            rig.runner().close(); // between jobs everybody is served

            try (LabConnection again = rig.agent("rig")) {
                ask(again, outcome(id, 1, "complete").with("session", "s"));
                assertThat(job(console, id).flag("good")).isTrue();
                ask(again, outcome(id, 1, "failed")); // told once more, it changes nothing
                assertThat(job(console, id).text("status")).isEqualTo("complete");
                assertThatThrownBy(() -> ask(again, outcome("j-99", 1, "complete")))
                        .isInstanceOf(RequestRejectedException.class)
                        .hasMessageContaining("none of this director's");
            }
        }
    }

    @Test
    void aStrangersSessionIsWaitedFor() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            ControlConnection stranger = rig.runner();
            stranger.newSession("s", UUID.randomUUID());
            String id = queue(console, "rig", "official");
            ready(agent);
            LabMessage row =
                    ask(console, LabMessage.request("queue")).objects("jobs").get(0);
            assertThat(row.text("waits-for")).contains("2026-11-30_01-02-03_s");
            stranger.close();

            assertThat(next(agent, "job").text("job")).isEqualTo(id);
        }
    }

    @Test
    void whatIsPreparedWhenTheDirectorIsStartedAnewIsBegunAgain() throws IOException {
        String id;
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            id = queue(console, "rig", "official");
            queue(console, "rig", "profile");
            ready(agent);
            next(agent, "job");
        }
        restart();
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            assertThat(job(console, id).text("state")).isEqualTo("preparing");
            ask(agent, outcome(id, 1, "not-started"));
            ready(agent);
            LabMessage order = next(agent, "job");
            assertThat(order.text("job")).isEqualTo(id);
            assertThat(order.whole("attempt", 1, 9)).isEqualTo(2);
        }
    }

    @Test
    void anAgentThatKnowsNothingOfAJobGetsItAgainOrEndsIt() throws IOException {
        String id;
        try (LabConnection console = rig.console()) {
            try (LabConnection agent = rig.agent("rig")) {
                id = queue(console, "rig", "official");
                ready(agent);
                next(agent, "job");
            }
            try (LabConnection agent = rig.agent("rig")) {
                ready(agent);
                assertThat(next(agent, "job").text("job")).isEqualTo(id);
                ask(agent, handedOver(id, 2));
            }
            restart();
        }
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            ready(agent);
            assertThat(job(console, id).text("status")).isEqualTo("infrastructure");
        }
    }

    @Test
    void aTicketOfAnEarlierDirectorIsNotKnown() throws IOException {
        String ticket;
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            String id = queue(console, "rig", "official");
            ready(agent);
            next(agent, "job");
            ticket = ask(agent, handedOver(id, 1)).text("ticket");
        }
        restart();

        assertThatThrownBy(() -> rig.runner(ticket))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("ticket");
        rig.runner().close();
    }

    @Test
    void whatIsStoppedWhilePreparingIsNotHandedOver() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            String id = queue(console, "rig", "official");
            ready(agent);
            next(agent, "job");
            ask(console, LabMessage.request("stop"));

            assertThatThrownBy(() -> ask(agent, handedOver(id, 1)))
                    .isInstanceOf(RequestRejectedException.class)
                    .satisfies(refused -> assertThat(((RequestRejectedException) refused).reply())
                            .isEqualTo("stopped"));
            ask(agent, outcome(id, 1, "not-started"));
            assertThat(job(console, id).text("status")).isEqualTo("stopped");
            rig.runner().close();
        }
    }

    @Test
    void stopCancelsTheSessionThatIsOpen() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            String id = queue(console, "rig", "official");
            ready(agent);
            next(agent, "job");
            String ticket = ask(agent, handedOver(id, 1)).text("ticket");
            try (ControlConnection runner = rig.runner(ticket)) {
                runner.newSession("r", UUID.randomUUID());
                awaitState(console, id, "measuring");
                ask(console, LabMessage.request("stop").with("job", id));
                assertThat(rig.cancelled).containsExactly("2026-11-30_01-02-03_r stopped by the director's machine");
            }
            awaitState(console, id, "finishing");
            ask(agent, outcome(id, 1, "infrastructure").with("cause", "the director lost the measurement"));
            assertThat(job(console, id).text("status")).isEqualTo("stopped");
        }
    }

    @Test
    void stopCancelsTheSessionThatItsRunnerIsAboutToOpen() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            String id = queue(console, "rig", "official");
            ready(agent);
            next(agent, "job");
            String ticket = ask(agent, handedOver(id, 1)).text("ticket");
            try (ControlConnection runner = rig.runner(ticket)) {
                ask(console, LabMessage.request("stop").with("job", id));
                runner.newSession("r", UUID.randomUUID());
                await().atMost(LabRig.PATIENCE).until(() -> rig.cancelled.size() == 1);
            }
        }
    }

    @Test
    void aPlainJobNeedsNoAnalyzerAndRunsBesideAMeasuredOne() {
        try (LabConnection console = rig.console();
                LabConnection first = rig.agent("rig");
                LabConnection second = rig.agent("other")) {
            ControlConnection stranger = rig.runner();
            stranger.newSession("s", UUID.randomUUID());
            queue(console, "rig", "official");
            queue(console, "other", "plain");
            ready(first);
            ready(second);

            assertThat(next(second, "job").text("job")).isEqualTo("j-2");
            stranger.close();
            assertThat(next(first, "job").text("job")).isEqualTo("j-1");
        }
    }

    @Test
    void aMachineThatIsAwayIsPassedOver() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            queue(console, "away", "official");
            String here = queue(console, "rig", "official");
            ready(agent);

            assertThat(next(agent, "job").text("job")).isEqualTo(here);
        }
    }

    @Test
    void theLivePageShowsMachinesAndJobs() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            String away = queue(console, "away", "official");
            String here = queue(console, "rig", "official");
            ready(agent);
            next(agent, "job");
            String next = queue(console, "rig", "official");

            await().untilAsserted(() -> {
                LiveLab lab = rig.live.now().lab().orElseThrow();
                assertThat(lab.suts())
                        .containsExactly(
                                new LiveLab.Sut("away", "away", ""),
                                new LiveLab.Sut("rig", "preparing", "job " + here));
                assertThat(lab.jobs()).extracting(LiveLab.Job::id).containsExactly(here, away, next);
                assertThat(lab.jobs())
                        .extracting(LiveLab.Job::waitsFor)
                        .containsExactly("", "away is away", "rig has another job");
                assertThat(lab.more()).isZero();
            });
            ask(console, LabMessage.request("queue").with("action", "pause"));
            await().untilAsserted(() ->
                    assertThat(rig.live.now().lab().orElseThrow().paused()).isPresent());
        }
    }

    @Test
    void thePausedQueueBeginsNothingAndRefusesNobody() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            ask(console, LabMessage.request("queue").with("action", "pause"));
            queue(console, "rig", "official");
            String second = queue(console, "rig", "official");
            ask(
                    console,
                    LabMessage.request("queue")
                            .with("action", "move")
                            .with("job", second)
                            .with("place", 1));
            ready(agent);
            rig.runner().close();
            assertThat(job(console, second).text("state")).isEqualTo("queued");

            ask(console, LabMessage.request("queue").with("action", "resume"));
            assertThat(next(agent, "job").text("job")).isEqualTo(second);
        }
    }

    @Test
    void threeEarlyFailuresPauseTheQueue() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            for (int i = 1; i <= 4; i++) {
                queue(console, "rig", "official");
            }
            for (int i = 1; i <= 3; i++) {
                ready(agent);
                String id = next(agent, "job").text("job");
                ask(agent, outcome(id, 1, "failed").with("cause", "no docker"));
            }
            ready(agent);
            LabMessage queue = ask(console, LabMessage.request("queue"));
            assertThat(queue.text("paused")).startsWith("failures").contains("no docker");
            assertThat(job(console, "j-4").text("state")).isEqualTo("queued");
        }
    }

    @Test
    void whatAgentsRefuseDoesNotPauseTheQueue() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            for (int i = 1; i <= 4; i++) {
                queue(console, "rig", "official");
            }
            for (int i = 1; i <= 4; i++) {
                ready(agent);
                LabMessage asked = agent.receive(TestDeadlines.seconds(10)).orElseThrow();
                assertThat(asked.text("do")).isEqualTo("job");
                agent.send(LabMessage.empty()
                        .with("re", asked.whole("id", 0, Long.MAX_VALUE))
                        .with("error", "refused")
                        .with("text", "there is no workload"));
                String id = asked.text("job");
                await().untilAsserted(
                                () -> assertThat(job(console, id).text("state")).isEqualTo("ended"));
            }
            assertThat(ask(console, LabMessage.request("queue")).text("paused")).isEmpty();
        }
    }

    @Test
    void aReservationKeepsOthersOutAndEndsByItself() throws IOException {
        try (LabConnection console = rig.console()) {
            ask(console, LabMessage.request("reserve").with("seconds", 3600).with("note", "rewiring"));
            assertThatThrownBy(rig::runner)
                    .isInstanceOf(DirectorBusyException.class)
                    .satisfies(busy -> assertThat(((DirectorBusyException) busy).reply())
                            .startsWith("Error: busy, reserved by the director's machine until")
                            .endsWith("(rewiring)"));
        }
        restart();
        assertThatThrownBy(rig::runner).isInstanceOf(DirectorBusyException.class);
        try (LabConnection console = rig.console()) {
            ask(console, LabMessage.request("reserve").with("action", "kick"));
            rig.runner().close();
            ask(console, LabMessage.request("reserve").with("seconds", 1));
        }
        await().atMost(LabRig.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> rig.runner().close());
    }

    @Test
    void anActionIsKnownByItsNameAndTakesNoValues() {
        try (LabConnection console = rig.console()) {
            LabMessage order = LabMessage.request("start").with("sut", "rig").with("kind", "action");

            assertThatThrownBy(() -> ask(console, order.with("workload", "bert")))
                    .hasMessageContaining("has no action 'bert'; there is fans, reboot");
            assertThatThrownBy(() -> ask(console, order.with("workload", "fans").with("params", Map.of("n", "1"))))
                    .hasMessageContaining("neither parameters nor settings");
        }
    }

    @Test
    void theFirstAgentOfANameKeepsItsPlaceIfItLives() {
        try (LabConnection first = rig.agent("rig");
                LabConnection second = rig.connect(Role.AGENT)) {
            Thread alive = new Thread(() -> {
                LabMessage ping = first.receive(LabRig.PATIENCE).orElseThrow();
                first.send(LabMessage.empty()
                        .with("re", ping.whole("id", 0, Long.MAX_VALUE))
                        .with("ok", true));
            });
            alive.start();
            LabMessage hello = LabMessage.request("hello").with("sut", "rig");
            assertThatThrownBy(() -> ask(second, hello))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("is connected from");
            ask(second, hello); // nobody answers the ping any more
            ready(second);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc", "A", "x y", "", "con", "a..b", "x\u0000"})
    void namesThatAreNoneAreRefused(String name) {
        try (LabConnection console = rig.console()) {
            assertThatThrownBy(() -> queue(console, name, "official")).isInstanceOf(RequestRejectedException.class);
            assertThatThrownBy(() -> ask(console, LabMessage.request("logs").with("job", name)))
                    .isInstanceOf(RequestRejectedException.class);
        }
    }

    @Test
    void aCutLastLineOfTheJournalDoesNotCount() throws IOException {
        try (LabConnection console = rig.console()) {
            queue(console, "rig", "official");
            queue(console, "rig", "official");
        }
        rig.close();
        Path journal = folder.resolve("results/lab/queue.journal");
        String text = Files.readString(journal);
        Files.writeString(journal, text.substring(0, text.length() - 5));
        rig = new LabRig(folder, "view: none");
        try (LabConnection console = rig.console()) {
            assertThat(ask(console, LabMessage.request("queue")).objects("jobs"))
                    .hasSize(1);
            assertThat(queue(console, "rig", "official")).isEqualTo("j-2");
        }
    }

    @Test
    void severalJobsLeaveTheQueueTogetherOrNone() {
        try (LabConnection console = rig.console();
                LabConnection agent = rig.agent("rig")) {
            for (int i = 1; i <= 4; i++) {
                queue(console, "rig", "official");
            }
            ready(agent);
            assertThat(next(agent, "job").text("job")).isEqualTo("j-1");

            LabMessage all = LabMessage.request("remove").with("jobs", List.of("j-2", "j-1"));
            assertThatThrownBy(() -> ask(console, all)).hasMessageContaining("j-1 does not wait", "none was removed");
            assertThat(job(console, "j-2").text("state")).isEqualTo("queued");

            LabMessage two = LabMessage.request("remove").with("jobs", List.of("j-2", "j-4"));
            assertThat(ask(console, two).list("removed")).containsExactly("j-2", "j-4");
            assertThat(job(console, "j-4").text("cause")).startsWith("taken out of the queue by");
            assertThat(ask(console, LabMessage.request("remove").with("mine", true))
                            .list("removed"))
                    .containsExactly("j-3");
            assertThat(job(console, "j-1").text("state")).isEqualTo("preparing");
        }
    }

    @Test
    void aFullQueueSaysHowManyItTakesAndIsEmptiedAtOnce() {
        try (LabConnection console = rig.console()) {
            for (int i = 0; i < 1000; i++) {
                queue(console, "away", "official");
            }
            assertThatThrownBy(() -> queue(console, "away", "official"))
                    .hasMessage("1000 jobs wait, which is the most that the queue takes")
                    .satisfies(e -> assertThat(((RequestRejectedException) e).remedy())
                            .hasValueSatisfying(text -> assertThat(text).contains("--mine")));
            assertThat(ask(console, LabMessage.request("remove").with("mine", true))
                            .whole("count", 1000, 1000))
                    .isEqualTo(1000);
            assertThat(queue(console, "away", "official")).isEqualTo("j-1001");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wattline lab v2 console", "wattline lab v10 agent", "wattline lab v2 runner ticket=00"})
    void anotherVersionOfTheProtocolIsRefusedByItsName(String greeting) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            socket.setSoTimeout((int) LabRig.PATIENCE.toMillis());
            socket.getOutputStream().write((greeting + "\r\n").getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("Error: this director speaks version 1 of the lab's protocol")
                    .contains(greeting);
        }
    }

    @Test
    void whatIsTooLongForALineIsNotSent() {
        try (LabConnection console = rig.console()) {
            LabMessage request = LabMessage.request("start").with("label", "x".repeat(70_000));
            assertThatThrownBy(() -> ask(console, request))
                    .isInstanceOf(LabMessageException.class)
                    .hasMessageContaining("bytes; a message has at most 65536");
            ask(console, LabMessage.request("queue")); // the connection is as good as before
        }
    }
}
