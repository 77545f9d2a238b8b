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

import dev.wattline.lab.queue.QueueJournal;
import dev.wattline.model.ManualTimeSource;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.DirectorBusyException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.LabMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that stays away, clocks that are set, a disk that is full, and a director that is killed behind any line. */
class LabFaultsTest {
    private static final Duration RETURN = Duration.ofMinutes(15);

    @TempDir
    Path folder;

    private final ManualTimeSource clock = new ManualTimeSource(Instant.parse("2026-11-30T09:00:00Z"));

    private LabRig rig() throws IOException {
        return new LabRig(folder, "view: none", clock, QueueJournal.Disk::usual);
    }

    /** Has the agent take a job and go away with it; returns its ticket, or nothing where it is not handed over. */
    private static String begun(LabRig rig, LabConnection console, String id, boolean handsOver) {
        String ticket = "";
        try (LabConnection agent = rig.agent("rig")) {
            ready(agent);
            next(agent, "job");
            if (handsOver) {
                ticket = ask(agent, handedOver(id, 1)).text("ticket");
            }
        }
        await().atMost(LabRig.PATIENCE)
                .untilAsserted(() -> assertThat(
                                ask(console, LabMessage.request("workloads").with("sut", "rig"))
                                        .has("away"))
                        .isTrue());
        return ticket;
    }

    @Test
    void aMachineThatDoesNotComeBackFromItsMeasurementEndsItsJobAfter15Minutes() throws IOException {
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            String id = queue(console, "rig", "official");
            String ticket = begun(rig, console, id, true);
            try (ControlConnection runner = rig.runner(ticket)) {
                runner.newSession("r", UUID.randomUUID());
                awaitState(console, id, "measuring");
            }
            awaitState(console, id, "finishing");
            clock.advance(RETURN);
            assertThat(job(console, id).text("state")).isEqualTo("finishing");

            clock.advance(Duration.ofSeconds(1));
            awaitState(console, id, "ended");
            assertThat(job(console, id).text("status")).isEqualTo("infrastructure");
            assertThat(job(console, id).text("cause")).isEqualTo("rig did not come back within 15 min");
        }
    }

    @Test
    void aMachineThatDoesNotComeBackWhilePreparingHasItsJobBegunAgain() throws IOException {
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            String id = queue(console, "rig", "official");
            begun(rig, console, id, false);
            clock.advance(RETURN.plusSeconds(1));

            awaitState(console, id, "queued");
            rig.runner().close(); // the place is nobody's any more
            try (LabConnection agent = rig.agent("rig")) {
                ready(agent);
                assertThat(next(agent, "job").whole("attempt", 1, 9)).isEqualTo(2);
            }
        }
    }

    @Test
    void aMachineThatDoesNotComeBackWithAPlainJobEndsIt() throws IOException {
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            String id = queue(console, "rig", "plain");
            begun(rig, console, id, false);
            clock.advance(RETURN.plusSeconds(1));

            awaitState(console, id, "ended"); // it may have run, and is not run twice unasked
            assertThat(job(console, id).text("status")).isEqualTo("infrastructure");
        }
    }

    @Test
    void aMachineThatIsStartedAnewMayBeAwayAsLongAsItSaid() throws IOException {
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            String id = queue(console, "rig", "reboot", "action");
            begun(rig, console, id, false);
            clock.advance(RETURN.multipliedBy(2)); // 30 min, as the rig says
            assertThat(job(console, id).text("state")).isEqualTo("preparing");

            clock.advance(Duration.ofSeconds(1));
            awaitState(console, id, "ended");
            assertThat(job(console, id).text("cause")).isEqualTo("rig did not come back within 30 min");
        }
    }

    @Test
    void aDirectorThatIsStartedAnewDoesNotWaitForEverForAMeasurementOfItsPredecessor() throws IOException {
        LabRig first = rig();
        String id;
        try (LabConnection console = first.console()) {
            id = queue(console, "rig", "official");
            ControlConnection runner = first.runner(begun(first, console, id, true));
            runner.newSession("r", UUID.randomUUID());
            awaitState(console, id, "measuring");
            first.close();
            runner.close();
        }
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            awaitState(console, id, "finishing");
            clock.advance(RETURN.plusSeconds(1));
            awaitState(console, id, "ended");
            assertThat(job(console, id).text("status")).isEqualTo("infrastructure");
            rig.runner().close();
        }
    }

    @Test
    void aStepOfTheDirectorsClockNeitherEndsNorProlongsAReservation() throws IOException {
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            for (Duration step : List.of(Duration.ofDays(1), Duration.ofDays(-1))) {
                ask(console, LabMessage.request("reserve").with("seconds", 3600));
                clock.stepWallClock(step);
                clock.advance(Duration.ofMinutes(59));
                ask(console, LabMessage.request("queue")); // behind a step of the lab
                assertThatThrownBy(rig::runner).isInstanceOf(DirectorBusyException.class);

                clock.advance(Duration.ofMinutes(2));
                await().atMost(LabRig.PATIENCE)
                        .untilAsserted(() -> assertThat(ask(console, LabMessage.request("reservation"))
                                        .text("reserved-by"))
                                .isEmpty());
                rig.runner().close();
            }
        }
    }

    @Test
    void aStepOfTheDirectorsClockGivesUpNoJob() throws IOException {
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            String id = queue(console, "rig", "official");
            begun(rig, console, id, true);
            clock.stepWallClock(Duration.ofDays(1));
            clock.advance(Duration.ofSeconds(29));
            assertThatThrownBy(rig::runner)
                    .isInstanceOf(DirectorBusyException.class)
                    .hasMessageContaining("reserved for job " + id);

            clock.advance(Duration.ofSeconds(2)); // 30 s without the runner
            await().atMost(LabRig.PATIENCE)
                    .ignoreExceptionsInstanceOf(DirectorBusyException.class)
                    .untilAsserted(() -> rig.runner().close());
            assertThat(job(console, id).text("state")).isEqualTo("handed-over");
        }
    }

    @Test
    void aReservationOutlastsARestartWithAClockThatWasSetBackByNoMoreThanItsLength() throws IOException {
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            ask(console, LabMessage.request("reserve").with("seconds", 3600));
        }
        clock.stepWallClock(Duration.ofDays(-7));
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            assertThatThrownBy(rig::runner).isInstanceOf(DirectorBusyException.class);
            clock.advance(Duration.ofMinutes(61));
            await().atMost(LabRig.PATIENCE)
                    .untilAsserted(() -> assertThat(ask(console, LabMessage.request("reservation"))
                                    .text("reserved-by"))
                            .isEmpty());
        }
    }

    /** What a reference client sends, as it sends it. */
    private static String greeted(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout((int) LabRig.PATIENCE.toMillis());
            client.getOutputStream().write((ControlProtocol.CLIENT_MAGIC + "\r\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            String greeting = String.valueOf(answers.readLine());
            if (!greeting.equals(ControlProtocol.SERVER_MAGIC)) {
                return greeting;
            }
            client.getOutputStream()
                    .write("new,ref,6a7b7c3e-94a4-4b9e-8f0d-4b8b7d0f1a11\r\n".getBytes(StandardCharsets.UTF_8));
            return String.valueOf(answers.readLine());
        }
    }

    @Test
    void aReferenceClientIsServedBetweenJobsAndToldWhyNotDuringThem() throws IOException {
        try (LabRig rig = rig();
                LabConnection console = rig.console()) {
            assertThat(greeted(rig.port())).matches("OK [^ ]*2026-11-30_01-02-03_ref.*");
            for (String id : List.of("j-1", "j-2")) {
                assertThat(queue(console, "rig", "official")).isEqualTo(id);
                String ticket = begun(rig, console, id, true);
                assertThat(greeted(rig.port())).isEqualTo("Error: busy, reserved for job " + id);
                try (ControlConnection runner = rig.runner(ticket)) {
                    runner.newSession("r", UUID.randomUUID());
                    awaitState(console, id, "measuring");
                    assertThat(greeted(rig.port())).startsWith("Error: busy");
                }
                awaitState(console, id, "finishing");
                assertThat(greeted(rig.port())).matches("OK [^ ]*2026-11-30_01-02-03_ref.*");
                try (LabConnection agent = rig.agent("rig")) {
                    ask(agent, outcome(id, 1, "complete").with("session", "s"));
                }
            }
        }
    }

    /** A job from its beginning to its end, with an agent that gives it back where it cannot be handed over. */
    private static void measure(LabRig rig, LabConnection console, String id) {
        while (true) {
            try (LabConnection agent = rig.agent("rig")) {
                ready(agent);
                int attempt = (int) next(agent, "job").whole("attempt", 1, 99);
                String ticket;
                try {
                    ticket = ask(agent, handedOver(id, attempt)).text("ticket");
                } catch (RequestRejectedException e) {
                    assertThat(e.reply()).isEqualTo("disk");
                    ask(agent, outcome(id, attempt, "not-started"));
                    continue;
                }
                try (ControlConnection runner = rig.runner(ticket)) {
                    runner.newSession("r", UUID.randomUUID());
                    awaitState(console, id, "measuring");
                }
                awaitState(console, id, "finishing");
                ask(agent, outcome(id, attempt, "complete").with("session", "s"));
                return;
            }
        }
    }

    /** A refusal says that nothing has happened: it is asked for until the disk takes it. */
    private static LabMessage insist(Supplier<LabMessage> asking) {
        while (true) {
            try {
                return asking.get();
            } catch (RequestRejectedException e) {
                assertThat(e.reply()).isEqualTo("disk");
            }
        }
    }

    /** Every kind of line but those of failures. */
    private static void everything(LabRig rig, LabConnection console) {
        String id = insist(() -> LabMessage.empty().with("job", queue(console, "rig", "official")))
                .text("job");
        insist(() -> ask(console, LabMessage.request("queue").with("action", "pause")));
        String other = insist(() -> LabMessage.empty().with("job", queue(console, "away", "official")))
                .text("job");
        insist(() -> ask(
                console,
                LabMessage.request("queue")
                        .with("action", "move")
                        .with("job", other)
                        .with("place", 1)));
        insist(() -> ask(console, LabMessage.request("queue").with("action", "resume")));
        measure(rig, console, id);
        insist(() -> ask(console, LabMessage.request("reserve").with("seconds", 60)));
        insist(() -> ask(console, LabMessage.request("reserve").with("action", "release")));
        insist(() -> ask(console, LabMessage.request("remove").with("job", other)));
        await().atMost(LabRig.PATIENCE)
                .untilAsserted(() -> assertThat(
                                ask(console, LabMessage.request("queue")).text("paused"))
                        .isEmpty());
    }

    private static List<LabMessage> jobs(LabConnection console) {
        return ask(console, LabMessage.request("queue")).objects("jobs");
    }

    @Test
    void aDiskThatIsFullAtAnyLineLosesNothingAndNothingIsBegunMeanwhile() throws IOException {
        int lines = Integer.MAX_VALUE;
        for (int full = 1; full <= lines; full++) {
            Path here = Files.createDirectory(folder.resolve("full-" + full));
            AtomicInteger tries = new AtomicInteger();
            int from = full;
            QueueJournal.Disk disk = (out, bytes) -> {
                int number = tries.incrementAndGet();
                if (number == from || number == from + 1) {
                    out.write(bytes, 0, bytes.length / 2); // as much as there was room for
                    throw new IOException("No space left on device");
                }
                QueueJournal.Disk.usual(out, bytes);
            };
            List<LabMessage> before;
            try (LabRig rig = new LabRig(here, "view: none", clock, disk);
                    LabConnection console = rig.console()) {
                everything(rig, console);
                before = jobs(console);
            }
            assertThat(before)
                    .as("full at line %s", full)
                    .extracting(one -> one.text("status"))
                    .containsExactly("complete", "stopped");
            try (LabRig rig = new LabRig(here, "view: none", clock, QueueJournal.Disk::usual);
                    LabConnection console = rig.console()) {
                assertThat(jobs(console))
                        .as("full at line %s, read again", full)
                        .isEqualTo(before);
            }
            lines = Math.min(lines, tries.get() - 2);
        }
        assertThat(lines).isGreaterThanOrEqualTo(12);
    }

    @Test
    void aDirectorThatIsKilledBehindAnyLineGoesOnWithTheQueueAsItWas() throws IOException {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        try (LabRig rig = new LabRig(whole, "view: none", clock, QueueJournal.Disk::usual);
                LabConnection console = rig.console()) {
            everything(rig, console);
        }
        List<String> lines = Files.readAllLines(whole.resolve("results/lab/queue.journal"));
        for (int kept = 1; kept <= lines.size(); kept++) {
            Path here = Files.createDirectory(folder.resolve("kept-" + kept));
            Path journal = here.resolve("results/lab/queue.journal");
            Files.createDirectories(journal.getParent());
            Files.write(journal, lines.subList(0, kept));
            try (LabRig rig = new LabRig(here, "view: none", clock, QueueJournal.Disk::usual);
                    LabConnection console = rig.console()) {
                goesOn(rig, console, kept);
            }
        }
    }

    private static void goesOn(LabRig rig, LabConnection console, int kept) {
        if (!ask(console, LabMessage.request("queue")).text("paused").isEmpty()) {
            ask(console, LabMessage.request("queue").with("action", "resume"));
        }
        String state = job(console, "j-1").text("state");
        assertThat(state).as("behind line %s", kept).isNotEqualTo("measuring"); // nothing is measured any more
        if (state.equals("queued") || state.equals("preparing")) {
            measure(rig, console, "j-1");
        } else if (!state.equals("ended")) {
            try (LabConnection agent = rig.agent("rig")) {
                ask(agent, outcome("j-1", 1, "interrupted").with("cause", "the director was killed"));
            }
        }
        assertThat(job(console, "j-1").text("status"))
                .as("behind line %s", kept)
                .isIn("complete", "interrupted");
        assertThat(queue(console, "rig", "official")).isIn("j-2", "j-3");
    }
}
